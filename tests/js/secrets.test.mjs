import assert from "node:assert/strict";
import { test } from "node:test";
import { load, plain, vectors } from "./load.mjs";

const regain = load("lib/invisible.js", "lib/visible.js", "lib/secrets.js");
const { secrets } = vectors("page-data").data;
const { allowed, cases } = vectors("secrets");
const scanner = regain.scanner(secrets, allowed);

test("the vectors shared with Rust hold", () => {
  for (const one of cases) {
    const text = one.text.join("");
    const found = scanner.find(text, one.question).map(({ secret, certainty }) => [secret.id, certainty]);
    assert.deepEqual(plain(found), one.found, text);
    const options = { isPublic: one.audience !== "support", kept: one.kept ?? [] };
    assert.equal(scanner.clean(text, one.question, options), one.clean, text);
  }
});

test("a long paste is scanned quickly", () => {
  for (const unit of ["a", "0123456789abcdef", "pypi-", "a@", "-----BEGIN PRIVATE KEY", "password is a", "password is abc ", "a at ", "a dot ", "1 ", "+1 ", "2001:", "a://a:", "http://a?"]) {
    scanner.find(unit.repeat(50_000 / unit.length), "code");
  }
});
