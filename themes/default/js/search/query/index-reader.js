/*
 * Reads the index: finds the shards that hold a key, loads each once and decodes it once.
 *
 * indexReader(head, load, has) takes the index head, load(id, kind, digest), which resolves to the content of a shard, and
 * has(id), which says whether a shard is already loaded. The reader looks up terms, the spelling dictionary and documents.
 * `loaded` does the same without loading anything: it rejects where a shard is missing. src/search/index/ writes the
 * format (varint.rs, term_shards.rs, document_store.rs, shards.rs).
 */
(() => {
  "use strict";

  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = new Uint8Array(128);
  for (let i = 0; i < 64; i++) VALUE[LETTERS.charCodeAt(i)] = i;
  /* Characters of a SHA-256 digest in base64 without padding. */
  const DIGEST = 43;
  /* The most sections of a page that have keys of their own. */
  const SECTIONS = 4096;

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

  /* Word → term. Words with the same stem share one term. */
  function decodeTerms([words, stems, lists]) {
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
    return terms;
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

    function shard(kind, id, digest, decode) {
      if (!decoded.has(id)) {
        const loading = load(id, kind, digest).then(decode);
        loading.catch(() => decoded.delete(id));
        decoded.set(id, loading);
      }
      return decoded.get(id);
    }

    function loadedShard(kind, id, digest, decode) {
      if (decoded.has(id) || has(id)) return shard(kind, id, digest, decode);
      return Promise.reject(new Error("not loaded yet: " + id));
    }

    /* The shards that hold keys from `first` to `last`, at most `most` of them. */
    async function range(get, kind, { level, first: number, from, digests }, [first, last, most], decode) {
      if (!from.length) return [];
      const start = lastUpTo(from, first);
      const end = Math.min(lastUpTo(from, last), start + most - 1);
      const loading = [];
      for (let i = start; i <= end; i++) {
        const id = kind + "/" + level + "/" + (number + i);
        loading.push(get(kind, id, digests.slice(i * DIGEST, (i + 1) * DIGEST), level ? (below) => below : decode));
      }
      const shards = await Promise.all(loading);
      if (!level) return shards;
      const below = await Promise.all(shards.map((index) => range(get, kind, index, [first, last, most], decode)));
      return below.flat().slice(0, most);
    }

    const readerWith = (get) => ({
      head,
      terms: (first, last, most) => range(get, "terms", head.terms, [first, last, most], decodeTerms),
      dictionary: (first, last, most) => range(get, "words", head.words, [first, last, most], decodeDictionary),
      /* { address, title, above, section: [fragment, heading, text] } */
      async document(page, section) {
        const key = page * SECTIONS + Math.min(section, SECTIONS - 1);
        const [parts] = await range(get, "text", head.text, [key, key, 1], (content) => content);
        const [, first, address, title, above, sections] = parts.findLast((part) => part[0] === page && part[1] <= section);
        return { address, title, above, section: sections[section - first] };
      },
    });
    return { ...readerWith(shard), loaded: readerWith(loadedShard) };
  }

  regain.search.indexReader = indexReader;
})();
