// Runs the theme's DOM-free scripts the way a page does: one after the other, sharing one global.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const root = new URL("../../", import.meta.url);

export const read = (path) => readFileSync(new URL(path, root), "utf8");
export const vectors = (name) => JSON.parse(read(`tests/vectors/${name}.json`));

/** The scripts that compose and check requests, in the order of theme.toml. */
export const checklistScripts = ["invisible", "cleaned", "secret-scanner", "escape", "request", "language", "submitted"].map((name) => `lib/${name}.js`);

export function load(...files) {
  const window = { regain: {} };
  const context = vm.createContext({ window, regain: window.regain });
  for (const file of files) vm.runInContext(read(`themes/default/js/${file}`), context, { filename: file });
  return window.regain;
}

/** A value of another context as one of this one, so that deepEqual compares only what it holds. */
export const plain = (value) => JSON.parse(JSON.stringify(value));
