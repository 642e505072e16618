/*
 * regain.composedRequest: the composed request on the page, and the steps that hand it over.
 *
 * In: the composed fields. Out: text in the one output element, progress, copies on the clipboard. Copying
 * is never refused for what is missing; what is missing is listed.
 */
(() => {
  "use strict";

  const MARKS = /(____|\[removed: looks like [^\]\n]+\])/;

  /* Gaps and removals stand out; the text stays what it is. */
  function marked(text) {
    return text.split(MARKS).map((part, at) => {
      if (at % 2 === 0) return part;
      const span = document.createElement("span");
      span.className = part === "____" ? "request-gap" : "request-removed";
      span.textContent = part;
      return span;
    });
  }

  function composedRequest(page) {
    const { root, data, list } = page;
    const sections = [...root.querySelectorAll("[data-request]")];
    const progress = root.querySelector("[data-progress]");
    const status = root.querySelector("[data-status]");
    const heading = root.querySelector("h1");
    const usualHeading = heading.textContent;
    const wait = document.querySelector(".steps [data-wait]");
    const shown = new Map();
    let chosen = null;
    let fields = [];

    /* Each request can have a heading and a waiting time of its own. */
    function choose(section) {
      chosen = section;
      for (const one of sections) {
        one.hidden = one !== section;
        one.querySelector("[data-request-text]").toggleAttribute("data-request-output", one === section);
      }
      section.querySelector("[data-handover]").append(status);
      const words = section.dataset.heading ?? usualHeading;
      document.title = document.title.replace(heading.textContent, () => words);
      heading.textContent = words;
      if (!wait) return;
      wait.textContent = section.dataset.wait;
      wait.hidden = !section.dataset.wait;
    }

    function write(target, request) {
      const [before, after] = request.heading;
      const parts = fields.flatMap(({ label, text }, at) => {
        if (!text) return [];
        const span = document.createElement("span");
        span.dataset.fieldText = at;
        span.append(...marked(text));
        return ["\n\n", before + label + after + "\n\n", span];
      });
      target.replaceChildren(...parts.slice(1));
    }

    /* Shows the current text of each step. What was copied before may be outdated now. */
    function writeSteps(section) {
      for (const one of section.querySelectorAll("[data-copied]")) one.removeAttribute("data-copied");
      for (const preview of section.querySelectorAll("[data-preview]")) {
        preview.replaceChildren(...marked(fields[preview.dataset.preview].text || "–"));
      }
    }

    /* The support team reads one language; a request in another is answered late or not at all. */
    function warnOfLanguage(section, answers) {
      const notice = section.querySelector("[data-other-language]");
      const { lang } = section.querySelector("[data-request-text]");
      const typed = data.details.filter((detail) => detail.kind === "paragraph" && page.isShown(detail));
      const text = typed.map(({ id }) => answers[id]).join("\n");
      notice.hidden = !regain.isInOtherLanguage(text, lang);
      notice.textContent = "";
      if (notice.hidden) return;
      const language = new Intl.DisplayNames([document.documentElement.lang], { type: "language" }).of(lang);
      notice.textContent = regain.text("other_language", { language });
    }

    function refresh() {
      const { request, state } = page;
      const section = sections.find((one) => one.dataset.request === request.id);
      const target = section.querySelector("[data-request-text]");
      fields = list.compose(request, state);
      const whole = list.whole(request, fields);
      if (chosen !== section) choose(section);
      if (shown.get(target) !== whole) {
        write(target, request);
        writeSteps(section);
        shown.set(target, whole);
      }
      warnOfLanguage(section, state.answers);
      const { done, all } = list.progress(request, state);
      progress.textContent = regain.text(done === all ? "all_done" : "done_of", { done, all });
    }

    /* "Copied. 2 details are still empty: …"; more than two would be too long to listen to. */
    function copiedWords(which) {
      const field = page.request.fields[which];
      const gaps = field && regain.gapsOf(field[1]);
      const problems = list.problems(page.request, page.state);
      const empty = problems.filter(({ problem, detail }) => problem === "empty" && (!gaps || gaps.includes(detail.id)));
      if (!empty.length) return regain.text("copied");
      const labels = empty.map(({ detail }) => detail.label).join(", ");
      const key = ["copied_missing_one", "copied_missing"][empty.length - 1] ?? "copied_missing_many";
      return regain.text(key, { count: empty.length, labels });
    }

    async function copy(button) {
      const which = button.dataset.copy;
      const target = root.querySelector("[data-request-output]");
      const text = which === "all" ? list.whole(page.request, fields) : fields[which].text;
      if (!text) return regain.announce(regain.text("nothing_to_copy"));
      if (await regain.copy(text)) {
        button.setAttribute("data-copied", "");
        regain.announce(copiedWords(which));
      } else {
        const whole = target.closest("details");
        if (whole) whole.open = true;
        regain.select(which === "all" ? target : target.querySelector('[data-field-text="' + which + '"]'));
        regain.announce(regain.text("copy_refused"));
      }
    }

    /* The words of a step become its button, with the text it copies beside it. */
    function addButton(step) {
      const which = step.dataset.copyStep;
      const button = page.part("copy").firstElementChild;
      button.dataset.copy = which;
      button.textContent = step.textContent;
      step.parentNode.hidden = false;
      step.replaceWith(button);
      if (which === "all") return;
      const preview = document.createElement("span");
      preview.className = "step-text";
      preview.dataset.preview = which;
      button.after(" ", preview);
    }

    root.querySelectorAll("[data-copy-step]").forEach(addButton);
    /* Its fields are copied one by one, so the whole text is for those who want to read it. */
    root.querySelectorAll("[data-request-whole]").forEach((details) => (details.open = false));
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-copy]");
      if (button) copy(button);
      const link = event.target.closest("[data-open]");
      if (!link) return;
      link.setAttribute("data-copied", "");
      copy(chosen.querySelector(".handover-steps [data-copy]"));
    });
    root.querySelector("[data-to-handover]").addEventListener("click", (event) => {
      event.preventDefault();
      const title = chosen.querySelector("[data-handover] h3");
      title.focus();
      title.scrollIntoView({ block: "start" });
    });

    return { refresh };
  }

  regain.composedRequest = composedRequest;
})();
