// The browser splits and folds text exactly as the build does.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { regain } from "./search-harness.mjs";

const vectors = JSON.parse(readFileSync(new URL("../vectors/normalize.json", import.meta.url), "utf8"));
const { search } = regain();

test("the shared vectors hold", () => {
  for (const { text, words } of vectors) {
    const found = search.tokenize(text).map(({ word, kind }) => [word, kind]);
    assert.deepEqual(JSON.parse(JSON.stringify(found)), words, JSON.stringify(text));
  }
});

test("positions are within the text and cover the word", () => {
  for (const { text } of vectors) {
    for (const { start, end } of search.tokenize(text)) {
      assert.ok(0 <= start && start < end && end <= text.length, JSON.stringify(text));
    }
  }
});
