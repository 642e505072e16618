import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { escape, escapeInCode } = load("lib/escape.js");

test("nobody is notified and nothing is hidden", () => {
  for (const [text, expected] of [
    ["ask @someone/team now", "ask `@someone/team` now"],
    ["mail a@b, or @ home", "mail a@b, or @ home"],
    ["as in #12, not C#", "as in `#12`, not C#"],
    ["#12 again", "`#12` again"],
    ["### Codes", "\\### Codes"],
    ["  # x", "  \\# x"],
    ["<!-- x --> <b> a < b", "\\<!-- x --> \\<b> a < b"],
    ["`@kept` and ` alone @me", "`@kept` and \\` alone `@me`"],
    ["so\n---\n== no", "so\n\\---\n== no"],
    ["```\n@a\n```\n@b", "```\n@a\n```\n`@b`"],
    ["```\nopen <!--", "\\``\\`\nopen \\<!--"],
    ["nothing: 3 - 2 > 0", "nothing: 3 - 2 > 0"],
  ]) {
    assert.equal(escape(text), expected);
  }
  assert.equal(escapeInCode("a`b\nc"), "a'b c");
});

test("the words are kept", () => {
  const bare = (text) => text.replace(/[`\\]/g, "");
  let seed = 1;
  const next = (limit) => (seed = (seed * 48271) % 2147483647) % limit;
  for (let round = 0; round < 2000; round += 1) {
    const text = Array.from({ length: next(30) }, () => "@#<a1`é \n!-"[next(11)]).join("");
    assert.equal(bare(escape(text)), bare(text), JSON.stringify(text));
  }
});
