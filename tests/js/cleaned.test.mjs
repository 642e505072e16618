import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { cleaned, without } = load("lib/invisible.js", "lib/cleaned.js");

test("a cleaned text hides nothing", () => {
  for (const [text, expected] of [
    ["ｐｙｐｉ－\u200b１２", "pypi-12"],
    ["a\u00a0b\u3000c\td", "a b c d"],
    ["a\r\nb\rc\u2028d", "a\nb\nc\nd"],
    ["e\u200d\u0301\u202e", "é"],
    ["´x´ ½", "´x´ 1⁄2"],
    ["\0\u007f\u0085", ""],
    ["plain\ntext", "plain\ntext"],
  ]) {
    assert.equal(cleaned(text).text, expected, JSON.stringify(text));
  }
});

test("ranges of a cleaned text have an original", () => {
  const text = "a\u200bb\u00adc\u0327 d";
  const map = cleaned(text);
  assert.equal(map.text, "abç d");
  const original = (start, end) => text.slice(...Object.values(map.original({ start, end })));
  assert.equal(original(1, 3), "b\u00adc\u0327");
  assert.equal(original(5, 5), "");
  const rest = without(map, [{ index: 1, 0: "bç" }]);
  assert.equal(rest.text, "a d");
  assert.deepEqual(Object.values(rest.original({ start: 1, end: 3 })), [6, 8]);
});
