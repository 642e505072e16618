// Every page of every built site, sentence by sentence of the HTML standard; no browser needed.
import assert from "node:assert/strict";
import { test } from "node:test";

import { HtmlValidate } from "html-validate";

import { BUILT } from "./browser.mjs";
import { filesBelow } from "./static.mjs";

/** What the standard allows and this checker, left alone, does not. */
const TASTE = {
  // The doctype may be written in small letters.
  "doctype-style": "off",
  // An id may hold any sign but a space: `q=codes` is an address the triage and its links share.
  "valid-id": ["error", { relaxed: true }],
  // Titles of pages are the author's.
  "long-title": "off",
  // Boxes to tick that answer one question share its name, as radios do.
  "form-dup-name": ["error", { shared: ["radio", "checkbox"] }],
  // A table's own scroll box: a `section` would ask for a heading.
  "prefer-native-element": ["error", { exclude: ["region"] }],
};

const checker = new HtmlValidate({ root: true, extends: ["html-validate:recommended"], rules: TASTE });

for (const site of ["root", "sub", "gallery", "markdown", "plain"]) {
  test(`the markup of ${site} is valid`, async () => {
    const wrong = [];
    let pages = 0;
    for (const [file, bytes] of await filesBelow(`${BUILT}/${site}`)) {
      if (!file.endsWith(".html")) continue;
      pages += 1;
      const { results } = await checker.validateString(bytes.toString());
      wrong.push(...results.flatMap(({ messages }) => messages).map((one) => `${file}:${one.line}: ${one.message} (${one.ruleId})`));
    }
    assert.ok(pages > 2, `${pages} pages`);
    assert.deepEqual(wrong, []);
  });
}
