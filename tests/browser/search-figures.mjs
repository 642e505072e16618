/*
 * What search costs a reader; printed, never a test, since machines differ.
 *
 *   node tests/browser/search-figures.mjs                     for the bundled guide built last, with its own questions
 *   node tests/browser/search-figures.mjs FOLDER QUESTIONS    for any built site, with a file of a question a line
 *
 * kB are packed (gzip -9) and leave out the page itself. The line is Lighthouse's slow 4G: 150 ms away, 1.6 Mbit/s. The
 * slow processor is this one at a quarter of its speed. "There" is a question whose files have come before.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

import { BUILT, launch } from "./browser.mjs";
import { serve } from "./static.mjs";

const OWN = new URL("../search/questions.txt", import.meta.url);
const [folder = path.join(BUILT, "root"), questions] = process.argv.slice(2);
const QUESTIONS = questions ? linesOf(questions) : linesOf(OWN).map((line) => line.split("|")[1].trim()).filter((_, at) => at % 4 === 0);
const COLD = QUESTIONS.filter((_, at) => at % Math.ceil(QUESTIONS.length / 9) === 0);
const SLOW_LINE = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 93_750 };
const SLOWDOWN = 4;

const host = await serve(folder);
const browser = await launch();

function linesOf(file) {
  return readFileSync(file, "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
}

/** A phone with nothing kept, and what it asked for: file → packed size. */
async function phone() {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  const asked = [];
  page.on("requestfinished", (request) => asked.push(new URL(request.url()).pathname.slice(1)));
  const weight = (from = 0) => {
    const files = asked.slice(from).filter((file) => host.files.has(file));
    return files.reduce((sum, file) => sum + gzipSync(host.files.get(file), { level: 9 }).length, 0) / 1000;
  };
  return { context, page, tools, asked, weight };
}

async function first(question, line) {
  const { context, page, tools, asked, weight } = await phone();
  if (line) {
    await tools.send("Network.enable");
    await tools.send("Network.emulateNetworkConditions", line);
  }
  await page.goto(host.address(`search/?q=${encodeURIComponent(question)}`), { waitUntil: "commit" });
  const shown = await page.evaluate(
    () =>
      new Promise((settle) => {
        const done = () => document.querySelector("[data-search-state=done]") && settle(performance.now());
        new MutationObserver(done).observe(document, { attributes: true, childList: true, subtree: true });
        done();
      }),
  );
  await page.waitForTimeout(line ? 0 : 100);
  const of = asked.filter((file) => /^assets\/search[./]/.test(file));
  const kB = of.reduce((sum, file) => sum + gzipSync(host.files.get(file), { level: 9 }).length, 0) / 1000;
  await context.close();
  return { shown, all: weight(), kB, requests: asked.length };
}

/** Asks in one page, and gives the milliseconds from the words to the results. */
function ask(page, question) {
  return page.evaluate(
    (words) =>
      new Promise((settle) => {
        const field = document.querySelector("[data-search-page] [data-search-field]");
        const began = performance.now();
        const results = document.querySelector("[data-search-results]");
        const seen = new MutationObserver(() => (seen.disconnect(), settle(performance.now() - began)));
        seen.observe(results, { childList: true });
        field.value = words;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        setTimeout(() => settle(NaN), 5_000);
      }),
    question,
  );
}

async function further() {
  const { context, page, tools, asked, weight } = await phone();
  await page.goto(host.address("search/?q=help+me"));
  await page.locator("[data-search-state=done]").waitFor();
  await tools.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  const figures = { kB: [], coming: [], there: [] };
  for (const question of QUESTIONS) {
    const from = asked.length;
    figures.coming.push(await ask(page, question));
    await page.waitForTimeout(30);
    figures.kB.push(weight(from));
  }
  for (const question of QUESTIONS) figures.there.push(await ask(page, question));
  await context.close();
  return figures;
}

/** The value that so large a share of the numbers does not pass. */
function share(numbers, part) {
  const sorted = numbers.filter((number) => !Number.isNaN(number)).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? NaN;
}

const colds = [];
const slows = [];
for (const question of COLD) {
  colds.push(await first(question));
  slows.push((await first(question, SLOW_LINE)).shown / 1000);
}
const { kB, coming, there } = await further();
const median = (numbers) => share(numbers, 0.5);
const of = (key) => median(colds.map((one) => one[key]));
const range = (numbers, digits) => `${median(numbers).toFixed(digits)}, 95 % up to ${share(numbers, 0.95).toFixed(digits)}`;
console.log(`first question      index and search script ${of("kB").toFixed(1)} kB; all but the page ${of("all").toFixed(1)} kB in ${of("requests")} requests`);
console.log(`further questions   ${range(kB, 1)} kB`);
console.log(`slow 4G, cold       ${range(slows, 2)} s to results`);
console.log(`slow processor      files there: ${range(there, 0)} ms; files coming: ${range(coming, 0)} ms`);

await browser.close();
await host.close();
