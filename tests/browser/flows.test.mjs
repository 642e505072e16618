// How far it is on a phone from the first page to the form: five readers, with as few taps and as little scrolling as possible.
import assert from "node:assert/strict";

import { control } from "./checklist.mjs";
import { story } from "./harness.mjs";

const HEIGHT = 844;
const PHONE = { width: 390, height: HEIGHT, hasTouch: true, permissions: ["clipboard-read", "clipboard-write"] };

const answer = (words) => (page) => page.locator(".choice-link:visible").filter({ hasText: words });
const prepare = (page) => page.getByRole("link", { name: /^Prepare the/ });
const tick = (name, value) => (page) => page.locator("label:visible").filter({ has: page.locator(`[name="${name}"][value="${value}"]`) }).first();
const type = (name, text) => ({ at: (page) => control(page, name), text });
const copy = (label) => (page) => page.getByRole("button", { name: `Copy ${label}` });
const open = (page) => page.locator("[data-open]:visible");

const username = type("username", "sample-user");
const proof = [tick("push", "me"), type("projects", "sample-project"), type("repository", "https://git.example/sample-user/sample-project")];
const handOver = [copy("PyPI Username"), copy("Reason for request"), open];

/** What each reader uses, in order; `screens` counts the pages before the checklist too, each as one at least. */
const FLOWS = [
  ["a lost phone", { taps: 11, screens: 8 }, [
    answer("I lost my phone"), answer("but I can read the mailbox"), answer(/^No$/), prepare, username, ...proof, ...handOver,
  ]],
  ["rejected recovery codes", { taps: 12, screens: 8.5 }, [
    answer("I have recovery codes"), answer("PyPI rejects every code"), answer(/^No$/), prepare, username, ...proof, tick("reach", "account"), ...handOver,
  ]],
  ["an intruder", { taps: 6, screens: 6.5 }, [
    answer("Someone else may have"), prepare, username, tick("takeover-signs", "changed"), tick("takeover-access", "no"), open,
  ]],
  ["a shared account", { taps: 14, screens: 10.5 }, [
    answer("It's about something else"), answer("A company or team account"), answer("For the company or team"), prepare,
    username, tick("codes-state", "never"), ...proof, tick("reach", "team"), tick("shared-asked", "unreachable"), ...handOver,
  ]],
  ["a lost phone and mailbox", { taps: 11, screens: 8 }, [
    answer("I lost my phone"), answer("I can't find any codes, and"), answer(/^No$/), prepare, username, ...proof, ...handOver,
  ]],
];

for (const [name, most, uses] of FLOWS) {
  story(`${name}: from the first page to the form in ${most.taps} taps and ${most.screens} screens`, PHONE, async ({ page, go }) => {
    await go();
    // The lowest point used on each page, in screens.
    const reached = new Map();
    for (const use of uses) {
      const target = use.at?.(page) ?? use(page);
      await target.waitFor();
      const bottom = await target.evaluate((node) => scrollY + node.getBoundingClientRect().bottom);
      reached.set(page.url(), Math.max(reached.get(page.url()) ?? 1, bottom / HEIGHT));
      // The last one opens the form itself.
      if (use === open) break;
      await target.tap();
      if (use.text) await target.fill(use.text);
    }
    const screens = [...reached.values()].reduce((sum, one) => sum + one);
    assert.ok(uses.length <= most.taps, `${uses.length} taps`);
    assert.ok(screens <= most.screens, `${screens.toFixed(1)} screens`);
    const [done, all] = (await page.locator("[data-progress]").textContent()).match(/\d+/g);
    assert.equal(done, all ?? done, "required answers");
  });
}
