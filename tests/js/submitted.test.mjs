import assert from "node:assert/strict";
import { test } from "node:test";
import { load, plain, vectors } from "./load.mjs";

const regain = load("lib/invisible.js", "lib/secrets.js", "lib/escape.js", "lib/request.js", "lib/submitted.js");
const { data } = vectors("request");
const list = regain.checklist(data);

for (const one of vectors("submitted").cases) {
  test(one.name, () => {
    const request = data.requests.find(({ id }) => id === one.request);
    const text = one.text.join("");
    const faults = regain.posted(list, request, text).map(({ kind, field, start, end }) => [kind, field, text.slice(start, end)]);
    const expected = one.faults.map(([kind, field, words]) => [kind, field, [words].flat().join("")]);
    assert.deepEqual(plain(faults), expected);
  });
}
