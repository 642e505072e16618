// What a page may weigh on a cold load, gzip -9, before the reader does anything.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { ground, story } from "./harness.mjs";
import { oneOfEachKind, pages } from "./site.mjs";

/** kB of 1,000 bytes, by kind of page. */
const BUDGETS = {
  home: { html: 12, css: 12, js: 10, total: 40, requests: 8 },
  triage: { html: 12, css: 12, js: 10, total: 40, requests: 8 },
  outcome: { html: 12, css: 12, js: 10, total: 40, requests: 8 },
  // Not on a reader's way: for people who help others, and it grows with the questions.
  map: { html: 15, css: 12, js: 10, total: 45, requests: 8 },
  guide: { html: 15, css: 12, js: 8, total: 50, requests: 10 },
  section: { html: 15, css: 12, js: 8, total: 50, requests: 10 },
  official: { html: 15, css: 12, js: 8, total: 50, requests: 10 },
  404: { html: 12, css: 12, js: 10, total: 40, requests: 8 },
  // The rules for secrets are data in a script file, which browsers cache.
  checklist: { html: 18, css: 12, js: 20, rules: 10, total: 55, requests: 8 },
  search: { html: 10, css: 12, js: 15.8, total: 45, requests: 8 },
};
/** All of the search index, for a site of up to 100 pages. No reader loads it all. */
const INDEX = 190;
/** What a question costs beside the page, its style and its icon: the first one, and those after it; usually, and at most. */
const FIRST_QUESTION = { requests: [9, 12], kB: [23, 25] };
const FURTHER_QUESTION = { requests: [5, 9], kB: [4, 8.3] };
/** Cumulative layout shift. */
const SHIFT = 0.02;

const NOT_FOUND = /status of 404/;
const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length / 1000;
const folderOf = (address) => new URL(address).pathname;

for (const { kind, place } of await oneOfEachKind()) {
  const budget = BUDGETS[kind];
  if (!budget) continue;
  story(`a cold load of ${kind} stays within its budget`, { expect: [NOT_FOUND] }, async ({ page, go, watch }) => {
    const bodies = [];
    page.on("response", (answer) => bodies.push(answer.body().then((bytes) => [folderOf(answer.url()), bytes])));
    await go(place);
    await page.waitForLoadState("networkidle");
    const weight = { html: 0, css: 0, js: 0, total: 0, requests: watch.requests.length };
    for (const [address, bytes] of await Promise.all(bodies)) {
      // The index is weighed apart; it comes with the first use of the field.
      if (address.startsWith("/assets/search/")) continue;
      const type = address.startsWith("/assets/rules.") ? "rules" : path.extname(address).slice(1) || "html";
      weight[type] = (weight[type] ?? 0) + gzip(bytes);
      weight.total += gzip(bytes);
    }
    for (const [part, most] of Object.entries(budget)) {
      assert.ok(weight[part] <= most, `${part} of ${kind}: ${weight[part].toFixed(1)} of ${most}`);
    }
  });
}

test("before the first paint, a page loads only its style sheet and one small script", async () => {
  const { hosts } = await ground();
  for (const { place, html } of await pages()) {
    const [head] = html.split("</head>");
    const sheets = [...head.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, file]) => file);
    const blocking = [...head.matchAll(/<script src="([^"]+)"(?![^>]*\sdefer)/g)].map(([, file]) => file);
    assert.equal(sheets.length, 1, place);
    assert.equal(blocking.length, 1, place);
    const bytes = (file) => hosts.root.files.get(file.replace(/^(\.*\/)*/, ""));
    assert.doesNotMatch(bytes(sheets[0]).toString(), /@import|url\(/, place);
    const weight = blocking.reduce((sum, file) => sum + gzip(bytes(file)), 0);
    assert.ok(weight < 1.2, `scripts that ${place} waits for: ${weight.toFixed(1)} kB`);
  }
});

function shiftOf(page) {
  return page.evaluate(
    () =>
      new Promise((settle) => {
        new PerformanceObserver((list) => settle(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => settle(0)));
      }),
  );
}

story("the layout does not shift while a page loads", { width: 390, expect: [NOT_FOUND] }, async ({ page, go }) => {
  for (const { kind, place } of await oneOfEachKind()) {
    await go(place);
    await page.waitForLoadState("networkidle");
    const shift = await shiftOf(page);
    assert.ok(shift <= SHIFT, `layout shift of ${kind}: ${shift.toFixed(3)}`);
  }
});

story("the checklist does not shift when its script loads late and fills in earlier answers", { width: 390 }, async ({ context, root }) => {
  await context.route(/assets\/checklist\./, (route) => setTimeout(() => route.continue(), 600));
  for (const place of ["", "#for=lost-second-factor", "#for=shared-account", "#for=takeover"]) {
    const page = await context.newPage();
    await page.goto(`${root}checklist/${place}`);
    await page.locator("html:not([data-loading])").waitFor({ state: "attached" });
    const shift = await shiftOf(page);
    assert.ok(shift <= SHIFT, `layout shift of ${place}: ${shift.toFixed(3)}`);
    await page.close();
  }
});

/** Every twelfth question of tests/search. */
function questions() {
  const lines = readFileSync(new URL("../search/questions.txt", import.meta.url), "utf8").split("\n");
  const asked = lines.filter((line) => line && !line.startsWith("#")).map((line) => line.split("|")[1].trim());
  return asked.filter((_, at) => at % 12 === 0);
}

/** Counts the scripts that a page loads; the function gives what came since it was called last. */
function scriptsOf(page) {
  const bodies = [];
  page.on("response", (answer) => {
    if (new URL(answer.url()).pathname.endsWith(".js")) bodies.push(answer.body());
  });
  return async () => {
    const loaded = await Promise.all(bodies.splice(0));
    return { requests: loaded.length, kB: loaded.reduce((sum, bytes) => sum + gzip(bytes), 0) };
  };
}

const isAnswered = (query) => new URLSearchParams(location.hash.slice(1)).get("q") === query;

function assertWithin(budget, costs, name) {
  for (const [unit, [usual, most]] of Object.entries(budget)) {
    const sorted = costs.map((cost) => cost[unit]).sort((a, b) => a - b);
    const [median, worst] = [sorted[sorted.length >> 1], sorted.at(-1)];
    assert.ok(median <= usual && worst <= most, `${name}: ${median.toFixed(1)} ${unit}, at most ${worst.toFixed(1)}`);
  }
}

story("a first question stays within its budget", async ({ page, root }) => {
  const costs = [];
  for (const query of questions()) {
    const context = await page.context().browser().newContext();
    const cold = await context.newPage();
    const cost = scriptsOf(cold);
    await cold.goto(root + "search/?q=" + encodeURIComponent(query));
    await cold.waitForFunction(isAnswered, query);
    costs.push(await cost());
    await context.close();
  }
  assertWithin(FIRST_QUESTION, costs, "a first question");
});

story("further questions stay within their budget", async ({ page, go }) => {
  const [first, ...further] = questions();
  const cost = scriptsOf(page);
  await go("search/?q=" + encodeURIComponent(first));
  await page.waitForFunction(isAnswered, first);
  await cost();
  const costs = [];
  for (const query of further) {
    await page.locator("[data-search-page] [data-search-field]").fill(query);
    await page.waitForFunction(isAnswered, query);
    costs.push(await cost());
  }
  assertWithin(FURTHER_QUESTION, costs, "a further question");
});

story("the whole search index stays within its budget", async ({ files }) => {
  const pieces = [...files].filter(([file]) => file.startsWith("assets/search/"));
  assert.ok(pieces.length > 0);
  const weight = pieces.reduce((sum, [, bytes]) => sum + gzip(bytes), 0);
  const count = (await pages()).length;
  assert.ok(weight <= INDEX * Math.max(1, count / 100), `${weight.toFixed(1)} kB for ${count} pages`);
});
