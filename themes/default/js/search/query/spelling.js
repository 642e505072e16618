/*
 * Corrects the spelling of words that no page contains.
 *
 * nearest(word, candidates, incomplete) gives the dictionary words that are most likely meant. related(one, other,
 * endingsOf(head)) says whether two words differ in their endings only.
 */
(() => {
  "use strict";

  /* Short words are too similar to each other: shorter ones get no correction, no replaced letter, no replaced first
     letter. */
  const SHORTEST = 4;
  const SHORTEST_REPLACED = 5;
  const SHORTEST_REPLACED_FIRST = 6;
  const SHORTEST_INCOMPLETE = 6;
  const MAX_CORRECTIONS = 4;
  /* The weight of a correction by kind: one error, one error in an incomplete word. */
  const WEIGHTS = [70, 55];

  /* Larger distances are all the same. */
  const MAX_ERRORS = 4;
  const FAR = 9;
  /* The cells of a row that MAX_ERRORS can reach, and one more. Rows are kept: thousands of words are compared. */
  const BAND = 2 * MAX_ERRORS + 2;
  const ROWS = [new Uint8Array(BAND), new Uint8Array(BAND), new Uint8Array(BAND)];

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

  /* The Damerau-Levenshtein distance (optimal string alignment) up to `limit`, else FAR; of an incomplete word, the
     distance to the nearest start of `other`. Only a band around the diagonal is computed: cell k of a row stands for the
     letter of `other` that is k - limit after that of `one`. */
  function distance(one, other, limit, incomplete) {
    const end = incomplete ? Math.min(other.length, one.length + limit) : other.length;
    if (Math.abs(one.length - end) > limit) return FAR;
    let [before, last, row] = ROWS;
    last.fill(FAR);
    for (let k = 0; k < BAND; k++) row[k] = k < limit ? FAR : k - limit;
    let best = 0;
    for (let i = 1; i <= one.length && best <= limit; i++) {
      const reused = before;
      before = last;
      last = row;
      row = reused.fill(FAR);
      best = FAR;
      const to = Math.min(2 * limit, end + limit - i);
      for (let k = Math.max(0, limit - i); k <= to; k++) {
        const j = i + k - limit;
        let cost = i;
        if (j) {
          cost = Math.min(last[k] + (one[i - 1] === other[j - 1] ? 0 : 1), last[k + 1] + 1);
          if (k) cost = Math.min(cost, row[k - 1] + 1);
          if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) cost = Math.min(cost, before[k] + 1);
        }
        row[k] = cost;
        if (cost < best) best = cost;
      }
    }
    const errors = best > limit || incomplete ? best : row[end + limit - one.length];
    return errors > limit ? FAR : errors;
  }

  /* A bit for each letter of a word; some letters share one. An error changes at most two bits, so most words need no
     closer look. */
  function lettersOf(word) {
    let letters = 0;
    for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31);
    return letters;
  }

  function count(bits) {
    let ones = 0;
    for (let left = bits; left; left &= left - 1) ones++;
    return ones;
  }

  /* A dictionary word to compare with. */
  const candidate = (word, rarity) => ({ word, rarity, letters: lettersOf(word) });

  /* Whether a short word is a misspelling rather than simply another word. */
  function isMisspelling(word, other) {
    const sorted = (one) => Array.from(one).sort().join();
    const first =
      word.length >= SHORTEST_REPLACED_FIRST || word[0] === other[0] || (word[0] === other[1] && word[1] === other[0]);
    return first && (word.length >= SHORTEST_REPLACED || word.length !== other.length || sorted(word) === sorted(other));
  }

  /* [{ word, weight }], only of the least serious kind of error, most common words first. */
  function nearest(word, candidates, incomplete) {
    if (word.length < SHORTEST) return [];
    const letters = lettersOf(word);
    const kinds = [[], []];
    for (const { word: other, rarity, letters: others } of candidates) {
      const sameFirst = other[0] === word[0];
      const near = Math.abs(word.length - other.length) <= 1 && count(letters ^ others) <= 2;
      const start = incomplete && sameFirst && word.length >= SHORTEST_INCOMPLETE && count(letters & ~others) <= 1;
      if ((!near && !start) || !isMisspelling(word, other)) continue;
      const found = { word: other, rarity, sameFirst };
      if (near && distance(word, other, 1, false) === 1) kinds[0].push(found);
      else if (start && distance(word, other, 1, true) <= 1) kinds[1].push(found);
    }
    const kind = kinds.findIndex((found) => found.length);
    if (kind < 0) return [];
    const order = (a, b) =>
      b.sameFirst - a.sameFirst || a.rarity - b.rarity || (a.word < b.word ? -1 : a.word > b.word ? 1 : 0);
    const found = kinds[kind].sort(order);
    /* The first letter is seldom wrong: if any word has the same one, the others are not meant. */
    return found
      .filter(({ sameFirst }) => sameFirst === found[0].sameFirst)
      .slice(0, MAX_CORRECTIONS)
      .map(({ word: other }) => ({ word: other, weight: WEIGHTS[kind] }));
  }

  regain.search.spelling = { endingsOf, related, distance, nearest, candidate };
})();
