// What a page may weigh on a cold load, gzip -9, before the reader does anything.
import assert from "node:assert/strict";
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
  search: { html: 10, css: 12, js: 16, total: 45, requests: 8 },
};
/** All of the search index, for a site of up to 100 pages. */
const INDEX = 120;
/** Of the index and the search script: a first question, and those after it (median). */
const FIRST_SEARCH = 33;
const FURTHER_SEARCH = 8;
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

test("before the first paint, a page loads only its style sheet and two small scripts", async () => {
  const { hosts } = await ground();
  for (const { place, html } of await pages()) {
    const [head] = html.split("</head>");
    const sheets = [...head.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, file]) => file);
    const blocking = [...head.matchAll(/<script src="([^"]+)"(?![^>]*\sdefer)/g)].map(([, file]) => file);
    assert.equal(sheets.length, 1, place);
    assert.equal(blocking.length, 2, place);
    const bytes = (file) => hosts.root.files.get(file.replace(/^(\.*\/)*/, ""));
    assert.doesNotMatch(bytes(sheets[0]).toString(), /@import|url\(/, place);
    const weight = blocking.reduce((sum, file) => sum + gzip(bytes(file)), 0);
    assert.ok(weight < 1.2, `scripts that ${place} waits for: ${weight.toFixed(1)} kB`);
  }
});

story("the layout does not shift while a page loads", { width: 390, expect: [NOT_FOUND] }, async ({ page, go }) => {
  for (const { kind, place } of await oneOfEachKind()) {
    await go(place);
    await page.waitForLoadState("networkidle");
    const shift = await page.evaluate(
      () =>
        new Promise((settle) => {
          new PerformanceObserver((list) => settle(list.getEntries().reduce((sum, entry) => sum + entry.value, 0))).observe({ type: "layout-shift", buffered: true });
          requestAnimationFrame(() => requestAnimationFrame(() => settle(0)));
        }),
    );
    assert.ok(shift <= SHIFT, `layout shift of ${kind}: ${shift.toFixed(3)}`);
  }
});

story("first and further searches stay within their budgets", async ({ page, go }) => {
  const queries = ["lost phone", "recvoery code", "how long does it take until someone answers", "university email", "token"];
  let weight = 0;
  const bodies = [];
  page.on("response", (answer) => {
    if (!/\/assets\/search[./]/.test(answer.url())) return;
    bodies.push(answer.body().then((bytes) => (weight += gzip(bytes))));
  });
  const weights = [];
  for (const query of queries) {
    weight = 0;
    if (!weights.length) await go("search/?q=" + encodeURIComponent(query));
    else await page.locator("[data-search-page] [data-search-field]").fill(query);
    await page.waitForFunction((wanted) => new URLSearchParams(location.hash.slice(1)).get("q") === wanted, query);
    await Promise.all(bodies.splice(0));
    weights.push(weight);
  }
  const [first, ...further] = weights;
  assert.ok(first <= FIRST_SEARCH, `the first search: ${first.toFixed(1)} kB`);
  const median = [...further].sort((a, b) => a - b)[further.length >> 1];
  assert.ok(median <= FURTHER_SEARCH, `further ones: ${further.map((one) => one.toFixed(1))} kB`);
});

story("the whole search index stays within its budget", async ({ files }) => {
  const pieces = [...files].filter(([file]) => file.startsWith("assets/search/"));
  assert.ok(pieces.length > 0);
  const weight = pieces.reduce((sum, [, bytes]) => sum + gzip(bytes), 0);
  const count = (await pages()).length;
  assert.ok(weight <= INDEX * Math.max(1, count / 100), `${weight.toFixed(1)} kB for ${count} pages`);
});
