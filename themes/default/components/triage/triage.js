/*
 * The triage, one question at a time.
 *
 * In: the page's tree of questions, each answer a link. Out: the one question that the address names, and the
 * answers so far. One tap answers. Addresses name the question (#q=ID), never an answer; answers live in memory only
 * and are gone with the page.
 */
(() => {
  "use strict";

  function start(root) {
    const sections = new Map([...root.querySelectorAll("[data-question]")].map((one) => [one.dataset.question, one]));
    const first = sections.keys().next().value;
    const heading = root.querySelector("h1");
    const title = heading.textContent;
    const pageTitle = document.title;
    const intro = root.querySelector("[data-triage-head] .lead");
    const part = (name) => root.querySelector("[data-triage-" + name + "]");
    const links = [...root.querySelectorAll("[data-next]")];
    const given = new Map();
    let current = first;
    let steps = 0;

    const idInAddress = () => location.hash.match(/^#q=([a-z0-9-]+)$/)?.[1];
    const questionOf = (link) => link.closest("[data-question]").dataset.question;
    const titleOf = (id) => sections.get(id).querySelector("h2, h3, h4, h5, h6")?.textContent ?? title;

    /* The answers that led to a question: those given here, and before them those that cannot have been other. */
    function trailTo(id) {
      const trail = [];
      const seen = new Set();
      while (!seen.has(id)) {
        seen.add(id);
        const ways = links.filter(({ dataset }) => dataset.next === id);
        const way = ways.find((link) => given.get(questionOf(link)) === link) ?? (ways.length === 1 ? ways[0] : null);
        if (!way) break;
        trail.unshift(way);
        id = questionOf(way);
      }
      return trail;
    }

    function trailItem(link) {
      const id = questionOf(link);
      const item = document.createElement("li");
      const add = (tag, name, words) => {
        const node = document.createElement(tag);
        node.className = name;
        node.textContent = words;
        item.append(node);
        return node;
      };
      add("span", "trail-question", titleOf(id));
      add("span", "trail-answer", link.firstElementChild.firstChild.textContent);
      const change = add("button", "button-link", regain.text("change"));
      change.type = "button";
      const which = document.createElement("span");
      which.className = "sr-only";
      which.textContent = ": " + titleOf(id);
      change.append(which);
      change.addEventListener("click", () => go(id));
      return item;
    }

    /* The first question comes below the page's own heading; the headings of the others replace it. */
    function show(id, { focus = true } = {}) {
      current = sections.has(id) ? id : first;
      const trail = trailTo(current);
      const isFirst = current === first;
      for (const [name, section] of sections) section.hidden = name !== current;
      const own = sections.get(current).querySelector("h2, h3, h4, h5, h6");
      if (own) own.hidden = !isFirst;
      heading.textContent = isFirst ? title : titleOf(current);
      document.title = isFirst ? pageTitle : pageTitle.replace(title, heading.textContent);
      if (intro) intro.hidden = !isFirst;
      const chosen = given.get(current);
      for (const link of sections.get(current).querySelectorAll(".choice-link")) {
        if (link === chosen) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
      part("back").hidden = isFirst;
      part("trail").hidden = isFirst;
      part("answers").hidden = !trail.length;
      part("answers").querySelector("ol").replaceChildren(...trail.map(trailItem));
      if (focus) {
        heading.focus();
        scrollTo(0, 0);
      }
    }

    function go(id) {
      steps += 1;
      history.pushState({ steps }, "", "#q=" + id);
      show(id);
    }

    /* The address names the question; the browser is not to scroll past the heading to it. */
    for (const section of sections.values()) section.removeAttribute("id");
    const copyOf = (name) => document.querySelector("[data-part=" + name + "]").content.cloneNode(true);
    part("head").prepend(copyOf("back"));
    part("tree").after(copyOf("trail"));

    root.addEventListener("click", (event) => {
      const link = event.target.closest(".choice-link");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      given.set(current, link);
      if (!link.dataset.next) return;
      event.preventDefault();
      go(link.dataset.next);
    });
    part("back").addEventListener("click", () => {
      if (history.state?.steps) history.back();
      else go(trailTo(current).map(questionOf).pop() ?? first);
    });
    part("restart").addEventListener("click", () => {
      given.clear();
      go(first);
    });
    addEventListener("popstate", () => {
      steps = history.state?.steps ?? 0;
      show(idInAddress());
    });
    regain.onClear(() => {
      given.clear();
      show(current, { focus: false });
    });

    show(idInAddress(), { focus: false });
    delete document.documentElement.dataset.loading;
    if (idInAddress()) scrollTo(0, 0);
  }

  regain.start("data-triage", start);
})();
