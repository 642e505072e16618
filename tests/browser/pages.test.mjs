// Every kind of page is accessible at every width and in every color scheme.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";

import { ARTIFACTS, SUB_PATH, WIDTHS, ground, story } from "./harness.mjs";
import { sideways, smallTargets, violations } from "./look.mjs";
import { oneOfEachKind, pages } from "./site.mjs";

const NOT_FOUND = /status of 404/;

for (const { kind, place } of await oneOfEachKind()) {
  story(`${kind}: accessible at any width, light and dark`, { expect: [NOT_FOUND] }, async ({ page, go }) => {
    for (const scheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme: scheme });
      await go(place);
      if (kind === "results") await page.waitForSelector("[data-search-state=done]");
      // All guides on one page take a hundred screens: the narrowest says enough.
      for (const width of kind === "print" ? WIDTHS.slice(0, 1) : WIDTHS) {
        const at = `${kind} at ${width} px, ${scheme}`;
        await page.setViewportSize({ width, height: 800 });
        assert.deepEqual(await violations(page), [], at);
        assert.deepEqual(await sideways(page), [], at);
        if (width < 1280) assert.deepEqual(await smallTargets(page), [], at);
        if (width > 320) await picture(page, `${kind}-${width}-${scheme}`);
      }
    }
  });
}

for (const scheme of ["light", "dark"]) {
  story(`every component in every state is accessible, ${scheme}`, { under: "gallery", scheme }, async ({ page, go }) => {
    await go("");
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      assert.deepEqual(await violations(page), [], `${width} px`);
      assert.deepEqual(await sideways(page), [], `${width} px`);
      if (width > 320) await picture(page, `gallery-${width}-${scheme}`);
    }
  });
}

story("every page is accessible on a phone", { width: 390, expect: [NOT_FOUND] }, async ({ page, go }) => {
  for (const { place } of await pages()) {
    await go(place);
    assert.deepEqual(await violations(page), [], place);
    assert.deepEqual(await sideways(page), [], place);
  }
});

story("on the smallest phone no page scrolls sideways", { width: 320, expect: [NOT_FOUND] }, async ({ page, go }) => {
  for (const { place } of await pages()) {
    await go(place);
    assert.deepEqual(await sideways(page), [], place);
  }
});

story("nothing covers the footer on any kind of page", { expect: [NOT_FOUND] }, async ({ page, go }) => {
  for (const { kind, place } of await oneOfEachKind()) {
    await go(place);
    const covered = await page.evaluate(() => {
      scrollTo(0, document.documentElement.scrollHeight);
      const parts = [...document.querySelectorAll("footer :is(a, input)")].filter((part) => part.checkVisibility());
      return parts.filter((part) => {
        const box = part.getBoundingClientRect();
        return !part.contains(document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2));
      }).map((part) => part.outerHTML.slice(0, 80));
    });
    assert.deepEqual(covered, [], kind);
  }
});

story("on the smallest phone the first question is visible at once", { width: 320, height: 640 }, async ({ page, go }) => {
  await go("");
  const box = await page.locator("main .choice-link, main .button-primary").first().boundingBox();
  assert.ok(box.y + box.height <= 640, `it ends at ${Math.round(box.y + box.height)} px`);
});

story("below a sub-path every kind of page finds its files", { under: "sub", expect: [NOT_FOUND] }, async ({ page, go }) => {
  for (const { place } of await oneOfEachKind()) {
    await go(place);
    assert.equal(await page.locator("h1").count(), 1, place);
    const home = await page.locator(".brand").evaluate((link) => new URL(link.href).pathname);
    assert.equal(home, SUB_PATH, place);
  }
});

test("every page has one h1, one main, a language, a unique title and labeled navigation", async () => {
  const titles = new Map();
  const [{ html: first }] = (await pages()).filter(({ place }) => place === "");
  const home = /class="brand".*<span>(.+?)<\/span>/.exec(first)[1];
  for (const { place, html } of await pages()) {
    assert.equal(html.match(/<h1[\s>]/g)?.length, 1, `h1 of ${place}`);
    assert.equal(html.match(/<main[\s>]/g)?.length, 1, `main of ${place}`);
    assert.match(html, /<html lang="[a-z]{2}/, place);
    assert.match(html, /<body data-page="(home|guide|section|triage|checklist|search|404|official|print)"/, place);
    const title = /<title>(.+?)<\/title>/.exec(html)?.[1];
    assert.ok(place === "" || title.endsWith(` – ${home}`), `title of ${place}: ${title}`);
    assert.match(html, /<body[^>]*>\s*<a class="skip-link" href="#page--main">/, place);
    for (const part of ["header", "footer"]) assert.equal(html.match(new RegExp(`<${part} class="${part}"`, "g"))?.length, 1, `${part} of ${place}`);
    assert.equal(titles.get(title), undefined, `${place} has the title of`);
    titles.set(title, place);
    const names = [...html.matchAll(/<nav\b[^>]*?(?:aria-label="([^"]+)")?[^>]*>/g)].map(([tag]) => /aria-label="([^"]+)"/.exec(tag)?.[1]);
    assert.equal(new Set(names).size, names.length, `navs of ${place}: ${names}`);
    assert.ok(!names.includes(undefined), `a nav without a name on ${place}`);
  }
});

test("the 404 page links from the root of the site", async () => {
  for (const [name, base] of [["root", "/"], ["sub", SUB_PATH]]) {
    const { hosts } = await ground();
    const html = hosts[name].files.get("404.html").toString();
    const addresses = [...html.matchAll(/\s(?:href|src|action|data-[a-z-]*src|data-root)="([^"]*)"/g)].map(([, address]) => address);
    const strange = addresses.filter((address) => !address.startsWith(base) && !/^(#|https:)/.test(address));
    assert.ok(addresses.length > 10);
    assert.deepEqual(strange, [], name);
  }
});

async function picture(page, name) {
  await mkdir(ARTIFACTS, { recursive: true });
  await page.screenshot({ path: path.join(ARTIFACTS, `${name}.png`), fullPage: true });
}

story("every page promises once that nothing is sent, the home page next to its question", { expect: [/status of 404/] }, async ({ page, go }) => {
  for (const { kind, place } of await oneOfEachKind()) {
    await go(place);
    const said = (await page.locator("body").innerText()).match(/on this site is sent anywhere/g);
    assert.equal(said?.length, 1, kind);
  }
  await go("");
  assert.match(await page.locator(".home-question").innerText(), /is sent anywhere/);
});
