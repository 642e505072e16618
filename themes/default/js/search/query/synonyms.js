/*
 * Finds the phrases of the synonym groups in a query.
 *
 * matches(words, head) gives [{ start, end, group }], positions being those of the query's words; startingWith(word, head)
 * gives the groups with a one-word phrase that starts with a word.
 */
(() => {
  "use strict";

  const SHORTEST_START = 3;
  const phrasesByHead = new WeakMap();

  /* Takes off the most common endings, so that "deleted" in a query matches "delete" in a group: browsers have no
     stemmer. src/search/index/synonyms.rs does the same to leave out phrases that become equal. */
  function stripEnding(word) {
    const long = word.length > 4;
    let rest = word;
    if (long && word.endsWith("ing")) rest = word.slice(0, -3);
    else if (long && (word.endsWith("ed") || word.endsWith("es"))) rest = word.slice(0, -2);
    else if (word.length > 3 && word.endsWith("s") && !word.endsWith("ss")) rest = word.slice(0, -1);
    const stripped = rest !== word;
    if (rest.length > 3 && rest.endsWith("e")) rest = rest.slice(0, -1);
    if (stripped && rest.length > 3 && /([bdgmnprt])\1$/.test(rest)) rest = rest.slice(0, -1);
    return word.length > 2 && rest.endsWith("y") ? rest.slice(0, -1) + "i" : rest;
  }

  /* All phrases by their first word. */
  function phrasesOf(head) {
    const known = phrasesByHead.get(head);
    if (known) return known;
    const phrases = new Map();
    head.synonyms.forEach((group, number) => {
      for (const phrase of group) {
        const words = phrase.split(" ").map(stripEnding);
        if (!phrases.has(words[0])) phrases.set(words[0], []);
        phrases.get(words[0]).push({ words, group: number });
      }
    });
    phrasesByHead.set(head, phrases);
    return phrases;
  }

  /* Stop words between the words of a phrase may be ignored. A match inside a longer one does not count. */
  function matches(words, head) {
    const stripped = words.map(({ word, term, isStopWord }, at) => ({ at, word: stripEnding(term?.correction ?? word), isStopWord }));
    const found = [];
    for (const list of [stripped, stripped.filter(({ isStopWord }) => !isStopWord)]) {
      list.forEach(({ at, word }, from) => {
        for (const { words: phrase, group } of phrasesOf(head).get(word) ?? []) {
          if (phrase.every((one, i) => one === list[from + i]?.word)) {
            found.push({ start: at, end: list[from + phrase.length - 1].at + 1, group });
          }
        }
      });
    }
    const contains = (a, b) => a.start <= b.start && b.end <= a.end && a.end - a.start > b.end - b.start;
    return found.filter((match) => !found.some((other) => contains(other, match)));
  }

  function startingWith(word, head) {
    if (word.length < SHORTEST_START) return [];
    const phrases = [...phrasesOf(head).values()].flat();
    return phrases.filter(({ words }) => words.length === 1 && words[0].startsWith(word)).map(({ group }) => group);
  }

  regain.search.synonyms = { matches, startingWith };
})();
