// Prints, for every code point, whether regain.INVISIBLE holds it, as runs "from-to" in hexadecimal; and what cleaned()
// makes of the texts in the file given. Run by tests/suite/invisible.rs.
import { readFileSync } from "node:fs";
import { load } from "./load.mjs";

const { INVISIBLE, cleaned } = load("lib/invisible.js", "lib/visible.js");
const expression = new RegExp("^[" + INVISIBLE + "]$", "u");
const runs = [];
for (let code = 0; code <= 0x10ffff; code++) {
  if (!expression.test(String.fromCodePoint(code))) continue;
  if (runs.at(-1)?.[1] === code - 1) runs.at(-1)[1] = code;
  else runs.push([code, code]);
}
const texts = JSON.parse(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify({ runs, cleaned: texts.map((text) => cleaned(text).text) }));
