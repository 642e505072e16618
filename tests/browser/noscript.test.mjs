// With scripting off every page is complete: scripts only add.
import assert from "node:assert/strict";

import { story } from "./harness.mjs";
import { sideways } from "./look.mjs";
import { oneOfEachKind, pages } from "./site.mjs";

const off = { scripts: false };
const NOT_FOUND = /status of 404/;

story("nothing on the page needs a script, and nothing scrolls sideways", { ...off, width: 320, expect: [NOT_FOUND] }, async ({ page, go }) => {
  for (const { kind, place } of await oneOfEachKind()) {
    await go(place);
    assert.deepEqual(await sideways(page), [], kind);
    const dead = page.locator("button:visible:not([type=submit]), [data-settings]:visible, [data-copy]:visible");
    assert.deepEqual(await dead.allInnerTexts(), [], kind);
  }
});

story("the menu of a phone opens", { ...off, width: 390 }, async ({ page, go }) => {
  await go("sign-in/use-a-recovery-code/");
  const link = page.locator(".menu").getByRole("link", { name: "Official addresses" });
  assert.ok(!(await link.isVisible()));
  await page.locator(".menu summary").click();
  await link.click();
  assert.equal(await page.locator("body").getAttribute("data-page"), "official");
});

story("all questions are on one page, and each answer links to the next question or an outcome", off, async ({ page, go, root }) => {
  await go("start/");
  const answers = await page.locator("main .choice-link").evaluateAll((links) => links.map((link) => link.href));
  assert.ok(answers.length >= 10, `${answers.length} answers`);
  for (const address of answers) {
    const { hash } = new URL(address);
    if (hash) assert.equal(await page.locator(`[id="${hash.slice(1)}"]`).count(), 1, `question ${hash}`);
    else assert.match(address.slice(root.length), /^start\/[a-z-]+\/$/);
  }
  await page.locator("[data-question=have]").getByRole("link", { name: "I have recovery codes" }).click();
  assert.match(page.url(), /start\/#q=codes$/);
});

story("the first answer leads to an outcome and its guides", off, async ({ page, go }) => {
  await go("");
  await page.locator(".choice-link[href*=another-factor]").click();
  assert.equal(await page.locator("body").getAttribute("data-page"), "triage");
  await page.locator("main .stepper a").first().click();
  assert.equal(await page.locator("body").getAttribute("data-page"), "guide");
});

story("the checklist can be filled in by hand, and shows the request with its gaps", off, async ({ page, go }) => {
  await go("checklist/");
  await page.getByLabel("PyPI username").fill("sample-user");
  await page.getByLabel("My phone, authenticator app").check();
  const request = page.locator("[data-request-output]");
  assert.equal(await request.count(), 1);
  const text = await request.innerText();
  for (const label of ["PyPI Username", "Reason for request", "Recovery Codes", "Code of Conduct", "Acknowledgement"]) {
    assert.match(text, new RegExp(label));
  }
  assert.match(text, /____/);
});

story("each request says when it applies and links to the others, and so does each field that only one has", { ...off, width: 390 }, async ({ page, go }) => {
  await go("checklist/");
  const requests = page.locator("[data-request]:visible");
  assert.equal(await requests.count(), 4);
  for (const [own, other, words] of [
    ["account-recovery", "name-claim", "your own PyPI account"],
    ["name-claim", "account-recovery", "ask for the project.s name"],
  ]) {
    const section = page.locator(`[data-request="${own}"]`);
    assert.match(await section.innerText(), new RegExp(`Use this if: .*${words}`));
    await section.locator(`a[href="#request--${other}"]:visible`).click();
    assert.ok(page.url().endsWith(`#request--${other}`));
  }
  assert.match(await page.locator("[data-which]").innerText(), /All requests are on this page/);
  const mark = (name) => page.locator(`[data-field="${name}"] .mark:visible`).allInnerTexts();
  assert.ok((await mark("claim-project")).includes("Only for: Project name request (PEP 541)"));
  assert.match(await page.locator("[data-request=account-recovery] .handover-steps").innerText(), /Copy PyPI Username[^]*I never generated or have lost/);
  assert.equal((await mark("username")).length, 1);
});

story("every field has a label and a name, and is in no form", off, async ({ page, go }) => {
  await go("checklist/");
  const faults = await page.locator("main :is(input, textarea, select)").evaluateAll((fields) =>
    fields
      .filter((field) => !field.name || field.form || !field.labels.length || field.type === "password")
      .map((field) => field.outerHTML),
  );
  assert.deepEqual(faults, []);
});

story("no search field is shown, and the search page lists every page", off, async ({ page, go }) => {
  for (const place of ["sign-in/", "official/", "search/"]) {
    await go(place);
    assert.equal(await page.locator("form:visible, [type=search]:visible, [name=lookup]:visible").count(), 0, place);
  }
  const listed = await page.locator("main .page-list a:visible").evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
  for (const { kind, place } of await pages()) {
    if (["guide", "section"].includes(kind)) assert.ok(listed.includes(`/${place}`), `${place} is not listed`);
  }
});

story("if the checklist's script does not load, every request appears after a while", { expect: [/ERR_FAILED/] }, async ({ page, go }) => {
  await page.route(/\/assets\/checklist\./, (route) => route.abort());
  for (const place of ["checklist/", "checklist/#for=takeover"]) {
    await go(place);
    await page.reload();
    const takeover = page.locator("[data-request=takeover]");
    assert.ok(!(await takeover.isVisible()));
    await takeover.waitFor({ state: "visible" });
    assert.ok(await page.locator("[data-field=claim-project]").isVisible());
    const headings = await page.locator("[data-request] h2:visible").allInnerTexts();
    assert.equal(new Set(headings).size, 4, `${headings}`);
  }
});

story("if no script loads, the list of pages appears after a while", { expect: [/ERR_FAILED/, /preloaded using link preload/, /regain is not defined/] }, async ({ page, go }) => {
  await page.route(/\/assets\/(site|search)\.\w+\.js/, (route) => route.abort());
  await go("search/?q=lost+phone");
  const list = page.locator("[data-search-pages]");
  assert.ok(!(await list.isVisible()));
  await list.waitFor({ state: "visible" });
});
