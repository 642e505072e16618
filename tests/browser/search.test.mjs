// Search: readers' words find authors' words, wherever they are typed.
import assert from "node:assert/strict";

import { isFirefox } from "./browser.mjs";
import { ground, story } from "./harness.mjs";
import { violations } from "./look.mjs";

const RESULT = "main a[data-search-result]";

/** Opens the search page for these words and waits for an answer. */
async function look(go, page, words) {
  await go(`search/?q=${encodeURIComponent(words)}`);
  await page.locator("[data-search-state=done]").waitFor();
  const links = await page.locator(RESULT).evaluateAll((found) => found.map((link) => new URL(link.href).pathname.slice(1)));
  return links;
}

story("the query in the address is in the field and answered", async ({ page, go }) => {
  const [first] = await look(go, page, "use a recovery code");
  assert.match(first, /^(sign-in|start)\/use-a?-?(recovery-)?code\/$/);
  assert.equal(await page.locator("[data-search-field]").inputValue(), "use a recovery code");
  assert.match(await page.locator("[data-search-count]").textContent(), /^\d+ results?$/);
  assert.ok((await page.locator(".result-excerpt mark").count()) > 0, "found words are marked in the excerpts");
});

story("readers' words find the guides' words", async ({ page, go }) => {
  for (const [words, place] of [
    ["backup codes", /recovery-code|use-code|find-codes/],
    ["lost 2fa", /second-factor|lost-both/],
    ["yubikey", /factor/],
    ["forgot my password", /reset-password/],
    ["hacked", /takeover/],
  ]) {
    const found = await look(go, page, words);
    assert.ok(found.slice(0, 3).some((address) => place.test(address)), `${words}: ${found.slice(0, 3)}`);
  }
});

story("a typo is corrected", async ({ page, go }) => {
  for (const words of ["recvery code", "authentcator", "usrname"]) {
    const found = await look(go, page, words);
    assert.ok(found.length > 0, `${words} finds nothing`);
  }
});

story("results update while the reader types, and the address keeps the query", async ({ page, go }) => {
  await look(go, page, "password");
  const field = page.locator("[data-search-field]");
  await field.fill("testpypi");
  await page.locator(RESULT).filter({ hasText: "TestPyPI" }).first().waitFor();
  await page.waitForURL(/search\/#q=testpypi$/);
  await page.getByRole("link", { name: /TestPyPI/ }).last().click();
  await page.waitForURL(/\/$/);
  await page.evaluate(() => history.back());
  await page.locator("[data-search-state=done]").waitFor();
  assert.equal(await field.inputValue(), "testpypi");
});

story("more results come on request, and focus goes to the first new one", async ({ page, go }) => {
  const first = await look(go, page, "recovery code");
  const count = parseInt(await page.locator("[data-search-count]").textContent(), 10);
  assert.ok(count > first.length, `${count} results`);
  await page.getByRole("button", { name: "Show more results" }).click();
  await page.locator(RESULT).nth(first.length).waitFor();
  assert.ok(await page.locator(RESULT).nth(first.length).evaluate((link) => link === document.activeElement));
});

story("an outcome of the triage is a second line of the guide that it leads to", async ({ page, go }) => {
  await look(go, page, "recovery code");
  const items = page.locator("[data-search-results] > li");
  const links = await items.first().locator("a[data-search-result]").evaluateAll((found) => found.map((link) => link.pathname));
  assert.deepEqual(links, ["/sign-in/use-a-recovery-code/", "/start/use-code/"]);
  assert.match(await page.locator(".result-outcomes").first().textContent(), /^Find your way back in › /);
  await page.getByRole("button", { name: "Show more results" }).click();
  await items.nth(3).waitFor();
  assert.equal(await page.locator("a[href$='/start/use-code/']").and(page.locator("[data-search-result]")).count(), 1);
  assert.deepEqual(await violations(page), []);
});

story("an outcome whose guide does not match is a result of its own", async ({ page, go }) => {
  await look(go, page, "failed attempts");
  const titles = page.locator("[data-search-results] > li > .result-title");
  assert.equal(await titles.and(page.locator("[href$='/start/use-code/']")).count(), 1);
});

story("a search without results offers help", async ({ page, go }) => {
  assert.deepEqual(await look(go, page, "qqqxxzz vvvkkq"), []);
  await page.getByText("No page matches “qqqxxzz vvvkkq”").waitFor();
  assert.ok(await page.locator("[data-search-none]").getByRole("link").isVisible());
  assert.ok((await page.locator("[data-search-pages] a:visible").count()) > 20, "all pages are listed");
  assert.deepEqual(await violations(page), []);
});

story("the page says which words were corrected, and which were not found", async ({ page, go }) => {
  await look(go, page, "recvery code");
  const said = page.locator(".results-count");
  assert.match(await said.textContent(), /^\d+ results · Showing results for: recovery$/);
  await look(go, page, "qqqxxzz code");
  assert.match(await said.textContent(), /^\d+ results · Not found on any page: qqqxxzz$/);
  await look(go, page, "recovery code");
  assert.match(await said.textContent(), /^\d+ results$/);
});

story("the query is shown as text, whatever it contains", async ({ page, go }) => {
  const words = '<img src=x onerror="document.title=1"><b>code</b> {{ 7*7 }} \\u003c';
  await look(go, page, words);
  assert.equal(await page.locator("[data-search-field]").inputValue(), words);
  assert.equal(await page.locator("main img, main b").count(), 0);
  assert.match(await page.title(), /^Search/);
});

story("the field on every page opens a list with keyboard navigation", async ({ page, go, root }) => {
  await go("after/");
  const field = page.getByRole("combobox");
  await page.locator("[data-search-field]").focus();
  await field.fill("recovery code");
  const options = page.getByRole("option");
  await options.first().waitFor();
  assert.equal(await field.getAttribute("aria-expanded"), "true");
  assert.deepEqual(await violations(page), []);

  await field.press("ArrowDown");
  const chosen = page.locator("[role=option][aria-selected=true]");
  assert.equal(await field.getAttribute("aria-activedescendant"), await chosen.getAttribute("id"));
  const goal = await chosen.evaluate((link) => link.href);
  await field.press("Enter");
  await page.waitForURL(goal);
  assert.ok(goal.startsWith(root));
});

story("Esc closes the list, then clears the field, then returns to the page", async ({ page, go }) => {
  await go("after/");
  const link = page.locator("main a[href]").first();
  await link.focus();
  await page.keyboard.press("Control+k");
  const field = page.locator("[data-search-field]");
  await field.fill("password");
  await page.getByRole("option").first().waitFor();
  await field.press("Escape");
  await page.getByRole("option").first().waitFor({ state: "hidden" });
  assert.equal(await field.inputValue(), "password");
  await field.press("Escape");
  assert.equal(await field.inputValue(), "");
  await field.press("Escape");
  assert.ok(await link.evaluate((node) => node === document.activeElement));
});

story("Enter without a selection goes to the search page", async ({ page, go }) => {
  await go("after/");
  const field = page.locator("[data-search-field]");
  await field.fill("lost phone");
  await field.press("Enter");
  await page.waitForURL(/search\/#q=lost\+phone$/);
  await page.locator("[data-search-state=done]").waitFor();
  assert.ok((await page.locator(RESULT).count()) > 0);
});

story("an empty list says that nothing was found, and links to the search page", async ({ page, go, root }) => {
  await go("after/");
  await page.locator("[data-search-field]").fill("qqqxxzz");
  const all = page.getByRole("option");
  await all.first().waitFor();
  assert.equal(await all.count(), 1);
  assert.match(await all.textContent(), /^No page matches “qqqxxzz”\. .*\.$/);
  await all.click();
  await page.waitForURL(`${root}search/#q=qqqxxzz`);
  await page.getByText("No page matches “qqqxxzz”").waitFor();
});

story("a query after # comes first and is followed when it changes; other fragments are left alone", async ({ page, go, root }) => {
  await go("search/#q=recovery+code");
  await page.locator("[data-search-state=done]").waitFor();
  const field = page.locator("[data-search-field]");
  assert.equal(await field.inputValue(), "recovery code");
  await page.evaluate(() => (location.hash = "q=testpypi"));
  await page.locator(RESULT).filter({ hasText: "TestPyPI" }).first().waitFor();
  assert.equal(await field.inputValue(), "testpypi");
  await page.evaluate(() => (location.hash = "main"));
  assert.equal(await field.inputValue(), "testpypi");
  await page.evaluate(() => history.back());
  await page.waitForURL(`${root}search/#q=testpypi`);
});

story("on the checklist, search messages do not look like messages about the request", async ({ page, go }) => {
  await go("checklist/");
  await page.locator("[data-search-field]").fill("qqqxxzz");
  const status = page.locator("[data-status]").filter({ hasText: "No page matches." });
  await status.waitFor({ state: "attached" });
  assert.equal(await status.evaluate((node) => getComputedStyle(node).opacity), "0");
});

story("the number of results is announced when the reader pauses", async ({ page, go }) => {
  await look(go, page, "recovery code");
  await page.locator("[data-status]").filter({ hasText: /\d+ results/ }).waitFor({ state: "attached" });
});

story("the index is not loaded before the field is used", async ({ page, go, watch }) => {
  await go("after/");
  await page.waitForLoadState("networkidle");
  assert.deepEqual(watch.requests.map((asked) => asked.url()).filter((url) => url.includes("/assets/search")), []);
});

/** Firefox also reports files that it takes from its cache. */
function askedOfIndex({ requests }) {
  const urls = requests.map((asked) => asked.url()).filter((url) => url.includes("/assets/search/"));
  return isFirefox ? [...new Set(urls)] : urls;
}

story("the search page requests the index with its first files", async ({ page, go, watch }) => {
  let come;
  const held = new Promise((resolve) => (come = resolve));
  await page.route("**/assets/search.*.js", (route) => held.then(() => route.continue()));
  const head = page.waitForRequest(/\/assets\/search\/\w+\/head\.js/);
  const gone = go("search/");
  await head;
  come();
  await gone;
  await page.waitForLoadState("networkidle");
  assert.equal(askedOfIndex(watch).length, 1, "its head, once");
});

story("a small site needs one index file", { under: "channels" }, async ({ page, go, watch }) => {
  await look(go, page, "account name");
  await page.locator("[data-search-field]").fill("suport");
  await page.locator(RESULT).first().waitFor();
  assert.equal(askedOfIndex(watch).length, 1);
});

story("letters are answered at once from what is loaded, and load more only when typing pauses", async ({ page, go, watch }) => {
  await look(go, page, "recovery code is");
  const field = page.locator("[data-search-field]");
  // Time stands still: typing never rests.
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(60_000);
  const asked = askedOfIndex(watch).length;
  await field.press("End");
  await field.pressSequentially(" i");
  await page.waitForURL(/#q=recovery\+code\+is\+i$/);
  await field.pressSequentially(" yubik");
  assert.equal(askedOfIndex(watch).length, asked);
  await page.clock.fastForward(1000);
  await page.waitForURL(/#q=recovery\+code\+is\+i\+yubik$/);
  assert.ok(askedOfIndex(watch).length > asked);
});

story("stop words and incomplete words load nothing while the reader types", async ({ page, go, watch }) => {
  await go("search/");
  await page.waitForLoadState("networkidle");
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(60_000);
  const asked = askedOfIndex(watch).length;
  for (const letter of "how do i re") {
    await page.locator("[data-search-field]").press(letter);
    await page.clock.runFor(500);
  }
  assert.equal(askedOfIndex(watch).length, asked);
  await page.clock.runFor(500);
  await page.locator(RESULT).first().waitFor();
});

story("pasted words are searched at once", async ({ page, go }) => {
  await go("search/");
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(60_000);
  await page.locator("[data-search-field]").evaluate((field) => {
    field.value = "yubikey";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  await page.locator(RESULT).first().waitFor();
});

story("when the index cannot be loaded, the pages are listed instead", { expect: [/failed:|Failed to load/] }, async ({ page, go }) => {
  await page.route("**/assets/search/**", (route) => route.abort());
  await go("search/?q=password");
  await page.locator("[data-search-failed]").waitFor();
  assert.ok((await page.locator("[data-search-pages] a:visible").count()) > 20);
});

const GONE = { expect: [/failed:|Failed to load/] };

story("if the connection breaks, old results are not shown for new words", GONE, async ({ page, go }) => {
  await look(go, page, "lost phone");
  await page.route("**/assets/search/**", (route) => route.abort());
  await page.locator("[data-search-field]").fill("yubikey");
  await page.locator("[data-search-failed]").waitFor();
  assert.equal(await page.locator(RESULT).count(), 0);
  assert.equal(await page.locator(".results-count").textContent(), "");
  await page.locator("[data-status]").filter({ hasText: "Search could not load." }).waitFor({ state: "attached" });
  await page.unroute("**/assets/search/**");
  await page.locator("[data-search-field]").press("Enter");
  await page.locator("[data-search-state=done]").waitFor();
  assert.ok((await page.locator(RESULT).count()) > 0);
});

story("while a search takes long, the page says so", async ({ page, go }) => {
  await look(go, page, "lost phone");
  await page.route("**/assets/search/**", (route) => setTimeout(() => route.continue(), 1_500));
  await page.locator("[data-search-field]").fill("yubikey");
  await page.locator("[data-search-state=waiting]").waitFor();
  assert.equal(await page.locator(".results-count").textContent(), "Searching …");
  await page.locator("[data-search-state=done]").waitFor();
  assert.match(await page.locator(".results-count").textContent(), /^\d+ results?$/);
});

story("if one shard fails to load, only its results are missing", GONE, async ({ page, go }) => {
  let lost = 0;
  await page.route("**/assets/search/*/text/*", (route) => (lost++ ? route.continue() : route.abort()));
  const found = await look(go, page, "recovery code");
  assert.ok(found.length > 1, `${found}`);
  assert.match(await page.locator(".results-count").textContent(), /Some results could not load\.$/);
});

story("an open page searches the new index when the site is published again", { expect: [...GONE.expect, /Refused to execute/, /nosniff/] }, async ({ page, go }) => {
  await look(go, page, "lost phone");
  const { hosts } = await ground();
  const { files } = hosts.root;
  const before = new Map(files);
  const ofIndex = ([name]) => /^(assets\/search\/|search\/latest)/.test(name);
  try {
    [...before].filter(ofIndex).forEach(([name]) => files.delete(name));
    [...hosts.channels.files].filter(ofIndex).forEach(([name, bytes]) => files.set(name, bytes));
    await page.locator("[data-search-field]").fill("suport");
    await page.locator("[data-search-state=done]").waitFor();
    assert.ok((await page.locator(RESULT).count()) > 0);
    assert.doesNotMatch(await page.locator(".results-count").textContent(), /could not load/);
  } finally {
    before.forEach((bytes, name) => files.set(name, bytes));
  }
});

story("if the search script fails to load, the query stays and the pages are listed", GONE, async ({ page, go }) => {
  await page.route("**/assets/search.*.js", (route) => route.abort());
  await go("search/#q=lost+phone");
  await page.locator("[data-search-failed]").waitFor();
  assert.equal(await page.locator("[data-search-field]").inputValue(), "lost phone");
  assert.ok((await page.locator("[data-search-pages] a:visible").count()) > 20);
});

story("Esc returns to where the reader was on the page", async ({ page, go }) => {
  await go("about/questions/");
  await page.evaluate(() => scrollTo({ top: 900, behavior: "instant" }));
  await page.keyboard.press("/");
  await page.locator("[data-search-list]").waitFor({ state: "attached" });
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement === document.body);
  assert.equal(await page.evaluate(() => Math.round(scrollY)), 900);
});

story("a very long query is cut", async ({ page, go }) => {
  await go(`search/#q=${"recovery+code+".repeat(1_000)}`);
  await page.locator("[data-search-state=done]").waitFor();
  assert.ok((await page.locator(".results-count").textContent()).length < 300);
  assert.ok(page.url().length < 400, page.url());
});

story("search works under a sub-path", { under: "sub" }, async ({ page, go, root }) => {
  await go("search/?q=password");
  await page.locator("[data-search-state=done]").waitFor();
  const address = await page.locator(RESULT).first().evaluate((link) => link.href);
  assert.ok(address.startsWith(root), address);
  await page.locator(RESULT).first().click();
  assert.equal(await page.locator("h1").count(), 1);
});
