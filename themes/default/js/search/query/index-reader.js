/*
 * Reads the index: finds the shards that hold a key, loads each once and decodes it once.
 *
 * indexReader(head, load, has) takes the index head, load(id), which resolves to the content of a shard, and has(id), which
 * says whether a shard is already loaded. The reader looks up terms, the spelling dictionary and documents. `loaded` does
 * the same without loading anything: it rejects where a shard is missing. src/search/index/ writes the format (varint.rs,
 * term_shards.rs, document_shards.rs).
 */
(() => {
  "use strict";

  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = new Uint8Array(128);
  for (let i = 0; i < 64; i++) VALUE[LETTERS.charCodeAt(i)] = i;

  /* Reads variable-length numbers, lowest five bits first. */
  function varints(text) {
    let at = 0;
    return {
      letter: () => VALUE[text.charCodeAt(at++)],
      number() {
        let number = 0;
        let shift = 1;
        for (;;) {
          const digit = VALUE[text.charCodeAt(at++)];
          number += (digit & 31) * shift;
          if (digit < 32) return number;
          shift *= 32;
        }
      },
    };
  }

  /* Words are front-coded: each starts with the number of letters it shares with the one before. */
  function decodeWords(text) {
    const list = [];
    let before = "";
    for (const item of text ? text.split(" ") : []) {
      const shared = VALUE[item.charCodeAt(0)];
      before = Array.from(before).slice(0, shared).join("") + item.slice(1);
      list.push(before);
    }
    return list;
  }

  /* { rarity, postings: [{ page, impact, sections: [{ section, strength }] }], words }, `words` being filled in later. */
  function decodeTerm(read) {
    const rarity = read.number();
    const postings = [];
    let page = 0;
    for (let left = read.number(); left > 0; left--) {
      page += read.number();
      const impact = read.letter();
      const sections = [];
      let section = 0;
      for (let last = 0; !last; ) {
        const bits = read.number();
        last = bits & 1;
        section += bits >> 3;
        sections.push({ section, strength: (bits >> 1) & 3 });
      }
      postings.push({ page, impact, sections });
    }
    return { rarity, postings, words: [] };
  }

  /* { words, everyday, groups }: word → term, where words with the same stem share one; everyday words that are on no page;
     and the groups of synonyms as terms with a number, whose words are the phrases of the group. */
  function decodeTerms([words, stems, lists, groups]) {
    const stem = varints(stems);
    const list = varints(lists);
    const known = [];
    const terms = new Map();
    const everyday = new Set();
    for (const word of decodeWords(words)) {
      const number = stem.number();
      const term = number ? known[number - 1] : decodeTerm(list);
      if (!number) known.push(term);
      term.words.push(word);
      if (term.postings.length) terms.set(word, term);
      else everyday.add(word);
    }
    const decodeGroup = ([number, postings, phrases]) => ({ ...decodeTerm(varints(postings)), number, words: phrases });
    return { words: terms, everyday, groups: groups.map(decodeGroup) };
  }

  /* The words of the dictionary are in the order of their last letters. */
  const reverse = (word) => Array.from(word).reverse().join("");

  function decodeDictionary([words, rarities]) {
    const read = varints(rarities);
    return decodeWords(words).map((word) => ({ word: reverse(word), rarity: read.number() }));
  }

  /* The position of the last key that is not after this one; 0 if all are. */
  const lastUpTo = (keys, key) => Math.max(0, keys.findLastIndex((one) => one <= key));

  function indexReader(head, load, has) {
    const decoded = new Map();
    const firstKeys = { terms: decodeWords(head.terms), words: decodeWords(head.words) };

    function shard(id, decode) {
      if (!decoded.has(id)) {
        const loading = load(id).then(decode);
        loading.catch(() => decoded.delete(id));
        decoded.set(id, loading);
      }
      return decoded.get(id);
    }

    async function loadedShard(id, decode) {
      if (!has(id)) throw new Error("not loaded yet: " + id);
      return shard(id, decode);
    }

    /* The shards that hold keys from `first` to `last`, at most `most` of them. */
    function range(get, kind, [first, last, most], decode) {
      const keys = firstKeys[kind];
      if (!keys.length) return Promise.resolve([]);
      const start = lastUpTo(keys, first);
      const end = Math.min(lastUpTo(keys, last), start + most - 1);
      const loading = [];
      for (let number = start; number <= end; number++) loading.push(get(kind + "/" + number, decode));
      return Promise.all(loading);
    }

    const readerWith = (get) => ({
      head,
      terms: (...keys) => range(get, "terms", keys, decodeTerms),
      /* The words that end with some letters, from at most so many shards. */
      dictionary: (ending, most) => range(get, "words", [reverse(ending), reverse(ending) + "\uffff", most], decodeDictionary),
      /* { address, title, above, section: [fragment, heading, text], outcomes: [[page, address, title, above], …] }. A page is
         known by the number of its first section. */
      async document(page, section) {
        const number = page + section;
        const pages = await get("text/" + Math.floor(number / head.sections), (content) => content);
        const all = pages.flatMap(([address, title, above, sections, outcomes]) => {
          return sections.map((one) => ({ address, title, above, section: one, outcomes }));
        });
        return all[number % head.sections];
      },
    });
    return { ...readerWith(shard), loaded: readerWith(loadedShard) };
  }

  regain.search.indexReader = indexReader;
})();
