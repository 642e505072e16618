/*
 * The whole of asking: a query in, results to show out. No page, no network: `load` brings the pieces.
 *
 * engine(head, load, has).find(query) → { results, unknown }, engine.show(result) → what a reader sees of it. engine.here
 * does the same with the pieces that are there, and refuses where it would need another. engine.vague(query) → whether
 * more is worth waiting for.
 */
(() => {
  "use strict";

  const { words, endsInWord, library, understand, rank, excerpt } = regain.search;

  /* Shorter words of an alphabet are the beginning of too many. */
  const TELLING = 3;

  /* Every form the matched terms have, for marking; of synonyms, whole phrases. */
  function acceptedWords(concepts, head) {
    const accepted = new Set();
    for (const { variants } of concepts) {
      for (const { term, how, word } of variants) {
        if (how !== "synonym" && how !== "own") term.words.forEach((one) => accepted.add(one));
        else head.synonyms[Number(word.slice(1))].forEach((phrase) => accepted.add(phrase).add(phrase + "s"));
      }
    }
    return accepted;
  }

  const asking = (shelves) => ({
    async find(query) {
      const { concepts, unknown } = await understand(query, shelves);
      return { results: rank(concepts), unknown, accepted: acceptedWords(concepts, shelves.head), concepts };
    },

    async show(result, accepted) {
      const { address, title, above, section } = await shelves.page(result.page, result.section);
      const [id, heading, text] = section;
      return { address: id ? address + "#" + id : address, title, heading, above, parts: excerpt(text, accepted) };
    },
  });

  /* Whether the words typed so far say too little to fetch anything for: fillers alone, or a word just begun. */
  function vague(query, head) {
    const fillers = new Set(head.fillers.split(" "));
    const said = words(query);
    const last = said.at(-1);
    const begun = last?.part === "whole" && last.word.length < TELLING && endsInWord(query);
    return begun || said.every(({ word }) => fillers.has(word));
  }

  function engine(head, load, has) {
    const shelves = library(head, load, has);
    return { ...asking(shelves), here: { ...asking(shelves.here), strict: true }, vague: (query) => vague(query, head) };
  }

  regain.search.engine = engine;
})();
