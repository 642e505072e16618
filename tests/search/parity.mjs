// Compares the browser's rankings with rankings.json in the folder given. Run by parity.rs.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { engineOver } from "../js/search-harness.mjs";

const folder = process.argv[2];
const engine = engineOver(folder);
const different = [];
for (const [query, ranking] of JSON.parse(readFileSync(join(folder, "rankings.json"), "utf8"))) {
  const { results } = await engine.find(query);
  const rows = results.slice(0, ranking.rows.length).map(({ page, section, score }) => [page, section, score]);
  const own = JSON.stringify({ count: results.length, rows });
  const program = JSON.stringify(ranking);
  if (own !== program) different.push(JSON.stringify(query) + "\n  browser " + own + "\n  program " + program);
}
if (different.length) {
  console.error(different.length + " rankings differ\n" + different.slice(0, 5).join("\n"));
  process.exit(1);
}
