/*
 * regain.scanner: finds secrets in what was typed, and leaves them out.
 *
 * Takes the rules of src/recovery/secrets.toml and what the site says itself. Gives find, removals and clean. Does not
 * touch the page, nor keep or send what it scanned. `regain check` and `regain request check` run it as well.
 */
(() => {
  "use strict";

  /* How many words may be between a name and what it names. */
  const REACH = 12;

  /* Computes a value when it is first needed. */
  function lazy(compute) {
    let computed = null;
    return () => (computed ??= [compute()])[0];
  }

  const hasOne = (text, words) => !words || words.some((word) => text.includes(word));
  const areApart = (a, b) => a.end <= b.start || b.end <= a.start;
  const isWord = (sign) => /^[A-Za-z0-9_]$/.test(sign);
  const joins = (sign) => /^[-./]$/.test(sign);

  /* Whether it is not part of something longer: a word, a number, a path, a version, an issue number. */
  function standsAlone(text, { start, end }) {
    const at = (index) => text.charAt(index);
    const left = isWord(at(start - 1)) || at(start - 1) === "#" || (joins(at(start - 1)) && isWord(at(start - 2)));
    const right = isWord(at(end)) || (joins(at(end)) && isWord(at(end + 1)));
    return !left && !right;
  }

  /* Whether it is part of an address such as https://…, which ends at the next blank. */
  function inAddress(text, { start, end }) {
    const before = text.slice(0, start).match(/[^ \n]*$/)[0];
    const after = text.slice(end).match(/^[^ \n]*/)[0];
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

  /* Whether lower case, upper case and digits take turns as they do in nothing that people write. */
  function isRandom(text) {
    const classOf = (sign) => [/[a-z]/, /[A-Z]/, /[0-9]/].findIndex((one) => one.test(sign ?? ""));
    let [changes, length, digits] = [0, 0, 0];
    let last = -1;
    for (const sign of text) {
      const now = classOf(sign);
      if (now >= 0) length += 1;
      if (now === 2) digits += 1;
      if (now >= 0 && last >= 0 && now !== last) changes += 1;
      last = now;
    }
    return changes * 6 >= length && (digits >= 2 || changes * 3 >= length);
  }

  const MIXTURES = {
    any: () => true,
    digits: (text) => /[0-9]/.test(text) && /[A-Za-z]/.test(text),
    cases: (text) => /[0-9]/.test(text) && /[A-Z]/.test(text) && /[a-z]/.test(text) && isRandom(text),
    random: isRandom,
    strong: (text) => isStrong(text.replace(/[.?!]+$/, "")),
  };

  function isStrong(text) {
    const hasDigit = /[0-9]/.test(text);
    const hasSign = /[&!*$^#?]/.test(text);
    const hasWords = /\p{L}{3,}[^\p{L}].*\p{L}{3,}/u.test(text);
    return /[a-z]/.test(text) && /[A-Z]/.test(text) && (hasWords ? hasSign || hasDigit : hasSign && hasDigit);
  }

  /* What a pattern cannot say: what is around the match, and what it consists of. */
  function counts(kind, { text }, span, value) {
    if (kind.edges === "alone" && !standsAlone(text, span)) return false;
    if (kind.edges === "start" && isWord(text.charAt(span.start - 1))) return false;
    if (kind.edges === "nopath" && /^:[^ \n]/.test(text.slice(span.end, span.end + 2))) return false;
    if (kind.edges === "ends" && !/^(?:[.,;:!?)"'`”“»\n]|$)/.test(text.slice(span.end, span.end + 1))) return false;
    if (kind.unless && value.toLowerCase().split(" ").some((word) => isOneOf(kind.unless, word))) return false;
    if (!MIXTURES[kind.mixture ?? "any"](value)) return false;
    if (kind.sum && !SUMS[kind.sum]([...value.toLowerCase().replace(/[^a-z0-9]/g, "")].map((sign) => parseInt(sign, 36)))) return false;
    return !(kind.outside_addresses && inAddress(text, span));
  }

  /* A line break within a token: the run after it has at least eight characters, letters and digits among them. */
  const BREAK = /(?<=[A-Za-z0-9_-]) *\n *(?=(?=[A-Za-z0-9_-]*[0-9])(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9_-]{8})/g;

  /* In lower case, as long as before. */
  const lowerOf = (sign) => (sign.toLowerCase().length === sign.length ? sign.toLowerCase() : sign);
  window.regain.lowered = (text) => (regain.isPlain(text) ? text.toLowerCase() : text.replace(/[^a-z \n]/gu, lowerOf));

  /* Whether a text contains a value that is not part of a longer word there. */
  function says(text, value) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
      if (!isWord(text.charAt(at - 1)) && !isWord(text.charAt(at + value.length))) return true;
    }
    return false;
  }

  /* `said` are texts of the site itself, in lower case: what they contain is not a secret. */
  function scanner({ kinds, names, harmless_values }, said = []) {
    const harmlessValue = new RegExp(harmless_values, "u");
    const called = Object.entries(names).map(([name, words]) => [name, new RegExp("(?:^|[^a-z0-9])(" + words + ")", "gu")]);
    const tooLong = kinds.find(({ id }) => id === "too-long");
    const table = kinds.map((kind) => ({
      kind,
      expressions: kind.patterns.map((pattern) => new RegExp(pattern, kind.ignore_case ? "dgiu" : "dgu")),
    }));
    const harmless = table.filter(({ kind }) => kind.certainty === "harmless");
    const harmful = table.filter((entry) => !harmless.includes(entry));

    /* Where a text names something that follows, by the end of the name and then by its start. */
    function namesIn(lower) {
      const found = called.flatMap(([name, expression]) =>
        [...lower.matchAll(expression)].map((match) => {
          const end = match.index + match[0].length;
          return { name, end, start: end - match[1].length };
        }),
      );
      return found.filter(({ end }) => !/[a-z]/.test(lower.charAt(end))).sort((a, b) => a.end - b.end || b.start - a.start);
    }

    /* Most texts have nothing whose name matters. */
    const view = (map) => ({ ...map, lower: regain.lowered(map.text), names: null });

    /* What the text calls what is at `start`: the nearest name before it, or else the last one in its question. */
    function nameAt(view, start, asked) {
      view.names ??= namesIn(view.lower);
      const before = view.names.filter(({ end }) => end <= start).at(-1);
      const isNear = before && view.text.slice(before.end, start).split(/[ \n]/).length <= REACH;
      return isNear ? before.name : asked();
    }

    function isHarmless(kind, value) {
      const lower = value.toLowerCase();
      const bare = lower.replace(/^["'`(]+|[.,;:!?)"'`]+$/g, "");
      if (harmlessValue.test(bare) || harmlessValue.test(lower) || (kind.except ?? []).includes(bare)) return true;
      return /[0-9@]/.test(bare) && said.some((text) => says(text, bare));
    }

    function spans({ kind, expressions }, view, asked) {
      const found = [];
      for (const expression of expressions) {
        for (const { indices } of (kind.ignore_case ? view.lower : view.text).matchAll(expression)) {
          const given = indices.slice(1).filter((one) => one);
          const groups = given.filter(([from, to], at) => !given.slice(0, at).some((other) => other[0] <= from && to <= other[1]));
          for (const [from, to] of groups.length ? groups : [indices[0]]) {
            const value = view.text.slice(from, to);
            const [start, end] = kind.whole ? indices[0] : [from, to];
            if ((kind.certainty !== "harmless" && isHarmless(kind, value)) || !counts(kind, view, { start, end }, value)) continue;
            const name = kind.called || kind.not_called ? nameAt(view, start, asked) : null;
            if (kind.called && !kind.called.includes(name)) continue;
            if (kind.not_called?.includes(name)) continue;
            found.push({ start, end });
            /* What follows in a list has the same name. */
            if (kind.called) view.names = [...view.names, { name, start, end }].sort((a, b) => a.end - b.end || b.start - a.start);
          }
        }
      }
      return found.map(view.original);
    }

    /* What looks like a secret in the answer to a question, in order: [{ secret, certainty, start, end }]. */
    function find(text, question = "") {
      const whole = regain.cleaned(text);
      const index = [...whole.text].slice(0, regain.LONGEST).join("").length;
      const rest = whole.text.slice(index);
      const clean = rest ? regain.without(whole, [{ index, 0: rest }]) : whole;
      const plain = view(clean);
      const joined = clean.text.includes("\n") ? view(regain.without(clean, clean.text.matchAll(BREAK))) : null;
      const asked = lazy(() => namesIn(regain.lowered(regain.cleaned(question).text)).at(-1)?.name);
      const found = [];
      if (rest) found.push({ ...whole.original({ start: index, end: whole.text.length }), secret: tooLong, certainty: "certain" });
      function spansOf(entry) {
        if (!hasOne(plain.lower, entry.kind.needs)) return [];
        /* Without its line breaks, what precedes a token may run into it; so both are searched. */
        const wrapped = entry.kind.wraps && joined ? spans(entry, joined, asked) : [];
        const single = spans(entry, plain, asked).filter((span) => wrapped.every((other) => areApart(other, span)));
        return [...single, ...wrapped];
      }
      function add({ kind }, spans) {
        const here = spans.filter((span) => found.every((other) => areApart(other, span)));
        const isSeveral = here.length >= (kind.certain_from ?? Infinity);
        const certainty = isSeveral ? "certain" : (kind.certainty ?? "certain");
        for (const span of here) if (found.every((other) => areApart(other, span))) found.push({ ...span, secret: kind, certainty });
      }
      let isCertain = true;
      for (const entry of harmful) {
        const here = spansOf(entry);
        /* What is harmless matters only beside what is not certain. */
        if (isCertain && entry.kind.certainty && here.length) {
          isCertain = false;
          for (const one of harmless) add(one, spansOf(one));
        }
        add(entry, here);
      }
      return found.filter(({ certainty }) => certainty !== "harmless").sort((a, b) => a.start - b.start);
    }

    /* The finds that are left out: not a guess that the reader said is not a secret, and no personal details where the
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
