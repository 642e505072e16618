// How much five readers have to tap, scroll and read on a phone to get from the first page to the form with its texts.
import assert from "node:assert/strict";

import { control } from "./checklist.mjs";
import { story } from "./harness.mjs";

const HEIGHT = 844;
const PHONE = { width: 390, height: HEIGHT, hasTouch: true, permissions: ["clipboard-read", "clipboard-write"] };

/** How long people take, in seconds: 200 words a minute, a tap, and a text of their own. */
const WORD = 60 / 200;
const TAP = 3;

const answer = (words) => (page) => page.locator(".choice-link:visible").filter({ hasText: words });
const prepare = (page) => page.getByRole("link", { name: /^Prepare the/ });
const tick = (name, value) => (page) => page.locator("label:visible").filter({ has: page.locator(`[name="${name}"][value="${value}"]`) }).first();
const type = (name, text, seconds) => ({ at: (page) => control(page, name), text, seconds });
const copy = (label) => (page) => page.getByRole("button", { name: `Copy ${label}` });
const open = (page) => page.locator("[data-open]:visible");

const username = type("username", "sample-user", 20);
const proof = [
  tick("push", "me"),
  type("projects", "sample-project", 15),
  type("repository", "https://git.example/sample-user/sample-project", 15),
];
/* Opening the form copies the first field. */
const handOver = [open, copy("Reason for request")];

/** What each reader uses, in order; `screens` counts the pages before the checklist too, each as one at least. */
const FLOWS = [
  ["a lost phone", { taps: 10, screens: 7, words: 505, minutes: 3.9 }, [
    answer("I lost my phone"), answer("but I can read my account's mailbox"), answer(/^No$/), prepare, username, ...proof, ...handOver,
  ]],
  ["rejected recovery codes", { taps: 11, screens: 7.3, words: 510, minutes: 4 }, [
    answer("I have recovery codes"), answer("PyPI rejects every code"), answer(/^No$/), prepare, username, ...proof, tick("reach", "account"), ...handOver,
  ]],
  ["an intruder", { taps: 6, screens: 5.3, words: 505, minutes: 3.2 }, [
    answer("Someone else may have"), prepare, username, tick("takeover-signs", "changed"), tick("takeover-access", "no"), open,
  ]],
  ["a shared account", { taps: 12, screens: 7.6, words: 650, minutes: 4.7 }, [
    answer("It's a company or team account"), answer(/^No$/), prepare,
    username, tick("codes-state", "never"), tick("shared-asked", "unreachable"), ...proof, tick("reach", "team"), ...handOver,
  ]],
  ["a lost phone and mailbox", { taps: 10, screens: 7.1, words: 530, minutes: 4 }, [
    answer("I lost my phone"), answer("and I can't read that mailbox"), answer(/^No$/), prepare, username, ...proof, ...handOver,
  ]],
];

/** How far down the page an element goes, and the words that are visible down to there. */
function readTo(node) {
  const bottom = node.getBoundingClientRect().bottom;
  const words = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let text; (text = texts.nextNode()); ) {
    const parent = text.parentElement;
    if (!parent.checkVisibility({ visibilityProperty: true }) || parent.closest(".sr-only, .skip-link")) continue;
    for (const { 0: word, index } of text.data.matchAll(/\S*[\p{L}\p{N}]\S*/gu)) {
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const [box] = range.getClientRects();
      if (box && box.top < bottom && box.left < innerWidth) words.push(word);
    }
  }
  return { bottom: scrollY + bottom, words: words.join(" ") };
}

for (const [name, most, uses] of FLOWS) {
  story(`${name}: from the first page to the form in ${most.taps} taps, ${most.screens} screens, ${most.words} words and ${most.minutes} minutes`, PHONE, async ({ page, go }) => {
    await go();
    // The lowest point used on each page, and the words above it.
    const reached = new Map();
    let seconds = 0;
    for (const use of uses) {
      const target = use.at?.(page) ?? use(page);
      await target.waitFor();
      const here = await target.evaluate(readTo);
      const before = reached.get(page.url());
      if (!before || before.bottom < here.bottom) reached.set(page.url(), here);
      seconds += TAP + (use.seconds ?? 0);
      // The form itself is elsewhere.
      if (use === open) await target.evaluate((link) => link.addEventListener("click", (event) => event.preventDefault()));
      await target.tap();
      if (use === open) await page.locator("[data-copy][data-copied]").waitFor();
      if (use.text) await target.fill(use.text);
    }
    const pages = [...reached.values()];
    const screens = pages.reduce((sum, { bottom }) => sum + Math.max(1, bottom / HEIGHT), 0);
    const words = pages.reduce((sum, one) => sum + one.words.split(" ").length, 0);
    const minutes = (seconds + words * WORD) / 60;
    if (process.env.FIGURES) {
      console.log(`${name}: ${uses.length} taps; ${screens.toFixed(1)} screens; ${words} words; ${minutes.toFixed(2)} minutes`);
      for (const [address, { words }] of reached) console.log(`  ${address} ${words.split(" ").length}: ${words}`);
    }
    assert.ok(uses.length <= most.taps, `${uses.length} taps`);
    assert.ok(screens <= most.screens, `${screens.toFixed(1)} screens`);
    assert.ok(words <= most.words, `${words} words`);
    assert.ok(minutes < most.minutes, `${minutes.toFixed(2)} minutes`);
    const [done, all] = (await page.locator("[data-progress]").textContent()).match(/\d+/g);
    assert.equal(done, all ?? done, "required answers");
  });
}
