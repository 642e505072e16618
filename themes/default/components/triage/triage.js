/*
 * The triage, one question at a time.
 *
 * Comes in: the page's tree of questions, each answer a link. Goes out: a screen with one question, its answers as
 * radio rows, and the answers so far. Addresses name the question (#q=ID), never an answer; answers live in memory
 * only and are gone with the page.
 */
(() => {
  "use strict";

  /* The tree as the page has it: title, hint and answers of each question. */
  function questionsOf(root) {
    const heading = root.querySelector("h1").textContent;
    const sections = [...root.querySelectorAll("[data-question]")];
    return new Map(
      sections.map((section) => [
        section.dataset.question,
        {
          title: section.querySelector("h2, h3, h4, h5, h6")?.textContent ?? heading,
          hint: section.querySelector(":scope > .field-hint"),
          answers: [...section.querySelectorAll(".choice-link")].map((link) => ({
            words: link.firstElementChild,
            label: link.firstElementChild.firstChild.textContent,
            href: link.href,
            next: link.dataset.next,
          })),
        },
      ]),
    );
  }

  /* The answers that led to a question: those given here, and before them those that cannot have been other. */
  function trailTo(id, questions, given) {
    const trail = [];
    const seen = new Set();
    while (!seen.has(id)) {
      seen.add(id);
      const ways = [...questions].flatMap(([from, { answers }]) =>
        answers.flatMap((answer, at) => (answer.next === id ? [{ from, at }] : [])),
      );
      const way = ways.find(({ from, at }) => given.get(from) === at) ?? (ways.length === 1 ? ways[0] : null);
      if (!way) break;
      trail.unshift(way);
      id = way.from;
    }
    return trail;
  }

  function start(root) {
    const questions = questionsOf(root);
    const first = questions.keys().next().value;
    const heading = root.querySelector("h1");
    const page = document.title.replace(heading.textContent, "").trimStart();
    const intro = root.querySelector("[data-triage-head] .lead");
    const screen = document.querySelector("[data-part=question]").content.cloneNode(true).firstElementChild;
    const find = (hook) => screen.querySelector("[data-" + hook + "]");
    const ask = find("ask");
    const given = new Map();
    let current = first;
    let steps = 0;

    const idInAddress = () => location.hash.match(/^#q=([a-z0-9-]+)$/)?.[1];

    function row(answer, at) {
      const label = document.createElement("label");
      label.className = "choice";
      const radio = document.createElement("input");
      radio.type = "radio";
      radio.name = "answer";
      radio.value = at;
      radio.autocomplete = "off";
      radio.checked = given.get(current) === at;
      label.append(radio, " ", answer.words.cloneNode(true));
      return label;
    }

    function trailItem({ from, at }) {
      const { title, answers } = questions.get(from);
      const item = document.createElement("li");
      for (const [name, words] of [["question", title], ["answer", answers[at].label]]) {
        const span = document.createElement("span");
        span.className = "trail-" + name;
        span.textContent = words;
        item.append(span);
      }
      const change = document.createElement("button");
      change.type = "button";
      change.className = "button-link";
      change.textContent = regain.text("change");
      const which = document.createElement("span");
      which.className = "sr-only";
      which.textContent = ": " + title;
      change.append(which);
      change.addEventListener("click", () => go(from));
      item.append(change);
      return item;
    }

    function complain() {
      ask.querySelector(".field-error")?.remove();
      const error = document.createElement("p");
      error.className = "field-error";
      error.id = "page--error";
      const prefix = document.createElement("span");
      prefix.className = "sr-only";
      prefix.textContent = regain.text("error") + " ";
      error.append(prefix, regain.text("choose_one"));
      find("choices").before(error);
      ask.setAttribute("aria-describedby", "page--error");
      document.title = regain.text("error") + " " + questions.get(current).title + " " + page;
      ask.querySelector("input").focus();
    }

    function show(id, { focus = true } = {}) {
      current = questions.has(id) ? id : first;
      const { title, hint, answers } = questions.get(current);
      const trail = trailTo(current, questions, given);
      heading.textContent = title;
      document.title = title + " " + page;
      if (intro) intro.hidden = current !== first;
      ask.querySelector(".field-error")?.remove();
      find("hint").replaceChildren(...(hint ? hint.cloneNode(true).childNodes : []));
      find("hint").hidden = !hint;
      if (hint) ask.setAttribute("aria-describedby", "page--hint");
      else ask.removeAttribute("aria-describedby");
      find("choices").replaceChildren(...answers.map(row));
      find("trail").hidden = !trail.length;
      find("trail").querySelector("ol").replaceChildren(...trail.map(trailItem));
      find("back").parentNode.hidden = !trail.length;
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

    find("continue").addEventListener("click", () => {
      const chosen = ask.querySelector(":checked");
      if (!chosen) return complain();
      given.set(current, Number(chosen.value));
      const { next, href } = questions.get(current).answers[chosen.value];
      if (next) go(next);
      else location.href = href;
    });
    find("back").addEventListener("click", () => {
      if (history.state?.steps) history.back();
      else go(trailTo(current, questions, given).pop().from);
    });
    find("restart").addEventListener("click", () => {
      given.clear();
      go(first);
    });
    addEventListener("popstate", () => {
      steps = history.state?.steps ?? 0;
      show(idInAddress());
    });
    regain.onForget(() => {
      given.clear();
      show(current, { focus: false });
    });

    ask.querySelector("legend").append(heading);
    if (intro) ask.querySelector("legend").after(intro);
    root.querySelector("[data-triage-tree]").replaceWith(screen);
    show(idInAddress(), { focus: false });
    if (idInAddress()) scrollTo(0, 0);
  }

  regain.start("data-triage", start);
})();
