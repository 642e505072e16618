/*
 * regain.isInOtherLanguage: whether a text is plainly not in the language that the support team reads.
 *
 * Comes in: what the reader wrote, and a language tag. Goes out: true or false. It looks at the script and counts very
 * common words, and says false when in doubt: of short texts, of names, and of languages it does not know.
 */
(() => {
  "use strict";

  const FEWEST_WORDS = 8;
  const FEWEST_HITS = 3;
  const COMMON = {
    en: "the and is of to was my that it have with this not for i you are been can but on no from when lost",
    de: "der die das und ist ich nicht ein eine mein meine habe mit auf von wurde kann aber auch zu mich wenn noch mehr",
    fr: "le la les et est je ne pas un une mon ma avec sur pour dans mais que qui ai des du au plus mes",
    es: "el la los las y es no un una mi con para por pero que he del mis en lo como cuando ya mucho",
    pt: "o os as e é não um uma meu minha com para por mas que eu do da no na mais quando já tenho",
    it: "il lo gli e è non un una mio mia con per ma che ho del della nel sono quando più anche miei",
    nl: "de het en is ik niet een mijn met op van voor maar dat heb ook kan naar nog geen wordt als meer",
    pl: "i jest nie to na że się z do mój moje moja jak ale mam w po przez już był została",
    tr: "ve bir bu için ben değil ile benim ama çok var yok gibi daha artık kadar hesabım",
    id: "dan yang tidak saya ini itu dengan untuk dari di ke akun bisa sudah telah karena ada",
  };
  const sets = Object.entries(COMMON).map(([language, words]) => [language, new Set(words.split(" "))]);
  const LATIN = /\p{Script=Latin}/u;
  const primary = (tag) => tag.toLowerCase().split("-")[0];

  function isInOtherLanguage(text, tag) {
    const letters = text.match(/\p{Alphabetic}/gu) ?? [];
    const words = text.toLowerCase().match(/\p{Alphabetic}+/gu) ?? [];
    const wanted = sets.find(([language]) => language === primary(tag));
    if (!wanted) return false;
    const foreign = letters.filter((letter) => !LATIN.test(letter)).length;
    if (foreign >= FEWEST_WORDS && foreign * 2 > letters.length) return true;
    if (words.length < FEWEST_WORDS) return false;
    const hits = ([, set]) => words.filter((word) => set.has(word)).length;
    const most = Math.max(...sets.filter((one) => one !== wanted).map(hits));
    return most >= FEWEST_HITS && most > 2 * hits(wanted);
  }

  window.regain.isInOtherLanguage = isInOtherLanguage;
})();
