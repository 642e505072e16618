/*
 * regain.checklist: composes requests from answers, and says what is missing or invalid.
 *
 * Takes the page's data block (src/recovery/page_data.rs) and the answers given so far. Does not touch the page.
 */
(() => {
  "use strict";

  /* What a request shows where an answer is missing. */
  const GAP = "____";
  const QUOTES = "`'\"´‘’“”";
  const GAPS = /\{([a-z0-9-]+)\}/;
  const gapsOf = (text) => [...text.matchAll(new RegExp(GAPS, "g"))].map(([, name]) => name);
  const TYPED = ["line", "paragraph", "list", "address", "date"];

  function trimmedOf(text, signs) {
    let start = 0;
    let end = text.length;
    while (start < end && signs.includes(text[start])) start += 1;
    while (end > start && signs.includes(text[end - 1])) end -= 1;
    return text.slice(start, end);
  }

  const isShort = (text) => [...text].length <= regain.LONGEST;

  /* What is removed without asking: a rule is "backticks", "at" or a pattern for the
     whole answer, of which the last group is kept. */
  function applyRule(text, rule) {
    if (rule === "backticks") return trimmedOf(text, QUOTES);
    if (rule === "at") return text.replace(/^@+/, "");
    return (isShort(text) && text.match(new RegExp(rule, "u"))?.at(-1)) || text;
  }

  const tidiedItem = (detail, text) => (detail.tidy ?? []).reduce((rest, rule) => applyRule(rest, rule).trim(), text.trim());

  /* The answers of a list: one a line, or with commas between them. */
  const items = (detail, text) =>
    text
      .split(/[\n,]/)
      .map((item) => tidiedItem(detail, item))
      .filter((item) => item);

  /* People leave out the scheme, as browsers do. */
  const withScheme = (text) => text.replace(/^[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(\/|$)/i, "https://$&");

  function tidied(detail, text) {
    text = regain.cleaned(text).text;
    if (detail.kind === "list") return items(detail, text).join("\n");
    if (detail.kind === "paragraph") return text.trim();
    const item = tidiedItem(detail, text);
    return detail.kind === "address" ? withScheme(item) : item;
  }

  function isEmpty(detail, given) {
    if (detail.kind === "confirm") return given !== true;
    if (TYPED.includes(detail.kind)) return typeof given !== "string" || !tidied(detail, given);
    return !Array.isArray(given) || !detail.options.some(([id]) => given.includes(id));
  }

  const isAddress = (text) => /^https:\/\/[^/\s]+$|^https:\/\/[^/\s]+\/\S*$/.test(text) && /[^.]\.+[^.]/.test(text.slice(8).split("/")[0]);
  const isDate = (text) => /^\d{4}-\d\d-\d\d$/.test(text) && new Date(text + "T00:00Z").toJSON()?.startsWith(text);

  /* "What happened" → "what happened"; names such as "PyPI username" stay. */
  function inSentence(label) {
    const [first, ...rest] = label.split(" ")[0];
    return rest.length && !/\p{Lu}/u.test(rest.join("")) ? first.toLowerCase() + label.slice(first.length) : label;
  }

  /* Why a typed answer is invalid. */
  function invalid(detail, given) {
    if (typeof given !== "string") return null;
    const text = tidied(detail, given);
    if (!text) return null;
    if (detail.max && [...text].length > detail.max) return "too-long";
    const matches = (part) => !detail.pattern || (isShort(part) && new RegExp(detail.pattern, "u").test(part));
    const fits = {
      list: () => items(detail, text).every(matches),
      address: () => isAddress(text) && matches(text),
      date: () => isDate(text),
    };
    return (fits[detail.kind] ?? (() => matches(text)))() ? null : "format";
  }

  function checklist(data) {
    const byId = new Map(data.details.map((detail) => [detail.id, detail]));
    const scanner = regain.scanner(data.secrets, data.said);
    const sets = data.sets ?? [];
    let hidden = [];

    /* Details that make no sense for the outcome a reader comes from. */
    const hide = (ids) => (hidden = ids);

    /* Its condition holds, and so does that of the detail it looks at. */
    function isAsked(detail, answers) {
      for (let steps = 0; steps <= data.details.length; steps += 1) {
        if (!detail || hidden.includes(detail.id)) return false;
        if (!detail.only_if) return true;
        const [other, ...wanted] = detail.only_if;
        const given = answers[other];
        if (!Array.isArray(given) || !wanted.some((answer) => given.includes(answer))) return false;
        detail = byId.get(other);
      }
      return false;
    }

    const isGiven = (id, answers) => {
      const detail = byId.get(id);
      return isAsked(detail, answers) && !isEmpty(detail, answers[id]);
    };
    const isMet = (set, answers) => set.details.some((id) => isGiven(id, answers));

    function isNeeded(detail, answers) {
      const wanted = () => sets.some((set) => set.details.includes(detail.id) && !isMet(set, answers));
      return isAsked(detail, answers) && (detail.required || wanted());
    }

    const isPublic = (detail, request) => Boolean(request.public && !detail.private);
    const mayStand = (detail, request) => !(request.public && detail.private);
    const keptOf = (kept, detail) => kept[detail.id] ?? [];

    /* With nothing answered yet the request is a template: gaps that may stay empty are shown as well. */
    const isBlank = (request, { answers }) =>
      request.fields.every(([, text]) => gapsOf(text).every((name) => !byId.has(name) || isEmpty(byId.get(name), answers[name])));

    /* How an answer reads in the request; null if there is none or it must not be in the request. */
    function value(detail, request, { answers, kept = {}, blank = false }) {
      if (!mayStand(detail, request) || !(blank || isAsked(detail, answers))) return null;
      const given = answers[detail.id];
      const empty = isEmpty(detail, given);
      if (detail.kind === "confirm") {
        if (empty && !detail.required && !blank) return null;
        return "- [" + (empty ? " " : "x") + "] " + detail.statement;
      }
      if (empty) return null;
      if (detail.options) {
        const chosen = detail.options.filter(([id]) => given.includes(id));
        return chosen.map(([, text]) => text).join(", ");
      }
      const options = { isPublic: isPublic(detail, request), kept: keptOf(kept, detail) };
      const text = scanner.clean(tidied(detail, given), detail.label, options);
      return detail.kind === "list" ? text.replaceAll("\n", ", ") : text;
    }

    /* Nothing for a line whose gaps are all empty and none of them needed; on a blank sheet all are wanted. */
    function line(text, request, state) {
      let wanted = 0;
      let filled = "";
      const parts = text.split(GAPS);
      parts.forEach((part, at) => {
        if (at % 2 === 0) {
          filled += part;
          return;
        }
        const detail = byId.get(part);
        const answer = detail ? value(detail, request, state) : null;
        const needed = () => detail && mayStand(detail, request) && (state.blank || isNeeded(detail, state.answers));
        if (answer !== null || needed()) wanted += 1;
        const isTyped = state.markdown && detail && TYPED.includes(detail.kind);
        const escape = filled.split("`").length % 2 === 0 ? regain.escapeInCode : regain.escape;
        filled += isTyped ? escape(answer ?? GAP) : (answer ?? GAP);
      });
      return parts.length === 1 || wanted > 0 ? filled : null;
    }

    /* Lines left out must not leave a heap of empty ones behind. */
    function field(text, request, state) {
      const lines = text
        .trim()
        .split("\n")
        .map((one) => line(one, request, state))
        .filter((one) => one !== null)
        .map((one) => one.trimEnd());
      return lines
        .filter((one, at) => one || (at > 0 && lines[at - 1]))
        .join("\n")
        .trimEnd();
    }

    /* state: { answers, kept }. kept: per detail, the patterns the reader said are not secrets. */
    function compose(request, state) {
      const blank = isBlank(request, state);
      /* Markdown means nothing in a field that the form shows as code. */
      return request.fields.map(([label, text, code]) => ({
        label,
        text: field(text, request, { ...state, blank, markdown: request.markdown && !code }),
      }));
    }

    function whole(request, fields) {
      const [before, after] = request.heading;
      const filled = fields.filter(({ text }) => text);
      return filled.map(({ label, text }) => before + label + after + "\n\n" + text).join("\n\n");
    }

    function problem(detail, request, { answers, kept = {} }) {
      const given = answers[detail.id];
      if (isEmpty(detail, given)) {
        const first = (set) => set.details.find((id) => isAsked(byId.get(id), answers));
        const told = sets.some((set) => !isMet(set, answers) && first(set) === detail.id);
        return detail.required || told ? "empty" : null;
      }
      if (typeof given === "string" && secrets(detail, request, { answers, kept }).length) return "secret";
      return invalid(detail, given);
    }

    /* What is said of a problem: the author's own words, else the theme's. */
    function message(detail, problem) {
      const { kind, label, max } = detail;
      const set = sets.find(({ details }) => details.includes(detail.id));
      const own = { empty: detail.if_empty ?? set?.message, format: detail.pattern_help }[problem];
      const empty = { confirm: "error_confirm", choice: "error_select", choices: "error_select" }[kind] ?? "error_enter";
      const format = { address: "error_address", date: "error_date" }[kind];
      const key = { empty, format, "too-long": "error_long" }[problem] ?? "error_shape";
      return own ?? regain.text(key, { label, lower_label: inSentence(label), value: max });
    }

    /* What is left out of this answer. */
    function secrets(detail, request, { answers, kept = {} }) {
      const options = { isPublic: isPublic(detail, request), kept: keptOf(kept, detail) };
      return scanner.removals(tidied(detail, answers[detail.id]), detail.label, options);
    }

    const asked = (request, answers) =>
      request.details.map((id) => byId.get(id)).filter((detail) => isAsked(detail, answers));

    /* What is wrong, in the order of the page: [{ detail, problem }]. */
    function problems(request, state) {
      return asked(request, state.answers)
        .map((detail) => ({ detail, problem: problem(detail, request, state) }))
        .filter(({ problem }) => problem);
    }

    /* Each required detail counts, and each set of which one must be given counts once. */
    function progress(request, state) {
      const wrong = new Set(problems(request, state).map(({ detail }) => detail.id));
      const required = asked(request, state.answers).filter((detail) => detail.required);
      const here = sets.filter((set) => set.details.some((id) => request.details.includes(id)));
      const met = here.filter((set) => isMet(set, state.answers));
      const done = required.filter((detail) => !wrong.has(detail.id)).length + met.length;
      return { done, all: required.length + here.length };
    }

    return { data, byId, scanner, hide, isAsked, isEmpty, isPublic, invalid, value, compose, whole, problems, message, progress, secrets };
  }

  Object.assign(window.regain, { GAP, gapsOf, checklist });
})();
