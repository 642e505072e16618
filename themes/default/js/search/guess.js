/*
 * Words the site does not hold → words it does: other endings, then the fewest typing errors.
 *
 * Comes in: a word and lists of words. Goes out: the nearest of them. src/search/guess.rs does the same.
 */
(() => {
  "use strict";

  /* Shorter words are too near to one another; two errors need room and a right first letter. */
  const ONE_ERROR = 4;
  const TWO_ERRORS = 8;
  const HALF_TYPED = 6;
  const MOST = 4;
  const FAR = 9;
  /* By kind: one error, one error in a half-typed word, two errors. */
  const WEIGHTS = [70, 55, 50];

  /* The same beginning with two endings of the language: "recoverable", "recovery". */
  function related(one, other, endings) {
    let shared = 0;
    while (shared < one.length && one[shared] === other[shared]) shared++;
    for (let at = shared; at >= 4; at--) {
      if (endings.has(one.slice(at)) && endings.has(other.slice(at))) return true;
    }
    return false;
  }

  /* Letters added, dropped, changed, or two swapped, counted up to `limit`. With `open`, the distance to the
     beginning of `other` that is nearest. */
  function distance(one, other, limit, open) {
    if (one.length - other.length > limit) return FAR;
    if (!open && other.length - one.length > limit) return FAR;
    let last = [];
    let row = [];
    for (let j = 0; j <= other.length; j++) row.push(j);
    for (let i = 1; i <= one.length; i++) {
      const before = last;
      last = row;
      row = [i];
      let best = i;
      for (let j = 1; j <= other.length; j++) {
        const same = one[i - 1] === other[j - 1] ? 0 : 1;
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
          cost = Math.min(cost, before[j - 2] + 1);
        }
        row.push(cost);
        if (cost < best) best = cost;
      }
      if (best > limit) return FAR;
    }
    return open ? Math.min(...row) : row[other.length];
  }

  /* [{ word, weight }], the cheapest kind of error only, the most common words of it. */
  function nearest(word, candidates, open) {
    if (word.length < ONE_ERROR) return [];
    const first = word[0];
    const kinds = [[], [], []];
    for (const { word: other, rarity } of candidates) {
      const begins = other[0] === first;
      const limit = begins && word.length >= TWO_ERRORS ? 2 : 1;
      const errors = distance(word, other, limit, false);
      if (errors === 1) kinds[0].push({ word: other, rarity, begins });
      else if (open && begins && word.length >= HALF_TYPED && distance(word, other, 1, true) <= 1) {
        kinds[1].push({ word: other, rarity, begins });
      } else if (errors === 2) kinds[2].push({ word: other, rarity, begins });
    }
    const kind = kinds.findIndex((found) => found.length);
    if (kind < 0) return [];
    const order = (a, b) =>
      b.begins - a.begins || a.rarity - b.rarity || (a.word < b.word ? -1 : a.word > b.word ? 1 : 0);
    return kinds[kind]
      .sort(order)
      .slice(0, MOST)
      .map(({ word: other }) => ({ word: other, weight: WEIGHTS[kind] }));
  }

  regain.search.guess = { related, distance, nearest };
})();
