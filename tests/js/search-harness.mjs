// Runs the theme's search scripts as a page would, without a page: one global, shards read from a folder.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

const SCRIPTS = new URL("../../themes/default/js/", import.meta.url);
const FILES = ["tokenizer", "index-reader", "parsing", "synonyms", "spelling", "terms", "ranking", "snippet", "engine"];
const QUERY_SCRIPTS = ["lib/invisible", "search/shards", ...FILES.map((name) => "search/query/" + name)];

/** The global `regain` with the scripts that answer queries. */
export function regain() {
  const context = vm.createContext({ regain: {} });
  context.window = context;
  for (const name of QUERY_SCRIPTS) {
    const file = new URL(name + ".js", SCRIPTS);
    vm.runInContext(readFileSync(file, "utf8"), context, { filename: file.pathname });
  }
  return { search: context.regain.search, context };
}

/** The file name of a shard, made from its digest as the browser makes it. */
export function fileName(kind, digest) {
  return kind + "." + Buffer.from(digest, "base64").subarray(0, 5).toString("hex") + ".js";
}

/** An engine over the index in `folder`; `loads` lists what it loaded. */
export function engineOver(folder) {
  const { search, context } = regain();
  const files = join(folder, "assets/search");
  const run = (name) => {
    const script = readFileSync(join(files, name), "utf8");
    vm.runInContext(script, context);
    return script;
  };
  run(readdirSync(files).find((name) => name.startsWith("head.")));
  const loads = [];
  const load = async (id, kind, digest) => {
    if (search.shards.has(id)) return search.shards.get(id);
    const name = fileName(kind, digest);
    const script = run(name);
    const found = createHash("sha256").update(script).digest("base64").replace("=", "");
    if (found !== digest) throw new Error(name + " is not what the index says");
    loads.push({ id, name });
    return search.shards.get(id);
  };
  return { ...search.engine(search.shards.get("head"), load), loads, search, head: search.shards.get("head") };
}
