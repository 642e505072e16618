/*
 * What the search page and the list under the field share: looking, and showing what was found.
 *
 * Text goes into the page as text only. A search that is overtaken by the next one shows nothing.
 */
(() => {
  "use strict";

  const REST = 160;
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

  /*
   * watch(field, { most, shown(found), failed() }): looks each time typing rests, newest query only; at once where
   * nothing must be fetched for it, and where more than a letter came: pasted, said, or chosen on a phone's keyboard.
   */
  function watch(field, { most, shown, failed }) {
    let turn = 0;
    let resting = null;
    let saying = null;
    let connected = null;
    let length = 0;

    /* Shows what `asked` (an engine, or what it has here) finds, unless a later look came first. */
    async function look(asked, mine) {
      const query = field.value.trim() ? field.value : "";
      const found = query ? await asked.find(query) : { results: [], unknown: [] };
      const results = await Promise.all(found.results.slice(0, most).map((result) => asked.show(result, found.accepted)));
      if (mine !== turn) return;
      clearTimeout(resting);
      shown({ query, results, count: found.results.length, engine: connected, found });
      if (query) saying = setTimeout(() => regain.announce(sayText(found.results.length), "unseen"), SAY_AFTER);
    }

    async function lookNow() {
      const mine = ++turn;
      length = field.value.length;
      clearTimeout(resting);
      clearTimeout(saying);
      try {
        connected = await regain.search.load();
        await look(connected, mine);
      } catch {
        if (mine === turn) failed();
      }
    }

    field.addEventListener("input", () => {
      const typed = Math.abs(field.value.length - length) <= 1;
      length = field.value.length;
      if (!typed) return lookNow();
      clearTimeout(resting);
      clearTimeout(saying);
      resting = setTimeout(lookNow, REST);
      if (connected) look(connected.here, ++turn).catch(() => {});
    });
    return lookNow;
  }

  function sayText(count) {
    return count ? countText(count) : regain.text("resultsNoneShort");
  }

  regain.search.view = { element, address, titleOf, fillExcerpt, countText, watch };
})();
