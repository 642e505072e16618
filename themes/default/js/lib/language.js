/*
 * regain.isInOtherLanguage: whether a text is plainly not in the language that the support team reads.
 *
 * Takes what someone wrote, a language tag, and the commonest words of languages. src/recovery/language.rs does the same.
 */
(() => {
  "use strict";

  const FEWEST_WORDS = 8;
  const FEWEST_HITS = 3;
  const LATIN = /[A-Za-zªºÀ-ɏḀ-ỿ]/u;
  const primary = (tag) => tag.toLowerCase().split("-")[0];

  function isInOtherLanguage(text, tag, common) {
    const wanted = common[primary(tag)];
    if (!wanted) return false;
    const letters = text.match(/\p{Alphabetic}/gu) ?? [];
    const foreign = letters.filter((letter) => !LATIN.test(letter)).length;
    if (foreign >= FEWEST_WORDS && foreign * 2 > letters.length) return true;
    const words = text.toLowerCase().match(/\p{Alphabetic}+/gu) ?? [];
    if (words.length < FEWEST_WORDS) return false;
    const hits = (list) => words.filter((word) => list.split(" ").includes(word)).length;
    const most = Math.max(...Object.values(common).filter((list) => list !== wanted).map(hits));
    return most >= FEWEST_HITS && most > 2 * hits(wanted);
  }

  window.regain.isInOtherLanguage = isInOtherLanguage;
})();
