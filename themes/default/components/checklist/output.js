/*
 * regain.output: the composed request on the page, and its copy buttons.
 *
 * Comes in: the composed fields. Goes out: text in the one output element, progress, copies on the clipboard. Copying
 * is never refused for what is missing; what is missing is said.
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

  function output(page) {
    const { root, data, list } = page;
    const sections = [...root.querySelectorAll("[data-request]")];
    const progress = root.querySelector("[data-progress]");
    const progressNote = root.querySelector("[data-progress-note]");
    const status = root.querySelector("[data-status]");
    const shown = new Map();
    let fields = [];

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

    /* The support team reads one language; a request in another is answered late or not at all. */
    function warnOfLanguage(request, answers) {
      const section = sections.find((one) => one.dataset.request === request.id);
      const notice = section.querySelector("[data-other-language]");
      const { lang } = section.querySelector("[data-request-text]");
      const typed = data.details.filter((detail) => detail.kind === "paragraph" && page.isShown(detail));
      const text = typed.map(({ id }) => answers[id]).join("\n");
      notice.hidden = !regain.isInOtherLanguage(text, lang, data.common_words);
      const language = new Intl.DisplayNames([document.documentElement.lang], { type: "language" }).of(lang);
      notice.textContent = notice.hidden ? "" : regain.text("other_language", { language });
    }

    function refresh() {
      const { request, state } = page;
      fields = list.compose(request, state);
      const whole = list.whole(request, fields);
      for (const section of sections) {
        const chosen = section.dataset.request === request.id;
        const target = section.querySelector("[data-request-text]");
        section.hidden = !chosen;
        target.toggleAttribute("data-request-output", chosen);
        if (chosen && !section.contains(status)) section.querySelector("[data-copies]").before(status);
        if (!chosen || shown.get(target) === whole) continue;
        write(target, request);
        shown.set(target, whole);
      }
      warnOfLanguage(request, state.answers);
      const { done, all } = list.progress(request, state);
      progress.textContent = regain.text(done === all ? "all_done" : "done_of", { done, all });
      progressNote.hidden = request.details.length === all;
    }

    const detailsOf = (text) => regain.gapsOf(text).map((id) => list.byId.get(id)).filter((detail) => detail);

    /* The form asks for a tick there; nothing can be pasted into it. */
    function isBox([, text]) {
      const details = detailsOf(text);
      return text.trim() === details.map(({ id }) => "{" + id + "}").join("\n") && details.every(({ kind }) => kind === "confirm");
    }

    /* "Copied. 2 details are still empty: …"; more than two would be too long to listen to. */
    function copiedWords(which) {
      const field = page.request.fields[which];
      if (field && isBox(field)) return regain.text("copied_box");
      const told = field ? detailsOf(field[1]) : data.details;
      const problems = list.problems(page.request, page.state);
      const empty = problems.filter(({ problem, detail }) => problem === "empty" && told.includes(detail));
      if (!empty.length) return regain.text("copied");
      const labels = empty.map(({ detail }) => detail.label).join(", ");
      const key = ["copied_missing_one", "copied_missing"][empty.length - 1] ?? "copied_missing_many";
      return regain.text(key, { count: empty.length, labels });
    }

    async function copy(button) {
      const which = button.dataset.copy;
      const target = root.querySelector("[data-request-output]");
      const text = which === "all" ? list.whole(page.request, fields) : fields[which].text;
      root.querySelectorAll("[data-copied]").forEach((other) => other.removeAttribute("data-copied"));
      if (!text) return regain.announce(regain.text("nothing_to_copy"));
      if (await regain.copy(text)) {
        button.setAttribute("data-copied", "");
        regain.announce(copiedWords(which));
      } else {
        regain.select(which === "all" ? target : target.querySelector('[data-field-text="' + which + '"]'));
        regain.announce(regain.text("copy_refused"));
      }
    }

    function buttonFor(label, at) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.dataset.copy = at;
      button.textContent = regain.text("copy_field", { label });
      return button;
    }

    function addFields(part, fields) {
      const boxes = part.querySelector("[data-copy-boxes]");
      const labels = fields.filter(isBox).map(([label]) => label);
      part.querySelector("[data-copy-fields]").append(...fields.map(([label], at) => buttonFor(label, at)));
      boxes.textContent = regain.text("boxes_hint", { labels: labels.join(", ") });
      boxes.hidden = !labels.length;
    }

    for (const section of sections) {
      const request = data.requests.find(({ id }) => id === section.dataset.request);
      const part = page.part("copies");
      if (request.has_fields) addFields(part, request.fields);
      else part.querySelectorAll("[data-copy-by-field]").forEach((one) => one.remove());
      section.querySelector("[data-copies]").append(part);
    }
    root.addEventListener("click", (event) => {
      const button = event.target.closest("[data-copy]");
      if (button) copy(button);
    });

    return { refresh };
  }

  regain.output = output;
})();
