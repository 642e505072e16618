import assert from "node:assert/strict";
import { test } from "node:test";
import { checklistScripts, load, plain, read, vectors } from "./load.mjs";

const regain = load(...checklistScripts);
const { data } = vectors("page-data");
const { cases } = JSON.parse(read("tests/js/request.json"));
const checklist = regain.checklist(data);

for (const one of cases) {
  test(one.name, () => {
    const request = data.requests.find(({ id }) => id === one.request);
    const state = { answers: one.answers };
    const fields = checklist.compose(request, state).map(({ text }) => text);
    assert.deepEqual(plain(fields), one.fields);
    const problems = checklist.problems(request, state).map(({ detail, problem }) => [detail.id, problem]);
    assert.deepEqual(plain(problems), one.problems);
    const { done, all } = checklist.progress(request, state);
    assert.deepEqual([done, all], one.progress);
  });
}

test("all fields as one text are headed the way the request is sent", () => {
  const [form, mail] = data.requests;
  assert.equal(checklist.whole(form, [{ label: "A", text: "b" }, { label: "C", text: "" }, { label: "D", text: "e" }]), "### A\n\nb\n\n### D\n\ne");
  assert.equal(checklist.whole(mail, [{ label: "A", text: "b" }]), "A:\n\nb");
});

test("what the reader said is no secret stays, for that detail only", () => {
  const [form] = data.requests;
  const answers = { username: "a1b2c-3d4e5", story: "a1b2c-3d4e5" };
  const kept = { story: ["short-recovery-code"] };
  const [username, reason] = checklist.compose(form, { answers, kept });
  assert.equal(username.text, "`[removed: looks like a recovery code]`");
  assert.match(reason.text, /a1b2c-3d4e5/);
});
