/*
 * What regain adds to the theme's search scripts in order to run them without a page. Evaluated before them; the global
 * function readShard(id) gives the script of a shard.
 *
 * Each function of regain.bridge takes a query and resolves to JSON.
 */
(() => {
  "use strict";

  /* How dictionary words that resemble an unknown word are chosen. */
  const MAX_SIMILAR = 3;
  const MAX_ERRORS = 4;
  /* The kinds of expansion that may not be what the reader meant. */
  const GUESSES = ["split", "prefix", "spelling"];

  const shards = new Map();
  globalThis.window = globalThis;
  globalThis.regain = { search: { shards, add: (id, content) => shards.set(id, content) } };

  async function load(id) {
    if (!shards.has(id)) (0, eval)(readShard(id));
    return shards.get(id);
  }

  let engine;
  async function connect() {
    engine ??= regain.search.engine(await load("head"), load, () => true);
    return engine;
  }

  /* Results repeat from query to query. */
  const addresses = new Map();
  async function addressOf({ page, section }) {
    const key = page + "/" + section;
    if (!addresses.has(key)) {
      const { address, section: [id] } = await engine.index.document(page, section);
      addresses.set(key, id ? address + "#" + id : address);
    }
    return addresses.get(key);
  }

  /* The Damerau-Levenshtein distance (optimal string alignment); any above `limit` is the same. */
  function distance(one, other, limit) {
    if (Math.abs(one.length - other.length) > limit) return limit + 1;
    let before = [];
    let last = Array.from({ length: other.length + 1 }, (_, j) => j);
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= other.length; j++) {
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        row.push(cost);
        if (cost < least) least = cost;
      }
      if (least > limit) return limit + 1;
      [before, last] = [last, row];
    }
    return last[other.length];
  }

  async function similar(word) {
    const { index } = engine;
    const shardsOfWords = await index.dictionary("", Infinity);
    const limit = Math.min(word.length >> 1, MAX_ERRORS);
    const found = shardsOfWords.flat().map(({ word: other, rarity }) => {
      return { other, rarity, errors: distance(word, other, limit) };
    });
    const near = found.filter(({ errors }) => errors <= limit);
    near.sort((a, b) => a.errors - b.errors || a.rarity - b.rarity || (a.other < b.other ? -1 : 1));
    return near.slice(0, MAX_SIMILAR).map(({ other }) => other);
  }

  function stopWordsIn(query, { terms, unknown }) {
    const { tokenize, stopWords } = regain.search;
    const searched = new Set([...terms.flatMap(({ word }) => word.split(" ")), ...unknown]);
    const words = tokenize(query).map(({ word }) => word);
    const stop = stopWords(engine.index.head);
    return [...new Set(words)].filter((word) => stop.has(word) && !searched.has(word)).sort();
  }

  function describeTerm({ word, importance, expansions }) {
    return {
      word,
      importance,
      full_value: regain.search.fullValue(importance),
      expansions: expansions.map(({ term, kind, word: other, weight, rarity }) => {
        return { kind, word: other, weight, rarity, phrases: other[0] === "~" ? term.words : [] };
      }),
    };
  }

  /* Each value of a score with the first expansion that gives it. */
  function describeParts({ page, parts: { values, ...parts } }, terms) {
    const giving = (at) => terms[at].expansions.findIndex(({ term, weight, rarity }) => {
      const posting = term.postings.find((one) => one.page === page);
      return posting && posting.impact * weight * rarity === values[at];
    });
    return { values: values.map((value, at) => ({ value, expansion: value ? giving(at) : 0 })), ...parts };
  }

  /* The results of a query from best to worst, at most `max`, and everything that explains them. */
  async function search(query, max) {
    await connect();
    const found = await engine.find(query);
    const describe = async (result) => {
      const { address, title, heading, snippet } = await engine.show(result, found);
      const text = snippet.map((part) => part.text).join("");
      const { page, section, score } = result;
      return { page, section, score, address, title, heading, snippet: text, parts: describeParts(result, found.terms) };
    };
    return JSON.stringify({
      count: found.results.length,
      results: await Promise.all(found.results.slice(0, max).map(describe)),
      terms: found.terms.map(describeTerm),
      stop_words: stopWordsIn(query, found),
      unknown: await Promise.all(found.unknown.map(async (word) => ({ word, similar: await similar(word) }))),
    });
  }

  /* The addresses of all results. */
  async function answers(query) {
    await connect();
    const { results } = await engine.find(query);
    return JSON.stringify(await Promise.all(results.map(addressOf)));
  }

  /* The words of a text that no page and no synonym covers, each with the words it is taken for. */
  async function uncovered(text) {
    await connect();
    /* The space ends the last word. */
    const { terms, unknown } = await engine.find(text + " ");
    const guessed = terms.map(({ word, expansions }) => {
      return [word, expansions.filter(({ kind }) => GUESSES.includes(kind)).map(({ word: other }) => other)];
    });
    return JSON.stringify([...unknown.map((word) => [word, []]), ...guessed.filter(([, words]) => words.length)]);
  }

  regain.bridge = { search, answers, uncovered };
})();
