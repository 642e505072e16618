// The shared ground of the theme's scripts, without a browser: `node --test tests/js`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const source = readFileSync(new URL("../../themes/default/js/lib/regain.js", import.meta.url), "utf8");

/* A page with the given words for scripts, and storage that may be switched off. */
async function regain({ words = {}, storage = memory() } = {}) {
  const page = {
    readyState: "interactive",
    querySelector: (selector) => (selector === "template[data-strings]" ? { content: { textContent: JSON.stringify(words) } } : null),
  };
  const window = {};
  vm.runInNewContext(source, { window, document: page, localStorage: storage, queueMicrotask, location: {} });
  await null;
  return window.regain;
}

function memory() {
  const kept = new Map();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
    kept,
  };
}

test("placeholders without a value are left as they are", async () => {
  const { text } = await regain({ words: { done_of: "{done} of {all} done" } });
  assert.equal(text("done_of", { done: 4, all: 7 }), "4 of 7 done");
  assert.equal(text("done_of", { done: 0 }), "0 of {all} done");
});

test("a value that looks like a placeholder is not replaced again", async () => {
  const { text } = await regain({ words: { found: "{a} and {b}" } });
  assert.equal(text("found", { a: "{b}", b: "$&" }), "{b} and $&");
});

test("settings share one key, which is removed with the last of them", async () => {
  const storage = memory();
  const { setting } = await regain({ storage });
  setting("scheme", "dark");
  setting("slash", "off");
  assert.equal(setting("scheme"), "dark");
  assert.deepEqual([...storage.kept.keys()], ["regain.settings"]);
  setting("scheme", null);
  setting("slash", null);
  assert.equal(storage.kept.size, 0);
  assert.equal(setting("scheme"), null);
});

test("without storage, or with foreign data in it, settings are not set", async () => {
  const refused = { getItem: () => { throw new Error("denied"); }, setItem: () => { throw new Error("denied"); } };
  const off = await regain({ storage: refused });
  assert.equal(off.setting("scheme", "dark"), "dark");
  assert.equal(off.setting("scheme"), null);
  const odd = memory();
  odd.setItem("regain.settings", "{not json");
  assert.equal((await regain({ storage: odd })).setting("scheme"), null);
});
