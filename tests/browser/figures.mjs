/*
 * How fast the pages are for a phone on a slow line; printed, never a test, since machines differ.
 *
 *   node tests/browser/figures.mjs        for the sites built last
 *
 * The phone: four times slower than this machine, 150 ms away, 1.6 Mbit/s: Lighthouse's slow 4G. Each figure is
 * the median of three cold loads. Blocking is what tasks take beyond 50 ms, by the processor time of the main thread,
 * which a busy machine hardly changes. Typing: from a letter to the composed text, drawn, at the same slowdown.
 */
import path from "node:path";

import { BUILT, launch } from "./browser.mjs";
import { control, openOptional } from "./checklist.mjs";
import { serve } from "./static.mjs";

const PAGES = {
  home: "",
  guide: "sign-in/use-a-recovery-code/",
  section: "sign-in/",
  triage: "start/",
  checklist: "checklist/",
  "for a case": "checklist/#for=lost-second-factor",
  search: "search/",
  results: "search/?q=recovery+code",
  official: "official/",
  404: "no-such-page/",
};
const LOADS = 3;
const SLOW_LINE = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 93_750 };
const SLOWDOWN = 4;
/** A task longer than this keeps the reader waiting, in milliseconds. */
const LONG = 50;

const host = await serve(path.join(BUILT, "root"));
const browser = await launch();

async function phone() {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75 });
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  await tools.send("Emulation.setCPUThrottlingRate", { rate: SLOWDOWN });
  return { context, page, tools };
}

/** Watches from the first moment what the page shows and moves. */
function watch() {
  globalThis.seen = { paint: 0, shift: 0 };
  const on = (type, take) => new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  on("largest-contentful-paint", (entry) => (globalThis.seen.paint = entry.startTime));
  on("layout-shift", (entry) => (globalThis.seen.shift += entry.value));
}

async function load(place) {
  const { context, page, tools } = await phone();
  await tools.send("Network.enable");
  await tools.send("Network.emulateNetworkConditions", SLOW_LINE);
  let bytes = 0;
  let requests = 0;
  tools.on("Network.loadingFinished", ({ encodedDataLength }) => ((bytes += encodedDataLength), (requests += 1)));
  await page.addInitScript(watch);
  await page.goto(host.address(place));
  await page.waitForLoadState("networkidle");
  const seen = await page.evaluate(() => globalThis.seen);
  await context.close();
  return { ...seen, kB: bytes / 1000, requests };
}

/** How long the tasks of a load block the phone, the longest of them, and how many layouts a script waits for. */
async function blocking(place) {
  const context = await browser.newContext({ viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75 });
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  const events = [];
  tools.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await tools.send("Tracing.start", { traceConfig: { includedCategories: ["devtools.timeline", "toplevel"] } });
  await page.goto(host.address(place));
  await page.waitForLoadState("networkidle");
  await page.waitForTimeout(500);
  const complete = new Promise((resume) => tools.once("Tracing.tracingComplete", resume));
  await tools.send("Tracing.end");
  await complete;
  await context.close();
  const { pid, tid } = events.find(({ name, args }) => name === "ParseHTML" && args.beginData?.url.startsWith(host.address("")));
  const here = events.filter((event) => event.pid === pid && event.tid === tid && event.tdur);
  const tasks = here.filter(({ name }) => name === "ThreadControllerImpl::RunTask").map(({ tdur }) => (tdur * SLOWDOWN) / 1000);
  const scripts = here.filter(({ name }) => ["EvaluateScript", "FunctionCall"].includes(name));
  const isWithin = (event, other) => event.ts >= other.ts && event.ts + event.dur <= other.ts + other.dur;
  const waited = here.filter((event) => event.name === "Layout" && scripts.some((script) => isWithin(event, script)));
  const busy = tasks.reduce((sum, task) => sum + Math.max(0, task - LONG), 0);
  return { busy, longest: Math.max(...tasks), waited: waited.length };
}

const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function typing() {
  const { context, page } = await phone();
  await page.goto(host.address("checklist/"));
  await openOptional(page);
  const field = control(page, "what-happened");
  await field.fill("All of it is gone. ".repeat(90));
  await page.evaluate(() => {
    globalThis.waits = [];
    const output = document.querySelector("[data-request-output]");
    let typed = 0;
    document.addEventListener("input", (event) => (typed = event.timeStamp), true);
    const drawn = () => requestAnimationFrame(() => globalThis.waits.push(performance.now() - typed));
    new MutationObserver(drawn).observe(output, { childList: true, subtree: true, characterData: true });
  });
  await field.press("End");
  for (const letter of "and a few more words") await field.pressSequentially(letter, { delay: 60 });
  const waits = await page.evaluate(() => globalThis.waits);
  await context.close();
  return { median: median(waits), worst: Math.max(...waits) };
}

console.log("page        paint (LCP)   shift   requests      kB   blocking (TBT)   longest task   layouts in scripts");
for (const [name, place] of Object.entries(PAGES)) {
  const loads = [];
  for (let round = 0; round < LOADS; round++) loads.push({ ...(await load(place)), ...(await blocking(place)) });
  const of = (key) => median(loads.map((one) => one[key]));
  const cells = [
    `${(of("paint") / 1000).toFixed(2)} s`.padStart(11),
    of("shift").toFixed(3).padStart(8),
    String(of("requests")).padStart(11),
    of("kB").toFixed(1).padStart(8),
    `${of("busy").toFixed(0)} ms`.padStart(17),
    `${of("longest").toFixed(0)} ms`.padStart(15),
    String(of("waited")).padStart(21),
  ];
  console.log(name.padEnd(12) + cells.join(""));
}
const { median: usual, worst } = await typing();
console.log(`a letter in a text of 1,700 → the request drawn: usually ${usual.toFixed(0)} ms, at worst ${worst.toFixed(0)} ms`);

await browser.close();
await host.close();
