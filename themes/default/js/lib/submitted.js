/*
 * regain.reviewSubmitted: what is missing, invalid or secret in a request that has been submitted.
 *
 * Takes the checklist, a request and the text. Gives findings, [{ kind, field, detail?, words?, count?, secret?, certainty?,
 * start, end }]. Does not touch the page. `regain request check` runs it as well.
 */
(() => {
  "use strict";

  /* What an empty field becomes when an issue form is submitted. */
  const NO_RESPONSE = "_No response_";

  /* Images and attached files, in Markdown and HTML. */
  const ATTACHMENT = /!\[[^\]\n]*\]\([^)\n]*\)|<img [^>\n]*>|\[[^\]\n]*\]\(https?:\/\/[^)\n]*\/(?:files|attachments|assets|uploads)\/[^)\n]*\)/gu;

  const same = (a, b) => a.trim().toLowerCase() === b.trim().toLowerCase();

  /* The request's own label at a range, in any form that people give it, and where its answer begins. */
  function ownLabel(request, text, from, to, inline) {
    const start = text.slice(from, to).trim().replaceAll("\n", " ").replace(/^#+/, "").replace(/^ +/, "").replace(/^[*_]+/, "");
    for (const [label] of request.fields) {
      const words = label.replace(/[: ]+$/, "");
      if (!same(start.slice(0, words.length), words)) continue;
      const rest = start.slice(words.length).replace(/^[*_ ]+/, "");
      if (/^#*$/.test(rest)) return { label, body: to };
      if (!rest.startsWith(":")) continue;
      if (rest.slice(1).trim() && !inline(label)) continue;
      const answer = rest.slice(1).replace(/^[*_ ]+/, "");
      return { label, body: answer ? from + text.slice(from, to).trimEnd().length - answer.length : to };
    }
    return null;
  }

  /* Splits a text at the request's own labels and at any "### label". A label with its answer behind it counts only where
     the text has no such label on a line of its own: "Codes: lost" may be part of an answer. */
  function fieldsOf(request, text) {
    const alone = split(request, text, () => false).filter(({ own }) => own);
    return split(request, text, (label) => !alone.some((one) => one.label === label));
  }

  function split(request, text, inline) {
    const lines = text.split(/(?<=\n)/);
    const fields = [];
    let from = 0;
    for (let index = 0; index < lines.length; index += 1) {
      const line = lines[index];
      let to = from + line.length;
      let own = ownLabel(request, text, from, to, inline);
      const next = lines[index + 1];
      if (!own && line.trim() && next !== undefined) {
        /* Email breaks long labels. */
        own = ownLabel(request, text, from, to + next.length, inline);
        if (own) {
          to += next.length;
          index += 1;
        }
      }
      const end = from + text.slice(from, to).trimEnd().length;
      const bare = line.trim();
      if (own) fields.push({ label: own.label, own: true, start: from, end, from: own.body, to });
      else if (bare.startsWith("### ")) fields.push({ label: bare.slice(4).trim(), own: false, start: from, end, from: to, to });
      else if (fields.length) fields.at(-1).to = to;
      from = to;
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

  /* Whether a box with the statement is ticked. Email breaks long lines. */
  function isTicked(body, statement) {
    const lines = body.split("\n").map((line) => line.trim());
    return lines.some((line, index) => {
      let words = line.match(/^[-*+ ]*(?:\[[xX]\]|[☑✓✔✅])(.*)$/u)?.[1];
      for (const rest of words === undefined ? [] : lines.slice(index + 1)) {
        if (same(words, statement) || words.length >= statement.length) break;
        words += " " + rest;
      }
      return words !== undefined && same(words, statement);
    });
  }

  const QUOTE = /^(?: *> ?)+/gm;

  /* Without the marks that email puts before quoted lines, if it is the request that is quoted. */
  function unquoted(request, text) {
    const cleaned = regain.cleaned(text);
    const plain = regain.without(cleaned, cleaned.text.matchAll(QUOTE));
    const labels = (map) => new Set(fieldsOf(request, map.text).filter(({ own }) => own).map(({ label }) => label)).size;
    return labels(plain) > labels(cleaned) ? plain : cleaned;
  }

  function reviewSubmitted(list, request, text) {
    const map = unquoted(request, text);
    return review(list, request, map.text).map((finding) => ({ ...finding, ...map.original(finding) }));
  }

  function review(list, request, text) {
    const findings = [];
    const isNeeded = (details) => details.some((detail) => detail.required && !detail.only_if);
    const detailsOf = (template) => regain.gapsOf(template).map((name) => list.byId.get(name)).filter((detail) => detail);

    function answerKind(detail, body) {
      if (body.includes(regain.GAP)) return null;
      if (detail.options) {
        const fits = ([, words]) => (detail.kind === "choices" ? body.includes(words) : same(body, words));
        return detail.options.some(fits) ? null : "no-choice";
      }
      return list.invalid(detail, body.replace(/^`+|`+$/g, ""));
    }

    function reviewField([label, template], field) {
      const details = detailsOf(template);
      const add = (kind, start, end, more) => findings.push({ kind, field: label, start, end, ...more });
      if (!field) {
        if (isNeeded(details)) add("no-field", text.length, text.length);
        return;
      }
      const { body, start, end, from, to } = field;
      if (!body || body === NO_RESPONSE) {
        if (isNeeded(details)) add("empty", start, end);
        return;
      }
      for (const { index } of body.matchAll(regain.GAP)) add("gap", from + index, from + index + regain.GAP.length);
      for (const detail of details.filter(({ kind }) => kind === "confirm")) {
        const ticked = isTicked(body, detail.statement);
        if (detail.required && !ticked) add("unticked", start, end, { words: detail.statement });
        const against = ticked && detail.contradicted_by && contradiction(detail.contradicted_by, field);
        if (against) add("contradicted", against.start, against.end, { words: detail.statement });
      }
      const detail = list.byId.get(alone(template));
      const kind = detail ? answerKind(detail, body) : null;
      if (kind) add(kind, from, to, { detail });
    }

    /* What the text says elsewhere against a ticked statement. */
    function contradiction(pattern, { start, to }) {
      const matches = [...regain.lowered(text).matchAll(new RegExp(pattern, "gu"))];
      const found = matches.map(({ 0: match, index }) => ({ start: index, end: index + match.length }));
      return found.find((one) => one.end <= start || to <= one.start);
    }

    const fields = fieldsOf(request, text);
    for (const own of request.fields) reviewField(own, fields.find(({ label }) => same(label, own[0])));
    for (const { label, own, start, end } of fields) if (!own) findings.push({ kind: "unknown", field: label, start, end });
    const [attached, ...more] = text.matchAll(ATTACHMENT);
    if (attached) findings.push({ kind: "attachments", field: "", count: 1 + more.length, start: attached.index, end: attached.index + attached[0].length });
    const isWritten = ({ label }) => !request.fields.some(([own, template]) => same(own, label) && detailsOf(template).some(({ kind }) => kind === "confirm"));
    const written = fields.filter(isWritten).map(({ body }) => body);
    if (regain.isInOtherLanguage(written.join("\n"), request.language)) findings.push({ kind: "language", field: "", start: 0, end: 0 });
    const head = { label: "", from: 0, to: fields[0]?.start ?? text.length };
    for (const { label, from, to } of [head, ...fields]) {
      for (const { start, end, secret, certainty } of list.scanner.find(text.slice(from, to), label)) {
        if (certainty === "personal" && !request.public) continue;
        findings.push({ kind: "secret", field: label, secret, certainty, start: from + start, end: from + end });
      }
    }
    return findings.sort((a, b) => a.start - b.start);
  }

  window.regain.reviewSubmitted = reviewSubmitted;
})();
