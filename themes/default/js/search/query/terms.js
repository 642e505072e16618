/*
 * Expands each term of a query to the terms of the index that may answer it.
 *
 * understand(query, index) gives { terms, unknown }: terms with { word, expansions, importance }, and the words that match
 * nothing. An expansion is { term, weight, rarity, kind, word }: a term of the index, how much it counts (of 100), its
 * rarity and the word by which it was found.
 */
(() => {
  "use strict";

  const { parse, stopWords, synonyms, spelling } = regain.search;

  const WEIGHT = { exact: 100, compound: 100, split: 80, ending: 60, site: 72, synonym: 68 };
  const MAX_COMPLETIONS = 12;
  /* Shards loaded to complete a word and to correct one. */
  const COMPLETION_SHARDS = 3;
  const SPELLING_SHARDS = 4;
  /* A correction is a word of at least four letters. Of long misspelled words, the last two letters are known. */
  const CORRECTION = /^\p{Alphabetic}{4,}$/u;
  const LONG = 6;
  /* Shorter words are not interpreted. A word is only split if both parts have at least SHORTEST_HALF letters. */
  const SHORTEST_INTERPRETED = 4;
  const SHORTEST_HALF = 3;
  /* How much rarer than a word a compound with the next one may be: an eighth as common. */
  const COMPOUND_BONUS = 24;
  /* A term counts at least a third of the most important one. */
  const MIN_IMPORTANCE = 3;
  /* Sorts after every word. */
  const END = "\uffff";

  function add(expansions, term, weight, kind, word) {
    const known = expansions.some((one) => one.term === term);
    if (!known) expansions.push({ term, weight, rarity: term.rarity, kind, word });
  }

  function lookUp(word, shards, kind, expansions, weight = WEIGHT[kind]) {
    const term = shards.find(({ words }) => words.has(word))?.words.get(word);
    if (term) add(expansions, term, weight, kind, word);
    return Boolean(term);
  }

  /* The most common words that start with an incomplete one. A rarer one must not count as more than the most common. */
  function complete(word, shards, exact, expansions) {
    const found = [];
    for (const { words } of shards) {
      for (const [other, term] of words) {
        if (other.length > word.length && other.startsWith(word)) found.push({ other, term });
      }
    }
    found.sort((a, b) => a.term.rarity - b.term.rarity);
    for (const { other, term } of found.slice(0, MAX_COMPLETIONS)) {
      const weight = exact ? 30 : 50 + Math.floor((40 * word.length) / other.length);
      add(expansions, term, weight, "prefix", other);
    }
    if (found.length) limitRarity(expansions, ["prefix"], found[0].term.rarity);
  }

  /* Words that differ in their endings only. */
  function addRelated(word, shards, head, expansions) {
    const endings = spelling.endingsOf(head);
    for (const { words } of shards) {
      for (const [other, term] of words) {
        if (spelling.related(word, other, endings)) add(expansions, term, WEIGHT.ending, "ending", other);
      }
    }
  }

  /* A word that merely resembles one on the site must not count as rarer than that one. */
  function limitRarity(expansions, kinds, most) {
    for (const expansion of expansions) {
      if (kinds.includes(expansion.kind)) expansion.rarity = Math.min(expansion.rarity, most);
    }
  }

  /* The shard of a word, or those of the words that an incomplete one may become. */
  async function shardsOf(word, incomplete, index) {
    const own = await index.terms(word, word, 1);
    const known = own.some(({ words }) => words.has(word));
    return incomplete && !known ? index.terms(word, word + END, COMPLETION_SHARDS) : own;
  }

  const groupsIn = (shards) => shards.flatMap(({ groups }) => groups);

  async function expand(term, index) {
    const { word, compound, incomplete, compoundIncomplete, next, expansions } = term;
    const [own, whole] = await Promise.all([
      shardsOf(word, incomplete, index),
      compound ? shardsOf(compound, compoundIncomplete, index) : [],
    ]);
    term.groups = groupsIn(own);
    term.everyday = own.some(({ everyday }) => everyday.has(word));
    const exact = lookUp(word, own, "exact", expansions);
    if (compound) {
      const known = lookUp(compound, whole, "compound", expansions);
      if (compoundIncomplete) complete(compound, whole, known, expansions);
    }
    if (next) lookUp(word + next, own.slice(0, 1), "compound", expansions);
    term.known = expansions.length > 0;
    if (incomplete && !term.known) term.started = synonyms.startingWith(word, term.groups);
    addRelated(word, own, index.head, expansions);
    if (incomplete) complete(word, own, exact, expansions);
    if (term.known) limitRarity(expansions, ["ending", "prefix"], expansions[0].rarity);
    if (exact) limitRarity(expansions, ["compound"], expansions[0].rarity + COMPOUND_BONUS);
  }

  /* Two words written as one, with letters between them where the language links words so: the first split into two words
     of the site. All first halves are requested together, then all second halves, because each round trip takes long on a
     slow connection. */
  async function split(word, index) {
    const stop = stopWords(index.head);
    const shardsOf = (half) => index.terms(half, half, 1);
    const halves = [];
    for (let at = SHORTEST_HALF; at <= word.length - SHORTEST_HALF; at++) {
      for (const link of index.head.linking) {
        const second = word.slice(at + link.length);
        if (word.startsWith(link, at) && second.length >= SHORTEST_HALF) halves.push([word.slice(0, at), second]);
      }
    }
    const open = halves.filter((pair) => !pair.some((half) => stop.has(half)));
    const firsts = await Promise.all(open.map(([first]) => shardsOf(first)));
    const known = open.filter(([first], i) => firsts[i].some(({ words }) => words.has(first)));
    await Promise.all(known.map(([, second]) => shardsOf(second)));
    for (const [first, second] of known) {
      const expansions = [];
      lookUp(first, await shardsOf(first), "split", expansions);
      if (lookUp(second, await shardsOf(second), "split", expansions)) return { expansions, split: first + " " + second };
    }
    return {};
  }

  /* The words and one-word synonyms of some shards that may be corrections. */
  function candidatesIn(shards) {
    const words = shards.flatMap((shard) => [...shard.words, ...shard.groups.flatMap((group) => group.words.map((one) => [one, group]))]);
    return words.filter(([word]) => CORRECTION.test(word)).map(([word, { rarity }]) => ({ word, rarity }));
  }

  /* Looks among the words that start alike, then among those that end alike. */
  async function correct(term, index, own) {
    const { word, incomplete } = term;
    const nearest = (candidates) => spelling.nearest(word, candidates, incomplete);
    const ending = word.slice(word.length < LONG ? -1 : -2);
    let found = nearest(candidatesIn(own));
    if (!found.length) found = nearest((await index.dictionary(ending, SPELLING_SHARDS)).flat());
    const shards = await Promise.all(found.map((one) => index.terms(one.word, one.word, 1)));
    term.groups.push(...groupsIn(shards.flat()));
    found.forEach(({ word: other, weight }, at) => {
      term.correction ??= other;
      lookUp(other, shards[at], "spelling", term.expansions, weight);
    });
    /* The first is the likeliest; a rarer one must not outweigh it. */
    if (term.expansions.length) limitRarity(term.expansions, ["spelling"], term.expansions[0].rarity);
  }

  /* For a word that no page and no synonym contains: an abbreviation ("auth app"), a typo, or two words written as one. */
  async function interpret(term, index) {
    const { word } = term;
    if ([...word].length < SHORTEST_INTERPRETED) return;
    const own = await index.terms(word, word + END, COMPLETION_SHARDS);
    complete(word, own, false, term.expansions);
    if (term.expansions.length) return;
    await correct(term, index, own);
    if (!term.expansions.length) Object.assign(term, await split(word, index));
  }

  /* The groups with phrases of stop words alone that are in the query. */
  async function stopPhraseGroups(words, index) {
    const starts = synonyms.stopPhrases(words, index.head).map((phrase) => phrase.split(" ")[0]);
    const shards = await Promise.all(starts.map((start) => index.terms(start, start, 1)));
    return groupsIn(shards.flat());
  }

  /* Several shards may contain the same group. */
  const different = (groups) => [...new Map(groups.map((group) => [group.number, group])).values()];

  /* The term of a phrase of stop words, such as "how much": its words have none of their own. */
  function phraseTerm(phrase, terms) {
    const word = phrase.map((one) => one.word).join(" ");
    const known = terms.find((term) => term.word === word);
    if (known) return known;
    const term = { word, groups: [], started: [], expansions: [] };
    terms.push(term);
    return term;
  }

  function addSynonyms(terms, words, groups, head) {
    const found = terms.flatMap((term) => term.started.map((group) => ({ term, group })));
    for (const { start, end, group } of synonyms.matches(words, groups, head)) {
      const phrase = words.slice(start, end);
      const named = phrase.every(({ isStopWord }) => isStopWord) ? [phraseTerm(phrase, terms)] : phrase.flatMap(({ term }) => term ?? []);
      found.push(...named.map((term) => ({ term, group })));
    }
    found.sort((a, b) => a.group.number - b.group.number);
    for (const { term, group } of found) {
      const kind = group.number < head.own ? "site" : "synonym";
      const name = "~" + group.number;
      if (!term.expansions.some(({ word }) => word === name)) add(term.expansions, group, WEIGHT[kind], kind, name);
    }
  }

  /* A word that is rarer than its synonyms, such as "picture" where pages say "photo", counts as half as much rarer, and
     they count as a quarter as much rarer. */
  function balanceSynonyms({ expansions }) {
    const groups = expansions.filter(({ word }) => word[0] === "~");
    const least = Math.min(...groups.map(({ rarity }) => rarity));
    const more = expansions[0]?.rarity - least;
    if (!(more > 0)) return;
    for (const one of expansions) {
      const [limit, share] = groups.includes(one) ? [Math.max, 2] : [Math.min, 1];
      one.rarity = limit(one.rarity, least + (more >> share));
    }
  }

  /* How much each term counts: as much as the rarest word it is searched as, and at least a fraction of the most
     important term, so that one rare word does not outweigh the rest. */
  function setImportance(terms) {
    for (const term of terms) {
      const values = term.expansions.map(({ rarity, weight }) => Math.floor((rarity * weight) / 100));
      term.importance = Math.max(1, ...values);
    }
    const least = Math.floor(Math.max(0, ...terms.map(({ importance }) => importance)) / MIN_IMPORTANCE);
    for (const term of terms.filter(({ importance }) => importance < least)) {
      for (const expansion of term.expansions) expansion.rarity = Math.floor((expansion.rarity * least) / term.importance);
      term.importance = least;
    }
  }

  async function understand(query, index) {
    const { words, terms } = parse(query, index.head);
    const [ofStopWords] = await Promise.all([stopPhraseGroups(words, index), ...terms.map((term) => expand(term, index))]);
    const groups = () => different(ofStopWords.concat(...terms.map((term) => term.groups)));
    const phrases = synonyms.matches(words, groups(), index.head);
    const inPhrase = new Set(phrases.flatMap(({ start, end }) => words.slice(start, end)));
    const open = terms.filter(({ expansions, everyday, source }) => !expansions.length && !everyday && !inPhrase.has(source));
    await Promise.all(open.map((term) => interpret(term, index)));
    /* Again, because words may have been corrected. */
    addSynonyms(terms, words, groups(), index.head);
    terms.forEach(balanceSynonyms);
    setImportance(terms);
    return {
      terms: terms.filter((term) => term.expansions.length),
      unknown: terms.filter((term) => !term.expansions.length).map((term) => term.word),
    };
  }

  regain.search.understand = understand;
})();
