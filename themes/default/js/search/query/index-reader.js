/*
 * The index as the engine asks for it: which piece holds a key, loaded once, taken apart once.
 *
 * Comes in: the head, load(id, kind, digest) → promise of a payload, and has(id) → whether it has come. Goes out: terms,
 * guesses, pages, and under `here` the same of what has come: there, what would have to be loaded is refused.
 * How pieces are written: src/search/pieces.rs, digits.rs, shelf.rs. It knows no page and no network.
 */
(() => {
  "use strict";

  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const VALUE = new Uint8Array(128);
  for (let i = 0; i < 64; i++) VALUE[LETTERS.charCodeAt(i)] = i;
  const DIGEST = 43;
  /* Sections of a page that are told apart. */
  const SECTIONS = 4096;

  /* Reads numbers, lowest five bits first. */
  function reader(text) {
    let at = 0;
    return {
      more: () => at < text.length,
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

  function wordList(text) {
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

  /* { rarity, pages: [{ page, impact, sections: [{ section, strength }] }] } */
  function postings(read) {
    const rarity = read.number();
    const pages = [];
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
      pages.push({ page, impact, sections });
    }
    return { rarity, pages, words: [] };
  }

  function termsOf([words, stems, lists]) {
    const readStem = reader(stems);
    const readList = reader(lists);
    const known = [];
    const terms = new Map();
    for (const word of wordList(words)) {
      const number = readStem.number();
      const term = number ? known[number - 1] : postings(readList);
      if (!number) known.push(term);
      term.words.push(word);
      terms.set(word, term);
    }
    return terms;
  }

  function guessesOf([words, rarities]) {
    const read = reader(rarities);
    return wordList(words).map((word) => regain.search.guess.candidate(word, read.number()));
  }

  /* The place of the last key that is not past this one; the first where all are. */
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

  function library(head, load, has) {
    const made = new Map();

    /* One payload, taken apart by `make`; asked for once however often it is needed. */
    function piece(kind, level, number, digest, make) {
      const id = kind + "/" + level + "/" + number;
      if (!made.has(id)) {
        const loading = load(id, kind, digest).then(make);
        loading.catch(() => made.delete(id));
        made.set(id, loading);
      }
      return made.get(id);
    }

    function pieceHere(kind, level, number, digest, make) {
      const id = kind + "/" + level + "/" + number;
      if (made.has(id) || has(id)) return piece(kind, level, number, digest, make);
      return Promise.reject(new Error("not here yet: " + id));
    }

    /* Payloads of the files that hold keys from `first` to `last`, `most` of them at most. */
    async function range(take, kind, shelf, [first, last, most], make) {
      if (!shelf.from.length) return [];
      const from = lastUpTo(shelf.from, first);
      const to = Math.min(lastUpTo(shelf.from, last), from + most - 1);
      const loading = [];
      for (let i = from; i <= to; i++) {
        const digest = shelf.digests.slice(i * DIGEST, (i + 1) * DIGEST);
        const inner = shelf.level ? (same) => same : make;
        loading.push(take(kind, shelf.level, shelf.first + i, digest, inner));
      }
      const files = await Promise.all(loading);
      if (!shelf.level) return files;
      const below = await Promise.all(files.map((inner) => range(take, kind, inner, [first, last, most], make)));
      return below.flat().slice(0, most);
    }

    const asked = (take) => ({
      head,
      terms: (first, last, most) => range(take, "terms", head.terms, [first, last, most], termsOf),
      guesses: (first, last, most) => range(take, "words", head.words, [first, last, most], guessesOf),
      /* { address, title, above, section: [fragment, heading, text] } */
      async page(page, section) {
        const key = page * SECTIONS + Math.min(section, SECTIONS - 1);
        const [parts] = await range(take, "text", head.text, [key, key, 1], (payload) => payload);
        const fits = (part) => part[0] === page && part[1] <= section;
        const [, first, address, title, above, sections] = parts.findLast(fits);
        return { address, title, above, section: sections[section - first] };
      },
    });
    return { ...asked(piece), here: asked(pieceHere) };
  }

  regain.search.library = library;
})();
