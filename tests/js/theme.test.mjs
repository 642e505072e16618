// What the theme's files promise, read off the files themselves: `node --test tests/js`.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const THEME = new URL("../../themes/default/", import.meta.url);
const read = (file) => readFileSync(new URL(file, THEME), "utf8");
const below = (folder) =>
  readdirSync(fileURLToPath(new URL(folder, THEME)), { recursive: true }).map((name) => folder + name.replaceAll("\\", "/"));
const rules = (css) => css.replace(/\/\*[\s\S]*?\*\//g, "");

const files = ["css/", "components/", "js/", "templates/"].flatMap(below);
const styles = files.filter((file) => file.endsWith(".css"));
const templates = files.filter((file) => file.endsWith(".html"));
const manifest = read("theme.toml");

/* The files of each [[script]], and of the one style sheet, in the manifest's order. */
const listed = (text) => [...text.matchAll(/"((?:css|js|components)\/[^"]+)"/g)].map(([, file]) => file);
const scripts = new Map(
  manifest.split("[[script]]").slice(1).map((part) => [/name = "([\w-]+)"/.exec(part)[1], listed(part)]),
);
/* As the build ships them: comments that stand on lines of their own are left out. */
const shipped = (file) => read(file).replace(/^[ \t]*\/\*(?!!)[\s\S]*?\*\/[ \t]*\n/gm, "");
const zipped = (files) => gzipSync(files.map(shipped).join("\n"), { level: 9 }).length;

test("the manifest lists every style and script of the theme", () => {
  const scriptFiles = files.filter((file) => file.endsWith(".js"));
  // Two bundles for different pages may share a file.
  const named = [...new Set(listed(manifest))];
  assert.deepEqual(named.sort(), [...styles, ...scriptFiles].sort());
});

test("styles use logical properties, so that they mirror", () => {
  const sides = /(?:^|[\s;{-])(?:margin|padding|border|inset)?-?(?:left|right)(?:-\w+)*\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)|(?:^|[\s;{])(?:width|height|(?:min|max)-(?:width|height))\s*:/;
  for (const file of styles) {
    for (const line of rules(read(file)).split("\n")) assert.doesNotMatch(line, sides, `${file}: ${line.trim()}`);
  }
});

test("colors are defined only in the tokens, and for paper", () => {
  for (const file of styles.filter((name) => name !== "css/tokens.css")) {
    const colors = rules(read(file)).match(/#[0-9a-f]{3,8}\b/gi) ?? [];
    const allowed = file.endsWith("print.css") ? ["#000", "#fff", "#888"] : [];
    assert.deepEqual(colors.filter((color) => !allowed.includes(color)), [], file);
  }
});

test("layout uses container widths, so that enlarged text gets the narrow layout", () => {
  for (const file of styles.filter((name) => name !== "css/tokens.css")) {
    assert.doesNotMatch(rules(read(file)), /@media[^{]*\b(?:min|max)?-?width/, file);
  }
});

test("the focus outline is defined once and removed nowhere", () => {
  for (const file of styles) assert.doesNotMatch(rules(read(file)), /outline(?:-style|-width)?\s*:\s*(?:none|0)/, file);
});

test("underlines are written in longhands, since WebKit reads no shorthand with a thickness", () => {
  for (const file of styles) assert.doesNotMatch(rules(read(file)), /text-decoration:/, file);
});

test("no animation repeats forever", () => {
  for (const file of styles) assert.doesNotMatch(rules(read(file)), /animation|@keyframes|scroll-behavior/, file);
});

test("templates hold no inline style, script or handler, and no positive tabindex", () => {
  for (const file of templates) {
    const html = read(file);
    assert.doesNotMatch(html, /\sstyle=|<style|\son\w+=|tabindex="[1-9]/, file);
    for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) assert.match(tag, /src=|type="application\/ld\+json"/, file);
  }
});

test("styles and scripts stay within what a page may weigh", () => {
  const css = listed(manifest.split("[[script]]")[0]);
  assert.ok(zipped(css) <= 12_000, `${zipped(css)} bytes of styles`);
  const frame = ["early", "site"].reduce((sum, name) => sum + zipped(scripts.get(name)), 0);
  assert.ok(frame <= 8_000, `${frame} bytes of scripts on every page`);
  const most = { triage: 10_000, checklist: 20_000 };
  for (const [name, bytes] of Object.entries(most)) {
    const sum = frame + zipped(scripts.get(name));
    assert.ok(sum <= bytes, `${sum} bytes of scripts on ${name}`);
  }
});
