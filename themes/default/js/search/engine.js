/*
 * The whole of asking: a query in, results to show out. No page, no network: `load` brings the pieces.
 *
 * engine(head, load, has).find(query) → { results, unknown }, engine.show(result) → what a reader sees of it. engine.here
 * does the same with the pieces that are there, and refuses where it would need another.
 */
(() => {
  "use strict";

  const { library, understand, rank, excerpt } = regain.search;

  /* Every form the matched terms have, for marking; of synonyms, the words of their phrases. */
  function acceptedWords(concepts, head) {
    const accepted = new Set();
    const fillers = new Set(head.fillers.split(" "));
    for (const { variants } of concepts) {
      for (const { term, how, word } of variants) {
        if (how !== "synonym" && how !== "own") term.words.forEach((one) => accepted.add(one));
        else {
          const phrases = head.synonyms[Number(word.slice(1))].join(" ").split(" ");
          phrases.filter((one) => !fillers.has(one)).forEach((one) => accepted.add(one).add(one + "s"));
        }
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

  function engine(head, load, has) {
    const shelves = library(head, load, has);
    return { ...asking(shelves), here: asking(shelves.here) };
  }

  regain.search.engine = engine;
})();
