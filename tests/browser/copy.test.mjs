// Copy and print buttons in guides.
import assert from "node:assert/strict";

import { pasted } from "./checklist.mjs";
import { story } from "./harness.mjs";
import { pages } from "./site.mjs";

/** A guide with commands: the first with code blocks in a shell's language. */
const guide = async () => (await pages()).find(({ html }) => html.includes('class="language-sh"')).place;
const PERMISSIONS = ["clipboard-read", "clipboard-write"];

story("a command is copied as it is, without the line break that would run it", { permissions: PERMISSIONS }, async ({ page, context, go }) => {
  await go(await guide());
  const code = await page.locator(".prose pre").first().textContent();
  const button = page.locator(".copy-code").first();
  await button.click();
  await page.locator("[data-status]", { hasText: "Copied." }).waitFor({ state: "attached" });
  assert.equal(await pasted(context), code.trimEnd());
  assert.equal(await button.getAttribute("data-copied"), "");
  await page.locator(".copy-code").nth(1).click();
  await page.waitForFunction(() => document.querySelectorAll(".copy-code[data-copied]").length === 1);
  assert.equal(await button.getAttribute("data-copied"), null);
});

story("each copy button has a name of its own and lies in its block", { width: 390 }, async ({ page, go }) => {
  await go(await guide());
  const names = await page.locator(".copy-code").evaluateAll((all) => all.map((one) => one.textContent));
  assert.ok(names.length > 1);
  assert.equal(new Set(names).size, names.length, names.join("; "));
  for (const name of names) assert.match(name, /^Copy: ./);
  const areInside = await page.locator(".copy-code").evaluateAll((all) =>
    all.every((button) => {
      const [inner, outer] = [button, button.previousElementSibling].map((one) => one.getBoundingClientRect());
      return inner.top > outer.top && inner.bottom < outer.bottom && inner.right < outer.right;
    }),
  );
  assert.ok(areInside);
});

story("when the browser refuses to copy, the block is selected", async ({ page, go }) => {
  await page.addInitScript(() => (navigator.clipboard.writeText = () => Promise.reject(new Error("no"))));
  await go(await guide());
  await page.locator(".copy-code").first().click();
  await page.locator("[data-status]", { hasText: "The text is selected" }).waitFor({ state: "attached" });
  const selected = await page.evaluate(() => String(getSelection()));
  assert.equal(selected.trim(), (await page.locator(".prose pre").first().textContent()).trim());
});

story("a guide prints at the press of a button", async ({ page, go }) => {
  await page.addInitScript(() => (window.print = () => (window.printed = (window.printed ?? 0) + 1)));
  await go("sign-in/use-a-recovery-code/");
  await page.getByRole("button", { name: "Print" }).click();
  assert.equal(await page.evaluate(() => window.printed), 1);
  await go("checklist/");
  await page.getByRole("button", { name: "Print" }).click();
  assert.equal(await page.evaluate(() => window.printed), 1);
});

story("without scripts there is nothing to press", { scripts: false }, async ({ page, go }) => {
  await go(await guide());
  assert.equal(await page.locator("main button:visible").count(), 0);
});
