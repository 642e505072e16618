/*
 * Finds the phrases of synonym groups in a query. A group is in the shard of the first word of each phrase that is not a
 * stop word.
 *
 * matches(words, groups, head) gives [{ start, end, group }], positions being those of the words. stopPhrases(words, head)
 * gives the phrases of stop words alone in a query, and startingWith(word, groups) the groups with a one-word phrase that
 * starts with a word.
 */
(() => {
  "use strict";

  const { spelling } = regain.search;

  const SHORTEST_START = 3;

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

  const stripped = (words) => words.map(stripEnding);
  const wordOf = ({ word, term }) => term?.correction ?? word;

  /* Whether list[from], list[from + 1], … are the words of the phrase. */
  const isAt = (phrase, list, from, same = Object.is) =>
    from + phrase.length <= list.length && phrase.every((word, i) => same(word, list[from + i]));

  function stopPhrases(words, head) {
    const all = stripped(words.map(({ word }) => word));
    return head.phrases.filter((phrase) => all.some((_, at) => isAt(stripped(phrase.split(" ")), all, at)));
  }

  /* Words may differ from those of a phrase in their endings, and stop words between its words may be ignored. A match
     inside a longer one does not count. */
  function matches(words, groups, head) {
    const found = [];
    const endings = spelling.endingsOf(head);
    const same = (one, other) => stripEnding(one) === stripEnding(other) || spelling.related(one, other, endings);
    for (const list of [words, words.filter(({ isStopWord }) => !isStopWord)]) {
      const all = list.map(wordOf);
      const add = (group, phrase) => {
        all.forEach((_, from) => {
          if (!isAt(phrase, all, from, same)) return;
          const last = list[from + phrase.length - 1];
          found.push({ start: words.indexOf(list[from]), end: words.indexOf(last) + 1, group });
        });
      };
      groups.forEach((group) => group.words.forEach((phrase) => add(group, phrase.split(" "))));
    }
    const contains = (a, b) => a.start <= b.start && b.end <= a.end && a.end - a.start > b.end - b.start;
    return found.filter((match) => !found.some((other) => contains(other, match)));
  }

  function startingWith(word, groups) {
    if (word.length < SHORTEST_START) return [];
    return groups.filter((group) => group.words.some((phrase) => !phrase.includes(" ") && stripEnding(phrase).startsWith(word)));
  }

  regain.search.synonyms = { stopPhrases, matches, startingWith };
})();
