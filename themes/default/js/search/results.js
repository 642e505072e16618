/* The search page: lists the results of #q= or ?q=, and updates them while the reader types. */
(() => {
  "use strict";

  const { fragmentQuery, addressQuery } = regain.search;
  const { element, addressOf, titleOf, pathOf, fillSnippet, countText, load, watch } = regain.search.view;
  /* As many as a phone shows without scrolling. Each one costs a request and about a kilobyte. */
  const FIRST = 3;
  const MORE = 7;

  function resultLink(className, text, result) {
    const link = element("a", className, text);
    link.href = addressOf(result);
    link.dataset.searchResult = "";
    return link;
  }

  /* "Triage › Outcome · Outcome" */
  function outcomesLine(outcomes) {
    const line = element("p", "result-outcomes");
    const links = outcomes.flatMap((outcome) => [" · ", resultLink("", outcome.title, outcome)]);
    line.append(pathOf(outcomes[0]) + " › ", ...links.slice(1));
    return line;
  }

  function resultItem(result) {
    const item = element("li", "result");
    const snippet = element("p", "result-excerpt");
    fillSnippet(snippet, result.snippet);
    if (result.keywords.length) snippet.append(" ", regain.text("search_keyword", { words: result.keywords.join(", ") }));
    item.append(resultLink("result-title", titleOf(result), result));
    if (result.above.length) item.append(element("p", "result-path", pathOf(result)));
    item.append(snippet);
    if (result.outcomes.length) item.append(outcomesLine(result.outcomes));
    return item;
  }

  /* Says which words were corrected or split, and which are on no page. */
  function noteText({ unknown, terms = [] }, partial) {
    const corrections = terms.flatMap(({ correction, split }) => correction ?? split ?? []);
    const note = (key, list) => (list.length ? [regain.text(key, { words: list.join(", ") })] : []);
    const parts = [...note("search_mended", corrections), ...note("search_missing", unknown)];
    return ["", ...parts, ...(partial ? [regain.text("search_partial")] : [])].join(" · ");
  }

  regain.start("data-search-page", (page) => {
    const part = (name) => page.querySelector("[data-search-" + name + "]");
    const field = part("field");
    const none = part("none");
    const more = part("more");
    const sentence = element("p");
    none.prepend(sentence);
    let last = null;

    /* Keeps the query in #q=, so that a reader can come back to it, and removes ?q=, which a reload would send. */
    function remember(query) {
      const at = new URL(location.href);
      at.searchParams.delete("q");
      if (query) at.hash = new URLSearchParams({ q: query });
      else if (fragmentQuery() !== null) at.hash = "";
      try {
        history.replaceState(history.state, "", at);
      } catch {
        /* Browsers refuse this on pages opened from disk. */
      }
    }

    async function showMore() {
      const items = part("results").children;
      const from = items.length;
      const before = last;
      const loading = load(last.engine, last.found, last.end, last.end + MORE);
      const { results, partial } = await loading.catch(() => ({ results: [], partial: true }));
      if (last !== before) return;
      if (partial && (await regain.search.renew().then(() => true, () => false))) return search();
      if (!results.length) return failed();
      last.end += MORE;
      part("results").append(...results.map(resultItem));
      if (partial) part("read").textContent = noteText(last.found, partial);
      more.hidden = last.end >= last.count;
      items[from]?.querySelector("a").focus();
    }

    function setTexts(state, count, read) {
      page.dataset.searchState = state;
      part("count").textContent = count;
      part("read").textContent = read;
    }

    function show(found) {
      last = { ...found, end: FIRST };
      part("results").replaceChildren(...found.results.map(resultItem));
      if (found.count) setTexts("done", countText(found.count), noteText(found.found, found.partial));
      else setTexts(found.query ? "done" : "idle", "", "");
      sentence.textContent = regain.text("search_none", { query: found.query.trim() });
      none.hidden = !found.query || found.count > 0;
      more.hidden = found.count <= FIRST;
      part("pages").hidden = found.count > 0;
      part("failed").hidden = true;
      remember(found.query);
    }

    const waiting = () => setTexts("waiting", regain.text("search_busy"), "");

    function failed() {
      part("results").replaceChildren();
      none.hidden = more.hidden = true;
      part("failed").hidden = part("pages").hidden = false;
      setTexts("failed", "", "");
    }

    const search = watch(field, { max: FIRST, show, failed, waiting });
    more.addEventListener("click", showMore);
    page.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      search();
    });
    addEventListener("hashchange", () => {
      if (fragmentQuery() === null) return;
      field.value = fragmentQuery();
      search();
    });
    field.value = addressQuery();
    page.dataset.searchState = field.value ? "busy" : "idle";
    search();
  });
})();
