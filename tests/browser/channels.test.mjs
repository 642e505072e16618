// What is said beside a request, for every way it can go: nothing of strangers where the support team alone reads it.
import assert from "node:assert/strict";

import { answer, control, field, request, status } from "./checklist.mjs";
import { story } from "./harness.mjs";
import { violations } from "./look.mjs";

const OF_STRANGERS = /anyone|take it back|public|post(ed)?\b/i;
const MARK = ".mark:not([hidden])";
/* All of the page but the list of requests, which names both kinds. */
const shown = async (page) => {
  const words = await page.locator("main").innerText();
  const chooser = await page.locator("[data-which]").innerText();
  return words.replace(chooser, "").replace(/^.*Help by .*$/gm, "").replace(/“Help by [^”]*”/g, "");
};
const markOf = (page, name) => field(page, name).locator(MARK).innerText();

for (const channel of ["issue-form", "web-form", "mail", "text"]) {
  for (const readers of ["public", "private"]) {
    story(`a ${readers} request by ${channel} says who reads it`, { under: "channels" }, async ({ page, go, watch }) => {
      await go("checklist/");
      await page.locator(`[name="request"][value="${channel}-${readers}"]`).check();
      await answer(page, "name", "sample-user");
      await page.locator("[data-check]").click();
      await page.locator("[data-review]").waitFor();
      await page.locator("details").evaluateAll((all) => all.forEach((one) => (one.open = true)));
      const words = await shown(page);
      if (readers === "private") assert.doesNotMatch(words, OF_STRANGERS);
      else assert.match(words, /Anyone can read this request/);
      assert.match(words, readers === "private" ? /Before you send it/ : /Before you post/);
      assert.equal(await markOf(page, "name"), readers === "private" ? "Private" : "Public");
      assert.equal(await markOf(page, "searched"), "Only for you");
      assert.equal(await field(page, "mailbox").isVisible(), readers === "private");

      const form = ["issue-form", "web-form"].includes(channel);
      const copies = page.locator(`[data-request="${channel}-${readers}"] [data-copy]`);
      assert.equal(await copies.count(), form ? 3 : 1);
      const heading = page.locator(`[data-request="${channel}-${readers}"] h2`);
      assert.equal(await heading.innerText(), channel === "mail" ? "Your email" : "Your request");
      const link = page.locator(`[data-request="${channel}-${readers}"] a.button`);
      if (channel === "text") assert.equal(await link.count(), 0);
      else {
        const href = await link.getAttribute("href");
        assert.ok(!href.includes("sample-user"), href);
        assert.equal(await link.getAttribute("target"), channel === "mail" ? null : "_blank");
        if (channel === "mail") assert.equal(href, `mailto:support@service.example?subject=Help%20by%20mail%20${readers}%20%26%20more`);
      }
      assert.deepEqual(await violations(page), []);
    });
  }
}

story("an email address is left out of a public request and kept in a private one", { under: "channels" }, async ({ page, go }) => {
  await go("checklist/");
  await answer(page, "story", "Write to someone@mail.example");
  assert.match(await request(page), /removed: looks like an email address/);
  await page.locator('[name="request"][value="mail-private"]').check();
  assert.match(await request(page), /Write to someone@mail.example/);
  assert.equal(await page.locator("[data-secret-warning]").count(), 0);
  await control(page, "story").fill("My password is hunter2hunter2");
  assert.doesNotMatch(await request(page), /hunter2/);
  assert.doesNotMatch(await page.locator("[data-secret-warning]").innerText(), OF_STRANGERS);
  await page.locator('[data-copy="all"]').last().isVisible();
  assert.equal(await status(page).count(), 1);
});

story("a dependent question follows the option it depends on, and its answer leaves the request when it is hidden", { under: "channels" }, async ({ page, go }) => {
  await go("checklist/");
  const model = control(page, "model");
  assert.ok(!(await model.isVisible()));
  await answer(page, "device", "phone");
  const [chosen, below, next] = await page.locator("[name=device], [name=model]").evaluateAll((all) => all.map(({ name, value }) => value || name));
  assert.deepEqual([chosen, below, next], ["phone", "model", "key"]);
  await model.fill("Sample 3");
  assert.match(await request(page), /Model: Sample 3/);
  await answer(page, "device", "key");
  assert.ok(!(await model.isVisible()));
  assert.doesNotMatch(await request(page), /Model:/);
  await answer(page, "device", "phone");
  assert.match(await request(page), /Model: Sample 3/);
});

story("without scripts the page uses the careful wording", { under: "channels", scripts: false }, async ({ page, go }) => {
  await go("checklist/");
  assert.match(await page.locator("main").innerText(), /Anyone can read this request, forever/);
  assert.equal(await markOf(page, "name"), "Public");
});
