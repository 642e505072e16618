/*
 * Text → the words search compares: case, accents and width folded away.
 *
 * Comes in: any text. Goes out: [{ word, part, start, end }], part being "whole", "piece" or "joined".
 * The build does the same in src/search/words.rs; tests/vectors/normalise.json holds the two together.
 */
(() => {
  "use strict";

  const LONGEST = 40;
  const LETTER = "[\\p{Alphabetic}\\p{N}\\p{M}" + regain.INVISIBLE + "]";
  const JOINER = /[-_.\u2010\u2011]/u;
  const RUN = new RegExp(LETTER + "+(?:" + JOINER.source + LETTER + "+)*", "gu");
  const OTHER = /[^\p{Alphabetic}\p{N}\p{M}]/gu;
  const DROPPED = new RegExp(
    "[\\u0300-\\u036f\\u0591-\\u05c7\\u0640\\u064b-\\u0655\\u0670" + regain.INVISIBLE + "]",
    "gu",
  );
  const SPELLED = {
    ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ħ: "h", ł: "l", ŧ: "t", þ: "th", ı: "i", ς: "σ",
    ى: "ي", ة: "ه",
  };
  const SPELL = new RegExp("[" + Object.keys(SPELLED).join("") + "]", "gu");
  /* Scripts written without spaces between words, and Korean, whose endings cling to the word. */
  const UNSPACED_LETTER =
    "[\\u0e00-\\u0eff\\u1000-\\u109f\\u1100-\\u11ff\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff" +
    "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]";
  const UNSPACED = new RegExp(UNSPACED_LETTER, "u");
  const SPANS = new RegExp(UNSPACED_LETTER + "+|(?:(?!" + UNSPACED_LETTER + ").)+", "gu");
  // eslint-disable-next-line no-control-regex
  const ASCII = /^[\x00-\x7f]*$/;

  function fold(run) {
    if (ASCII.test(run)) return run.toLowerCase();
    return run
      .normalize("NFKD")
      .replace(DROPPED, "")
      .toLowerCase()
      .replace(OTHER, "")
      .normalize("NFC")
      .replace(SPELL, (letter) => SPELLED[letter]);
  }

  function cut(word) {
    return word.length <= LONGEST ? word : Array.from(word).slice(0, LONGEST).join("");
  }

  /* Pairs of neighbouring characters. Places are exact where folding kept the number of characters. */
  function pairs(letters, start, exact, end, found) {
    const place = (from, to) => (exact ? [start + from, start + to] : [start, end]);
    let at = 0;
    for (let i = 0; i < Math.max(1, letters.length - 1); i++) {
      const pair = letters.slice(i, i + 2).join("");
      const [from, to] = place(at, at + pair.length);
      found.push({ word: pair, part: "piece", start: from, end: to });
      at += letters[i].length;
    }
  }

  function emit(run, start, part, found) {
    const word = fold(run);
    const end = start + run.length;
    if (!UNSPACED.test(word)) {
      if (word) found.push({ word: cut(word), part, start, end });
      return word;
    }
    const exact = word.length === run.length;
    let at = start;
    for (const [span] of word.matchAll(SPANS)) {
      if (UNSPACED.test(span)) pairs(Array.from(span), at, exact, end, found);
      else found.push({ word: cut(span), part: "piece", start: exact ? at : start, end: exact ? at + span.length : end });
      at += span.length;
    }
    return word;
  }

  function words(text) {
    const found = [];
    for (const { 0: run, index } of text.matchAll(RUN)) {
      const pieces = run.split(JOINER);
      if (pieces.length === 1) {
        emit(run, index, "whole", found);
        continue;
      }
      let at = index;
      let joined = "";
      for (const piece of pieces) {
        joined += emit(piece, at, "piece", found);
        at += piece.length + 1;
      }
      if (joined && !UNSPACED.test(joined)) {
        found.push({ word: cut(joined), part: "joined", start: index, end: index + run.length });
      }
    }
    return found;
  }

  const LAST = new RegExp(LETTER + "$", "u");

  /* Whether the reader may not be done with the last word. */
  const endsInWord = (text) => LAST.test(text);

  Object.assign(regain.search, { words, endsInWord });
})();
