// Tries patterns on texts that make a backtracking engine take long: "failed" are the accepted ones that it does not read or
// that take longer than any should, "slow" the refused ones that do. Run by tests/suite/patterns.rs.
import { readFileSync } from "node:fs";
import vm from "node:vm";

const { accepted, refused } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const LETTERS = ["a", "b", "c", "x", "-", "1", "ab", "ba", "a-", "a1", "abc", "aab", "aba-"];
const texts = LETTERS.map((letters) => letters.repeat(400) + "\u0001");

/* The engine gives up at its limit, which is far more than a second machine needs. */
function isFast(pattern, timeout) {
  const regex = new RegExp(pattern, "gu");
  const context = vm.createContext({ regex, texts });
  try {
    vm.runInContext("for (const text of texts) [...text.matchAll(regex)]", context, { timeout });
    return true;
  } catch (error) {
    if (error.code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
    return false;
  }
}

function fails(pattern) {
  try {
    return !isFast(pattern, 20_000);
  } catch {
    return true;
  }
}

console.log(JSON.stringify({ failed: accepted.filter(fails), slow: refused.filter((pattern) => !isFast(pattern, 500)) }));
