// Spelling correction: what counts as an error, and which word is meant.

import assert from "node:assert/strict";
import test from "node:test";

import { regain } from "./search-harness.mjs";

const { spelling } = regain().search;

test("a swap, a missing, an added and a changed letter are one error each", () => {
  for (const typed of ["recvoery", "recovry", "recoovery", "recobery"]) {
    assert.equal(spelling.distance(typed, "recovery", 2, false), 1, typed);
  }
  assert.equal(spelling.distance("recvory", "recovery", 2, false), 2);
  assert.ok(spelling.distance("password", "recovery", 2, false) > 2);
});

test("an incomplete word is compared with the beginnings of words", () => {
  assert.equal(spelling.distance("authentci", "authenticator", 1, true), 1);
  assert.ok(spelling.distance("authentci", "authenticator", 1, false) > 1);
});

test("words with too many errors never match", () => {
  for (const [one, other] of [["wlan", "want"], ["drucker", "ducked"], ["tinte", "title"], ["authentci", "passwords"]]) {
    assert.ok(spelling.distance(one, other, 1, false) > 2, one + ", " + other);
  }
  const words = ["want", "ducked", "title"].map((word) => spelling.candidate(word, 1));
  for (const foreign of ["wlan", "drucker", "tinte"]) assert.equal(spelling.nearest(foreign, words, true).length, 0, foreign);
});

/* Computes every cell of the table, as the definition says. */
function slowly(one, other, limit, open) {
  const rows = [Array.from({ length: other.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const up = rows[i - 1];
      const swap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const costs = [up[j] + 1, row[j - 1] + 1, up[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1)];
      row.push(Math.min(...costs, swap ? rows[i - 2][j - 2] + 1 : Infinity));
    }
    rows.push(row);
  }
  const least = open ? Math.min(...rows.at(-1)) : rows.at(-1)[other.length];
  return least > limit ? 9 : least;
}

test("the banded edit distance equals the full one", () => {
  const letter = (number) => "abc"[number % 3];
  for (let turn = 0; turn < 3000; turn++) {
    const word = (seed, length) => Array.from({ length }, (_, i) => letter(Math.floor((turn + 1) * (seed + i * 1.37)))).join("");
    const [one, other] = [word(3.1, 1 + (turn % 7)), word(1.7, 1 + (turn % 9))];
    for (const limit of [1, 2]) {
      for (const open of [false, true]) {
        assert.equal(spelling.distance(one, other, limit, open), slowly(one, other, limit, open), [one, other, limit, open].join());
      }
    }
  }
});

test("the correction with the fewest errors wins, then the more common word", () => {
  const candidates = [
    spelling.candidate("backups", 5),
    spelling.candidate("backup", 9),
    spelling.candidate("backed", 1),
  ];
  const words = spelling.nearest("bacupk", candidates, false).map(({ word }) => word);
  assert.deepEqual([...words], []);
  assert.equal(spelling.nearest("bakcup", candidates, false)[0].word, "backup");
});

test("short words are not corrected", () => {
  assert.equal(spelling.nearest("ke", [spelling.candidate("key", 1)], false).length, 0);
});

test("words that differ in an ending are related, others are not", () => {
  const groups = [new Set(["", "s", "ed", "ing", "y", "able"]), new Set(["y", "ies", "ication"])];
  assert.ok(spelling.related("recoverable", "recovery", groups));
  assert.ok(spelling.related("signing", "sign", groups));
  assert.ok(spelling.related("verify", "verification", groups));
  assert.ok(!spelling.related("apple", "application", groups));
  assert.ok(!spelling.related("passing", "passport", groups));
  assert.ok(!spelling.related("is", "ing", groups));
});
