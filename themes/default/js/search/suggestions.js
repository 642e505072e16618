/*
 * The list under the search field: a combobox after the ARIA Authoring Practices. Down and Up move, Enter opens,
 * Esc closes, then clears, then goes back to where the reader was. Without a choice Enter opens the search page.
 */
(() => {
  "use strict";

  const MOST = 5;
  /* The script of search may come after this one. */
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

  function resultOption(shown, number) {
    const link = option("search-option-" + number, view.address(shown), "");
    link.dataset.searchResult = "";
    link.append(view.element("span", "search-option-title", view.titleOf(shown)));
    if (shown.above.length) link.append(view.element("span", "search-option-path", shown.above.join(" › ")));
    return link;
  }

  function attach(form, field) {
    if (form.querySelector("[data-search-list]")) return;
    view = regain.search.view;
    const list = view.element("div", "search-list");
    list.id = "search-list";
    list.dataset.searchList = "";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", regain.text("search_results"));
    form.append(list);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    let active = -1;

    function choose(at) {
      const options = list.children;
      options[active]?.setAttribute("aria-selected", "false");
      active = at;
      options[active]?.setAttribute("aria-selected", "true");
      options[active]?.scrollIntoView({ block: "nearest" });
      if (options[active]) field.setAttribute("aria-activedescendant", options[active].id);
      else field.removeAttribute("aria-activedescendant");
    }

    function open(whether) {
      list.hidden = !whether;
      field.setAttribute("aria-expanded", String(whether));
      if (!whether) choose(-1);
    }

    function show({ query, results, count }) {
      const options = results.map(resultOption);
      const all = option("search-option-all", regain.search.placeOf(form, query), " search-option-all");
      all.textContent = count > results.length ? regain.text("search_see_all", { count }) : count ? view.countText(count) : regain.text("search_none", { query: query.trim() });
      list.replaceChildren(...options, all);
      list.dataset.searchState = "done";
      list.removeAttribute("aria-busy");
      choose(-1);
      open(query !== "" && document.activeElement === field);
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
      open(true);
    }

    function escape() {
      if (!list.hidden) open(false);
      else if (field.value) field.value = "";
      else regain.search.leave();
    }

    const keys = {
      ArrowDown: () => (list.hidden ? look() : choose(active + 1 < list.children.length ? active + 1 : 0)),
      ArrowUp: () => choose(active > 0 ? active - 1 : list.children.length - 1),
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
      if (!form.contains(event.relatedTarget)) open(false);
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    const look = view.watch(field, { most: MOST, shown: show, failed, waiting });
    open(false);
    if (field.value.trim()) look();
  }

  regain.search.overlay = attach;
})();
