// Synonyms: which phrases of a query belong to which groups.

import assert from "node:assert/strict";
import test from "node:test";

import { regain } from "./search-harness.mjs";

const { parse, synonyms } = regain().search;
const head = { stopwords: "de den mi", endings: ["- a ar ade en na t", "- yi"] };

function found(query, ...groups) {
  const { words } = parse(query, head);
  const matches = synonyms.matches(words, groups.map((phrases, number) => ({ number, words: phrases })), head);
  return [...new Set(matches.map(({ start, end, group }) => [group.number, start, end].join()))];
}

test("the words of a phrase may have other endings", () => {
  assert.deepEqual(found("ändrade den räkningen", ["andra"], ["rakning"], ["rakn"]), ["0,0,1", "1,2,3"]);
  assert.deepEqual(found("mi parolayi yenile", ["parola"], ["yeni"]), ["0,1,2"]);
  assert.deepEqual(found("ligger kvar", ["ligg"]), []);
});

test("a phrase needs all its words, and the longest phrase counts", () => {
  assert.deepEqual(found("stänga av ljudet", ["stanga"], ["stanga av"]), ["1,0,2"]);
  assert.deepEqual(found("stänga", ["stanga av"]), []);
  assert.deepEqual(found("stänga de av", ["stanga av"]), ["0,0,3"]);
});
