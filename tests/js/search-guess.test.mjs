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

test("the fewest errors win, then the more common word", () => {
  const candidates = [
    { word: "backups", rarity: 5 },
    { word: "backup", rarity: 9 },
    { word: "backed", rarity: 1 },
  ];
  const words = guess.nearest("bacupk", candidates, false).map(({ word }) => word);
  assert.deepEqual([...words], []);
  assert.equal(guess.nearest("bakcup", candidates, false)[0].word, "backup");
});

test("short words are not guessed at", () => {
  assert.equal(guess.nearest("ke", [{ word: "key", rarity: 1 }], false).length, 0);
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
