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

test("the headings of the whole request fit its channel", () => {
  const [form, mail] = data.requests;
  assert.equal(checklist.whole(form, [{ label: "A", text: "b" }, { label: "C", text: "" }, { label: "D", text: "e" }]), "### A\n\nb\n\n### D\n\ne");
  assert.equal(checklist.whole(mail, [{ label: "A", text: "b" }]), "A:\n\nb");
});

test("what the reader said is not a secret is kept, in that detail only", () => {
  const [form] = data.requests;
  const answers = { username: "a1b2c-3d4e5", story: "a1b2c-3d4e5" };
  const kept = { story: ["short-recovery-code"] };
  const [username, reason] = checklist.compose(form, { answers, kept });
  assert.equal(username.text, "`[removed: looks like a recovery code]`");
  assert.match(reason.text, /a1b2c-3d4e5/);
});

test("an address without its scheme is completed, and text without a host is not taken for an address", () => {
  const [form] = data.requests;
  const written = (repository) => checklist.compose(form, { answers: { repository } })[1].text.match(/Repository: (.*)/)[1];
  const detail = checklist.byId.get("repository");
  for (const [typed, address] of [["git.example/a/b", "https://git.example/a/b"], ["Git.Example", "https://Git.Example"], ["https://git.example/a", "https://git.example/a"]]) {
    assert.equal(written(typed), address);
    assert.equal(checklist.invalid(detail, typed), null, typed);
  }
  for (const typed of ["owner/name", "name", "http://git.example/a", "git.example:a/b"]) assert.equal(checklist.invalid(detail, typed), "format", typed);
});

test("nothing invisible gets into a request", () => {
  const [form] = data.requests;
  const hidden = "\u00ad\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u202e\u2060\u2063\u2066\u3164\ufe0f\ufeff\uffa0\u{1d173}\u{e0041}\u{e0100}\u0000\u001b\u007f\u0085";
  const story = [...hidden].map((one) => "ｗｏｒｄ" + one).join("\u00a0\u2009\u3000\t") + "\r\nend\u2028";
  const [, reason] = checklist.compose(form, { answers: { story } });
  const expected = [...hidden].map(() => "word").join("    ") + "\nend";
  assert.ok(reason.text.includes(expected), JSON.stringify(reason.text));
  assert.ok(!/[\p{Default_Ignorable_Code_Point}\p{Cf}]|(?!\n)\p{Cc}|(?! )\p{Zs}/u.test(reason.text), JSON.stringify(reason.text));
});

test("text beyond the scanned length is left out", () => {
  const [form] = data.requests;
  const [, reason] = checklist.compose(form, { answers: { story: "word ".repeat(2_000) + "and more" } });
  assert.match(reason.text, /word \[removed: looks like more text than can be checked\]/);
});

test("a problem is reported in the author's words or else the theme's, with the label as written in a sentence", () => {
  regain.text = (key, { label, lower_label, value }) => `${key}: ${value ? `${label} ${value}` : lower_label}`;
  const inSentence = (label) => checklist.message({ id: "x", kind: "line", label }, "empty");
  assert.equal(checklist.message({ id: "x", kind: "line", label: "Name", if_empty: "Say it" }, "empty"), "Say it");
  assert.equal(checklist.message({ id: "x", kind: "line", label: "Name", max: 9 }, "too-long"), "error_long: Name 9");
  for (const [given, expected] of [["What happened", "what happened"], ["PyPI username", "PyPI username"], ["I can push", "I can push"], ["Élan", "élan"], ["", ""]]) {
    assert.equal(inSentence(given), `error_enter: ${expected}`);
  }
});

test("an answer is invalid if it does not have the form its detail asks for", () => {
  const name = { kind: "line", tidy: ["backticks", "at"], pattern: "^(?:[a-z](?:[a-z-]*[a-z])?)$", max: 8 };
  for (const [detail, text, expected] of [
    [name, " `@name` ", null],
    [name, "", null],
    [name, "-a", "format"],
    [name, "a\u200e-", "format"],
    [name, "é".repeat(9), "too-long"],
    [{ ...name, kind: "list" }, "@@x, y\n`z`", null],
    [{ ...name, kind: "list" }, "x, y-", "format"],
    [{ kind: "date" }, "2026-02-28", null],
    [{ kind: "date" }, "2026-02-30", "format"],
    [{ kind: "date" }, "28.2.2026", "format"],
    [{ kind: "address" }, "https://a.example/c", null],
    [{ kind: "address" }, "https://.a/", "format"],
    [{ kind: "address" }, "https://a b.c", "format"],
    [{ kind: "address" }, "http://a.example", "format"],
    [{ kind: "line", tidy: ["^(?:https://[^/]+/user/([^/?#]+)/?)$"], pattern: "^(?:[a-z]+)$" }, "https://host.example/user/name/", null],
  ]) {
    assert.equal(checklist.invalid(detail, text), expected, `${detail.kind} ${JSON.stringify(text)}`);
  }
});
