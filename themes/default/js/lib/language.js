/*
 * regain.isInOtherLanguage: whether a text is plainly not in the language that the support team reads.
 *
 * Takes what someone wrote and a language tag. Looks at the script and counts very common words, and says no when in doubt:
 * for short texts, names, and languages it does not know.
 */
(() => {
  "use strict";

  /* The commonest words of languages that people write requests in. */
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
  const FEWEST_WORDS = 8;
  const FEWEST_HITS = 3;
  const LATIN = /[A-Za-zªºÀ-ɏḀ-ỿ]/u;
  const primary = (tag) => tag.toLowerCase().split("-")[0];

  function isInOtherLanguage(text, tag) {
    const wanted = COMMON[primary(tag)];
    if (!wanted) return false;
    const letters = text.match(/\p{Alphabetic}/gu) ?? [];
    const foreign = letters.filter((letter) => !LATIN.test(letter)).length;
    if (foreign >= FEWEST_WORDS && foreign * 2 > letters.length) return true;
    const words = text.toLowerCase().match(/\p{Alphabetic}+/gu) ?? [];
    if (words.length < FEWEST_WORDS) return false;
    const hits = (list) => words.filter((word) => list.split(" ").includes(word)).length;
    const most = Math.max(...Object.values(COMMON).filter((list) => list !== wanted).map(hits));
    return most >= FEWEST_HITS && most > 2 * hits(wanted);
  }

  window.regain.isInOtherLanguage = isInOtherLanguage;
})();
