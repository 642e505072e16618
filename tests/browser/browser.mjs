/*
 * Where the built sites and the browser are; the browser, started: Chromium, or Firefox if FIREFOX names it.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";

import { chromium, firefox } from "playwright-core";

const here = path.dirname(fileURLToPath(import.meta.url));

/** Where tests/run puts the built sites. */
export const BUILT = process.env.REGAIN_SITES ?? path.join(here, "../../target/browser-sites");

/* What is measured must not depend on the fonts of the machine. */
const env = { ...process.env, FONTCONFIG_FILE: path.join(here, "fonts.conf") };

const FLAGS = [
  "--disable-quic",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const isFirefox = Boolean(process.env.FIREFOX);

export function launch() {
  if (isFirefox) return launchFirefox(process.env.FIREFOX);
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    chromiumSandbox: process.getuid?.() !== 0,
    args: FLAGS,
    env,
  });
}

/* Any Firefox: this channel speaks WebDriver BiDi, not the protocol of Playwright's own build. A page that comes back
   from memory is never reported as loaded, so Back loads it again, as in the Chromium of these tests. */
function launchFirefox(executablePath) {
  const firefoxUserPrefs = { "browser.sessionhistory.max_total_viewers": 0 };
  return firefox.launch({ channel: "moz-firefox", executablePath, firefoxUserPrefs, env });
}
