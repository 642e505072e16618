// Compares the browser's rankings with rankings.json in the folder given. Run by parity.rs.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { engineOver } from "../js/search-harness.mjs";

const folder = process.argv[2];
const engine = engineOver(folder);
const different = [];
for (const [query, rows] of JSON.parse(readFileSync(join(folder, "rankings.json"), "utf8"))) {
  const { results } = await engine.find(query);
  const own = JSON.stringify(results.map(({ page, section, score }) => [page, section, score]));
  if (own !== JSON.stringify(rows)) different.push(JSON.stringify(query) + "\n  browser " + own + "\n  program " + JSON.stringify(rows));
}
if (different.length) {
  console.error(different.length + " rankings differ\n" + different.slice(0, 5).join("\n"));
  process.exit(1);
}
