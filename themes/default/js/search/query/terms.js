/*
 * A query → what it asks for: one concept a word, each with the terms of the index that may stand for it.
 *
 * Comes in: the reader's text and a library. Goes out: { concepts, unknown }. A concept is
 * { word, groups, variants: [{ term, weight, rarity, how, word }], importance }. src/search/concepts.rs does the same.
 */
(() => {
  "use strict";

  const { words, endsInWord, guess } = regain.search;

  const MOST_CONCEPTS = 16;
  const MOST_COMPLETIONS = 12;
  const PIECES_OF_A_BEGINNING = 3;
  /* Letters that tell enough of a word. */
  const SHORTEST_CUT = 4;
  const PIECES_OF_A_LETTER = 4;
  const WEIGHT = { exact: 100, joined: 95, split: 80, ending: 75, near: 40, own: 72, synonym: 68 };
  /* What a word written as one with its neighbour may be rarer than either of them: half as common. */
  const TOGETHER = 8;
  const END = "\uffff";

  /* One item a word; pieces of a compound know the whole. The last word may be half typed. */
  function itemsOf(query) {
    const items = [];
    const tokens = words(query);
    tokens.forEach(({ word, part }, at) => {
      const last = at === tokens.length - 1 && endsInWord(query);
      if (part !== "joined") items.push({ word, joined: null, open: last });
      else {
        let length = 0;
        for (let i = items.length - 1; i >= 0 && length < word.length; i--) {
          length += items[i].word.length;
          Object.assign(items[i], { joined: word, joinedOpen: last });
        }
        items[items.length - 1].open = last;
      }
    });
    return items;
  }

  /* "deleted", "deleting" and "deletes" are one phrase word with "delete"; only the commonest endings are taken off. */
  function bare(word) {
    const long = word.length > 4;
    let rest = word;
    if (long && word.endsWith("ing")) rest = word.slice(0, -3);
    else if (long && (word.endsWith("ed") || word.endsWith("es"))) rest = word.slice(0, -2);
    else if (word.length > 3 && word.endsWith("s") && !word.endsWith("ss")) rest = word.slice(0, -1);
    const cut = rest !== word;
    if (rest.length > 3 && rest.endsWith("e")) rest = rest.slice(0, -1);
    if (cut && rest.length > 3 && /([bdgmnprt])\1$/.test(rest)) rest = rest.slice(0, -1);
    return word.length > 2 && rest.endsWith("y") ? rest.slice(0, -1) + "i" : rest;
  }

  /* The phrases of the synonyms by their first word, kept from one query to the next. */
  const phrasesByHead = new WeakMap();

  function phrasesOf(head) {
    const known = phrasesByHead.get(head);
    if (known) return known;
    const phrases = new Map();
    head.synonyms.forEach((group, number) => {
      for (const phrase of group) {
        const said = phrase.split(" ").map(bare);
        if (!phrases.has(said[0])) phrases.set(said[0], []);
        phrases.get(said[0]).push({ words: said, group: number });
      }
    });
    phrasesByHead.set(head, phrases);
    return phrases;
  }

  /* Spans of items that are a phrase, fillers between its words or not; a span within a longer one means nothing. */
  function spansOf(items, phrases) {
    const numbered = items.map((item, at) => ({ at, said: bare(item.mended ?? item.word), filler: item.filler }));
    const spans = [];
    for (const said of [numbered, numbered.filter((item) => !item.filler)]) {
      said.forEach((first, from) => {
        for (const { words: phrase, group } of phrases.get(first.said) ?? []) {
          if (!phrase.every((word, i) => word === said[from + i]?.said)) continue;
          spans.push({ at: first.at, end: said[from + phrase.length - 1].at + 1, group });
        }
      });
    }
    const within = (a, b) => b.at <= a.at && a.end <= b.end && b.end - b.at > a.end - a.at;
    return spans.filter((span) => !spans.some((other) => within(span, other)));
  }

  /* A single reader's word that begins so, where no page holds one. */
  function begun(word, phrases) {
    if (word.length < 3) return [];
    const begins = [...phrases].filter(([first]) => first.startsWith(word)).flatMap(([, all]) => all);
    return begins.filter(({ words: phrase }) => phrase.length === 1).map(({ group }) => group);
  }

  function add(variants, term, weight, how, word) {
    const known = variants.some((one) => one.term === term);
    if (!known) variants.push({ term, weight, rarity: term.rarity, how, word });
  }

  function lookUp(word, maps, how, variants) {
    for (const terms of maps) {
      const term = terms.get(word);
      if (term) return add(variants, term, WEIGHT[how], how, word), true;
    }
    return false;
  }

  function complete(word, maps, exact, variants) {
    const found = [];
    for (const terms of maps) {
      for (const [other, term] of terms) {
        if (other.length > word.length && other.startsWith(word)) found.push({ other, term });
      }
    }
    found.sort((a, b) => a.term.rarity - b.term.rarity || (a.other < b.other ? -1 : a.other > b.other ? 1 : 0));
    for (const { other, term } of found.slice(0, MOST_COMPLETIONS)) {
      const weight = exact ? 30 : 50 + Math.floor((40 * word.length) / other.length);
      add(variants, term, weight, "beginning", other);
    }
  }

  async function variantsOf(item, next, library) {
    const { word, joined, open } = item;
    const of = (text, half) => library.terms(text, half ? text + END : text, half ? PIECES_OF_A_BEGINNING : 1);
    const [own, whole] = await Promise.all([of(word, open), joined ? of(joined, item.joinedOpen) : []]);
    const variants = [];
    const exact = lookUp(word, own, "exact", variants);
    if (joined) {
      const known = lookUp(joined, whole, "joined", variants);
      if (item.joinedOpen) complete(joined, whole, known, variants);
    }
    if (next) lookUp(word + next.word, own.slice(0, 1), "joined", variants);
    const known = variants.length > 0;
    relate(word, own, exact ? "near" : "ending", library.head, variants);
    if (open) complete(word, own, exact, variants);
    if (known) temper(variants);
    return { known, variants };
  }

  /* What only resembles a word the site holds says no more than the word itself, however rare it is. */
  function temper(variants) {
    const most = variants[0].rarity;
    for (const variant of variants) {
      if (variant.how === "near" || variant.how === "beginning") variant.rarity = Math.min(variant.rarity, most);
    }
  }

  /* A word written as one with its neighbour says little more than both of them apart, however rare that way is. */
  function temperJoined(concepts) {
    const own = ({ variants: [first] }) => (first?.how === "exact" ? first.rarity : -1);
    for (const concept of concepts) {
      const together = (other) => other === concept || (concept.item.joined && other.item.joined === concept.item.joined);
      const most = Math.max(...concepts.filter(together).map(own));
      for (const variant of most < 0 ? [] : concept.variants) {
        if (variant.how === "joined") variant.rarity = Math.min(variant.rarity, most + TOGETHER);
      }
    }
  }

  /* Words that differ in their ending alone. */
  function relate(word, maps, how, head, variants) {
    const endings = new Set(head.endings.split(" ").concat(""));
    for (const terms of maps) {
      for (const [other, term] of terms) {
        if (guess.related(word, other, endings)) add(variants, term, WEIGHT[how], how, other);
      }
    }
  }

  /* Two words written as one; the first place that gives two known ones, of which one may only fill. The halves are asked
     for together: on a slow line each wait is long. */
  async function split(word, library) {
    const fillers = new Set(library.head.fillers.split(" "));
    const fills = (half) => fillers.has(half);
    const ask = (half) => (fills(half) ? [] : library.terms(half, half, 1));
    const cuts = [];
    for (let at = 3; at <= word.length - 3; at++) cuts.push({ first: word.slice(0, at), second: word.slice(at) });
    const firsts = await Promise.all(cuts.map(({ first }) => ask(first)));
    const known = cuts.filter(({ first }, i) => fills(first) || firsts[i].some((terms) => terms.has(first)));
    await Promise.all(known.map(({ second }) => ask(second)));
    for (const { first, second } of known) {
      const variants = [];
      if (!fills(first)) lookUp(first, await ask(first), "split", variants);
      const both = fills(second) || lookUp(second, await ask(second), "split", variants);
      if (both && variants.length) return variants;
    }
    return [];
  }

  /* For a word no page holds that is cut short within the query: "auth app". */
  async function abbreviated({ word, variants }, library) {
    if (Array.from(word).length < SHORTEST_CUT) return;
    complete(word, await library.terms(word, word + END, PIECES_OF_A_BEGINNING), false, variants);
  }

  /* For a word no page holds and no author foresaw: two words run together, else typing errors. */
  async function mend(concept, library) {
    const guessing = spelling(concept.word, concept.open, library);
    guessing.catch(() => {});
    concept.variants = await split(concept.word, library);
    if (concept.variants.length) return;
    const guesses = await guessing;
    const found = await Promise.all(guesses.map(({ word }) => library.terms(word, word, 1)));
    guesses.forEach(({ word, weight }, at) => {
      concept.mended ??= word;
      for (const terms of found[at]) {
        if (terms.has(word)) add(concept.variants, terms.get(word), weight, "spelling", word);
      }
    });
    /* The likeliest comes first; another that is rarer would outweigh it. */
    for (const variant of concept.variants) variant.rarity = Math.min(variant.rarity, concept.variants[0].rarity);
  }

  /* Words that begin alike first; then with the second letter, as after a swap; then all, on a small site. */
  async function spelling(word, open, library) {
    const shelf = library.head.words;
    const ranges = [[word[0], word[0] + END, PIECES_OF_A_LETTER]];
    if (word.length > 1 && word[1] !== word[0]) ranges.push([word[1], word[1] + END, PIECES_OF_A_LETTER]);
    if (!shelf.level && shelf.from.length <= PIECES_OF_A_LETTER) ranges.push(["", END, PIECES_OF_A_LETTER]);
    for (const [first, last, most] of ranges) {
      const found = guess.nearest(word, (await library.guesses(first, last, most)).flat(), open);
      if (found.length) return found;
    }
    return [];
  }

  /* The piece that says which pages hold any phrase of a group. */
  const termsOf = (group, library) => library.terms("~" + group, "~" + group, 1);

  async function addSynonyms(concepts, items, phrases, library) {
    for (const item of items) item.mended = item.concept?.mended;
    for (const { at, end, group } of spansOf(items, phrases)) {
      for (const item of items.slice(at, end)) item.concept?.groups.add(group);
    }
    for (const concept of concepts) {
      if (concept.open && !concept.known) begun(concept.word, phrases).forEach((group) => concept.groups.add(group));
    }
    await Promise.all(concepts.flatMap((concept) => [...concept.groups]).map((group) => termsOf(group, library)));
    for (const concept of concepts) {
      for (const group of [...concept.groups].sort((a, b) => a - b)) {
        const how = group < library.head.own ? "own" : "synonym";
        lookUp("~" + group, await termsOf(group, library), how, concept.variants);
      }
    }
  }

  /* One concept for each different word that is no filler; for each word where all are. */
  function conceptsOf(items, head) {
    const fillers = new Set(head.fillers.split(" "));
    const all = items.every((item) => fillers.has(item.word));
    const concepts = [];
    items.forEach((item, at) => {
      item.filler = !all && fillers.has(item.word);
      if (item.filler) return;
      item.concept = concepts.find((concept) => concept.word === item.word);
      if (item.concept || concepts.length === MOST_CONCEPTS) return;
      item.concept = { word: item.word, open: item.open, item, next: items[at + 1], groups: new Set(), variants: [] };
      concepts.push(item.concept);
    });
    return concepts;
  }

  async function understand(query, library) {
    const items = itemsOf(query);
    const concepts = conceptsOf(items, library.head);
    const phrases = phrasesOf(library.head);
    const spans = spansOf(items, phrases);
    const said = new Set(spans.flatMap(({ at, end }) => items.slice(at, end)));
    /* Asked for now, so that they come along with the words; whoever needs them waits, or is told of a failure. */
    spans.forEach(({ group }) => termsOf(group, library).catch(() => {}));
    await Promise.all(
      concepts.map(async (concept) => {
        Object.assign(concept, await variantsOf(concept.item, concept.next, library));
        if (!concept.variants.length && !said.has(concept.item)) await abbreviated(concept, library);
        if (!concept.variants.length && !said.has(concept.item)) await mend(concept, library);
      }),
    );
    temperJoined(concepts);
    await addSynonyms(concepts, items, phrases, library);
    for (const concept of concepts) {
      const worths = concept.variants.map(({ rarity, weight }) => Math.floor((rarity * weight) / 100));
      concept.importance = Math.max(1, ...worths);
    }
    return {
      concepts: concepts.filter((concept) => concept.variants.length),
      unknown: concepts.filter((concept) => !concept.variants.length).map((concept) => concept.word),
    };
  }

  regain.search.understand = understand;
})();
