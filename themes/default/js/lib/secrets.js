/*
 * regain.scanner: finds secrets in what was typed, as src/recovery/secrets.rs does, and leaves them out.
 *
 * Takes the kinds of secrets and the texts that are no secret here. Gives find, removals and clean. Does not touch the
 * page, nor keep or send what it scanned. tests/suite/parity.rs compares it with the program.
 */
(() => {
  "use strict";

  const hasOne = (text, words) => !words || words.some((word) => text.includes(word));
  const areApart = (a, b) => a.end <= b.start || b.end <= a.start;
  const isWord = (sign) => /^[A-Za-z0-9_]$/.test(sign);
  const joins = (sign) => /^[-./]$/.test(sign);

  /* Whether it is no part of something longer: a word, a number, a path, a version, an issue number. */
  function standsAlone(text, { start, end }) {
    const at = (index) => text.charAt(index);
    const left = isWord(at(start - 1)) || at(start - 1) === "#" || (joins(at(start - 1)) && isWord(at(start - 2)));
    const right = isWord(at(end)) || (joins(at(end)) && isWord(at(end + 1)));
    return !left && !right;
  }

  /* Whether it is part of an address such as https://…, which ends at the next space. */
  function inAddress(text, { start, end }) {
    const before = text.slice(0, start).match(/[^ \t\n\f\r]*$/)[0];
    const after = text.slice(end).match(/^[^ \t\n\f\r]*/)[0];
    return (before + text.slice(start, end) + after).includes("://");
  }

  /* Whether a word is in the list, or ends like an entry such as "-ed" after more than two other letters. */
  const isOneOf = (list, word) =>
    list.some((one) => (one[0] === "-" ? word.length > one.length + 1 && word.endsWith(one.slice(1)) : one === word));

  /* Checksums: payment cards (Luhn), bank accounts (ISO 13616). */
  const SUMS = {
    card: (values) => values.reverse().reduce((sum, digit, at) => sum + (at % 2 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit), 0) % 10 === 0,
    account: (values) => [...values.slice(4), ...values.slice(0, 4)].reduce((rest, value) => (rest * (value > 9 ? 100 : 10) + value) % 97, 0) === 1,
  };

  /* What a pattern cannot say: what is around the match, and what it consists of. */
  function counts(kind, text, span, allowed) {
    const match = text.slice(span.start, span.end).toLowerCase();
    const bare = match.replace(/[.,;:!?)"'`]+$/, "");
    if (kind.edges === "alone" && !standsAlone(text, span)) return false;
    if (kind.edges === "nopath" && /^:[^ \t\n\f\r]/.test(text.slice(span.end, span.end + 2))) return false;
    if (kind.edges === "ends" && !/^(?:[.,;:!?)"'`”“»\r\n]|$)/.test(text.slice(span.end, span.end + 1))) return false;
    if (kind.unless && match.split(" ").some((word) => isOneOf(kind.unless, word))) return false;
    if (kind.mixed && !(/[0-9]/.test(match) && /[a-z]/.test(match))) return false;
    if (kind.sum && !SUMS[kind.sum]([...match.replace(/[^a-z0-9]/g, "")].map((sign) => parseInt(sign, 36)))) return false;
    if (kind.outside_addresses && inAddress(text, span)) return false;
    return !(kind.except ?? []).includes(bare) && !allowed.includes(bare);
  }

  /* A line break within a token: the run after it has at least eight characters, letters and digits among them. */
  const BREAK = /(?<=[A-Za-z0-9_-])[ \t\r]*\n[ \t]*(?=(?=[A-Za-z0-9_-]*[0-9])(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9_-]{8})/g;

  function unbroken(visible) {
    const joined = regain.without(visible.text, visible.text.matchAll(BREAK));
    return { text: joined.text, original: (span) => visible.original(joined.original(span)) };
  }

  function scanner(kinds, allowed = []) {
    const table = kinds.map((kind) => ({
      kind,
      expressions: kind.patterns.map((pattern) => new RegExp(pattern, kind.ignore_case ? "giu" : "gu")),
    }));

    function spans(kind, expression, text) {
      return [...text.matchAll(expression)]
        .map((match) => {
          /* A group is the secret and ends the match. */
          const end = match.index + match[0].length;
          return { start: end - (match[1] ?? match[0]).length, end };
        })
        .filter((span) => counts(kind, text, span, allowed));
    }

    /* What looks like a secret in the answer to a question, in order: [{ secret, certainty, start, end }]. */
    function find(text, question = "") {
      const visible = regain.without(text, text.matchAll(regain.HIDDEN));
      const joined = unbroken(visible);
      const lower = visible.text.toLowerCase();
      const around = question.toLowerCase() + " " + lower;
      const found = [];
      for (const { kind, expressions } of table) {
        if (!hasOne(lower, kind.needs) || !hasOne(around, kind.near)) continue;
        const map = kind.wraps ? joined : visible;
        const placed = expressions.flatMap((one) => spans(kind, one, map.text)).map(map.original);
        const here = placed.filter((span) => found.every((other) => areApart(other, span)));
        const isSeveral = here.length >= (kind.certain_from ?? Infinity);
        const certainty = isSeveral ? "certain" : (kind.certainty ?? "certain");
        found.push(...here.map((span) => ({ ...span, secret: kind, certainty })));
      }
      return found.sort((a, b) => a.start - b.start);
    }

    /* The finds that are left out: not a guess that the reader said is no secret, and no personal details where the
       support team alone reads the answer. */
    function removals(text, question, { isPublic = true, kept = [] } = {}) {
      return find(text, question).filter(({ secret, certainty }) => {
        const isKept = certainty !== "certain" && kept.includes(secret.id);
        return !isKept && (isPublic || certainty !== "personal");
      });
    }

    /* A secret right after another is alone only once that one is gone, so this looks again. */
    function clean(text, question, options, rounds = 8) {
      const cleaner = cleanOnce(text, question, options);
      return cleaner === text || rounds === 1 ? cleaner : clean(cleaner, question, options, rounds - 1);
    }

    function cleanOnce(text, question, options) {
      let from = 0;
      let result = "";
      for (const { start, end, secret } of removals(text, question, options)) {
        result += text.slice(from, start) + "[removed: looks like " + secret.what + "]";
        from = end;
      }
      return result + text.slice(from);
    }

    return { find, removals, clean };
  }

  window.regain.scanner = scanner;
})();
