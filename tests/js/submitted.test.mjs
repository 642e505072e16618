import assert from "node:assert/strict";
import { test } from "node:test";
import { checklistScripts, load, plain, vectors } from "./load.mjs";

const regain = load(...checklistScripts);
const { data } = vectors("page-data");
const list = regain.checklist(data);

for (const one of vectors("submitted").cases) {
  test(one.name, () => {
    const request = data.requests.find(({ id }) => id === one.request);
    const text = one.text.join("");
    const findings = regain.reviewSubmitted(list, request, text).map(({ kind, field, start, end }) => [kind, field, text.slice(start, end)]);
    const expected = one.findings.map(([kind, field, words]) => [kind, field, [words].flat().join("")]);
    assert.deepEqual(plain(findings), expected);
  });
}
