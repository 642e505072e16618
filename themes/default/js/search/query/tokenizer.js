/*
 * Splits text into the words that search compares, with case, accents and width folded away.
 *
 * tokenize(text) gives [{ word, kind, start, end }], where kind is "word", "part" (of a compound such as "second-factor")
 * or "compound". src/search/index/tokenizer.rs does the same for the index; a test compares the two on generated text.
 */
(() => {
  "use strict";

  const MAX_LENGTH = 40;
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
  /* Scripts written without spaces between words, and Korean, which attaches endings to words. */
  const UNSPACED_LETTER =
    "[\\u0e00-\\u0eff\\u1000-\\u109f\\u1100-\\u11ff\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u30ff\\u31f0-\\u31ff" +
    "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]";
  const UNSPACED = new RegExp(UNSPACED_LETTER, "u");
  const SPANS = new RegExp(UNSPACED_LETTER + "+|(?:(?!" + UNSPACED_LETTER + ").)+", "gu");
  const ASCII = /^[\x00-\x7f]*$/;

  /* Spellings that the language of the index treats as one letter, such as German "ue" for "ü". */
  let spellings = null;

  function setSpellings(pairs) {
    const letters = Object.keys(pairs);
    spellings = letters.length ? { pairs, pattern: new RegExp("(^|[^aeiouq])(" + letters.join("|") + ")", "g") } : null;
  }

  function fold(run) {
    const folded = foldLetters(run);
    return spellings ? folded.replace(spellings.pattern, (all, before, letters) => before + spellings.pairs[letters]) : folded;
  }

  function foldLetters(run) {
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
    return word.length <= MAX_LENGTH ? word : Array.from(word).slice(0, MAX_LENGTH).join("");
  }

  /* Pairs of neighboring characters. Their positions are exact if folding kept the number of characters. */
  function pairs(letters, start, exact, end, tokens) {
    let at = 0;
    for (let i = 0; i < Math.max(1, letters.length - 1); i++) {
      const word = letters.slice(i, i + 2).join("");
      const [from, to] = exact ? [start + at, start + at + word.length] : [start, end];
      tokens.push({ word, kind: "part", start: from, end: to });
      at += letters[i].length;
    }
  }

  /* Adds the tokens of a run without joiners, and returns the folded run. */
  function addRun(run, start, kind, tokens) {
    const word = fold(run);
    const end = start + run.length;
    if (!UNSPACED.test(word)) {
      if (word) tokens.push({ word: cut(word), kind, start, end });
      return word;
    }
    const exact = word.length === run.length;
    let at = start;
    for (const [span] of word.matchAll(SPANS)) {
      if (UNSPACED.test(span)) pairs(Array.from(span), at, exact, end, tokens);
      else tokens.push({ word: cut(span), kind: "part", start: exact ? at : start, end: exact ? at + span.length : end });
      at += span.length;
    }
    return word;
  }

  function tokenize(text) {
    const tokens = [];
    for (const { 0: run, index } of text.matchAll(RUN)) {
      const parts = run.split(JOINER);
      if (parts.length === 1) {
        addRun(run, index, "word", tokens);
        continue;
      }
      let at = index;
      let compound = "";
      for (const part of parts) {
        compound += addRun(part, at, "part", tokens);
        at += part.length + 1;
      }
      if (compound && !UNSPACED.test(compound)) {
        tokens.push({ word: cut(compound), kind: "compound", start: index, end: index + run.length });
      }
    }
    return tokens;
  }

  const LAST = new RegExp(LETTER + "$", "u");

  /* Whether the last word may be incomplete. */
  const endsInWord = (text) => LAST.test(text);

  Object.assign(regain.search, { tokenize, endsInWord, setSpellings });
})();
