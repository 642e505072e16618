/*
 * Answers queries from the index, without a page and without a network.
 *
 * engine(head, load, has) takes what indexReader takes. find(query) gives { results, rows, unknown, accepted, terms }, where
 * rows are the results as readers see them, and show(result, found) gives what they see of one. `loaded` does the same with
 * the shards that are already loaded, and rejects if one is missing.
 */
(() => {
  "use strict";

  const { tokenize, setSpellings, indexReader, understand, rank, snippet, isVague } = regain.search;

  /* Every form of the matching words, for marking; of synonyms, whole phrases. */
  function acceptedWords(terms) {
    const accepted = new Set();
    for (const { term, word } of terms.flatMap(({ expansions }) => expansions)) {
      for (const one of term.words) {
        accepted.add(one);
        if (word[0] === "~") accepted.add(one + "s");
      }
    }
    return accepted;
  }

  /* The words of the query by which a page was found. */
  function matchingWords(page, terms) {
    const matches = ({ term }) => term.postings.some((posting) => posting.page === page);
    return terms.filter(({ expansions }) => expansions.some(matches)).map(({ word }) => word);
  }

  /* An outcome of the triage is no row of its own if the guide it leads to was found as well. Their row is where the first
     of the two is. */
  function rowsOf(results, head) {
    const guides = new Map(head.outcomes);
    const byPage = new Map(results.map((result) => [result.page, { ...result, outcomes: [] }]));
    const rows = new Set();
    for (const result of byPage.values()) {
      const guide = byPage.get(guides.get(result.page));
      guide?.outcomes.push(result);
      rows.add(guide ?? result);
    }
    return [...rows];
  }

  const engineOver = (index) => ({
    async find(query) {
      const { terms, unknown } = await understand(query, index);
      const results = rank(terms);
      return { results, rows: rowsOf(results, index.head), unknown, accepted: acceptedWords(terms), terms };
    },

    async show({ page, section: number, outcomes = [] }, { accepted, terms }) {
      const { address, title, above, section, outcomes: all } = await index.document(page, number);
      const [id, heading, text] = section;
      const isFound = ([number]) => outcomes.some((outcome) => outcome.page === number);
      const below = all.filter(isFound).map(([, at, name, path]) => ({ address: at, title: name, above: path }));
      const parts = snippet(text, accepted, index.head.linking.length > 1);
      const shown = tokenize([title, heading, text].join(" ")).map(({ word }) => word).join(" ");
      const visible = [...accepted].some((word) => shown.includes(word));
      const keywords = visible ? [] : matchingWords(page, terms);
      return { address: id ? address + "#" + id : address, title, heading, above, snippet: parts, keywords, outcomes: below };
    },
  });

  regain.search.engine = (head, load, has) => {
    const index = indexReader(head, load, has);
    setSpellings(head.fold);
    return { ...engineOver(index), loaded: engineOver(index.loaded), index, isVague: (query) => isVague(query, head) };
  };
})();
