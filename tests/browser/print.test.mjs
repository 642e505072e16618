// On paper: black on white, only what is worth printing, nothing hidden in a disclosure.
import assert from "node:assert/strict";

import { fill } from "./checklist.mjs";
import { story } from "./harness.mjs";
import { oneOfEachKind } from "./site.mjs";

const NOT_FOUND = /status of 404/;
const BLACK = "rgb(0, 0, 0)";
const WHITE = ["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"];

story("every kind of page prints black on white without navigation, even in dark mode", { scheme: "dark", expect: [NOT_FOUND] }, async ({ page, go }) => {
  for (const { kind, place } of await oneOfEachKind()) {
    await go(place);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const { text, ground } = await page.evaluate(() => ({
      text: getComputedStyle(document.querySelector("main")).color,
      ground: [document.documentElement, document.body].map((node) => getComputedStyle(node).backgroundColor),
    }));
    assert.equal(text, BLACK, kind);
    for (const color of ground) assert.ok(WHITE.includes(color), `${kind} prints on ${color}`);
    const seen = await page.locator("nav:not(.whole-contents):visible, [role=search]:visible, button:visible, .skip-link:visible, [data-settings]:visible").evaluateAll((nodes) => nodes.map((node) => node.outerHTML.slice(0, 80)));
    assert.deepEqual(seen, [], kind);
    const pdf = await page.pdf({ format: "A4" });
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-", kind);
    await page.emulateMedia({ media: "screen", colorScheme: "dark" });
  }
});

story("outside links print their address, and the page prints its own", async ({ page, go }) => {
  await go("sign-in/use-a-recovery-code/");
  await page.emulateMedia({ media: "print" });
  const outside = page.locator("main .prose a[href^=https]").first();
  const after = await outside.evaluate((link) => getComputedStyle(link, "::after").content);
  const href = await outside.getAttribute("href");
  assert.ok(after.includes(href), `${href} is followed by ${after}`);
  assert.match(await page.locator("footer .print-only").innerText(), /sign-in\/use-a-recovery-code/);
});

story("details elements print open", async ({ page, go }) => {
  await go("checklist/");
  await page.emulateMedia({ media: "print" });
  const text = page.locator("details.field-more p").first();
  assert.ok((await text.boundingBox())?.height > 0);
});

story("a checklist prints on at most six sheets, blank or filled in", async ({ page, go }) => {
  await go("checklist/");
  const isLonger = (format, sheets) => page.pdf({ format, pageRanges: `${sheets + 1}` }).then(() => true, () => false);
  for (const state of ["blank", "filled"]) {
    if (state === "filled") await fill(page);
    for (const format of ["A4", "Letter"]) assert.equal(await isLonger(format, 6), false, `${state}, ${format}`);
  }
  assert.equal(await isLonger("A4", 1), true);
});

story("the filled-in request prints in full, with the form's address and a warning", async ({ page, go }) => {
  await go("checklist/");
  await fill(page);
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator("[data-request-output]").isVisible());
  const sheet = await page.locator(".work-request").innerText();
  assert.match(sheet, /https:\/\//);
  assert.match(sheet, /Take care where you leave it/);
  const steps = await page.locator(".handover-steps > li:visible").allInnerTexts();
  assert.match(steps[0], /^PyPI account recovery form: https/);
  assert.deepEqual(steps.filter((text) => !text.trim()), []);
});
