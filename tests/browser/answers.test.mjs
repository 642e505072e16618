// Answers that try to be more than answers, browsers that keep nothing, and two windows at once.
import assert from "node:assert/strict";

import { ANSWERS, answer, control, fill, request, said } from "./checklist.mjs";
import { story } from "./harness.mjs";

const STORY = "Ask @someone, see #12 and <b>this</b>.\n### Recovery Codes\n- [ ] not mine\n<!-- open\n```\nlog";

story("an answer cannot notify anyone, add a heading or hide what follows", async ({ page, go }) => {
  await go("checklist/");
  await fill(page, { ...ANSWERS, username: "sample`user", "what-happened": STORY });
  const text = await request(page);
  assert.match(text, /What happened: Ask `@someone`, see `#12` and \\<b>this\\<\/b>\.\n\\### Recovery Codes\n/);
  assert.match(text, /\\<!-- open\n\\``\\`\nlog\n/);
  assert.match(text, /^### PyPI Username\n\n`sample'user`\n/);
  assert.deepEqual(text.match(/^### .*$/gm), ["### PyPI Username", "### Reason for request", "### Recovery Codes", "### Code of Conduct", "### Acknowledgement"]);
});

story("a request pasted back as it was composed has no problems, even when quoted in an email", async ({ page, go }) => {
  await go("checklist/");
  await fill(page, { ...ANSWERS, "what-happened": STORY });
  /* The boxes are ticked on the form. */
  const text = (await request(page)).replaceAll("- [ ]", "- [x]");
  await page.locator("[data-posted-text]").evaluate((node) => (node.closest("details").open = true));
  for (const posted of [text, text.replaceAll("\n", "\r\n"), "On Monday support wrote:\n" + text.replace(/^/gm, "> ")]) {
    await page.locator("[data-posted-text]").fill(posted);
    await page.locator("[data-posted-check]").click();
    assert.equal(await page.locator("[data-posted-results]").innerText(), "Nothing is missing in this text.");
  }
});

story("a blank request is the whole template; after the first answer only required fields stay", async ({ page, go }) => {
  await go("checklist/");
  assert.match(await request(page), /^Site: ____\.$/m);
  await answer(page, "username", "sample-user");
  assert.doesNotMatch(await request(page), /^Site:/m);
  await control(page, "username").fill("");
  assert.match(await request(page), /^Site: ____\.$/m);
});

story("if the browser stores nothing, the page says so and still works", async ({ page, go }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("no", "SecurityError");
      },
    });
  });
  await go("checklist/");
  await answer(page, "username", "sample-user");
  await page.locator("[data-save-consent]").click();
  assert.equal(await page.locator("[data-save-consent]").isChecked(), false);
  assert.equal(await page.locator("[data-saved]").innerText(), "This browser doesn't allow drafts.");
  assert.match(await request(page), /`sample-user`/);
});

story("clearing answers in one window empties the other, and neither saves the draft again", async ({ context, page, go, root }) => {
  await go("checklist/");
  await answer(page, "username", "sample-user");
  await page.locator("[data-save-consent]").check();
  const other = await context.newPage();
  await other.goto(`${root}checklist/`);
  assert.equal(await control(other, "username").inputValue(), "sample-user");
  await answer(other, "what-happened", "typed in the other window");
  await page.locator("[data-forget]").click();
  await page.locator("[data-forget-yes]").click();
  await said(page, /cleared/);
  await other.waitForFunction(() => !document.querySelector('[name="username"]').value);
  assert.equal(await control(other, "what-happened").inputValue(), "");
  await other.waitForTimeout(500);
  await other.close();
  assert.equal(await page.evaluate(() => Object.values(localStorage).join().includes("sample-user")), false);
  await page.reload();
  assert.equal(await control(page, "username").inputValue(), "");
});

/* Two windows of one checklist, the second opened before the first keeps anything. */
async function twoWindows({ context, page, go, root }) {
  await go("checklist/");
  const other = await context.newPage();
  await other.goto(`${root}checklist/`);
  return [page, other];
}
const keep = (page) => page.locator("[data-save-consent]").check();
const kept = (page) => page.evaluate(() => Object.values(localStorage).join());

story("drafts of two windows are merged, and each shows what was typed in the other", async (scene) => {
  const [page, other] = await twoWindows(scene);
  await answer(page, "username", "sample-user");
  await keep(page);
  await answer(other, "what-happened", "My phone broke.");
  await keep(other);
  await page.waitForFunction(() => document.querySelector('[name="what-happened"]').value === "My phone broke.");
  assert.equal(await control(other, "username").inputValue(), "sample-user");
  await answer(page, "push", "me");
  await answer(page, "projects", "sample-project");
  await other.waitForFunction(() => document.querySelector('[name="projects"]').value === "sample-project");
  for (const words of ["sample-user", "My phone broke.", "sample-project"]) assert.ok((await kept(page)).includes(words), words);
  await other.close();
});

story("if two windows have different answers, the later one is not saved and says so; neither is lost", async (scene) => {
  const [page, other] = await twoWindows(scene);
  await answer(page, "what-happened", "first words");
  await keep(page);
  await answer(other, "what-happened", "other words");
  await other.locator("[data-save-consent]").click();
  const said = other.locator("[data-saved]");
  await said.filter({ hasText: "Another window" }).waitFor();
  assert.match(await said.innerText(), /What happened/);
  assert.equal(await other.locator("[data-save-consent]").isChecked(), false);
  assert.equal(await control(other, "what-happened").inputValue(), "other words");
  assert.equal(await control(page, "what-happened").inputValue(), "first words");
  assert.match(await kept(page), /first words/);
  await other.close();
});

story("a draft deleted in one window is not saved again by the other", async (scene) => {
  const [page, other] = await twoWindows(scene);
  await answer(page, "username", "sample-user");
  await keep(page);
  await other.reload();
  await page.locator("[data-save-consent]").uncheck();
  await other.locator("[data-save-consent]:not(:checked)").waitFor();
  await answer(other, "what-happened", "My phone broke.");
  await other.close({ runBeforeUnload: true });
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});
