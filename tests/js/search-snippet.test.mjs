// Snippets: which passage is shown, and what is marked in it.

import assert from "node:assert/strict";
import test from "node:test";

import { regain } from "./search-harness.mjs";

const { snippet } = regain().search;

test("a snippet shows the passage with the most different words and marks them", () => {
  const filler = "Nothing to see here at all. ".repeat(20);
  const text = "A code. " + filler + "Use a recovery code to sign in. " + filler;
  const parts = snippet(text, new Set(["recovery", "code"]));
  const marked = parts.filter(({ mark }) => mark).map((part) => part.text);
  assert.deepEqual([...marked], ["recovery", "code"]);
  assert.ok(parts[0].text.startsWith("…") && parts.at(-1).text.endsWith("…"));
  assert.ok(parts.map((part) => part.text).join("").length < 300);
});

test("a snippet without a match is the start of the text", () => {
  assert.equal(snippet("Short text.", new Set(["other"])).map((part) => part.text).join(""), "Short text.");
});

test("a phrase is marked only as a whole", () => {
  const marked = (text) => [...snippet(text, new Set(["no longer have", "code"])).filter(({ mark }) => mark)].map((part) => part.text);
  assert.deepEqual(marked("It takes longer to have a code."), ["code"]);
  assert.deepEqual(marked("You no longer have the codes or a code."), ["no longer have", "code"]);
});

test("the parts of a compound are marked in languages that write compounds as one word", () => {
  const marked = (text, words, joins = true) => [...snippet(text, new Set(words), joins).filter(({ mark }) => mark)].map((part) => part.text);
  assert.deepEqual(marked("Der Wiederherstellungscode fehlt.", ["wiederherstellung", "code"]), ["Wiederherstellung", "code"]);
  assert.deepEqual(marked("Der Sicherheitsschlüssel fehlt.", ["schlussel"]), ["schlüssel"]);
  assert.deepEqual(marked("Das Zugangspasswort.", ["passwort", "wort"]), ["passwort"]);
  assert.deepEqual(marked("Der Schließfachcode.", ["code"]), ["Schließfachcode"]);
  assert.deepEqual(marked("Ein Barcode und die Codes.", ["code"]), []);
  assert.deepEqual(marked("The passwords.", ["word", "pass", "words"], false), []);
});
