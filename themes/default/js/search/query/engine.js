/*
 * Answers queries from the index, without a page and without a network.
 *
 * engine(head, load, has) takes what indexReader takes. find(query) gives { results, unknown, accepted, terms }, and
 * show(result, accepted) what a reader sees of a result. `loaded` does the same with the shards that are already loaded, and
 * rejects where one is missing.
 */
(() => {
  "use strict";

  const { indexReader, understand, rank, snippet, isVague } = regain.search;

  /* Every form of the matching words, for marking; of synonyms, whole phrases. */
  function acceptedWords(terms, head) {
    const accepted = new Set();
    for (const { expansions } of terms) {
      for (const { term, word } of expansions) {
        if (word[0] !== "~") term.words.forEach((one) => accepted.add(one));
        else head.synonyms[Number(word.slice(1))].forEach((phrase) => accepted.add(phrase).add(phrase + "s"));
      }
    }
    return accepted;
  }

  const engineOver = (index) => ({
    async find(query) {
      const { terms, unknown } = await understand(query, index);
      return { results: rank(terms), unknown, accepted: acceptedWords(terms, index.head), terms };
    },

    async show(result, accepted) {
      const { address, title, above, section } = await index.document(result.page, result.section);
      const [id, heading, text] = section;
      return { address: id ? address + "#" + id : address, title, heading, above, snippet: snippet(text, accepted) };
    },
  });

  regain.search.engine = (head, load, has) => {
    const index = indexReader(head, load, has);
    return { ...engineOver(index), loaded: engineOver(index.loaded), index, isVague: (query) => isVague(query, head) };
  };
})();
