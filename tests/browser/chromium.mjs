/*
 * Where the built sites and the browser are; the browser, started.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

const here = path.dirname(fileURLToPath(import.meta.url));

/** Where tests/run puts the built sites. */
export const BUILT = process.env.REGAIN_SITES ?? path.join(here, "../../target/browser-sites");

const FLAGS = [
  "--disable-quic",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    chromiumSandbox: process.getuid?.() !== 0,
    args: FLAGS,
  });
}
