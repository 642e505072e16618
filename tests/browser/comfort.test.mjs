// For readers who set their browser up for themselves: large text, more space, less motion, colors of their own.
import assert from "node:assert/strict";

import { story } from "./harness.mjs";
import { sideways, violations } from "./look.mjs";
import { oneOfEachKind } from "./site.mjs";

const NOT_FOUND = /status of 404/;

/** Text that its own box cuts off, other than the first line of a text that is shown in full below. */
const clipped = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll("main *, header *, nav *, footer *")]
      .filter((node) => node.checkVisibility({ contentVisibilityAuto: true }) && node.textContent.trim() && !node.closest(".sr-only, svg, [data-preview]"))
      .filter((node) => {
        const style = getComputedStyle(node);
        const cuts = (axis) => ["hidden", "clip"].includes(axis);
        return (cuts(style.overflowX) && node.scrollWidth > node.clientWidth + 1) || (cuts(style.overflowY) && node.scrollHeight > node.clientHeight + 1);
      })
      .map((node) => node.outerHTML.slice(0, 120)),
  );

/** A style of the reader's own, which page policies do not reach. */
async function readersStyle(page, css) {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets.push(sheet);
  }, css);
}

for (const [what, width, css] of [
  ["text at 200 %", 640, "html { font-size: 200% !important; }"],
  ["text at 200 % on a phone", 390, "html { font-size: 200% !important; }"],
  [
    "the text spacing of WCAG 1.4.12",
    320,
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }",
  ],
]) {
  story(`${what}: nothing is clipped, nothing runs sideways`, { width, expect: [NOT_FOUND] }, async ({ page, go }) => {
    for (const { kind, place } of await oneOfEachKind()) {
      await go(place);
      await readersStyle(page, css);
      assert.deepEqual(await sideways(page), [], kind);
      assert.deepEqual(await clipped(page), [], kind);
    }
  });
}

story("no text is smaller than 14 px, nothing to fill in smaller than 16 px", { width: 320, expect: [NOT_FOUND] }, async ({ page, go }) => {
  for (const { kind, place } of await oneOfEachKind()) {
    await go(place);
    const small = await page.evaluate(() => {
      const size = (node) => parseFloat(getComputedStyle(node).fontSize);
      const own = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
      const nodes = [...document.body.querySelectorAll("*")].filter((node) => node.checkVisibility());
      return nodes
        .filter((node) => (node.matches("input:not([type=radio], [type=checkbox]), textarea, select") ? size(node) < 16 : own(node) && size(node) < 14))
        .map((node) => `${size(node)} px: ${node.outerHTML.slice(0, 100)}`);
    });
    assert.deepEqual(small, [], kind);
  }
});

story("only one line of progress is sticky", { expect: [NOT_FOUND] }, async ({ page, go }) => {
  for (const { kind, place } of await oneOfEachKind()) {
    await go(place);
    const fixed = await page.evaluate(() => [...document.querySelectorAll("*")].filter((node) => getComputedStyle(node).position === "fixed").map((node) => node.outerHTML.slice(0, 80)));
    assert.deepEqual(fixed, [], kind);
    for (const width of [390, 800]) {
      await page.setViewportSize({ width, height: 800 });
      const sticky = await page.evaluate(() => [...document.querySelectorAll("*")].filter((node) => getComputedStyle(node).position === "sticky" && !(node.matches(".progress") && node.offsetHeight <= 64)).map((node) => node.outerHTML.slice(0, 80)));
      assert.deepEqual(sticky, [], `${kind} at ${width} px`);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  }
});

story("right-to-left pages do not scroll sideways", { width: 390, expect: [NOT_FOUND] }, async ({ page, go }) => {
  for (const { kind, place } of await oneOfEachKind()) {
    await go(place);
    await page.evaluate(() => (document.documentElement.dir = "rtl"));
    assert.deepEqual(await sideways(page), [], kind);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, kind);
  }
});

story("with reduced motion nothing moves and nothing scrolls smoothly", { reducedMotion: "reduce", expect: [NOT_FOUND] }, async ({ page, go }) => {
  for (const { kind, place } of await oneOfEachKind()) {
    await go(place);
    const moving = await page.evaluate(() => {
      const still = /^(all|none|color|background-color|border-color|outline-color|fill|stroke|opacity)$/;
      const seconds = (list) => Math.max(...list.split(",").map(parseFloat));
      return [...document.querySelectorAll("*")]
        .filter((node) => {
          const style = getComputedStyle(node);
          const moves = seconds(style.transitionDuration) > 0 && !style.transitionProperty.split(", ").every((name) => still.test(name));
          return moves || style.scrollBehavior === "smooth" || style.animationName !== "none";
        })
        .map((node) => node.outerHTML.slice(0, 80));
    });
    assert.deepEqual(moving, [], kind);
  }
});

story("no animation repeats forever, in any mode", { expect: [NOT_FOUND] }, async ({ page, go }) => {
  for (const { kind, place } of await oneOfEachKind()) {
    await go(place);
    const endless = await page.evaluate(() => document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime === Infinity).length);
    assert.equal(endless, 0, kind);
  }
});

story("in forced colors every control has a border and focus has an outline", { forcedColors: "active", scheme: "dark", expect: [NOT_FOUND] }, async ({ context, root }) => {
  for (const { kind, place } of await oneOfEachKind()) {
    // A tab for each: Chromium forgets the setting when it goes on to another page.
    const page = await context.newPage();
    await page.goto(root + place);
    assert.ok(await page.evaluate(() => matchMedia("(forced-colors: active)").matches), kind);
    const bare = await page.evaluate(() =>
      [...document.querySelectorAll("button, .button, input:not([type=radio], [type=checkbox]), textarea, .choice, .choice-link")]
        .filter((node) => node.checkVisibility() && !node.matches(".button-link"))
        .filter((node) => {
          const style = getComputedStyle(node);
          return !["Top", "Bottom", "Left", "Right"].some((side) => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) > 0);
        })
        .map((node) => node.outerHTML.slice(0, 100)),
    );
    assert.deepEqual(bare, [], kind);
    if (kind === "results") await page.waitForSelector("mark");
    const unseen = await page.evaluate(() => {
      const style = (node) => getComputedStyle(node);
      const own = (node) => [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim());
      const nodes = [...document.body.querySelectorAll("*")].filter((node) => node.checkVisibility() && own(node));
      const clear = (node) => /, 0\)$/.test(style(node).backgroundColor);
      return nodes
        .filter((node) => clear(node) && style(node).color === style(document.documentElement).backgroundColor)
        .map((node) => node.outerHTML.slice(0, 80));
    });
    assert.deepEqual(unseen, [], kind);
    // The browser chooses the colors here, but axe still uses some from the style sheet.
    const found = (await violations(page)).filter((one) => !one.startsWith("color-contrast"));
    assert.deepEqual(found, [], kind);
    await page.close();
  }
});

story("the reader's color scheme applies to the next page before the first paint", { scheme: "light" }, async ({ page, go }) => {
  await go("");
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.getByRole("radio", { name: "Dark" }).check();
  const dark = await ground();
  assert.notEqual(dark, light);
  await go("sign-in/");
  assert.equal(await ground(), dark);
  assert.equal(await page.locator("script:not([defer])[src*=early]").count(), 1, "the choice is applied before the first paint");
  await page.getByRole("radio", { name: "System" }).check();
  assert.equal(await ground(), light);
  assert.equal(await page.evaluate(() => localStorage.length), 0);
});

story("with more contrast requested, no text is muted", { contrast: "more", expect: [NOT_FOUND] }, async ({ page, go }) => {
  for (const { kind, place } of await oneOfEachKind()) {
    await go(place);
    const muted = await page.evaluate(() => {
      const color = (node) => getComputedStyle(node).color;
      const hints = [...document.querySelectorAll(".lead, .quiet, .field-hint, .result-path, footer p")].filter((node) => node.checkVisibility());
      return hints.filter((node) => color(node) !== color(document.body)).map((node) => node.outerHTML.slice(0, 80));
    });
    assert.deepEqual(muted, [], kind);
    assert.deepEqual(await violations(page), [], kind);
  }
});
