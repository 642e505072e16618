// What matters most in WebKit, through WebKitGTK's own driver, which Playwright cannot use: only if WEBKIT names it.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import path from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";

import { BUILT } from "./browser.mjs";
import { ANSWERS, REQUEST } from "./checklist.mjs";
import { serve } from "./static.mjs";

const driver = process.env.WEBKIT;
const PORT = 20_000 + (process.pid % 20_000);
const PATIENCE = 10_000;

let host;
let running;
let session;

async function command(method, place, body) {
  const answer = await fetch(`http://127.0.0.1:${PORT}${place}`, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (value?.error) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

/** Tries until it gives something. */
async function wait(what, attempt) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; await pause(50)) {
    const found = await attempt();
    if (found) return found;
  }
  return assert.fail(`waited in vain: ${what}`);
}

before(async () => {
  if (!driver) return;
  host = await serve(path.join(BUILT, "root"));
  // A process group of its own, so that the browser and its screen end with it.
  running = spawn("xvfb-run", ["--auto-servernum", driver, `--port=${PORT}`], { detached: true, stdio: "ignore" });
  await wait("the driver", () => command("GET", "/status").catch(() => null));
  const { sessionId } = await command("POST", "/session", { capabilities: {} });
  session = `/session/${sessionId}`;
});

after(async () => {
  if (!driver) return;
  await command("DELETE", session);
  process.kill(-running.pid);
  await host.close();
});

const run = (script, ...args) => command("POST", `${session}/execute/sync`, { script, args });
const open = (address) => command("POST", `${session}/url`, { url: address });
const go = (place) => open(host.address(place));
const text = (css) => run("return document.querySelector(arguments[0])?.textContent", css);
const shows = (css, pattern) => wait(`${css}: ${pattern}`, async () => pattern.test(await text(css)));

async function element(css) {
  return Object.values(await command("POST", `${session}/element`, { using: "css selector", value: css }))[0];
}
/* The driver itself scrolls no further than under the bar at the top. */
async function click(css) {
  await run("document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })", css);
  await command("POST", `${session}/element/${await element(css)}/click`, {});
}
/* U+E007 is the Enter key. */
const type = async (css, words) => command("POST", `${session}/element/${await element(css)}/value`, { text: words.replaceAll("\n", "\ue007") });

const reader = (name, story) => test(name, { skip: !driver && "WEBKIT names no driver" }, story);

const KINDS = ["", "start/", "start/lost-both/", "start/map/", "checklist/", "sign-in/", "sign-in/use-a-recovery-code/", "official/", "search/?q=recovery+code"];

reader("no page scrolls sideways, and whatever acts like a link is underlined", async () => {
  await command("POST", `${session}/window/rect`, { width: 400, height: 900 });
  for (const place of KINDS) {
    await go(place);
    const [width, inner, plain] = await run(`
      const acts = [...document.querySelectorAll("main :is(p a, .button-link, .field-more > summary)")];
      const plain = acts.filter((one) => one.checkVisibility() && !one.matches(".button") && getComputedStyle(one).textDecorationLine !== "underline");
      return [document.documentElement.scrollWidth, innerWidth, plain.map((one) => one.outerHTML)];`);
    assert.ok(width <= inner, `${place}: ${width} px`);
    assert.deepEqual(plain, [], place);
  }
});

reader("the questions lead to a request that knows the answers", async () => {
  await go("start/");
  await click("[data-next=phone]");
  await shows("h1", /What about your recovery codes/);
  await click("[data-question=phone] [data-next=changed-both]");
  await shows("h1", /Is there any sign that someone else got in/);
  await click("[data-question=changed-both] [href*=lost-both]");
  await shows("h1", /repository as proof/);
  await click("main .button-primary");
  await shows(".settled", /The mailbox of my account/);
  assert.match(await text("[data-request-output]"), /Lost access to email address/);
});

reader("a filled-in checklist gives the request, and a secret stays out of it", async () => {
  await go("checklist/");
  for (const [name, answer] of Object.entries(ANSWERS)) {
    await run("document.querySelectorAll('[data-optional]').forEach((one) => (one.open = true))");
    if (answer === true) await click(`[name="${name}"]`);
    else if (await run("return Boolean(document.querySelector(arguments[0]))", `[name="${name}"][value]`)) {
      for (const one of [answer].flat()) await click(`[name="${name}"][value="${one}"]`);
    } else await type(`[name="${name}"]`, answer);
  }
  await shows("[data-progress]", /^All \d+ done$/);
  assert.equal(await text("[data-request-output]"), REQUEST);
  await click("[data-copy='0']");
  await shows("[data-status]", /^Copied\.$/);

  await type("[name=what-happened]", " My code is 0f1e2d3c4b5a6978.");
  await shows("[data-secret-warning]", /looks like a recovery code/);
  assert.doesNotMatch(await text("[data-request-output]"), /0f1e2d3c4b5a6978/);
});

reader("a draft is kept on request and cleared with everything else", async () => {
  await go("checklist/");
  await type("[name=username]", "sample-user");
  await click("[data-save-consent]");
  await shows("[data-saved]", /last saved/);
  await go("checklist/");
  await shows("[data-request-output]", /`sample-user`/);
  await click("[data-forget]");
  await click("[data-forget-yes]");
  await shows("[data-status]", /cleared/);
  await go("checklist/");
  await shows("[data-request-output]", /`____`/);
});

reader("results appear while the reader types", async () => {
  await go("sign-in/");
  await type("[data-search-field]", "recovery code");
  await shows("[role=listbox]", /Use a recovery code/);
});

reader("checklist and search work from disk", async () => {
  const disk = (place) => open(`${pathToFileURL(path.join(BUILT, "root"))}/${place}`);
  await disk("checklist/index.html#for=lost-both");
  await shows("[data-progress]", /^\d of \d done$/);
  await disk("search/index.html?q=recovery+code");
  await shows("main", /Use a recovery code/);
});
