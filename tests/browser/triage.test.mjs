// From "what do you still have?" to the path that fits, and on to a request that knows the answers.
import assert from "node:assert/strict";

import { control } from "./checklist.mjs";
import { story } from "./harness.mjs";
import { sideways, violations } from "./look.mjs";

const FIRST = "Find your way back in";
const question = (page) => page.getByRole("heading", { level: 1 });
const answer = (page, words) => page.locator(".choice-link:visible").filter({ hasText: words === "No" ? /^No$/ : words });
const choose = (page, words) => answer(page, words).click();

story("a reader with only a mailbox gets to the request, with answers filled in", async ({ page, go, root }) => {
  await go("start/");
  await choose(page, "I lost my phone, app");
  await question(page).filter({ hasText: "What about your recovery codes" }).waitFor();
  await choose(page, "but I can read my account's mailbox");
  await question(page).filter({ hasText: "sign that someone else got in?" }).waitFor();
  await choose(page, "No");
  await page.waitForURL(`${root}start/lost-second-factor/`);
  assert.ok((await page.locator("main .stepper a").count()) > 1, "guides of the outcome");

  await page.getByRole("link", { name: "Prepare the request" }).click();
  await page.waitForURL(`${root}checklist/#for=lost-second-factor`);
  assert.ok(await page.locator("[name=lost][value=second-factor]").isChecked());
  assert.ok(await page.locator("[name=reach][value=account]").isChecked());
  assert.match(await page.locator("[data-request-output]").textContent(), /Lost 2FA authentication app/);
});

story("every question moves focus to its heading and is accessible", { width: 390 }, async ({ page, go }) => {
  await go("start/");
  assert.deepEqual(await violations(page), []);
  await choose(page, "I can't read my account's mailbox");
  await question(page).filter({ hasText: "What else still works?" }).waitFor();
  assert.ok(await question(page).evaluate((heading) => heading === document.activeElement));
  assert.deepEqual(await violations(page), []);
  assert.match(await page.title(), /^What else still works\?/);
});

story("the browser's and the page's Back both return to the previous question, with its answer", async ({ page, go }) => {
  await go("start/");
  await choose(page, "I have recovery codes");
  await choose(page, "PyPI accepts the code, then wants me to confirm by email");
  await question(page).filter({ hasText: "Can you read the mailbox" }).waitFor();

  await page.getByRole("button", { name: "Back", exact: true }).click();
  await question(page).filter({ hasText: "What happens when you use a recovery code?" }).waitFor();
  assert.equal(await answer(page, "PyPI accepts the code, then wants").getAttribute("aria-current"), "true");

  await page.evaluate(() => history.back());
  await question(page).filter({ hasText: FIRST }).waitFor();
  assert.equal(await answer(page, "I have recovery codes").getAttribute("aria-current"), "true");
});

story("an address that names a question shows its heading first", { width: 390 }, async ({ page, go }) => {
  await go("start/#q=phone");
  await page.reload();
  await question(page).filter({ hasText: "What about your recovery codes" }).waitFor();
  assert.equal(await page.evaluate(() => scrollY), 0);
});

story("the three steps say where the reader is", { width: 390 }, async ({ page, go }) => {
  for (const [place, step] of [["", "Find"], ["start/", "Find"], ["start/lost-email/", "Find"], ["start/after-filing/", "Wait"], ["checklist/", "Ask"], ["after/", "Wait"], ["after/no-answer/", "Wait"]]) {
    await go(place);
    const current = page.getByRole("navigation", { name: "Your way" }).locator("[aria-current=step]");
    assert.match(await current.innerText(), new RegExp(`^${step}`), place);
    assert.deepEqual(await sideways(page), []);
  }
  await go("special/");
  assert.equal(await page.getByRole("navigation", { name: "Your way" }).count(), 0);
});

story("the main action of a request's outcome is on the first screen of a phone", { width: 390, height: 844 }, async ({ page, go, files }) => {
  const outcomes = [...files.keys()].filter((file) => /^start\/[a-z-]+\/index\.html$/.test(file) && /#for=/.test(files.get(file).toString()));
  assert.ok(outcomes.length >= 10, `${outcomes}`);
  for (const file of outcomes) {
    await go(file.replace("index.html", ""));
    const box = await page.locator("main .button-primary").boundingBox();
    assert.ok(box.y + box.height <= 844, `${file}: it ends at ${Math.round(box.y + box.height)} px`);
  }
});

story("an earlier answer can be changed, and all of them started again", async ({ page, go }) => {
  await go("start/");
  await choose(page, "I have recovery codes");
  await choose(page, "I can't get past the password");
  await question(page).filter({ hasText: "Can you read the mailbox" }).waitFor();
  const trail = page.locator(".trail li");
  assert.equal(await trail.count(), 2);
  assert.match(await trail.first().innerText(), /I have recovery codes/);

  await trail.first().getByRole("button", { name: "Change" }).click();
  await question(page).filter({ hasText: FIRST }).waitFor();

  await choose(page, "PyPI rejects my six-digit codes");
  await question(page).filter({ hasText: "What goes wrong?" }).waitFor();
  await page.getByRole("button", { name: "Start again" }).click();
  await question(page).filter({ hasText: FIRST }).waitFor();
  assert.equal(await page.locator("main [aria-current=true]").count(), 0);
});

story("a question that was reached from the home page can be started again, whichever way leads to it", async ({ page, go, root }) => {
  await go();
  await choose(page, "I forgot my password");
  await page.waitForURL(`${root}start/#q=password`);
  const again = page.getByRole("button", { name: "Start again" });
  await again.click();
  await question(page).filter({ hasText: FIRST }).waitFor();
  assert.equal(await again.isVisible(), false);
});

story("every question has the answer I'm not sure, and it leads on", async ({ page, go, files }) => {
  const tree = files.get("start/index.html").toString();
  const ids = [...tree.matchAll(/data-question="([^"]+)"/g)].map(([, id]) => id);
  assert.ok(ids.length >= 8, `${ids.length} questions`);
  for (const id of ids) {
    await go(`start/#q=${id}`);
    await page.reload();
    await choose(page, "I'm not sure");
    await page.waitForURL((address) => address.hash !== `#q=${id}`);
  }
});

story("no path reaches a public request about the reader's account without the intruder question", async ({ page, go, root, files }) => {
  const tree = files.get("start/index.html").toString();
  // Someone who asks for a project's name does not ask for an account.
  const isPublic = (file) => file !== "start/owner-absent/index.html" && files.get(file).includes("Prepare the request");
  const outcomes = [...files.keys()].filter((file) => /^start\/[a-z-]+\/index\.html$/.test(file) && isPublic(file));
  assert.ok(outcomes.length >= 12, `${outcomes}`);
  const publicOutcome = new RegExp(`start/(${outcomes.map((file) => file.split("/")[1]).join("|")})/`);
  const asked = [];
  for (const [, id, title, answers] of tree.matchAll(/data-question="([^"]+)">\s*<h\d>([^<]+)<\/h\d>(.*?)<\/ul>/gs)) {
    const [public_] = answers.match(publicOutcome) ?? [];
    if (!public_) continue;
    assert.match(title, /^(Is there any|Can you find a) sign that someone else got in\?$/, `${id} leads to ${public_}`);
    asked.push(id);
  }
  assert.ok(asked.length >= 12, `${asked}`);
  for (const [file, html] of files) {
    if (!file.endsWith(".html") || file === "start/index.html" || file === "start/map/index.html") continue;
    const links = [...html.toString().matchAll(/href="([^"]+)"/g)].map(([, address]) => new URL(address, root + file).href);
    const own = root + file.replace(/[^/]+$/, "");
    assert.deepEqual(links.filter((address) => publicOutcome.test(address) && !address.startsWith(own)), [], `${file} leaves the question out`);
  }
  for (const id of asked) {
    await go(`start/#q=${id}`);
    await page.reload();
    await choose(page, "Yes");
    await page.waitForURL(new RegExp(`^${root}start/takeover(-testpypi)?/$`));
  }
  // Someone who isn't sure sees where to look before anything public.
  for (const id of asked.filter((one) => one.startsWith("changed-"))) {
    await go(`start/#q=${id}`);
    await page.reload();
    await choose(page, "I'm not sure");
    await question(page).filter({ hasText: "Can you find a sign that someone else got in?" }).waitFor();
    assert.ok(await page.locator(".field-hint:visible").filter({ hasText: "Anyone can see it, signed in or not" }).isVisible());
  }
  await go("start/takeover/");
  await page.getByRole("link", { name: "Prepare the email" }).click();
  await page.waitForURL(`${root}checklist/#for=takeover`);
  assert.ok(await page.locator("[data-request=takeover]").isVisible());
  assert.equal(await page.locator("[data-for-public]").first().isVisible(), false);
  assert.equal(await page.locator("[data-field=searched]").isVisible(), false);
});

story("a shared account has its own questions and request", async ({ page, go, root }) => {
  await go("start/#q=shared");
  await choose(page, "For the company or team");
  await choose(page, "No");
  await page.waitForURL(`${root}start/shared-account/`);
  await page.getByRole("link", { name: "Prepare the request" }).click();
  await page.waitForURL(`${root}checklist/#for=shared-account`);
  const text = await page.locator("[data-request-output]").textContent();
  assert.match(text, /Lost 2FA authentication app[^]*shared account of a company or team[^]*Recovery codes: ____[^]*Email: ____/);
  assert.ok(await page.locator("[data-field=shared-asked]").isVisible());
});

story("offering to push a branch requires the project and the repository", async ({ page, go }) => {
  await go("checklist/");
  const needed = async (name) => (await page.locator(`[data-field=${name}]`).innerText()).includes("optional");
  await page.locator("[name=push][value=me]").check();
  assert.deepEqual([await needed("projects"), await needed("repository")], [false, false]);
  await page.locator("[data-check]").click();
  const summary = await page.locator("[data-error-summary]").innerText();
  assert.match(summary, /Enter one of your projects/);
  assert.match(summary, /Enter the public repository/);
});

story("addresses of questions and outcomes contain no answers, and neither do requests", async ({ page, go, root, watch }) => {
  await go("start/");
  await choose(page, "I can't read my account's mailbox");
  await choose(page, "I lost my phone or key");
  await choose(page, "No");
  await page.waitForURL(`${root}start/lost-both/`);
  for (const asked of watch.requests) assert.doesNotMatch(asked.url(), /\?|mailbox-only|both=/, asked.url());
  assert.equal(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie])), '[{},{},""]');
});

story("triage answers do not overwrite what the reader typed", async ({ page, go }) => {
  await go("checklist/");
  await page.locator("[name=reach][value=new]").check();
  await page.evaluate(() => (location.hash = "#for=lost-second-factor"));
  await page.locator("[name=lost][value=second-factor]:checked").waitFor({ state: "attached" });
  assert.ok(await control(page, "reach").nth(1).isChecked());
});

story("settled answers are listed and can be changed, and needless questions are not asked", async ({ page, go }) => {
  await go("checklist/#for=lost-email");
  const settled = page.locator(".settled");
  await settled.getByText("Your answers so far").waitFor();
  assert.deepEqual(await violations(page), []);
  assert.match(await settled.innerText(), /What you lost or can't use\s+The mailbox of my account\s+Change/);
  assert.equal(await page.locator("[data-field=lost]").isVisible(), false);
  assert.equal(await page.locator("[data-field=searched]").isVisible(), false);
  assert.match(await page.locator("[data-request-output]").textContent(), /Lost access to email address/);

  await settled.getByRole("button", { name: /^Change.*What you lost/ }).click();
  const lost = page.locator("[data-field=lost]");
  assert.ok(await lost.isVisible());
  assert.ok(await lost.locator("input").first().evaluate((box) => box === document.activeElement));
  assert.doesNotMatch(await settled.innerText(), /What you lost/);

  await go("checklist/");
  await page.reload();
  assert.equal(await settled.isVisible(), false);
  assert.ok(await page.locator("[data-field=searched]").isVisible());
});

story("a request says about the mailbox only what the reader said", async ({ page, go, root }) => {
  await go("start/#q=changed-codes");
  await choose(page, "No");
  await page.waitForURL(`${root}start/code-rejected/`);
  await page.getByRole("link", { name: "Prepare the request" }).click();
  const text = page.locator("[data-request-output]");
  await text.filter({ hasText: "PyPI rejects them" }).waitFor({ state: "attached" });
  assert.doesNotMatch(await text.textContent(), /mailbox|I can read email/);
  assert.match(await text.textContent(), /Email: ____/);

  await go("start/#q=verify");
  await page.reload();
  await choose(page, "I'm not sure");
  await page.waitForURL(`${root}start/confirmation-email/`);
});

story("a request says a lost mailbox only of readers who lost it", async ({ page, go, root }) => {
  const reason = async (outcome) => {
    await page.waitForURL(`${root}start/${outcome}/`);
    await page.getByRole("link", { name: "Prepare the request" }).click();
    const text = page.locator("[data-request-output]");
    await text.filter({ hasText: "Reason for request" }).waitFor({ state: "attached" });
    return text.textContent();
  };
  for (const [start, answers, outcome, said, unsaid] of [
    ["password", ["I mistyped the address"], "wrong-address-and-password", /an email address that I can't verify, Lost password/, /Lost access to email/],
    ["password", ["I can't read that mailbox"], "lost-email-and-password", /Lost access to email address, Lost password/, /can't verify/],
    ["mail", ["I mistyped the address"], "verify-address", /an email address that I can't verify/, /Lost access to email/],
    ["mail", ["I can't read that mailbox"], "lost-email", /Lost access to email address/, /can't verify/],
    ["mail", ["the email hasn't arrived"], "confirm-device", /confirmation email never arrives/, /Lost access to email/],
  ]) {
    await go(`start/#q=${start}`);
    await page.reload();
    for (const words of [...answers, "No"]) await choose(page, words);
    const text = await reason(outcome);
    assert.match(text, said, outcome);
    assert.doesNotMatch(text, unsaid, outcome);
  }
  // A link that fails is no reason for a request: it works in the browser and on the network of the sign-in.
  await go("start/#q=mail");
  await page.reload();
  await choose(page, "the link in the email doesn't work");
  await page.waitForURL(`${root}start/confirm-link/`);
  assert.equal(await page.getByRole("link", { name: "Prepare the request" }).count(), 0);
});

story("an email about an intruder reads as one sentence, whatever is ticked", async ({ page, go }) => {
  await go("start/takeover/");
  await page.getByRole("link", { name: "Prepare the email" }).click();
  for (const sign of await control(page, "takeover-signs").all()) await sign.check();
  const text = await page.locator("[data-request-output]").textContent();
  assert.match(text, /What I know of:\na second factor .*, a fake page/);
  assert.doesNotMatch(text, /, [A-Z]/);
});

story("projects and a repository are asked for only if there can be any", async ({ page, go }) => {
  await go("checklist/");
  const shown = (name) => page.locator(`[data-field=${name}]`).isVisible();
  assert.deepEqual([await shown("projects"), await shown("repository")], [false, false]);
  for (const [answer, projects, repository] of [["me", true, true], ["none", true, false], ["no-projects", false, false]]) {
    await page.locator(`[name=push][value=${answer}]`).check();
    assert.deepEqual([await shown("projects"), await shown("repository")], [projects, repository], answer);
  }
});

story("the map is a collapsible tree on a phone, and a diagram of all paths on a wide screen", { width: 390 }, async ({ page, go }) => {
  await go("start/map/");
  assert.ok((await page.locator(".map-list").boundingBox()).width <= 390);
  const all = await page.locator(".map-list a").count();
  const visible = page.locator(".map-list a:visible");
  const shown = await visible.count();
  assert.ok(shown < all);
  const summaries = page.locator(".map-list summary");
  const focusable = () => summaries.evaluateAll((all) => all.filter((one) => (one.focus(), one === document.activeElement)).length);
  assert.ok((await focusable()) > 0);
  await page.locator(".map-list details details > summary").first().click();
  assert.ok((await visible.count()) > shown);
  await page.setViewportSize({ width: 1280, height: 800 });
  assert.equal(await visible.count(), all);
  assert.equal(await focusable(), 0, "there is nothing to unfold");
  assert.equal(await page.locator(".map-question:visible").count(), await summaries.count());
  const ends = await page.locator(".map-end").evaluateAll((ends) => ends.map((end) => Math.round(end.getBoundingClientRect().left)));
  assert.equal(new Set(ends).size, 1, "what the answers lead to is in one column");
});
