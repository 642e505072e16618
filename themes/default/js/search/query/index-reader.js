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
      const start = /[\ud800-\udfff]/.test(before) ? Array.from(before).slice(0, shared).join("") : before.slice(0, shared);
      before = start + item.slice(1);
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

  /* { words, groups }: word → term, where words with the same stem share one, and the groups of synonyms as terms with a
     number, whose words are the phrases of the group. */
  function decodeTerms([words, stems, lists, groups]) {
    const stem = varints(stems);
    const list = varints(lists);
    const known = [];
    const terms = new Map();
    for (const word of decodeWords(words)) {
      const number = stem.number();
      const term = number ? known[number - 1] : decodeTerm(list);
      if (!number) known.push(term);
      term.words.push(word);
      terms.set(word, term);
    }
    const decodeGroup = ([number, postings, phrases]) => ({ ...decodeTerm(varints(postings)), number, words: phrases });
    return { words: terms, groups: groups.map(decodeGroup) };
  }

  function decodeDictionary([words, rarities]) {
    const read = varints(rarities);
    return decodeWords(words).map((word) => regain.search.spelling.candidate(word, read.number()));
  }

  /* The position of the last key that is not after this one; 0 if all are. */
  function lastUpTo(keys, key) {
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keys[middle] <= key) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

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

    function loadedShard(id, decode) {
      if (decoded.has(id) || has(id)) return shard(id, decode);
      return Promise.reject(new Error("not loaded yet: " + id));
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
      dictionary: (...keys) => range(get, "words", keys, decodeDictionary),
      /* { address, title, above, section: [fragment, heading, text] }. A page is known by the number of its first section. */
      async document(page, section) {
        const number = page + section;
        const pages = await get("text/" + Math.floor(number / head.sections), (content) => content);
        const all = pages.flatMap(([address, title, above, sections]) => sections.map((one) => ({ address, title, above, section: one })));
        return all[number % head.sections];
      },
    });
    return { ...readerWith(shard), loaded: readerWith(loadedShard) };
  }

  regain.search.indexReader = indexReader;
})();
