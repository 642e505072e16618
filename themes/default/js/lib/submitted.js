/*
 * regain.posted: a request as it was posted, looked at as src/recovery/submitted.rs does.
 *
 * Comes in: the checklist, a request and the text. Goes out: faults, [{ kind, field, detail?, words?, pattern?, start,
 * end }]. Does not: touch the page. tests/vectors/submitted.json holds it and Rust together.
 */
(() => {
  "use strict";

  const GAP = "____";
  const NO_RESPONSE = "_No response_";
  const same = (a, b) => a.trim().toLowerCase() === b.trim().toLowerCase();

  /* Cuts a text at its labels: any "### label", or where the request is sent otherwise its own labels. */
  function fieldsOf(request, text) {
    const [before, after] = request.heading;
    const own = (label) => request.fields.some(([known]) => same(known, label));
    const fields = [];
    let at = 0;
    for (const line of text.split(/(?<=\n)/)) {
      const bare = line.trim();
      const start = at;
      at += line.length;
      let label = null;
      if (bare.startsWith("### ")) label = bare.slice(4);
      else if (bare.startsWith(before) && bare.endsWith(after)) {
        const inner = bare.slice(before.length, bare.length - after.length);
        if (own(inner)) label = inner;
      }
      if (label !== null) fields.push({ label: label.trim(), start, end: start + line.trimEnd().length, from: at, to: at });
      else if (fields.length) fields.at(-1).to = at;
    }
    for (const field of fields) {
      const body = text.slice(field.from, field.to);
      field.from += body.length - body.trimStart().length;
      field.body = body.trim();
      field.to = field.from + field.body.length;
    }
    return fields;
  }

  /* The one detail a field holds, but for backticks around it. */
  const alone = (text) => text.trim().match(/^`*\{([a-z0-9-]+)\}`*$/)?.[1];

  function isTicked(body, statement) {
    return body.split("\n").some((line) => {
      const rest = line.trim().match(/^[-*] \[[xX]\](.*)$/)?.[1];
      return rest !== undefined && same(rest, statement);
    });
  }

  const QUOTE = /^(?: *> ?)+/gm;
  const HEADING = /^### /m;

  /* Without the signs mail puts before quoted lines, where the request itself is quoted. */
  function unquoted(text) {
    const lines = text.split("\n").map((line) => line.trimStart());
    const headings = (quoted) => lines.some((line) => line.startsWith(">") === quoted && HEADING.test(line.replace(QUOTE, "")));
    return regain.without(text, headings(true) && !headings(false) ? QUOTE : /(?!)/g);
  }

  function posted(list, request, text) {
    const view = unquoted(text);
    return faultsIn(list, request, view.text).map((fault) => ({ ...fault, ...view.place(fault) }));
  }

  function faultsIn(list, request, text) {
    const faults = [];
    const isNeeded = (details) => details.some((detail) => detail.required && !detail.only_if);

    function answerFault(detail, body) {
      if (body.includes(GAP)) return null;
      if (detail.options) {
        const fits = ([, words]) => (detail.kind === "choices" ? body.includes(words) : same(body, words));
        return detail.options.some(fits) ? null : "no-choice";
      }
      return list.misshapen(detail, body.replace(/^`+|`+$/g, ""));
    }

    function fieldFaults([label, template], field) {
      const details = regain.gapsOf(template).map((name) => list.byId.get(name)).filter((detail) => detail);
      const tell = (kind, start, end, more) => faults.push({ kind, field: label, start, end, ...more });
      if (!field) {
        if (isNeeded(details)) tell("no-field", text.length, text.length);
        return;
      }
      const { body, start, end, from, to } = field;
      if (!body || body === NO_RESPONSE) {
        if (isNeeded(details)) tell("empty", start, end);
        return;
      }
      for (const { index } of body.matchAll(/____/g)) tell("gap", from + index, from + index + GAP.length);
      for (const detail of details) {
        if (detail.kind === "confirm" && detail.required && !isTicked(body, detail.statement)) {
          tell("unticked", start, end, { words: detail.statement });
        }
      }
      const detail = list.byId.get(alone(template));
      const kind = detail ? answerFault(detail, body) : null;
      if (kind) tell(kind, from, to, { detail });
    }

    const fields = fieldsOf(request, text);
    for (const own of request.fields) {
      fieldFaults(own, fields.find(({ label }) => same(label, own[0])));
    }
    for (const { label, start, end } of fields) {
      if (!request.fields.some(([known]) => same(known, label))) faults.push({ kind: "unknown", field: label, start, end });
    }
    const head = { label: "", from: 0, to: fields[0]?.start ?? text.length };
    for (const { label, from, to } of [head, ...fields]) {
      for (const { start, end, pattern, certainty } of list.scanner.find(text.slice(from, to), label)) {
        if (certainty === "personal" && !request.public) continue;
        faults.push({ kind: "secret", field: label, pattern, start: from + start, end: from + end });
      }
    }
    return faults.sort((a, b) => a.start - b.start);
  }

  window.regain.posted = posted;
})();
