/*
 * Splits a query into words and decides which of them to search for.
 *
 * parse(query, head) gives { words, terms }: every word of the query, and a query term for each different word that is not
 * a stop word. A query of stop words alone is searched for as it is. terms.js fills in the rest of each term.
 */
(() => {
  "use strict";

  const { tokenize, endsInWord } = regain.search;

  const MAX_TERMS = 16;

  const stopWords = (head) => new Set(head.stopwords.split(" "));

  /* The words of a query. Parts of a compound know the compound, and the last word may be incomplete. */
  function queryWords(query) {
    const found = [];
    const tokens = tokenize(query);
    tokens.forEach(({ word, kind }, at) => {
      const incomplete = at === tokens.length - 1 && endsInWord(query);
      if (kind !== "compound") return found.push({ word, incomplete });
      let length = 0;
      for (let i = found.length - 1; i >= 0 && length < word.length; i--) {
        length += found[i].word.length;
        Object.assign(found[i], { compound: word, compoundIncomplete: incomplete });
      }
      found[found.length - 1].incomplete = incomplete;
    });
    return found;
  }

  function parse(query, head) {
    const words = queryWords(query);
    const stop = stopWords(head);
    const searchAll = words.every(({ word }) => stop.has(word));
    const terms = [];
    words.forEach((word, at) => {
      word.isStopWord = !searchAll && stop.has(word.word);
      if (word.isStopWord) return;
      word.term = terms.find((term) => term.word === word.word);
      if (word.term || terms.length === MAX_TERMS) return;
      word.term = { ...word, source: word, next: words[at + 1]?.word, groups: [], started: [], expansions: [] };
      terms.push(word.term);
    });
    return { words, terms };
  }

  /* Whether a query says too little to load anything for: stop words alone, or a word that has just been started. */
  const SHORTEST_START = 3;

  function isVague(query, head) {
    const tokens = tokenize(query);
    const stop = stopWords(head);
    const last = tokens.at(-1);
    const started = last?.kind === "word" && last.word.length < SHORTEST_START && endsInWord(query);
    return started || tokens.every(({ word }) => stop.has(word));
  }

  Object.assign(regain.search, { parse, stopWords, isVague });
})();
