/*
 * regain.scanner: spots a secret in what was typed, as src/recovery/safety.rs does.
 *
 * Comes in: the table of patterns and the texts that are no secret here. Goes out: find and clean.
 * Does not: touch the page, or keep or send what it looked at. tests/vectors/secrets.json holds it and
 * Rust together.
 */
(() => {
  "use strict";

  const holdsOne = (text, words) => !words || words.some((word) => text.includes(word));
  const apart = (a, b) => a.end <= b.start || b.end <= a.start;
  const isWord = (sign) => /^[A-Za-z0-9_]$/.test(sign);
  const joins = (sign) => /^[-./]$/.test(sign);

  /* Not a piece of something longer: a word, a number, a path, a version, an issue number. */
  function standsAlone(text, { start, end }) {
    const at = (index) => text.charAt(index);
    const left = isWord(at(start - 1)) || at(start - 1) === "#" || (joins(at(start - 1)) && isWord(at(start - 2)));
    const right = isWord(at(end)) || (joins(at(end)) && isWord(at(end + 1)));
    return !left && !right;
  }

  /* Whether the words around it, up to the next space, are an address such as https://… */
  function inAddress(text, { start, end }) {
    const before = text.slice(0, start).match(/[^ \t\n\f\r]*$/)[0];
    const after = text.slice(end).match(/^[^ \t\n\f\r]*/)[0];
    return (before + text.slice(start, end) + after).includes("://");
  }

  /* Whether a word is in the list, or has an ending of it, such as "-ed", and more than two letters before that. */
  const isOneOf = (list, word) =>
    list.some((one) => (one[0] === "-" ? word.length > one.length + 1 && word.endsWith(one.slice(1)) : one === word));

  /* A check that the digits of a number must pass: cards (Luhn), bank accounts (ISO 13616). */
  const SUMS = {
    card: (values) => values.reverse().reduce((sum, digit, at) => sum + (at % 2 ? (digit * 2 > 9 ? digit * 2 - 9 : digit * 2) : digit), 0) % 10 === 0,
    account: (values) => [...values.slice(4), ...values.slice(0, 4)].reduce((rest, value) => (rest * (value > 9 ? 100 : 10) + value) % 97, 0) === 1,
  };

  /* What an expression cannot say: what stands around the match, and what it must be made of. */
  function counts(pattern, text, span, allowed) {
    const match = text.slice(span.start, span.end).toLowerCase();
    const bare = match.replace(/[.,;:!?)"'`]+$/, "");
    if (pattern.edges === "alone" && !standsAlone(text, span)) return false;
    if (pattern.edges === "nopath" && /^:[^ \t\n\f\r]/.test(text.slice(span.end, span.end + 2))) return false;
    if (pattern.edges === "ends" && !/^(?:[.,;:!?)"'`”“»\r\n]|$)/.test(text.slice(span.end, span.end + 1))) return false;
    if (pattern.unless && match.split(" ").some((word) => isOneOf(pattern.unless, word))) return false;
    if (pattern.mixed && !(/[0-9]/.test(match) && /[a-z]/.test(match))) return false;
    if (pattern.sum && !SUMS[pattern.sum]([...match.replace(/[^a-z0-9]/g, "")].map((sign) => parseInt(sign, 36)))) return false;
    if (pattern.outside_addresses && inAddress(text, span)) return false;
    return !(pattern.except ?? []).includes(bare) && !allowed.includes(bare);
  }

  /* A line break, where a run of letters and digits before it goes on behind it with at least eight more, and no word. */
  const BREAK = /(?<=[A-Za-z0-9_-])[ \t\r]*\n[ \t]*(?=(?=[A-Za-z0-9_-]*[0-9])(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9_-]{8})/g;

  function unbroken(seen) {
    const joined = regain.without(seen.text, seen.text.matchAll(BREAK));
    return { text: joined.text, original: (span) => seen.original(joined.original(span)) };
  }

  function scanner(patterns, allowed = []) {
    const table = patterns.map((pattern) => ({
      pattern,
      expression: new RegExp(pattern.expression, pattern.ignore_case ? "giu" : "gu"),
    }));

    function spans({ pattern, expression }, text) {
      return [...text.matchAll(expression)]
        .map((match) => {
          /* A group is the secret and ends the match. */
          const end = match.index + match[0].length;
          return { start: end - (match[1] ?? match[0]).length, end };
        })
        .filter((span) => counts(pattern, text, span, allowed));
    }

    /* What looks like a secret in the answer to a question, in order. */
    function find(text, question = "") {
      const seen = regain.without(text, text.matchAll(regain.HIDDEN));
      const joined = unbroken(seen);
      const lower = seen.text.toLowerCase();
      const around = question.toLowerCase() + " " + lower;
      const found = [];
      for (const entry of table) {
        const { pattern } = entry;
        if (!holdsOne(lower, pattern.needs) || !holdsOne(around, pattern.near)) continue;
        const map = pattern.wraps ? joined : seen;
        const placed = spans(entry, map.text).map(map.original);
        const here = placed.filter((span) => found.every((other) => apart(other, span)));
        const several = here.length >= (pattern.certain_from ?? Infinity);
        const certainty = several ? "certain" : (pattern.certainty ?? "certain");
        found.push(...here.map((span) => ({ ...span, pattern, certainty })));
      }
      return found.sort((a, b) => a.start - b.start);
    }

    /* The finds that are left out: not what the reader said is harmless, and what is only personal not
       where the support team alone reads it. */
    function removals(text, question, { isPublic = true, kept = [] } = {}) {
      return find(text, question).filter(({ pattern, certainty }) => {
        const harmless = certainty !== "certain" && kept.includes(pattern.id);
        return !harmless && (isPublic || certainty !== "personal");
      });
    }

    /* A secret written right behind another stands alone only once that one is gone: look again. */
    function clean(text, question, options, looks = 8) {
      const cleaner = cleanOnce(text, question, options);
      return cleaner === text || looks === 1 ? cleaner : clean(cleaner, question, options, looks - 1);
    }

    function cleanOnce(text, question, options) {
      let from = 0;
      let result = "";
      for (const { start, end, pattern } of removals(text, question, options)) {
        result += text.slice(from, start) + "[removed: looks like " + pattern.what + "]";
        from = end;
      }
      return result + text.slice(from);
    }

    return { find, removals, clean };
  }

  window.regain.scanner = scanner;
})();
