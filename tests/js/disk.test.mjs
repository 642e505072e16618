// Addresses of pages opened from disk, without a browser: `node --test tests/js`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const source = readFileSync(new URL("../../themes/default/js/disk.js", import.meta.url), "utf8");

/* Where links with these addresses lead once the script has run on a page of this protocol. */
function relinked(protocol, addresses) {
  const links = addresses.map((href) => ({ href, getAttribute: () => href, setAttribute(_, to) { this.href = to; } }));
  const listeners = [];
  const document = {
    body: {},
    querySelector: () => null,
    querySelectorAll: (selector) => (selector === "a[href]" ? links : []),
    addEventListener: (_, run) => listeners.push(run),
  };
  class MutationObserver { observe() {} }
  vm.runInNewContext(source, { window: {}, document, location: { protocol }, MutationObserver });
  listeners.forEach((run) => run());
  return links.map((link) => link.href);
}

test("a folder's address becomes the address of its page, whatever follows it", () => {
  const given = ["../", "./", "../a/b/", "../a/#part", "../search/?q=lost", "../checklist/#for=use-code"];
  assert.deepEqual(relinked("file:", given), [
    "../index.html", "./index.html", "../a/b/index.html", "../a/index.html#part",
    "../search/index.html?q=lost", "../checklist/index.html#for=use-code",
  ]);
});

test("other addresses are left alone", () => {
  const given = ["#part", "../a.pdf", "https://example.org/a/", "mailto:someone@example.org", "?q=a/", "../a/index.html"];
  assert.deepEqual(relinked("file:", given), given);
});

test("on a web server nothing changes", () => {
  assert.deepEqual(relinked("https:", ["../a/"]), ["../a/"]);
});
