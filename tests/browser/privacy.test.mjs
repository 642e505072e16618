// What a reader types stays in the page: not in a request, an address, a link, the history or any storage. A draft is
// kept only when asked for, without secrets, and can be wiped.
import assert from "node:assert/strict";

import { answer, ANSWERS, control, copyWhole, fill, FREE_TEXT, progress, request, said } from "./checklist.mjs";
import { story } from "./harness.mjs";

const CANARY = "canary4711";
const TOKEN = ["pypi", "-", "AgEIcHlwaS5vcmcC", "Aa0_-Bb1".repeat(12)].join("");
const CANARIES = Object.fromEntries(FREE_TEXT.map((name) => [name, name === "repository" ? `https://git.example/${CANARY}` : CANARY]));
const consent = (page) => page.getByLabel("Keep a draft on this device");

/** Everything a page can leave behind. */
const leftBehind = (page) =>
  page.evaluate(async () =>
    JSON.stringify({
      local: { ...localStorage },
      session: { ...sessionStorage },
      cookie: document.cookie,
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      state: history.state,
      name: window.name,
      address: location.href,
      links: [...document.querySelectorAll("[href], [action], [src]")].map((node) => node.href || node.action || node.src),
      title: document.title,
    }),
  );

story("nothing typed into any field is sent", { permissions: ["clipboard-write"] }, async ({ page, go, watch }) => {
  await go("checklist/");
  await fill(page, { ...ANSWERS, ...CANARIES });
  for (const name of FREE_TEXT) assert.ok((await control(page, name).inputValue()).includes(CANARY), name);
  await copyWhole(page);
  await said(page, "Copied");
  await page.getByRole("button", { name: "Check my answers" }).click();
  await page.locator("[data-review]").waitFor();
  assert.doesNotMatch(await leftBehind(page), /canary/i);

  await page.locator(".brand").click();
  await page.waitForURL((address) => address.pathname === "/");
  assert.doesNotMatch(await leftBehind(page), /canary/i);
  for (const asked of watch.requests) {
    assert.doesNotMatch(`${asked.url()} ${asked.postData()} ${JSON.stringify(asked.headers())}`, /canary/i);
  }
});

story("search terms are in no request", async ({ page, go, root, watch }) => {
  const found = (words) => page.waitForURL(`${root}search/#q=${words}`);
  const field = page.locator("[data-search-field]");
  await go("after/");
  await field.fill(CANARY);
  await field.press("Enter");
  await found(CANARY);
  await page.locator("[data-search-state=done]").waitFor();

  await field.fill(`${CANARY}b`);
  await found(`${CANARY}b`);
  await page.getByRole("main").getByRole("button", { name: "Search" }).click();
  await page.reload();
  await page.locator("[data-search-state=done]").waitFor();
  assert.equal(await field.inputValue(), `${CANARY}b`);

  await go("after/");
  await field.fill(`${CANARY}c`);
  await page.getByRole("option").first().click();
  await found(`${CANARY}c`);
  for (const asked of watch.requests) {
    assert.doesNotMatch(`${asked.url().split("#")[0]} ${JSON.stringify(asked.headers())}`, /canary/i);
  }
});

story("the content security policy stops a script that tries to send data", { expect: [/./] }, async ({ page, go, root }) => {
  await go("checklist/");
  const tried = await page.evaluate(async (same) => {
    const outcome = {};
    outcome.fetch = await fetch(`${same}?canary`).then(() => "sent", () => "refused");
    outcome.beacon = navigator.sendBeacon(`${same}?canary`) ? "queued" : "refused";
    const image = new Image();
    outcome.image = await new Promise((settle) => {
      image.onload = () => settle("sent");
      image.onerror = () => settle("refused");
      image.src = "https://elsewhere.example/canary.png";
    });
    return outcome;
  }, root);
  assert.equal(tried.fetch, "refused");
  assert.equal(tried.image, "refused");
});

story("the host sends the same policy as the pages, and forbids framing", async ({ page, go }) => {
  const headers = (await go("checklist/")).headers();
  const own = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  assert.equal(headers["content-security-policy"], `${own}; frame-ancestors 'none'`);
  assert.match(own, /default-src 'none'.*connect-src 'none'/);
  assert.equal(headers["referrer-policy"], "no-referrer");
  assert.equal(headers["x-content-type-options"], "nosniff");
});

story("drafts are off: after a reload the fields are empty", async ({ page, go }) => {
  await go("checklist/");
  assert.ok(!(await consent(page).isChecked()));
  await fill(page);
  await page.reload();
  assert.equal(await control(page, "username").inputValue(), "");
  assert.match(await progress(page), /^0 of/);
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
});

story("with consent a draft survives a reload, without secrets", async ({ page, go }) => {
  await go("checklist/");
  await fill(page);
  await answer(page, "what-happened", `It was ${TOKEN}`);
  await consent(page).check();
  await page.locator("[data-saved]").filter({ hasText: "Draft kept on this device only" }).waitFor();
  assert.equal(await page.evaluate(() => localStorage.length), 1);
  assert.ok(!(await leftBehind(page)).includes(TOKEN));

  await page.reload();
  assert.ok(await consent(page).isChecked());
  assert.equal(await control(page, "username").inputValue(), "sample-user");
  assert.ok(await page.locator("[name=lost][value=password]").isChecked());
  assert.ok(!(await control(page, "what-happened").inputValue()).includes(TOKEN));
});

story("what is typed after consent is kept as well, also when the page is left at once", async ({ page, go }) => {
  await go("checklist/");
  await consent(page).check();
  await answer(page, "username", "sample-user");
  await go("");
  await go("checklist/");
  assert.equal(await control(page, "username").inputValue(), "sample-user");
});

story("withdrawing consent deletes the draft", async ({ page, go }) => {
  await go("checklist/");
  await answer(page, "username", "sample-user");
  await consent(page).check();
  await page.locator("[data-saved]").filter({ hasText: "Draft kept" }).waitFor();
  await consent(page).uncheck();
  assert.equal(await page.evaluate(() => localStorage.length), 0);
  await page.reload();
  assert.equal(await control(page, "username").inputValue(), "");
});

story("a draft older than 30 days is gone", async ({ page, go }) => {
  await go("checklist/");
  await answer(page, "username", "sample-user");
  await consent(page).check();
  await page.locator("[data-saved]").filter({ hasText: "Draft kept" }).waitFor();
  await go("");
  await page.evaluate(() => {
    for (const [key, text] of Object.entries(localStorage)) {
      const draft = JSON.parse(text);
      draft.saved = new Date(Date.now() - 31 * 24 * 3600 * 1000).toISOString();
      localStorage.setItem(key, JSON.stringify(draft));
    }
  });
  await go("checklist/");
  assert.equal(await control(page, "username").inputValue(), "");
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

story("Clear answers asks once, clears everything, and nothing brings it back", async ({ page, go }) => {
  await go("checklist/");
  const forget = page.getByRole("button", { name: "Clear answers", exact: true });
  assert.ok(!(await forget.isVisible()));
  const empty = await request(page);
  await fill(page);
  await consent(page).check();
  await page.locator("[data-saved]").filter({ hasText: "Draft kept" }).waitFor();

  await forget.click();
  await page.getByRole("button", { name: "No, keep them" }).click();
  assert.equal(await control(page, "username").inputValue(), "sample-user");

  await forget.click();
  await page.getByRole("button", { name: "Yes, clear everything" }).click();
  await said(page, "cleared");
  assert.ok(await page.locator("h1").evaluate((node) => node === document.activeElement));
  const isForgotten = async (when) => {
    assert.equal(await request(page), empty, when);
    assert.match(await progress(page), /^0 of/, when);
    assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0, when);
    for (const name of FREE_TEXT) assert.equal(await control(page, name).inputValue(), "", `${name} ${when}`);
    assert.equal(await page.locator("main .group :checked").count(), 0, when);
  };
  await isForgotten("at once");
  await page.reload();
  await isForgotten("after a reload");
  await page.locator(".brand").click();
  await page.waitForURL((address) => address.pathname === "/");
  await page.evaluate(() => history.back());
  await isForgotten("after Back");
});

story("Clear answers also clears what the triage settled", async ({ page, go, root }) => {
  await go("checklist/#for=lost-second-factor");
  assert.ok(await page.locator("[name=lost][value=second-factor]").isChecked());
  await page.getByRole("button", { name: "Clear answers", exact: true }).click();
  await page.getByRole("button", { name: "Yes, clear everything" }).click();
  await said(page, "cleared");
  assert.equal(page.url(), `${root}checklist/`);
  assert.equal(await page.locator("main .group :checked").count(), 0);
});
