// The keyboard map of the pages: everything can be reached, seen and left without a mouse.
import assert from "node:assert/strict";
import { test } from "node:test";

import { story } from "./harness.mjs";
import { focused } from "./look.mjs";
import { oneOfEachKind, pages } from "./site.mjs";

const NOT_FOUND = /status of 404/;
const SEARCH = "[data-search-field]";
const GUIDE = "sign-in/use-a-recovery-code/";

for (const [width, scheme] of [[390, "light"], [1280, "dark"]]) {
  story(`at ${width} px, ${scheme}, every focused element shows its whole outline`, { width, scheme, expect: [NOT_FOUND] }, async ({ page, go }) => {
    for (const { kind, place } of await oneOfEachKind()) {
      await go(place);
      for (let stop = 1; stop <= 25; stop++) {
        await page.keyboard.press("Tab");
        const here = await focused(page);
        if (here.tag === "body") break;
        const at = `stop ${stop} of ${kind}: ${here.tag} “${here.name}”`;
        assert.equal(here.outline, 3, `${at} has an outline of ${here.outline} px`);
        assert.equal(here.offset, 2, `${at} has its outline ${here.offset} px away`);
        assert.ok(here.contrast >= 3, `${at} has an outline of contrast ${here.contrast.toFixed(1)}`);
        assert.ok(!here.covered, `${at} is covered`);
        assert.ok(here.onScreen, `${at} is out of sight`);
        if (stop === 1) assert.equal(here.name, "Skip to main content", at);
      }
    }
  });
}

story("the skip link goes to the main content", async ({ page, go }) => {
  await go(GUIDE);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  assert.equal((await focused(page)).id, "page--main");
});

test("no page changes the tab order", async () => {
  for (const { place, html } of await pages()) {
    assert.doesNotMatch(html, /tabindex="[1-9]/, place);
    assert.doesNotMatch(html, /accesskey=/, place);
  }
});

story("/ goes to search, and Esc goes back", async ({ page, go }) => {
  await go(GUIDE);
  const link = page.locator("main a[href]").first();
  await link.focus();
  await page.keyboard.press("/");
  assert.ok(await isFocused(page, SEARCH));
  assert.equal(await page.inputValue(SEARCH), "");
  await page.keyboard.press("Escape");
  assert.ok(await link.evaluate((node) => node === document.activeElement));
});

for (const [platform, key, hint] of [["Linux x86_64", "Control+K", "Ctrl K"], ["MacIntel", "Meta+K", "⌘ K"]]) {
  story(`the search field shows the shortcut of ${platform}`, async ({ page, go }) => {
    await page.addInitScript((name) => Object.defineProperty(Navigator.prototype, "platform", { get: () => name }), platform);
    await go(GUIDE);
    assert.equal(await page.locator(SEARCH).getAttribute("aria-keyshortcuts"), key);
    const shown = await page.locator("[data-search-form]").evaluate((form) => getComputedStyle(form, "::after").content);
    assert.ok(shown.includes(hint), shown);
  });
}

for (const key of ["Control+k", "Meta+k"]) {
  story(`${key} goes to search, even from a field`, async ({ page, go }) => {
    await go("checklist/");
    const field = page.getByLabel("PyPI username");
    await field.fill("sample-user");
    await page.keyboard.press(key);
    assert.ok(await isFocused(page, SEARCH));
    await page.keyboard.press("Escape");
    assert.ok(await field.evaluate((node) => node === document.activeElement));
    assert.equal(await field.inputValue(), "sample-user");
  });
}

story("/ is an ordinary letter inside a field", async ({ page, go }) => {
  await go("checklist/");
  await page.locator("[name=push][value=me]").check();
  const field = page.getByRole("textbox", { name: "Public repository" });
  await field.focus();
  await page.keyboard.type("https://git.example/a");
  assert.equal(await field.inputValue(), "https://git.example/a");
});

story("Esc goes back while search is still loading, and when nothing had focus", async ({ page, go }) => {
  await go("sign-in/");
  await page.route("**/assets/search/**", () => {});
  await page.keyboard.press("/");
  assert.ok(await isFocused(page, SEARCH));
  await page.keyboard.press("Escape");
  assert.ok(!(await isFocused(page, SEARCH)));
});

story("the shortcut / can be switched off, and stays off", async ({ page, go }) => {
  await go(GUIDE);
  await page.getByLabel("Press / to search").uncheck();
  await page.locator("body").press("/");
  assert.ok(!(await isFocused(page, SEARCH)));
  await go("");
  await page.locator("body").press("/");
  assert.ok(!(await isFocused(page, SEARCH)));
});

story("on a phone the menu opens and closes by keyboard", { width: 390 }, async ({ page, go }) => {
  await go(GUIDE);
  const button = page.locator(".menu summary");
  await button.focus();
  await page.keyboard.press("Enter");
  const link = page.locator(".menu a").first();
  await link.waitFor({ state: "visible" });
  await page.keyboard.press("Tab");
  assert.ok(await link.evaluate((node) => node === document.activeElement));
  await page.keyboard.press("Escape");
  await link.waitFor({ state: "hidden" });
  assert.ok(await button.evaluate((node) => node === document.activeElement));
});

story("Enter in a one-line field does nothing", async ({ page, go, watch }) => {
  await go("checklist/");
  const field = page.getByLabel("PyPI username");
  await field.fill("sample-user");
  const before = watch.requests.length;
  await field.press("Enter");
  assert.ok(await field.evaluate((node) => node === document.activeElement));
  assert.equal(watch.requests.length, before);
});

function isFocused(page, selector) {
  return page.locator(selector).evaluate((node) => node === document.activeElement);
}
