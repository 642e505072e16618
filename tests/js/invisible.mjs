// Prints the code points that regain.INVISIBLE holds, as runs [from, to]. Run by tests/suite/invisible.rs.
import { load } from "./load.mjs";

const { INVISIBLE } = load("lib/invisible.js");
const expression = new RegExp("^[" + INVISIBLE + "]$", "u");
const runs = [];
for (let code = 0; code <= 0x10ffff; code++) {
  if (!expression.test(String.fromCodePoint(code))) continue;
  if (runs.at(-1)?.[1] === code - 1) runs.at(-1)[1] = code;
  else runs.push([code, code]);
}
console.log(JSON.stringify(runs));
