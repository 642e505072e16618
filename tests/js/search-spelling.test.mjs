// Typing errors: what counts as one, and which word is meant.

import assert from "node:assert/strict";
import test from "node:test";

import { regain } from "./search-harness.mjs";

const { guess, excerpt } = regain().search;

test("a swap, a missing, an added and a changed letter are one error each", () => {
  for (const typed of ["recvoery", "recovry", "recoovery", "recobery"]) {
    assert.equal(guess.distance(typed, "recovery", 2, false), 1, typed);
  }
  assert.equal(guess.distance("recvory", "recovery", 2, false), 2);
  assert.ok(guess.distance("password", "recovery", 2, false) > 2);
});

test("a half-typed word is measured against the beginning", () => {
  assert.equal(guess.distance("authentci", "authenticator", 1, true), 1);
  assert.ok(guess.distance("authentci", "authenticator", 1, false) > 1);
});

test("more errors than the limit are never one of them", () => {
  for (const [one, other] of [["wlan", "want"], ["drucker", "ducked"], ["tinte", "title"], ["authentci", "passwords"]]) {
    assert.ok(guess.distance(one, other, 1, false) > 2, one + ", " + other);
  }
  const words = ["want", "ducked", "title"].map((word) => guess.candidate(word, 1));
  for (const foreign of ["wlan", "drucker", "tinte"]) assert.equal(guess.nearest(foreign, words, true).length, 0, foreign);
});

/* Every cell of the table worked out, as the definition says. */
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

test("the short way to count errors is right", () => {
  const letter = (number) => "abc"[number % 3];
  for (let turn = 0; turn < 3000; turn++) {
    const word = (seed, length) => Array.from({ length }, (_, i) => letter(Math.floor((turn + 1) * (seed + i * 1.37)))).join("");
    const [one, other] = [word(3.1, 1 + (turn % 7)), word(1.7, 1 + (turn % 9))];
    for (const limit of [1, 2]) {
      for (const open of [false, true]) {
        assert.equal(guess.distance(one, other, limit, open), slowly(one, other, limit, open), [one, other, limit, open].join());
      }
    }
  }
});

test("the fewest errors win, then the more common word", () => {
  const candidates = [
    guess.candidate("backups", 5),
    guess.candidate("backup", 9),
    guess.candidate("backed", 1),
  ];
  const words = guess.nearest("bacupk", candidates, false).map(({ word }) => word);
  assert.deepEqual([...words], []);
  assert.equal(guess.nearest("bakcup", candidates, false)[0].word, "backup");
});

test("short words are not guessed at", () => {
  assert.equal(guess.nearest("ke", [guess.candidate("key", 1)], false).length, 0);
});

test("words that differ in an ending are related, others are not", () => {
  const endings = new Set(["", "s", "ed", "ing", "y", "able", "port"].filter((one) => one !== "port"));
  assert.ok(guess.related("recoverable", "recovery", endings));
  assert.ok(guess.related("signing", "sign", endings));
  assert.ok(!guess.related("passing", "passport", endings));
  assert.ok(!guess.related("is", "ing", endings));
});

test("an excerpt shows the passage with the most different words and marks them", () => {
  const filler = "Nothing to see here at all. ".repeat(20);
  const text = "A code. " + filler + "Use a recovery code to sign in. " + filler;
  const parts = excerpt(text, new Set(["recovery", "code"]));
  const marked = parts.filter(({ mark }) => mark).map((part) => part.text);
  assert.deepEqual([...marked], ["recovery", "code"]);
  assert.ok(parts[0].text.startsWith("…") && parts.at(-1).text.endsWith("…"));
  assert.ok(parts.map((part) => part.text).join("").length < 300);
});

test("an excerpt of text without a match is its beginning", () => {
  assert.equal(excerpt("Short text.", new Set(["other"])).map((part) => part.text).join(""), "Short text.");
});

test("of a phrase nothing is marked but the whole of it", () => {
  const marked = (text) => [...excerpt(text, new Set(["no longer have", "code"])).filter(({ mark }) => mark)].map((part) => part.text);
  assert.deepEqual(marked("It takes longer to have a code."), ["code"]);
  assert.deepEqual(marked("You no longer have the codes or a code."), ["no longer have", "code"]);
});
