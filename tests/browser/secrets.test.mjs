// A secret that is typed or pasted never gets into the request, the clipboard or the draft. The samples are invented,
// and put together here so that no scanner of repositories takes them for real.
import assert from "node:assert/strict";

import { answer, control, copyWhole, field, openOptional, pasted, request, said } from "./checklist.mjs";
import { story } from "./harness.mjs";
import { violations } from "./look.mjs";

const TOKEN = ["pypi", "-", "AgEIcHlwaS5vcmcC", "Aa0_-Bb1".repeat(12)].join("");
const GITHUB = ["gh", "p_", "aB3".repeat(12)].join("");
const KEY = ["-----BEGIN OPENSSH PRIV", "ATE KEY-----\nabc\n-----END OPENSSH PRIV", "ATE KEY-----"].join("");
const CODE = ["0a1b2c3d", "4e5f6071"].join("");
const warning = (page, name = "what-happened") => field(page, name).locator("[data-secret-warning]");

story("a token is removed at once, the reader is told, and focus stays", async ({ page, go }) => {
  await go("checklist/");
  const box = control(page, "what-happened");
  await openOptional(page);
  await box.focus();
  await page.keyboard.insertText(`It was ${TOKEN} I think`);
  await warning(page).waitFor();
  const text = await request(page);
  assert.ok(!text.includes(TOKEN));
  assert.match(text, /What happened: It was \[removed: looks like an API token\] I think/);
  const words = await warning(page).innerText();
  assert.match(words, /This looks like a PyPI API token\./);
  assert.ok(!words.includes(TOKEN), "the warning repeats the secret");
  assert.equal(await warning(page).getAttribute("role"), "alert");
  assert.ok(await box.evaluate((node) => node === document.activeElement));
  assert.deepEqual(await violations(page), []);
});

for (const [what, secret] of Object.entries({ "a GitHub token": GITHUB, "a private key": KEY, "a recovery code": CODE })) {
  story(`${what} is left out of what is shown and copied`, { permissions: ["clipboard-read", "clipboard-write"] }, async ({ page, context, go }) => {
    await go("checklist/");
    await answer(page, "what-happened", `before ${secret} after`);
    await warning(page).waitFor();
    assert.match(await warning(page).innerText(), new RegExp(`This looks like ${what}`));
    await copyWhole(page);
    await said(page, "Copied");
    const copied = await pasted(context);
    assert.ok(!copied.includes(secret.split("\n")[0]));
    assert.match(copied, /before \[removed: looks like [^\]]+\] after/);
  });
}

story("invisible characters neither hide a secret nor get into the request", { permissions: ["clipboard-read", "clipboard-write"] }, async ({ page, context, go }) => {
  await go("checklist/");
  const marks = ["\u200b", "\u202c", "\u2063", "\ufe0f", "\u0001"];
  const hidden = [...TOKEN].map((sign, at) => sign + (marks[at] ?? "")).join("");
  await answer(page, "what-happened", `a\u200bb\u00a0c ${hidden} ｄｅ`);
  await warning(page).waitFor();
  await copyWhole(page);
  await said(page, "Copied");
  const copied = await pasted(context);
  assert.match(copied, /ab c \[removed: looks like an API token\] de/);
  assert.ok(!/[\p{Default_Ignorable_Code_Point}\p{Cf}\u0001\u00a0]/u.test(copied), JSON.stringify(copied));
});

story("one button takes the secret out of the field and leaves the rest", async ({ page, go }) => {
  await go("checklist/");
  await answer(page, "what-happened", `before ${TOKEN} after`);
  await warning(page).getByRole("button", { name: "Delete it from this field" }).click();
  assert.equal(await control(page, "what-happened").inputValue(), "before  after");
  assert.equal(await warning(page).count(), 0);
  assert.match(await request(page), /What happened: before +after/);
});

story("a certain secret cannot be kept; a guess can, in its own field only", async ({ page, go }) => {
  await go("checklist/");
  const keep = (name) => warning(page, name).getByRole("button", { name: "This is not a secret" });
  await answer(page, "what-happened", TOKEN);
  await warning(page).waitFor();
  assert.ok(!(await keep("what-happened").isVisible()));

  await answer(page, "what-happened", "The password is hunter2");
  await answer(page, "push", "me");
  await answer(page, "projects", "password is hunter3");
  await keep("what-happened").click();
  assert.match(await request(page), /What happened: The password is hunter2/);
  assert.equal(await warning(page).count(), 0);
  assert.equal(await warning(page, "projects").count(), 1);
});

story("a recovery code is good news, and the way to use it is at hand", async ({ page, go, root }) => {
  await go("checklist/");
  await answer(page, "what-happened", `I found ${CODE}`);
  assert.match(await warning(page).innerText(), /may be enough to sign you in/);
  await warning(page).getByRole("link").click();
  assert.ok(page.url().startsWith(`${root}sign-in/`), page.url());
});

story("a token in a submitted request leads to what to do now", async ({ page, go }) => {
  await go("checklist/");
  await page.locator("[data-posted-text]").evaluate((node) => (node.closest("details").open = true));
  await page.locator("[data-posted-text]").fill(`### Reason for request\n\nIt was ${TOKEN} I think`);
  await page.locator("[data-posted-check]").click();
  const line = page.locator("[data-posted-results] li", { hasText: "PyPI API token" });
  assert.ok(!(await line.innerText()).includes(TOKEN));
  await line.getByRole("link").click();
  await page.waitForURL(/\/request\/posted-a-secret\/$/);
});

story("a check that cannot load says so, and works once it can", { expect: [/ERR_FAILED/] }, async ({ page, go }) => {
  await page.route(/\/assets\/submitted\./, (route) => route.abort(), { times: 2 });
  await go("checklist/");
  await page.getByText("Check a request that you've already posted").click();
  const check = page.locator("[data-posted-check]");
  await check.click();
  await said(page, /^The check could not load\. Try again\.$/);
  await check.click();
  await page.locator("[data-posted-results] li").first().waitFor();
});

story("without the rules for secrets the page composes and copies nothing", { expect: [/ERR_FAILED/] }, async ({ page, go }) => {
  await page.route(/\/assets\/rules\./, (route) => route.abort());
  await go("checklist/");
  const blank = await request(page);
  await answer(page, "what-happened", TOKEN);
  assert.equal(await request(page), blank);
  assert.equal(await page.locator("[data-copy]").count(), 0);
});

story("ordinary words raise no alarm", async ({ page, go }) => {
  await go("checklist/");
  const ordinary = [
    "I reset my password in March and lost my phone.",
    "See https://git.example/sample-user/sample-project/commit/" + "0123456789abcdef".repeat(2) + "01234567",
    "sha256:" + "0123456789abcdef".repeat(4),
    "sample-project 1.2.3, 2026.9.30 and 20260930",
  ];
  for (const words of ordinary) {
    await answer(page, "what-happened", words);
    assert.ok((await request(page)).includes(`What happened: ${words}`), words);
    assert.equal(await warning(page).count(), 0, words);
  }
});

story("Check my answers counts a secret as a problem", async ({ page, go }) => {
  await go("checklist/");
  await answer(page, "what-happened", TOKEN);
  await page.getByRole("button", { name: "Check my answers" }).click();
  const summary = await page.locator("[data-error-summary]").innerText();
  assert.match(summary, /This looks like a PyPI API token\. Delete it from this field/);
});
