// The checklist and the request it makes: complete, copied as shown, honest about what is missing.
import assert from "node:assert/strict";

import { answer, ANSWERS, control, copyWhole, field, fill, openOptional, pasted, progress, REQUEST, request, said } from "./checklist.mjs";
import { story } from "./harness.mjs";
import { violations } from "./look.mjs";

const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

story("a completely filled-in checklist gives a complete request, which is copied exactly", CLIPBOARD, async ({ page, context, go }) => {
  await go("checklist/");
  await fill(page);
  assert.equal(await request(page), REQUEST);
  await copyWhole(page);
  assert.equal(await said(page, "Copied"), "Copied.");
  assert.equal(await pasted(context), REQUEST);
});

story("each text field is copied separately, in the form's order and with its labels", CLIPBOARD, async ({ page, context, go }) => {
  await go("checklist/");
  await fill(page);
  const parts = REQUEST.split(/^### /m).slice(1).map((part) => part.split("\n\n")).filter(([, text]) => !text.startsWith("- ["));
  const buttons = page.locator("[data-copy]:not([data-copy=all]):visible");
  assert.deepEqual(await buttons.allInnerTexts(), parts.map(([label]) => `Copy ${label}`));
  for (const [label, ...text] of parts) {
    await page.getByRole("button", { name: `Copy ${label}`, exact: true }).click();
    await page.locator("[data-copied]", { hasText: label }).waitFor();
    assert.equal(await pasted(context), text.join("\n\n").trim(), label);
  }
});

story("the steps go from the first field to the boxes that are ticked on the form", async ({ page, go }) => {
  await go("checklist/");
  const steps = async () => (await page.locator("[data-request]:visible .handover-steps").innerText()).replace(/\s+/g, " ");
  assert.match(await steps(), /^Open the .*Copy PyPI Username .*Copy Reason for request .*tick these boxes: Recovery Codes .*Code of Conduct Acknowledgement I've posted it/);
  await page.locator('[name="request"][value="name-claim"]').check();
  assert.match(await steps(), /tick these boxes: Code of Conduct /);
  await page.locator('[name="request"][value="takeover"]').check();
  assert.match(await steps(), /^Write to .*Copy the email I've sent it/);
});

story("opening the form copies its first field, ready to paste", CLIPBOARD, async ({ page, context, go, root }) => {
  await go("checklist/");
  await fill(page);
  const link = page.locator("[data-open]:visible");
  await link.evaluate((node, address) => (node.href = address), root);
  const [form] = await Promise.all([context.waitForEvent("page"), link.click()]);
  await form.close();
  await page.locator("[data-copied]", { hasText: "Copy PyPI Username" }).waitFor();
  assert.equal(await pasted(context), "`sample-user`");
  assert.equal(await page.locator("[data-copied]").count(), 2);
});

story("an email to staff has its own heading, its own wait and no word of a request", async ({ page, go }) => {
  await go("checklist/#for=takeover");
  const heading = page.getByRole("heading", { level: 1 });
  const wait = page.locator(".step .badge").last();
  assert.equal(await heading.innerText(), "Write to PyPI's administrators");
  assert.match(await page.title(), /^Write to PyPI's administrators – /);
  assert.doesNotMatch(await page.locator(".steps").innerText(), /week/);
  await page.locator(".settled summary").click();
  const words = (await page.locator("main").innerText()).replace(/Which request\?/g, "");
  assert.doesNotMatch(words, /request|support team|public/i);

  await page.locator("[data-check]").click();
  assert.match(await page.title(), /^Error: Write to PyPI's administrators – /);
  await page.evaluate(() => (location.hash = "#for=lost-second-factor"));
  await heading.filter({ hasText: "Write your recovery request" }).waitFor();
  assert.equal(await wait.innerText(), "3 weeks");

  await page.evaluate(() => {
    document.querySelector("[data-request=takeover]").dataset.heading = "Ask for $& and $$";
    location.hash = "#for=takeover";
  });
  await heading.filter({ hasText: "Ask for" }).waitFor();
  assert.match(await page.title(), /^Error: Ask for \$& and \$\$ – /);
});

story("an email address in place of the username is recognized, and what to enter instead is said", async ({ page, go }) => {
  await go("checklist/");
  await answer(page, "username", "someone@mail.example");
  const warning = field(page, "username").locator("[data-secret-warning]");
  assert.match(await warning.innerText(), /This looks like an email address\.[^]*Enter your PyPI username/);
  assert.deepEqual([await warning.getByRole("link").count(), await warning.getByRole("button").count()], [0, 1]);
  await page.getByRole("button", { name: "Check my answers" }).click();
  assert.match(await page.locator("[data-error-summary]").innerText(), /This looks like an email address\. Enter your PyPI username/);
});

story("a repository without https:// is completed, and one without its host is explained", async ({ page, go }) => {
  await go("checklist/");
  await fill(page);
  await answer(page, "repository", "git.example/sample-user/sample-project");
  assert.match(await request(page), /Public repository: https:\/\/git\.example\/sample-user\/sample-project\n/);
  await answer(page, "repository", "sample-user/sample-project");
  await page.getByRole("button", { name: "Check my answers" }).click();
  assert.match(await page.locator("[data-error-summary]").innerText(), /Enter the whole address of the repository, not only owner\/name/);
});

story("what was copied is ticked until it changes", CLIPBOARD, async ({ page, go }) => {
  await go("checklist/");
  await fill(page);
  const ticked = page.locator("[data-copied]");
  for (const label of ["PyPI Username", "Reason for request"]) await page.getByRole("button", { name: `Copy ${label}` }).click();
  await ticked.nth(1).waitFor();
  await answer(page, "what-happened", "Something else.");
  assert.equal(await ticked.count(), 0);
});

for (const [width, height] of [[1280, 800], [390, 844]]) {
  story(`at ${width} px the steps are in view or one tap away, and nothing scrolls inside the page`, { width, height }, async ({ page, go }) => {
    await go("checklist/");
    const steps = page.locator("[data-request]:visible .handover-steps");
    for (const place of [0, 0.3, 0.6]) {
      await page.evaluate((part) => scrollTo(0, part * document.documentElement.scrollHeight), place);
      if (width < 1000) await page.locator("[data-to-handover]").click();
      const box = await steps.boundingBox();
      assert.ok(box.y >= 0 && box.y + Math.min(box.height, 200) <= height, `steps at ${box.y} px`);
      if (width > 1000) assert.ok(box.y + box.height <= height, `steps end at ${box.y + box.height} px`);
    }
    await fill(page);
    const boxes = await page.locator("main *").evaluateAll((all) =>
      all.filter((one) => one.scrollHeight > one.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(one).overflowY)).map((one) => one.outerHTML.slice(0, 100)),
    );
    assert.deepEqual(boxes, []);
  });
}

story("after filing, the page shows what comes next, with dates and a calendar file", async ({ page, go }) => {
  await page.clock.setFixedTime(new Date(2026, 0, 30, 23, 30));
  await page.addInitScript(() => {
    const address = URL.createObjectURL;
    URL.createObjectURL = (file) => address.call(URL, (globalThis.made = file));
  });
  await go("checklist/");
  const after = page.locator("[data-request]:visible [data-after]");
  assert.equal(await after.isVisible(), false);
  await page.getByRole("button", { name: "I've posted it" }).click();
  assert.ok(await after.locator("h3").first().evaluate((node) => node === document.activeElement));
  assert.match(await after.innerText(), /After about a week \(Friday, February 6\)[^]*\(Friday, February 13\)/);
  assert.deepEqual(await violations(page), []);
  await after.getByRole("button", { name: /calendar/ }).click();
  const text = await page.evaluate(() => globalThis.made.text());
  assert.match(text, /^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/);
  assert.match(text, /DTSTART;VALUE=DATE:20260206\r\n/);
  for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
});

story("copying one field names only that field's gaps", CLIPBOARD, async ({ page, go }) => {
  await go("checklist/");
  await page.getByRole("button", { name: "Copy PyPI Username" }).click();
  assert.equal(await said(page, "Copied"), "Copied. One detail is still empty: PyPI username.");
  await answer(page, "username", "sample-user");
  await page.getByRole("button", { name: "Copy PyPI Username" }).click();
  assert.equal(await said(page, /^Copied\.$/), "Copied.");
});

story("an empty checklist shows labeled gaps and no red, and can be copied as it is", CLIPBOARD, async ({ page, context, go }) => {
  await go("checklist/");
  assert.match(await request(page), /### PyPI Username\n\n`____`\n/);
  assert.match(await progress(page), /^0 of \d+ done$/);
  assert.equal(await page.locator("main [aria-invalid], main .field-error, main [role=alert]").count(), 0);
  const shown = await request(page);
  await copyWhole(page);
  assert.match(await said(page, "Copied"), /^Copied\. \d+ details are still empty/);
  assert.equal(await pasted(context), shown);
});

story("progress is shown as text", async ({ page, go }) => {
  await go("checklist/");
  const [, all] = /^0 of (\d+) done$/.exec(await progress(page));
  await answer(page, "username", "sample-user");
  assert.equal(await progress(page), `1 of ${all} done`);
  await fill(page);
  assert.match(await progress(page), /^All \d+ done$/);
  await control(page, "username").fill("");
  assert.match(await progress(page), /^\d+ of \d+ done$/);
});

story("optional answers and reminders are not counted", async ({ page, go }) => {
  await go("checklist/");
  const [, all] = /of (\d+)/.exec(await progress(page));
  const needed = await page.locator("main [data-field] .field-label").evaluateAll((labels) => labels.filter((label) => label.checkVisibility() && !label.querySelector(".field-optional")).length);
  assert.equal(needed, Number(all));
});

story("the request updates with each letter, and a gap comes back when an answer is deleted", async ({ page, go }) => {
  await go("checklist/");
  const box = control(page, "username");
  await box.pressSequentially("sam");
  assert.match(await request(page), /`sam`/);
  await box.press("Backspace");
  assert.match(await request(page), /`sa`/);
  await box.fill("");
  assert.match(await request(page), /`____`/);
});

story("a pasted profile address, quotes and spaces are cleaned up silently", async ({ page, go }) => {
  await go("checklist/");
  for (const typed of ["  sample-user ", "`sample-user`", "@sample-user"]) {
    await control(page, "username").fill(typed);
    assert.match(await request(page), /\n`sample-user`\n/, typed);
  }
});

story("a question that depends on an answer comes with it, and leaves the request when hidden", async ({ page, go }) => {
  await go("checklist/");
  await openOptional(page);
  const account = control(page, "push-account");
  assert.ok(!(await account.isVisible()));
  await answer(page, "push", "me");
  await account.fill("sample-user on GitHub");
  assert.match(await request(page), /I'll push from: sample-user on GitHub/);
  await answer(page, "push", "none");
  assert.ok(!(await account.isVisible()));
  assert.doesNotMatch(await request(page), /I'll push from/);
  await answer(page, "push", "me");
  assert.match(await request(page), /I'll push from: sample-user on GitHub/);
});

story("no errors before the reader asks; then a summary links to each field", async ({ page, go }) => {
  await go("checklist/");
  await control(page, "username").fill("no spaces allowed");
  await control(page, "username").blur();
  assert.equal(await page.locator("[aria-invalid], .field-error").count(), 0);

  await page.getByRole("button", { name: "Check my answers" }).click();
  const summary = page.locator("[data-error-summary]");
  assert.ok(await summary.evaluate((node) => node === document.activeElement));
  assert.match(await page.title(), /^Error:/);
  assert.deepEqual(await violations(page), []);
  for (const link of await summary.getByRole("link").all()) {
    const words = await link.innerText();
    await link.click();
    const place = await page.evaluate(() => {
      const node = document.activeElement;
      const described = node.closest("fieldset")?.getAttribute("aria-describedby") ?? "";
      const ids = `${node.getAttribute("aria-describedby") ?? ""} ${described}`.trim().split(/\s+/);
      return { invalid: (node.closest("[role=radiogroup]") ?? node).ariaInvalid, said: ids.map((id) => document.getElementById(id)?.textContent).join(" ") };
    });
    assert.equal(place.invalid, "true", words);
    assert.ok(place.said.includes(`Error: ${words}`), `${words}: described by “${place.said}”`);
  }
});

story("a corrected answer leaves the summary at once, and the last one clears the error from the title", async ({ page, go }) => {
  await go("checklist/");
  const { username, ...others } = ANSWERS;
  await fill(page, others);
  await page.getByRole("button", { name: "Check my answers" }).click();
  const summary = page.locator("[data-error-summary]");
  const wrong = await summary.getByRole("link").allInnerTexts();
  assert.equal(wrong.length, 1, wrong.join());
  assert.match(wrong[0], /^Enter .*PyPI username$/);
  await answer(page, "username", username);
  await summary.waitFor({ state: "detached" });
  assert.doesNotMatch(await page.title(), /^Error:/);
  assert.equal(await page.locator("[aria-invalid]").count(), 0);
});

story("if nothing is missing, all answers are listed, each with a link to change it", async ({ page, go }) => {
  await go("checklist/");
  await fill(page);
  await page.getByRole("button", { name: "Check my answers" }).click();
  const review = page.locator("[data-review]");
  await review.waitFor();
  assert.deepEqual(await violations(page), []);
  await review.getByRole("button", { name: /^Change.*PyPI username$/ }).click();
  assert.ok(await control(page, "username").evaluate((node) => node === document.activeElement));
});

story("if the browser refuses to copy, the text is selected and the page says so", async ({ page, go }) => {
  await page.addInitScript(() => {
    if (navigator.clipboard) navigator.clipboard.writeText = () => Promise.reject(new DOMException("refused", "NotAllowedError"));
  });
  await go("checklist/");
  await fill(page);
  await copyWhole(page);
  assert.match(await said(page, "did not allow"), /The text is selected/);
  assert.equal(await page.evaluate(() => getSelection().toString()), REQUEST);
});

story("a request in another language than the support team reads is pointed out before it is copied", async ({ page, go }) => {
  await go("checklist/");
  const notice = page.locator("[data-request]:visible [data-other-language]");
  await answer(page, "what-happened", "I lost my phone in March and I have no recovery codes.");
  assert.equal(await notice.isVisible(), false);
  await answer(page, "what-happened", "Ich habe im März mein Handy verloren und habe keine Codes mehr.");
  assert.match(await notice.innerText(), /doesn't seem to be in English/);
  assert.deepEqual(await violations(page), []);
});

story("screen readers hear what was done, not the whole changing request", async ({ page, go }) => {
  await go("checklist/");
  assert.equal(await page.locator("[data-request-output]").evaluate((node) => node.closest("[aria-live], [role=status], [role=alert], [role=log]")), null);
  assert.equal(await page.locator("[role=status], [aria-live]").count(), 1);
  assert.equal(await page.locator("[role=status]").textContent(), "");
});

story("the real form opens in a new tab, and its address contains no answer", async ({ page, go }) => {
  await go("checklist/");
  const link = page.locator("main a[target=_blank]:visible");
  assert.equal(await link.count(), 1);
  const before = await link.getAttribute("href");
  await fill(page);
  assert.equal(await link.getAttribute("href"), before);
  assert.match(await link.innerText(), /opens in a new tab/);
  assert.equal(await link.getAttribute("rel"), "noopener noreferrer");
});

story("every detail says whether it is public, and what is optional", async ({ page, go }) => {
  await go("checklist/");
  for (const name of Object.keys(ANSWERS)) {
    assert.match(await field(page, name).textContent(), /Public|Only for you/, name);
  }
});

story("the second request asks for its own details and keeps shared answers", async ({ page, go }) => {
  await go("checklist/");
  await answer(page, "username", "sample-user");
  await page.locator('[name="request"][value="name-claim"]').check();
  assert.equal(await field(page, "searched").isVisible(), false);
  assert.match(await request(page), /^### Project to be claimed\n\n`____`: https:\/\/\S+\/____\n\n### Your PyPI username\n\n`sample-user`: https:\/\/\S+\/sample-user\n/);
  await page.locator('[name="request"][value="account-recovery"]').check();
  assert.match(await request(page), /^### PyPI Username\n\n`sample-user`\n/);
});
