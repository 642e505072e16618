// The built pages opened from disk, as on a computer without a network: they look right, work and search.
import assert from "node:assert/strict";

import { answer, request } from "./checklist.mjs";
import { story } from "./harness.mjs";
import { oneOfEachKind } from "./site.mjs";

const disk = { under: "disk" };
// Chromium names this when it refuses a file with an integrity check on file: pages; js/disk.js then adds it without one.
const INTEGRITY = /integrity|Failed to find a valid digest|CORS|blocked by|ERR_FAILED/i;

story("every kind of page has its styles and links to pages, not folders", { ...disk, expect: [INTEGRITY] }, async ({ page, go, root }) => {
  for (const { kind, place, file } of await oneOfEachKind()) {
    if (["404", "results"].includes(kind)) continue;
    await go(file);
    await page.waitForFunction(() => getComputedStyle(document.documentElement).backgroundColor !== "rgba(0, 0, 0, 0)");
    const links = await page.locator("a[href]").evaluateAll((all) => all.map((link) => link.href));
    const folders = links.filter((address) => address.startsWith(root) && /\/([?#]|$)/.test(address));
    assert.deepEqual(folders, [], place);
  }
});

story("a link leads to the next page", { ...disk, expect: [INTEGRITY] }, async ({ page, go, root }) => {
  await go("index.html");
  await page.locator(".choice-link[href*=another-factor]").click();
  await page.waitForURL(`${root}start/*/index.html`);
  assert.equal(await page.locator("h1").count(), 1);
});

story("the header's search field gives results that open", { ...disk, expect: [INTEGRITY] }, async ({ page, go, root }) => {
  await go("after/index.html");
  await page.locator("[data-search-field]").fill("recovery code");
  await page.locator("[data-search-field]").press("Enter");
  await page.waitForURL(/search\/index\.html#q=recovery\+code$/);
  await page.locator("[data-search-state=done]").waitFor();
  const first = page.locator("main a[data-search-result]").first();
  const address = await first.evaluate((link) => link.href);
  assert.match(address, /\/index\.html(#.*)?$/);
  assert.ok(address.startsWith(root));
  await first.click();
  await page.waitForURL(address);
  assert.equal(await page.locator("h1").count(), 1);
});

story("triage and checklist work", { ...disk, expect: [INTEGRITY] }, async ({ page, go, root }) => {
  await go("start/index.html");
  for (const words of ["I lost my phone, app", "but I can read my account's mailbox", /^No$/]) {
    await page.locator(".choice-link:visible").filter({ hasText: words }).click();
  }
  await page.waitForURL(`${root}start/lost-second-factor/index.html`);
  await page.getByRole("link", { name: "Prepare the request" }).click();
  await page.locator("[name=lost][value=second-factor]:checked").waitFor({ state: "attached" });
  /* Run twice, the scripts would add everything twice. */
  assert.equal(await page.locator("[data-check]").count(), 1);
  await answer(page, "username", "sample-user");
  assert.match(await request(page), /`sample-user`/);
});
