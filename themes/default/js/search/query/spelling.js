/*
 * Corrects the spelling of words that no page contains.
 *
 * nearest(word, candidates, incomplete) gives the words that are most likely meant, of candidates { word, rarity }.
 * related(one, other, endingsOf(head)) says whether two words differ in their endings only.
 */
(() => {
  "use strict";

  /* Short words are too similar to each other: shorter ones get no correction, no replaced letter, no wrong first letter and
     no replaced last letter. */
  const SHORTEST = 4;
  const SHORTEST_REPLACED = 5;
  const SHORTEST_OUTER = 6;
  const SHORTEST_INCOMPLETE = 6;
  const MAX_CORRECTIONS = 4;
  const WEIGHT = 95;
  const WEIGHT_INCOMPLETE = 55;

  /* The groups of endings of the language. "-" stands for no ending. */
  const endingsOf = (head) => head.endings.map((group) => new Set(group.split(" ").map((one) => (one === "-" ? "" : one))));

  /* The same start with two endings of one group: "verify", "verification". */
  function related(one, other, groups) {
    let shared = 0;
    while (shared < one.length && one[shared] === other[shared]) shared++;
    for (let at = shared; at >= 4; at--) {
      const [ending, another] = [one.slice(at), other.slice(at)];
      if (groups.some((endings) => endings.has(ending) && endings.has(another))) return true;
    }
    return false;
  }

  /* The one error that makes `other` of a word: a "missing" or "added", "replaced" or "swapped" letter. */
  function errorIn(word, other) {
    const shortest = Math.min(word.length, other.length);
    let start = 0;
    while (start < shortest && word[start] === other[start]) start++;
    let same = 0;
    while (same < shortest - start && word.at(-1 - same) === other.at(-1 - same)) same++;
    const [one, another] = [word, other].map((text) => text.slice(start, text.length - same));
    if (one.length + another.length === 1) return one ? "added" : "missing";
    if (one.length !== another.length) return null;
    if (one.length === 1) return "replaced";
    return one.length === 2 && one === another[1] + another[0] ? "swapped" : null;
  }

  /* Whether a word is misspelled rather than simply another word. */
  function isMisspelled(word, other) {
    const error = errorIn(word, other);
    if (!error || error === "swapped") return Boolean(error);
    const replaced = error === "replaced";
    const outer = word[0] !== other[0] || (replaced && word.at(-1) !== other.at(-1));
    return word.length >= (outer ? SHORTEST_OUTER : replaced ? SHORTEST_REPLACED : SHORTEST);
  }

  /* Whether an incomplete word, with one error at most, is the start of another. */
  function isStart(word, other) {
    const starts = [-1, 0, 1].map((more) => other.slice(0, word.length + more));
    return starts.some((start) => start === word || errorIn(word, start));
  }

  /* [{ word, weight }], most common words first. The first letter is seldom wrong: if any word has the same one, the others
     are not meant. */
  function nearest(word, candidates, incomplete) {
    const sameFirst = candidates.filter((one) => one.word[0] === word[0]);
    const misspelled = (some) => some.filter((one) => isMisspelled(word, one.word));
    let weight = WEIGHT;
    let found = misspelled(sameFirst);
    if (!found.length) found = misspelled(candidates);
    if (!found.length && incomplete && word.length >= SHORTEST_INCOMPLETE) {
      weight = WEIGHT_INCOMPLETE;
      found = sameFirst.filter((one) => isStart(word, one.word));
    }
    found.sort((a, b) => a.rarity - b.rarity);
    return found.slice(0, MAX_CORRECTIONS).map((one) => ({ word: one.word, weight }));
  }

  regain.search.spelling = { endingsOf, related, nearest };
})();
