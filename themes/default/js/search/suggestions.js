/*
 * The list of results under the search field, a combobox as the ARIA Authoring Practices describe it. Down and Up move
 * through the list and Enter opens a result. Esc closes the list, then clears the field, then goes back to where the reader
 * was. If nothing is selected, Enter opens the search page.
 */
(() => {
  "use strict";

  const MAX_RESULTS = 5;
  /* The search script may be loaded after this one. */
  let view = null;

  function option(id, href, className) {
    const link = view.element("a", "search-option" + className);
    link.id = id;
    link.href = href;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    return link;
  }

  function resultOption(result, number) {
    const link = option("search-option-" + number, view.addressOf(result), "");
    link.dataset.searchResult = "";
    link.append(view.element("span", "search-option-title", view.titleOf(result)));
    if (result.above.length) link.append(view.element("span", "search-option-path", view.pathOf(result)));
    return link;
  }

  function attach(form, field) {
    if (form.querySelector("[data-search-list]")) return;
    view = regain.search.view;
    const list = view.element("div", "search-list");
    list.id = "page--search-list";
    list.dataset.searchList = "";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", regain.text("search_results"));
    form.append(list);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    let active = -1;

    function select(at) {
      const options = list.children;
      options[active]?.setAttribute("aria-selected", "false");
      active = at;
      options[active]?.setAttribute("aria-selected", "true");
      options[active]?.scrollIntoView({ block: "nearest" });
      if (options[active]) field.setAttribute("aria-activedescendant", options[active].id);
      else field.removeAttribute("aria-activedescendant");
    }

    function setOpen(open) {
      list.hidden = !open;
      field.setAttribute("aria-expanded", String(open));
      if (!open) select(-1);
    }

    function show({ query, results, count }) {
      const options = results.flatMap((result) => [result, ...result.outcomes]).map(resultOption);
      const all = option("search-option-all", regain.search.searchAddress(form, query), " search-option-all");
      all.textContent = count > results.length ? regain.text("search_see_all", { count }) : count ? view.countText(count) : regain.text("search_none", { query: query.trim() });
      list.replaceChildren(...options, all);
      list.dataset.searchState = "done";
      list.removeAttribute("aria-busy");
      select(-1);
      setOpen(query !== "" && document.activeElement === field);
    }

    function waiting() {
      list.setAttribute("aria-busy", "true");
    }

    function failed() {
      list.removeAttribute("aria-busy");
      const all = option("search-option-all", form.action, " search-option-all");
      all.textContent = regain.text("search_failed_short");
      list.replaceChildren(all);
      list.dataset.searchState = "failed";
      setOpen(true);
    }

    function escape() {
      if (!list.hidden) setOpen(false);
      else if (field.value) field.value = "";
      else regain.search.leave();
    }

    const keys = {
      ArrowDown: () => (list.hidden ? search() : select(active + 1 < list.children.length ? active + 1 : 0)),
      ArrowUp: () => select(active > 0 ? active - 1 : list.children.length - 1),
      Escape: escape,
    };

    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && active >= 0) {
        event.preventDefault();
        list.children[active].click();
      } else if (keys[event.key] && !event.isComposing) {
        event.preventDefault();
        keys[event.key]();
      }
    });
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) setOpen(false);
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    const search = view.watch(field, { max: MAX_RESULTS, show, failed, waiting });
    setOpen(false);
    if (field.value.trim()) search();
  }

  regain.search.suggest = attach;
})();
