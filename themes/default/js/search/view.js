/*
 * What the search page and the suggestions share: when to search, and how to show a result.
 *
 * Text is only ever added to the page as text. Only the newest search shows its results.
 */
(() => {
  "use strict";

  /* Milliseconds to wait after a keystroke before anything is loaded. */
  const MIN_PAUSE = 250;
  const MAX_PAUSE = 700;
  /* Milliseconds until the number of results is announced, and until a search counts as slow. */
  const ANNOUNCE_AFTER = 500;
  const WAITING_AFTER = 400;
  /* Longer queries are pasted by mistake. */
  const MAX_QUERY = 200;

  function element(name, className, text) {
    const node = document.createElement(name);
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  }

  const addressOf = ({ address }) => document.body.dataset.root + address;

  const titleOf = ({ title, heading }) => (heading ? title + " – " + heading : title);

  /* "Section › Page" */
  const pathOf = ({ above }) => above.join(" › ");

  function fillSnippet(node, parts) {
    node.replaceChildren(...parts.map(({ text, mark }) => (mark ? element("mark", "", text) : text)));
  }

  function countText(count) {
    return regain.text(count === 1 ? "search_one" : "search_many", { count });
  }

  /* Loads what readers see of the results `from` to `to`. If a shard fails to load, only its results are missing, unless all
     fail. */
  async function load(engine, found, from, to) {
    const loading = found.rows.slice(from, to).map((result) => engine.show(result, found));
    const settled = await Promise.allSettled(loading);
    const results = settled.filter(({ status }) => status === "fulfilled").map(({ value }) => value);
    const failure = settled.find(({ status }) => status === "rejected");
    if (failure && !results.length) throw failure.reason;
    return { results, partial: Boolean(failure) };
  }

  /*
   * Searches while the reader types. Calls show(found) with the results, failed() if they could not be loaded, and
   * waiting() if that takes long.
   *
   * Searches at once if everything needed is loaded, or if more than one letter was entered: pasted, dictated or chosen on
   * a phone's keyboard. Otherwise waits for a pause in typing, a longer one if the connection has been slow or the query
   * says little so far.
   */
  function watch(field, { max, show, failed, waiting }) {
    let turn = 0;
    let pausing = null;
    let announcing = null;
    let slow = null;
    let engine = null;
    let length = 0;
    let took = 0;

    /* Shows the results unless a later search was started in the meantime. Resolves to whether they are complete. */
    async function searchWith(source, mine) {
      const query = field.value.trim() ? field.value.slice(0, MAX_QUERY) : "";
      const found = query ? await source.find(query) : { rows: [], unknown: [] };
      const { results, partial } = await load(source, found, 0, max);
      if (mine !== turn || (partial && source === engine?.loaded)) return true;
      clearTimeout(pausing);
      clearTimeout(slow);
      const count = found.rows.length;
      show({ query, results, partial, count, engine, found });
      if (query) announcing = setTimeout(() => regain.announce(announcement(count), "unseen"), ANNOUNCE_AFTER);
      return !partial;
    }

    /* If something fails to load, the site may have been published again: tries once more with the new index. */
    async function searchIndex(mine) {
      const attempt = async () => {
        engine = await regain.search.load();
        return searchWith(engine, mine);
      };
      let failure = null;
      const complete = await attempt().catch((error) => (failure = error));
      if (complete === true || mine !== turn) return;
      const renewed = await regain.search.renew().then(() => true, () => false);
      if (renewed) await attempt();
      else if (failure) throw failure;
    }

    async function search() {
      const mine = ++turn;
      const began = performance.now();
      length = field.value.length;
      clearTimeout(pausing);
      clearTimeout(announcing);
      clearTimeout(slow);
      if (field.value.trim()) slow = setTimeout(waiting, WAITING_AFTER);
      try {
        await searchIndex(mine);
        took = performance.now() - began;
      } catch {
        if (mine !== turn) return;
        clearTimeout(slow);
        failed();
        regain.announce(regain.text("search_failed_short"), "unseen");
      }
    }

    regain.search.load().then((loaded) => (engine = loaded), () => {});

    function pause() {
      return engine?.isVague(field.value) ? MAX_PAUSE : Math.min(MAX_PAUSE, Math.max(MIN_PAUSE, took));
    }

    field.addEventListener("input", () => {
      const typed = Math.abs(field.value.length - length) <= 1;
      length = field.value.length;
      if (!typed) return search();
      clearTimeout(pausing);
      clearTimeout(announcing);
      pausing = setTimeout(search, pause());
      if (engine) searchWith(engine.loaded, ++turn).catch(() => {});
    });
    return search;
  }

  function announcement(count) {
    return count ? countText(count) : regain.text("search_none_short");
  }

  regain.search.view = { element, addressOf, titleOf, pathOf, fillSnippet, countText, load, watch };
})();
