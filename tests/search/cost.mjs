// Prints what questions cost on the search page, as JSON: { first: [[requests, bytes], …], further: [[requests, bytes], …] }.
// Run by cost.rs with a built site and the questions. Bytes are counted after gzip -9. The page, its style sheet and its icon are not counted.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { engineOver } from "../js/search-harness.mjs";

const [folder, questions] = process.argv.slice(2);
/* How many questions a reader asks. */
const SESSION = 5;

const results = readFileSync(new URL("../../themes/default/js/search/results.js", import.meta.url), "utf8");
const SHOWN = Number(/const FIRST = (\d+);/.exec(results)[1]);

const packed = (file) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length;

/** The scripts of the search page: the head of the index is one of them. */
function pageCost() {
  const page = readFileSync(join(folder, "search/index.html"), "utf8");
  const scripts = [...page.matchAll(/<script src="(?:\.\.\/)*([^"]+)"/g)].map(([, file]) => file);
  return [scripts.length, scripts.map(packed).reduce((sum, bytes) => sum + bytes, 0)];
}

async function ask(engine, question) {
  const from = engine.loads.length;
  const found = await engine.find(question);
  await Promise.all(found.rows.slice(0, SHOWN).map((row) => engine.show(row, found)));
  const files = engine.loads.slice(from).map(({ name }) => join("assets/search", name));
  return [files.length, files.map(packed).reduce((sum, bytes) => sum + bytes, 0)];
}

const costs = { first: [], further: [] };
const [scripts, bytes] = pageCost();
let engine;
for (const [at, question] of JSON.parse(questions).entries()) {
  if (at % SESSION === 0) engine = engineOver(folder);
  const cost = await ask(engine, question);
  if (at % SESSION) costs.further.push(cost);
  else costs.first.push([cost[0] + scripts, cost[1] + bytes]);
}
console.log(JSON.stringify(costs));
