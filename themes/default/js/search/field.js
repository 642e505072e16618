/*
 * The search field on every page: its keyboard shortcuts, and loading the rest of search on first use.
 *
 * Ctrl+K or Cmd+K goes to the field from anywhere, "/" if no field has the focus. Nothing of the index is loaded before
 * that. The query is kept in the address after "#", which browsers never send. The form's own "?q=" is for readers without
 * JavaScript and for links from elsewhere.
 */
(() => {
  "use strict";

  let focusedBefore = null;
  let scrolledTo = 0;
  let loading = null;

  /* The folder of the index in use. */
  let folder = null;

  /* Until then the search page may still be loading its index head. Pages opened from disk add their scripts later. */
  const parsed = document.currentScript?.defer ? new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve)) : null;

  /* Loads the head of the newest index, unless it is already in use. */
  async function loadHead() {
    const { root, searchSrc } = document.body.dataset;
    await regain.load(searchSrc);
    const [newest, integrity] = regain.search.shards.get("latest");
    if (newest === folder) throw new Error("there is no newer index");
    await regain.load(root + "assets/search/" + newest + "/head.js", integrity);
  }

  function connect() {
    const engine = regain.search.connect();
    folder = engine.index.head.folder;
    return engine;
  }

  /* The engine over the site's index. Loaded once, and again after a failure. */
  function load() {
    const { searchScriptSrc, searchScriptIntegrity } = document.body.dataset;
    loading ??= Promise.all([
      regain.search.connect ? null : regain.load(searchScriptSrc, searchScriptIntegrity),
      Promise.resolve(parsed).then(() => (regain.search.shards.has("head") ? null : loadHead())),
    ]).then(connect);
    loading.catch(() => (loading = null));
    return loading;
  }

  /* After a failure: loads the index again if the site has been published again, else rejects. */
  async function renew() {
    await loadHead();
    loading = Promise.resolve(connect());
  }

  /* Goes back to where the reader was before they used a shortcut. */
  function leave() {
    if (!focusedBefore?.isConnected) return;
    if (focusedBefore === document.body) document.activeElement.blur();
    else focusedBefore.focus({ preventScroll: true });
    scrollTo({ top: scrolledTo, behavior: "instant" });
    focusedBefore = null;
  }

  function enter(field) {
    if (document.activeElement !== field) {
      focusedBefore = document.activeElement;
      scrolledTo = scrollY;
    }
    field.focus();
    field.select();
  }

  /* The address of the search page for a query. */
  function searchAddress(form, query) {
    return form.action + (query.trim() ? "#" + new URLSearchParams({ q: query.trim() }) : "");
  }

  document.addEventListener("submit", (event) => {
    const field = event.target.querySelector("[data-search-field]");
    if (!field || event.defaultPrevented) return;
    event.preventDefault();
    location.assign(searchAddress(event.target, field.value));
  });

  /* The query in the address: after "#", else as a link or a form without JavaScript gives it. */
  const fragmentQuery = () => new URLSearchParams(location.hash.slice(1)).get("q");
  const addressQuery = () => fragmentQuery() ?? new URLSearchParams(location.search).get("q") ?? "";

  Object.assign(regain.search, { load, renew, leave, searchAddress, fragmentQuery, addressQuery });

  /* If the search script could not be loaded, the search page keeps the query and lists all pages. All scripts of the page
     have run or failed by now. */
  document.addEventListener("DOMContentLoaded", () => {
    const page = document.querySelector("[data-search-page]");
    if (!page || regain.search.connect) return;
    page.querySelector("[data-search-field]").value = addressQuery();
    page.querySelector("[data-search-failed]").hidden = false;
    page.dataset.searchState = "failed";
  });

  regain.ready(() => {
    const field = document.querySelector("[data-search-field]");
    if (!field || !document.body.dataset.searchSrc) return;
    if (/^(Mac|iP)/.test(navigator.platform)) field.setAttribute("aria-keyshortcuts", "Meta+K");
    const isField = (node) => node.closest?.("input, textarea, select, [contenteditable]");
    document.addEventListener("keydown", (event) => {
      const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      const escape = event.key === "Escape" && event.target === field && !field.value;
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
      /* The suggestions handle Esc themselves; this is for when they are not loaded. */
      if (escape && !event.defaultPrevented) leave();
      else if (command && event.key.toLowerCase() === "k") enter(field);
      else if (slash && !isField(event.target) && regain.setting("slash") !== "off") enter(field);
      else return;
      event.preventDefault();
    });
    const form = field.closest("[data-search-form]");
    const { searchListSrc, searchListIntegrity } = document.body.dataset;
    if (!form || !searchListSrc) return;
    const list = () => regain.search.suggest ?? regain.load(searchListSrc, searchListIntegrity);
    const attach = () => Promise.all([load(), list()]).then(() => regain.search.suggest(form, field));
    field.addEventListener("focus", () => attach().catch(() => {}));
  });
})();
