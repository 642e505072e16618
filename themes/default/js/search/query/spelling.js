/*
 * Words the site does not hold → words it does: other endings, then the fewest typing errors.
 *
 * Comes in: a word and lists of words. Goes out: the nearest of them. src/search/guess.rs does the same.
 */
(() => {
  "use strict";

  /* Shorter words are too near to one another: for any error, for a letter that is another one, for the first
     letter to be one. Two errors need room and a right first letter. */
  const ONE_ERROR = 4;
  const CHANGED_LETTER = 5;
  const CHANGED_FIRST = 6;
  const TWO_ERRORS = 8;
  const HALF_TYPED = 6;
  const MOST = 4;
  /* More errors than anyone asks about; `nearest` asks for two at most. */
  const FAR = 9;
  const MOST_ERRORS = 2;
  /* Rows of what so many errors can reach, and one cell past it; kept, since thousands of words are compared. */
  const DIAGONAL = 2 * MOST_ERRORS + 2;
  const ROWS = [new Uint8Array(DIAGONAL), new Uint8Array(DIAGONAL), new Uint8Array(DIAGONAL)];
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

  /* Letters added, dropped, changed, or two swapped, if no more than `limit`; else FAR. With `open`, the distance to
     the beginning of `other` that is nearest. Only the diagonal is worked out that so few errors can reach: a cell k
     of a row stands for the letter of `other` that is k - limit past that of `one`. */
  function distance(one, other, limit, open) {
    const end = open ? Math.min(other.length, one.length + limit) : other.length;
    if (Math.abs(one.length - end) > limit) return FAR;
    let [before, last, row] = ROWS;
    last.fill(FAR);
    for (let k = 0; k < DIAGONAL; k++) row[k] = k < limit ? FAR : k - limit;
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
    const errors = best > limit || open ? best : row[end + limit - one.length];
    return errors > limit ? FAR : errors;
  }

  /* Which letters a word has, one bit each or shared. An error changes two of them at most, so most words need no
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

  /* Whether a short word is not simply another one. */
  function resembles(word, other) {
    const sorted = (one) => Array.from(one).sort().join();
    const first = word.length >= CHANGED_FIRST || word[0] === other[0] || (word[0] === other[1] && word[1] === other[0]);
    return first && (word.length >= CHANGED_LETTER || word.length !== other.length || sorted(word) === sorted(other));
  }

  /* A word to compare with, its letters counted once. */
  const candidate = (word, rarity) => ({ word, rarity, letters: lettersOf(word) });

  /* [{ word, weight }], the cheapest kind of error only, the most common words of it. */
  function nearest(word, candidates, open) {
    if (word.length < ONE_ERROR) return [];
    const letters = lettersOf(word);
    const kinds = [[], [], []];
    for (const { word: other, rarity, letters: others } of candidates) {
      const begins = other[0] === word[0];
      const limit = begins && word.length >= TWO_ERRORS ? 2 : 1;
      const near = Math.abs(word.length - other.length) <= limit && count(letters ^ others) <= 2 * limit;
      const half = open && begins && word.length >= HALF_TYPED && count(letters & ~others) <= 1;
      if ((!near && !half) || !resembles(word, other)) continue;
      const errors = near ? distance(word, other, limit, false) : FAR;
      if (errors === 1) kinds[0].push({ word: other, rarity, begins });
      else if (half && distance(word, other, 1, true) <= 1) kinds[1].push({ word: other, rarity, begins });
      else if (errors === 2) kinds[2].push({ word: other, rarity, begins });
    }
    const kind = kinds.findIndex((found) => found.length);
    if (kind < 0) return [];
    const order = (a, b) =>
      b.begins - a.begins || a.rarity - b.rarity || (a.word < b.word ? -1 : a.word > b.word ? 1 : 0);
    const found = kinds[kind].sort(order);
    /* The first letter is seldom wrong: where any word has it, others are not meant. */
    return found
      .filter(({ begins }) => begins === found[0].begins)
      .slice(0, MOST)
      .map(({ word: other }) => ({ word: other, weight: WEIGHTS[kind] }));
  }

  regain.search.guess = { related, distance, nearest, candidate };
})();
