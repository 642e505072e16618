// Spelling correction: what counts as an error, and which word is meant.

import assert from "node:assert/strict";
import test from "node:test";

import { regain } from "./search-harness.mjs";

const { spelling } = regain().search;

const nearest = (word, others, incomplete = false) => {
  const candidates = others.map((one, rarity) => ({ word: one, rarity }));
  return [...spelling.nearest(word, candidates, incomplete)].map(({ word: one }) => one);
};

test("a swap, a missing, an added and a changed letter are one error each", () => {
  for (const typed of ["recvoery", "recovry", "recoovery", "recobery", "ecovery", "ercovery", "tecovery", "recoveryy"]) {
    assert.deepEqual(nearest(typed, ["password", "recovery"]), ["recovery"], typed);
  }
  for (const typed of ["recvory", "recoevyr", "password"]) assert.deepEqual(nearest(typed, ["recovery"]), [], typed);
});

test("an incomplete word is compared with the beginnings of words", () => {
  assert.deepEqual(nearest("authentci", ["authenticator"], true), ["authenticator"]);
  assert.deepEqual(nearest("authentci", ["authenticator"], false), []);
});

test("words with too many errors never match", () => {
  const words = ["want", "ducked", "title", "passwords"];
  for (const foreign of ["wlan", "drucker", "tinte", "authentci"]) assert.deepEqual(nearest(foreign, words, true), [], foreign);
});

/* The Damerau-Levenshtein distance (optimal string alignment), from every cell of the table. */
function distance(one, other) {
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
  return rows.at(-1)[other.length];
}

test("a correction is exactly one error away", () => {
  const letter = (number) => "abc"[number % 3];
  const word = (turn, seed, length) => Array.from({ length }, (_, i) => letter(Math.floor((turn + 1) * (seed + i * 1.37)))).join("");
  let corrected = 0;
  for (let turn = 0; turn < 3000; turn++) {
    const [one, other] = [word(turn, 3.1, 6 + (turn % 2)), word(turn, 1.7, 5 + (turn % 4))];
    const isCorrection = nearest(one, [other]).length > 0;
    assert.equal(isCorrection, distance(one, other) === 1, one + ", " + other);
    corrected += isCorrection;
  }
  assert.ok(corrected > 20, corrected + " words");
});

test("the more common word wins", () => {
  assert.deepEqual(nearest("backip", ["backup", "backis"]).slice(0, 1), ["backup"]);
  assert.deepEqual(nearest("bacupk", ["backed", "backups", "backup"]), []);
});

test("the first letter of a short word is not wrong, nor is its last one replaced", () => {
  assert.deepEqual(nearest("mouse", ["house"]), []);
  assert.deepEqual(nearest("apple", ["apply"]), []);
  assert.deepEqual(nearest("phine", ["phone"]), ["phone"]);
  assert.deepEqual(nearest("lsot", ["lost"]), ["lost"]);
  assert.deepEqual(nearest("wepository", ["repository"]), ["repository"]);
});

test("short words are not corrected", () => {
  assert.deepEqual(nearest("ke", ["key"]), []);
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
