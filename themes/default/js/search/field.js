/*
 * The search field on every page: its keys, and the rest of search on first use.
 *
 * Ctrl+K or Cmd+K goes to the field from anywhere, "/" when no field has the focus. Nothing of the index is
 * loaded before the reader goes there. What they look for stands in the address after "#", which browsers never
 * send; the form's own "?q=" is for readers without scripts, and for links that others made.
 */
(() => {
  "use strict";

  let before = null;
  let place = 0;

  /* The engine over the site's index; loaded once, tried again after a failure. */
  let loading = null;
  function load() {
    const { searchSrc, searchIntegrity, searchScriptSrc, searchScriptIntegrity } = document.body.dataset;
    loading ??= Promise.all([
      regain.search.connect ? null : regain.load(searchScriptSrc, searchScriptIntegrity),
      regain.search.pieces.has("head") ? null : regain.load(searchSrc, searchIntegrity),
    ]).then(() => regain.search.connect());
    loading.catch(() => (loading = null));
    return loading;
  }

  /* Back to where the reader was before a key brought them here. */
  function leave() {
    if (!before?.isConnected) return;
    if (before === document.body) document.activeElement.blur();
    else before.focus({ preventScroll: true });
    scrollTo({ top: place, behavior: "instant" });
    before = null;
  }

  function enter(field) {
    if (document.activeElement !== field) {
      before = document.activeElement;
      place = scrollY;
    }
    field.focus();
    field.select();
  }

  /* The search page's address for these words. */
  function placeOf(form, query) {
    return form.action + (query.trim() ? "#" + new URLSearchParams({ q: query.trim() }) : "");
  }

  document.addEventListener("submit", (event) => {
    const field = event.target.querySelector("[data-search-field]");
    if (!field || event.defaultPrevented) return;
    event.preventDefault();
    location.assign(placeOf(event.target, field.value));
  });

  /* The words in the address: after "#", else from a link or a form without scripts. */
  const inFragment = () => new URLSearchParams(location.hash.slice(1)).get("q");
  const asked = () => inFragment() ?? new URLSearchParams(location.search).get("q") ?? "";

  Object.assign(regain.search, { load, leave, placeOf, inFragment, asked });

  /* The search page when the script that searches did not come: what was asked for stays, and the pages are listed.
     All scripts of the page have run or failed by then. */
  document.addEventListener("DOMContentLoaded", () => {
    const page = document.querySelector("[data-search-page]");
    if (!page || regain.search.connect) return;
    page.querySelector("[data-search-field]").value = asked();
    page.querySelector("[data-search-failed]").hidden = false;
    page.dataset.searchState = "failed";
  });

  regain.ready(() => {
    const field = document.querySelector("[data-search-field]");
    if (!field || !document.body.dataset.searchSrc) return;
    const isField = (node) => node.closest?.("input, textarea, select, [contenteditable]");
    document.addEventListener("keydown", (event) => {
      const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      const done = event.key === "Escape" && event.target === field && !field.value;
      const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
      /* The list under the field has its own Esc; this one is for before it is there, and where there is none. */
      if (done && !event.defaultPrevented) leave();
      else if (command && event.key.toLowerCase() === "k") enter(field);
      else if (slash && !isField(event.target) && regain.setting("slash") !== "off") enter(field);
      else return;
      event.preventDefault();
    });
    const form = field.closest("[data-search-form]");
    const { searchListSrc, searchListIntegrity } = document.body.dataset;
    if (!form || !searchListSrc) return;
    const list = () => regain.search.overlay ?? regain.load(searchListSrc, searchListIntegrity);
    const attach = () => Promise.all([load(), list()]).then(() => regain.search.overlay(form, field));
    field.addEventListener("focus", () => attach().catch(() => {}));
  });
})();
