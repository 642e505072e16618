/*
 * Which pages there are to test: read from the built files, so a new guide is tested the day it is written.
 */
import { ground } from "./harness.mjs";

/** Every page: { place, file, kind, html }; place is its address below the root. */
export async function pages() {
  const { hosts } = await ground();
  const found = [];
  for (const [file, bytes] of [...hosts.root.files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!file.endsWith(".html")) continue;
    const html = bytes.toString();
    const kind = kindOf(file, html);
    if (kind === "redirect") continue;
    const place = file === "404.html" ? "no-such-page/" : file.replace(/(^|\/)index\.html$/, "$1");
    found.push({ place, file, kind, html });
  }
  return found;
}

/** One page of each kind, the one with the longest HTML: it holds the most to get wrong. */
export async function oneOfEachKind() {
  const kinds = new Map();
  for (const page of await pages()) {
    const longest = kinds.get(page.kind);
    if (!longest || page.html.length > longest.html.length) kinds.set(page.kind, page);
  }
  const search = kinds.get("search");
  if (search) kinds.set("results", { ...search, kind: "results", place: `${search.place}?q=recovery+code` });
  return [...kinds.values()];
}

function kindOf(file, html) {
  const kind = /<body data-page="([^"]*)"/.exec(html)?.[1];
  if (kind !== "triage" || file === "start/index.html") return kind;
  return file === "start/map/index.html" ? "map" : "outcome";
}
