// Runs the theme's search scripts as a page would, without a page: one global, shards read from a folder.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";

const SCRIPTS = new URL("../../themes/default/js/", import.meta.url);
const FILES = ["tokenizer", "index-reader", "parsing", "spelling", "synonyms", "terms", "ranking", "snippet", "engine"];
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

/** An engine over the index in `folder`; `loads` lists what it loaded. */
export function engineOver(folder) {
  const { search, context } = regain();
  const files = join(folder, "assets/search");
  const [index] = readdirSync(files);
  const run = (name) => vm.runInContext(readFileSync(join(files, index, name), "utf8"), context);
  run("head.js");
  const loads = [];
  const load = async (id) => {
    if (search.shards.has(id)) return search.shards.get(id);
    run(id + ".js");
    loads.push({ id, name: index + "/" + id + ".js" });
    return search.shards.get(id);
  };
  const head = search.shards.get("head");
  if (head.folder !== index) throw new Error("the head names another folder: " + head.folder);
  return { ...search.engine(head, load), loads, search, head };
}
