// Prints the requests of the checklist in the file given before anything is answered. Run by tests/suite/requests.rs.
import { readFileSync } from "node:fs";
import { checklistScripts, load } from "./load.mjs";

const data = JSON.parse(readFileSync(process.argv[2], "utf8"));
const list = load(...checklistScripts).checklist(data);
console.log(JSON.stringify(data.requests.map((request) => list.whole(request, list.compose(request, { answers: {} })))));
