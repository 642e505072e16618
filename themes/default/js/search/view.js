/*
 * What the search page and the list under the field share: looking, and showing what was found.
 *
 * Text goes into the page as text only. A search that is overtaken by the next one shows nothing.
 */
(() => {
  "use strict";

  const REST = 120;
  const SAY_AFTER = 500;

  function element(name, className, text) {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  }

  const address = (shown) => document.body.dataset.root + shown.address;

  const titleOf = (shown) => (shown.heading ? shown.title + " – " + shown.heading : shown.title);

  function fillExcerpt(node, parts) {
    node.replaceChildren(...parts.map(({ text, mark }) => (mark ? element("mark", "", text) : text)));
  }

  /* "3 results", in the site's own words. */
  function countText(count) {
    return regain.text(count === 1 ? "resultsOne" : "resultsMany", { count });
  }

  /* watch(field, { most, shown(found), failed() }): looks each time typing rests, newest query only. */
  function watch(field, { most, shown, failed }) {
    let turn = 0;
    let resting = null;
    let saying = null;

    async function look() {
      const mine = ++turn;
      const query = field.value.trim() ? field.value : "";
      clearTimeout(saying);
      try {
        const engine = await regain.search.load();
        const found = query ? await engine.find(query) : { results: [], unknown: [] };
        const shows = found.results.slice(0, most).map((result) => engine.show(result, found.accepted));
        const results = await Promise.all(shows);
        if (mine !== turn) return;
        shown({ query, results, count: found.results.length, engine, found });
        if (query) saying = setTimeout(() => regain.announce(sayText(found.results.length), "unseen"), SAY_AFTER);
      } catch {
        if (mine === turn) failed();
      }
    }

    field.addEventListener("input", () => {
      clearTimeout(resting);
      resting = setTimeout(look, REST);
    });
    return look;
  }

  function sayText(count) {
    return count ? countText(count) : regain.text("resultsNoneShort");
  }

  regain.search.view = { element, address, titleOf, fillExcerpt, countText, watch };
})();
