/*
 * What the search page and the list under the field share: looking, and showing what was found.
 *
 * Text goes into the page as text only. A search that is overtaken by the next one shows nothing.
 */
(() => {
  "use strict";

  /* Milliseconds: the least rest after a letter before anything is fetched, and the most. */
  const REST = 250;
  const LONG_REST = 700;
  const SAY_AFTER = 500;
  /* Until then what was found before may stand. */
  const WAITING_AFTER = 400;
  /* Longer ones are pasted by mistake. */
  const LONGEST = 200;

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
    return regain.text(count === 1 ? "search_one" : "search_many", { count });
  }

  /* What a reader sees of results `from` up to `to`. A piece that does not come costs its own results only, unless all do. */
  async function show(index, found, from, to) {
    const shows = found.results.slice(from, to).map((result) => index.show(result, found.accepted));
    const ends = await Promise.allSettled(shows);
    const results = ends.filter((end) => end.status === "fulfilled").map((end) => end.value);
    const lost = ends.find((end) => end.status === "rejected");
    if (lost && (index.strict || !results.length)) throw lost.reason;
    return { results, partial: Boolean(lost) };
  }

  /*
   * watch(field, { most, shown(found), failed() }): looks at once where nothing must be fetched for it, and where more
   * than a letter came: pasted, said, or chosen on a phone's keyboard. Else once typing rests: longer on a line that
   * has been slow, and where the words so far say little. Shows the newest query only. waiting() is called where it
   * takes long.
   */
  function watch(field, { most, shown, failed, waiting }) {
    let turn = 0;
    let resting = null;
    let saying = null;
    let late = null;
    let engine = null;
    let length = 0;
    let took = 0;

    /* Shows what is found in the index, or in what has come of it, unless a later look came first. */
    async function look(index, mine) {
      const query = field.value.trim() ? field.value.slice(0, LONGEST) : "";
      const found = query ? await index.find(query) : { results: [], unknown: [] };
      const { results, partial } = await show(index, found, 0, most);
      if (mine !== turn) return;
      clearTimeout(resting);
      clearTimeout(late);
      shown({ query, results, partial, count: found.results.length, engine, found });
      if (query) saying = setTimeout(() => regain.announce(sayText(found.results.length), "unseen"), SAY_AFTER);
    }

    async function lookNow() {
      const mine = ++turn;
      const began = performance.now();
      length = field.value.length;
      clearTimeout(resting);
      clearTimeout(saying);
      clearTimeout(late);
      if (field.value.trim()) late = setTimeout(waiting, WAITING_AFTER);
      try {
        await look(await regain.search.load(), mine);
        took = performance.now() - began;
      } catch {
        if (mine !== turn) return;
        clearTimeout(late);
        failed();
        regain.announce(regain.text("search_failed_short"), "unseen");
      }
    }

    regain.search.load().then((loaded) => (engine = loaded), () => {});

    function rest() {
      return engine?.vague(field.value) ? LONG_REST : Math.min(LONG_REST, Math.max(REST, took));
    }

    field.addEventListener("input", () => {
      const typed = Math.abs(field.value.length - length) <= 1;
      length = field.value.length;
      if (!typed) return lookNow();
      clearTimeout(resting);
      clearTimeout(saying);
      resting = setTimeout(lookNow, rest());
      if (engine) look(engine.here, ++turn).catch(() => {});
    });
    return lookNow;
  }

  function sayText(count) {
    return count ? countText(count) : regain.text("search_none_short");
  }

  regain.search.view = { element, address, titleOf, fillExcerpt, countText, show, watch };
})();
