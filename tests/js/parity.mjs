// Runs the page's scripts on the inputs in the file given and prints what they find. Run by tests/suite/parity.rs.
import { readFileSync } from "node:fs";
import { checklistScripts, load } from "./load.mjs";

const regain = load(...checklistScripts);
const { data, answers, typed } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const list = regain.checklist(data);
const bytes = (text, at) => Buffer.byteLength(text.slice(0, at));

const found = answers.map(([question, text]) =>
  list.scanner.find(text, question).map(({ secret, certainty, start, end }) => [secret.id, certainty, bytes(text, start), bytes(text, end)]),
);
const invalid = typed.map(([id, text]) => list.invalid(list.byId.get(id), text));
const blank = data.requests.map((request) => list.whole(request, list.compose(request, { answers: {} })));
/* Cleaning is for the page alone: nothing may be left to clean. */
const unclean = answers.filter(([question, text]) => {
  const clean = list.scanner.clean(text, question);
  return list.scanner.clean(clean, question) !== clean;
});
console.log(JSON.stringify({ found, invalid, blank, unclean }));
