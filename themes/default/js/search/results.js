/* The search page: results of #q= or ?q= as a list, updated as the reader types. */
(() => {
  "use strict";

  const { inFragment, asked } = regain.search;
  const { element, address, titleOf, fillExcerpt, countText, show, watch } = regain.search.view;
  /* What a phone shows without scrolling; every further one costs a slow line about a kilobyte. */
  const FIRST = 5;
  const MORE = 10;

  function resultItem(shown) {
    const item = element("li", "result");
    const link = element("a", "result-title", titleOf(shown));
    link.href = address(shown);
    link.dataset.searchResult = "";
    const excerpt = element("p", "result-excerpt");
    fillExcerpt(excerpt, shown.parts);
    item.append(link);
    if (shown.above.length) item.append(element("p", "result-path", shown.above.join(" › ")));
    item.append(excerpt);
    return item;
  }

  /* How the words were read where that may surprise: those no page holds, and those taken for others. */
  function readText({ unknown, concepts = [] }, partial) {
    const mended = concepts.filter((concept) => concept.mended).map((concept) => concept.mended);
    const tell = (key, list) => (list.length ? [regain.text(key, { words: list.join(", ") })] : []);
    const parts = [...tell("search_mended", mended), ...tell("search_missing", unknown)];
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

    /* #q= follows the field, so that a reader can come back to what they looked for; ?q= goes, since a reload sends it. */
    function remember(query) {
      const at = new URL(location.href);
      at.searchParams.delete("q");
      if (query) at.hash = new URLSearchParams({ q: query });
      else if (inFragment() !== null) at.hash = "";
      try {
        history.replaceState(history.state, "", at);
      } catch {
        /* Not allowed for pages opened from disk. */
      }
    }

    async function showMore() {
      const items = part("results").children;
      const from = items.length;
      const before = last;
      try {
        const { results, partial } = await show(last.engine, last.found, last.end, last.end + MORE);
        if (last !== before) return;
        last.end += MORE;
        part("results").append(...results.map(resultItem));
        if (partial) part("read").textContent = readText(last.found, partial);
      } catch {
        return failed();
      }
      more.hidden = last.end >= last.count;
      items[from]?.querySelector("a").focus();
    }

    function shown(found) {
      last = { ...found, end: FIRST };
      part("results").replaceChildren(...found.results.map(resultItem));
      part("count").textContent = found.count ? countText(found.count) : "";
      part("read").textContent = found.count ? readText(found.found, found.partial) : "";
      sentence.textContent = regain.text("search_none", { query: found.query.trim() });
      none.hidden = !found.query || found.count > 0;
      more.hidden = found.count <= FIRST;
      part("pages").hidden = found.count > 0;
      part("failed").hidden = true;
      page.dataset.searchState = found.query ? "done" : "idle";
      remember(found.query);
    }

    function waiting() {
      page.dataset.searchState = "waiting";
      part("count").textContent = regain.text("search_busy");
      part("read").textContent = "";
    }

    function failed() {
      part("results").replaceChildren();
      part("count").textContent = "";
      part("read").textContent = "";
      none.hidden = more.hidden = true;
      part("failed").hidden = false;
      part("pages").hidden = false;
      page.dataset.searchState = "failed";
    }

    const look = watch(field, { most: FIRST, shown, failed, waiting });
    more.addEventListener("click", showMore);
    page.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      look();
    });
    addEventListener("hashchange", () => {
      if (inFragment() === null) return;
      field.value = inFragment();
      look();
    });
    field.value = asked();
    page.dataset.searchState = field.value ? "busy" : "idle";
    look();
  });
})();
