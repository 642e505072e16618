/*
 * regain.reviewSubmitted: what is missing, invalid or secret in a request that has been submitted.
 *
 * Takes the checklist, a request and the text. Gives findings, [{ kind, field, detail?, words?, secret?, start, end }].
 * Does not touch the page. src/recovery/submitted.rs finds the same; tests/suite/parity.rs compares the two.
 */
(() => {
  "use strict";

  const same = (a, b) => a.trim().toLowerCase() === b.trim().toLowerCase();

  /* Splits a text at its labels: any "### label", or the request's own labels as its channel marks them. */
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

  /* The one detail a field consists of, apart from backticks around it. */
  const alone = (text) => text.trim().match(/^`*\{([a-z0-9-]+)\}`*$/)?.[1];

  function isTicked(body, statement) {
    return body.split("\n").some((line) => {
      const rest = line.trim().match(/^[-*] \[[xX]\](.*)$/)?.[1];
      return rest !== undefined && same(rest, statement);
    });
  }

  const QUOTE = /^(?: *> ?)+/gm;
  const HEADING = /^### /m;

  /* The ranges of the marks that email puts before quoted lines, if it is the request that is quoted. */
  function quoteMarks(text) {
    const lines = text.split("\n").map((line) => line.trimStart());
    const headings = (quoted) => lines.some((line) => line.startsWith(">") === quoted && HEADING.test(line.replace(QUOTE, "")));
    return headings(true) && !headings(false) ? text.matchAll(QUOTE) : [];
  }

  function reviewSubmitted(list, request, text) {
    const cleaned = regain.cleaned(text);
    const map = regain.without(cleaned, quoteMarks(cleaned.text));
    return review(list, request, map.text).map((finding) => ({ ...finding, ...map.original(finding) }));
  }

  function review(list, request, text) {
    const { gap, no_response: noResponse } = list.data;
    const findings = [];
    const isNeeded = (details) => details.some((detail) => detail.required && !detail.only_if);

    function answerKind(detail, body) {
      if (body.includes(gap)) return null;
      if (detail.options) {
        const fits = ([, words]) => (detail.kind === "choices" ? body.includes(words) : same(body, words));
        return detail.options.some(fits) ? null : "no-choice";
      }
      return list.invalid(detail, body.replace(/^`+|`+$/g, ""));
    }

    function reviewField([label, template], field) {
      const details = regain.gapsOf(template).map((name) => list.byId.get(name)).filter((detail) => detail);
      const add = (kind, start, end, more) => findings.push({ kind, field: label, start, end, ...more });
      if (!field) {
        if (isNeeded(details)) add("no-field", text.length, text.length);
        return;
      }
      const { body, start, end, from, to } = field;
      if (!body || body === noResponse) {
        if (isNeeded(details)) add("empty", start, end);
        return;
      }
      for (const { index } of body.matchAll(gap)) add("gap", from + index, from + index + gap.length);
      for (const detail of details) {
        if (detail.kind === "confirm" && detail.required && !isTicked(body, detail.statement)) {
          add("unticked", start, end, { words: detail.statement });
        }
      }
      const detail = list.byId.get(alone(template));
      const kind = detail ? answerKind(detail, body) : null;
      if (kind) add(kind, from, to, { detail });
    }

    const fields = fieldsOf(request, text);
    for (const own of request.fields) {
      reviewField(own, fields.find(({ label }) => same(label, own[0])));
    }
    for (const { label, start, end } of fields) {
      if (!request.fields.some(([known]) => same(known, label))) findings.push({ kind: "unknown", field: label, start, end });
    }
    const head = { label: "", from: 0, to: fields[0]?.start ?? text.length };
    for (const { label, from, to } of [head, ...fields]) {
      for (const { start, end, secret, certainty } of list.scanner.find(text.slice(from, to), label)) {
        if (certainty === "personal" && !request.public) continue;
        findings.push({ kind: "secret", field: label, secret, start: from + start, end: from + end });
      }
    }
    return findings.sort((a, b) => a.start - b.start);
  }

  window.regain.reviewSubmitted = reviewSubmitted;
})();
