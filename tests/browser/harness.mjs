/*
 * What every browser test stands on: the built site, one Chromium a file, and a watch over each page.
 *
 *   story("a reader finds the checklist", { width: 390 }, async ({ page, go }) => {
 *     await go("checklist/");
 *     …
 *   });
 *
 * Each story has a browser context of its own. When it ends, the watch must have seen nothing wrong: no message
 * in the console, no refusal by the page policy, no request but for files of the site.
 */
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { existsSync } from "node:fs";
import { after, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import path from "node:path";

import { BUILT, isFirefox, launch } from "./browser.mjs";
import { serve } from "./static.mjs";

const here = path.dirname(fileURLToPath(import.meta.url));

export const ARTIFACTS = path.join(here, "artifacts");
export const SUB_PATH = "/sub/path/";

/** The smallest phone, a common phone, a laptop. */
export const WIDTHS = [320, 390, 1280];

let started;

/** The browser and the hosts, one for each built site; started by the first story that needs them. */
export function ground() {
  started ??= start();
  return started;
}

after(async () => {
  if (!started) return;
  const { browser, hosts } = await started;
  await browser.close();
  for (const host of Object.values(hosts)) await host.close();
});

async function start() {
  const bases = { root: "/", sub: SUB_PATH, gallery: "/", channels: "/" };
  // All looked for before anything is started: a browser left open would keep the tests from ending.
  for (const name of Object.keys(bases)) {
    assert.ok(existsSync(path.join(BUILT, name, "index.html")), `no built site "${name}": run \`tests/run site\``);
  }
  const hosts = {};
  for (const [name, base] of Object.entries(bases)) hosts[name] = await serve(path.join(BUILT, name), base);
  const browser = await launch();
  return { browser, hosts };
}

/**
 * One test with a page of its own. Options: `width`, `height`, `scheme`, `scripts: false`, `under: "sub"`,
 * `"gallery"`, `"channels"` or `"disk"`, anything else Playwright's `newContext` takes, and `expect`: complaints the story is about.
 */
export function story(name, options, run) {
  if (typeof options === "function") return story(name, {}, options);
  return test(name, async () => {
    const scene = await open(options);
    try {
      await run(scene);
      scene.watch.check(options.expect);
    } catch (error) {
      await keepPicture(scene.page, name);
      throw error;
    } finally {
      await scene.context.close();
    }
  });
}

async function open({ width = 1280, height = 800, scheme = "light", scripts = true, under, expect, ...rest }) {
  const { browser, hosts } = await ground();
  const host = hosts[under] ?? hosts.root;
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    javaScriptEnabled: scripts,
    ...rest,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const root = under === "disk" ? `${pathToFileURL(path.join(BUILT, "root"))}/` : host.address("");
  const watch = watchOver({ context, page, scripts }, root, host.files);
  const go = (place = "") => page.goto(root + place);
  return { browser, context, page, go, watch, root, files: host.files };
}

/** What Firefox says of a file it stopped loading: it takes the part that came for the whole. */
const STOPPED = /NS_BINDING_ABORTED|None of the “sha256” hashes .* computed hash is “47DEQpj8HBSa\+\/TImW\+5JCeuQeRkm5NMpJWZG3hSuFU=”/;

/** Listens from the first moment; `check` fails on anything a reader's browser should not have seen. */
function watchOver({ context, page, scripts }, root, files) {
  const complaints = new Set();
  const requests = [];
  // Asked for by a page, never sent: the page policy stopped it.
  const refused = new Set();
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.add(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.add(`script error: ${error.message}`));
  context.on("request", (request) => requests.push(request));
  context.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    if (reason === "csp") refused.add(request);
    // With scripts off Chromium refuses those a page asks for ahead.
    if (reason === "csp" && !scripts && isFileOfSite(request, root, files)) return;
    // Leaving a page ends what it was still loading.
    if (reason !== "net::ERR_ABORTED") complaints.add(`failed: ${request.url()} (${reason})`);
  });
  return {
    requests,
    check(expected = []) {
      const strange = requests
        .filter((request) => !refused.has(request) && !isFileOfSite(request, root, files))
        .map((request) => request.url());
      assert.deepEqual(strange, [], "requests besides the site's own files");
      const known = isFirefox ? [...expected, STOPPED] : expected;
      const unexpected = [...complaints].filter((complaint) => !known.some((pattern) => pattern.test(complaint)));
      assert.deepEqual(unexpected, []);
    },
  };
}

/** A GET for a file the build wrote; only the search page, and scripts from disk, may be asked for with a query. */
function isFileOfSite(request, root, files) {
  const [address, query] = request.url().split("#")[0].split("?");
  if (request.method() !== "GET" || request.postData() !== null || !address.startsWith(root)) return false;
  const place = address.slice(root.length);
  const file = place === "" || place.endsWith("/") ? `${place}index.html` : place;
  if (query === "disk") return root.startsWith("file:") && files.has(file);
  if (query !== undefined) return file === "search/index.html" && query.startsWith("q=");
  return files.has(file) || file.startsWith("no-such-");
}

/** What the reader saw when a story failed. */
async function keepPicture(page, name) {
  const file = path.join(ARTIFACTS, "failed", `${name.replace(/\W+/g, "-").slice(0, 100)}.png`);
  await mkdir(path.dirname(file), { recursive: true });
  await page.screenshot({ path: file, fullPage: true }).catch(() => {});
}
