//! `triage.toml`: every kind of fault has its place, and `check --tree` draws what there is.

use std::fmt::Write as _;

use snapbox::str;

use crate::harness::{SiteTest, assert_eq_text};

const CHECKLIST: &str = r#"
title = "Your request"
[[group]]
id = "all"
title = "All"
[[detail]]
id = "lost"
group = "all"
label = "What you lost"
kind = "choice"
option = [{ id = "phone", label = "Phone" }, { id = "mail", label = "Mail" }]
[[request]]
id = "mail"
title = "Help"
channel = "text"
[[request.field]]
label = "Lost"
text = "{lost}"
"#;

const TRIAGE: &str = r#"
title = "What works?"
start = "have"
[[question]]
id = "have"
title = "What do you have?"
answer = [
  { id = "codes", label = "Codes", question = "tried" },
  { id = "phone", label = "A phone", question = "again" },
  { id = "unsure", label = "I'm not sure", outcome = "ask" },
]
[[question]]
id = "tried"
title = "Have you tried one?"
answer = [
  { id = "yes", label = "Yes", question = "again" },
  { id = "unsure", label = "I'm not sure", outcome = "use" },
]
[[question]]
id = "again"
title = "Once more?"
answer = [{ id = "unsure", label = "I'm not sure", outcome = "ask" }]
[[outcome]]
id = "use"
title = "Use a code"
text = "One is enough."
[[outcome]]
id = "ask"
title = "Ask support"
request = "mail"
answers = { lost = "phone" }
"#;

fn site(triage: &str) -> SiteTest {
    SiteTest::with(&[
        ("content/index.md", "# Home\n"),
        ("content/checklist.toml", CHECKLIST),
        ("content/triage.toml", triage),
    ])
}

#[test]
fn check_draws_the_tree_beside_its_problems() {
    site(TRIAGE)
        .run(["check", "--tree", "--format", "short"])
        .code(0)
        .err("")
        .out(str![[r#"
? have: What do you have?
├─ Codes
│  ? tried: Have you tried one?
│  ├─ Yes
│  │  ? again: Once more?
│  │  └─ I'm not sure
│  │     → ask: Ask support
│  │       request mail; lost = phone
│  └─ I'm not sure
│     → use: Use a code
├─ A phone
│  ↑ again: Once more? (see above)
└─ I'm not sure
   → ask: Ask support
     request mail; lost = phone

"#]]);
}

#[test]
fn a_faulty_triage_is_drawn_as_far_as_it_goes() {
    let faulty = TRIAGE
        .replace("outcome = \"use\"", "question = \"have\"")
        .replace(
            "label = \"A phone\", question = \"again\"",
            "label = \"A phone\", outcome = \"aks\"",
        );
    site(&faulty)
        .run(["check", "--tree", "--format", "short"])
        .code(1)
        .err(str![[r#"
content/triage.toml:9:49: unknown-name: there is no outcome `aks`
hint: did you mean `ask`?
content/triage.toml:17:56: circle: this leads back to `have`
hint: send this answer somewhere else, because a reader who answers the same way again never gets out
content/triage.toml:24:7: unreachable: no answer leads to `use`
hint: make an answer lead to it, or remove it

"#]])
        .out(str![[r#"
? have: What do you have?
├─ Codes
│  ? tried: Have you tried one?
│  ├─ Yes
│  │  ? again: Once more?
│  │  └─ I'm not sure
│  │     → ask: Ask support
│  │       request mail; lost = phone
│  └─ I'm not sure
│     ↑ have: What do you have? (see above)
├─ A phone
│  ! `aks` is missing
└─ I'm not sure
   → ask: Ask support
     request mail; lost = phone
no answer leads to:
  → use: Use a code

"#]]);
}

#[test]
fn the_tree_shows_answers_without_exactly_one_next_step() {
    let faulty = TRIAGE
        .replace(
            "outcome = \"use\"",
            "outcome = \"use\", question = \"again\"",
        )
        .replace("label = \"Yes\", question = \"again\"", "label = \"Yes\"");
    site(&faulty)
        .run(["check", "--tree", "--format", "short"])
        .code(1)
        .err(str![[r#"
content/triage.toml:16:11: dead-end: the answer `yes` goes nowhere
hint: give it a `question` or an `outcome`
content/triage.toml:17:11: dead-end: the answer `unsure` has both `question` and `outcome`
hint: keep either `question` or `outcome`, not both

"#]])
        .out(str![[r#"
? have: What do you have?
├─ Codes
│  ? tried: Have you tried one?
│  ├─ Yes
│  │  ! goes nowhere
│  └─ I'm not sure
│     ! has both `question` and `outcome`
├─ A phone
│  ? again: Once more?
│  └─ I'm not sure
│     → ask: Ask support
│       request mail; lost = phone
└─ I'm not sure
   → ask: Ask support
     request mail; lost = phone
no answer leads to:
  → use: Use a code

"#]]);
}

#[test]
fn a_tree_is_text_and_not_json() {
    site(TRIAGE)
        .run(["check", "--tree", "--format", "json"])
        .code(2)
        .out("")
        .err(str![[r#"
`--format json` prints one JSON object and nothing else, so no `--tree`

"#]]);
    SiteTest::with(&[("content/index.md", "# Home\n")])
        .run(["check", "--tree"])
        .code(0)
        .out("")
        .err(str![[r#"
this site has no triage to print
no problems found

"#]]);
}

/// Each fault alone: what is changed, and into what.
const FAULTS: &[(&str, &str)] = &[
    (
        "answers = { lost = \"phone\" }",
        "answers = { lost = \"phone\" }\nhide = [\"lots\"]",
    ),
    (
        "answers = { lost = \"phone\" }",
        "answers = { lost = \"phone\" }\nhide = [\"lost\"]",
    ),
    (
        "text = \"One is enough.\"",
        "text = \"One is enough.\"\nhide = [\"lost\"]",
    ),
    ("start = \"have\"", "start = \"hav\""),
    ("start = \"have\"", ""),
    ("id = \"tried\"", "id = \"have\""),
    ("id = \"use\"", "id = \"ask\""),
    ("id = \"use\"", "id = \"Use it\""),
    ("id = \"use\"", "id = \"map\""),
    ("{ id = \"yes\"", "{ id = \"unsure\""),
    (
        "id = \"unsure\", label = \"I'm not sure\", outcome = \"use\"",
        "id = \"no\", label = \"No\", outcome = \"use\"",
    ),
    ("outcome = \"use\" }", "question = \"have\" }"),
    ("question = \"tried\"", "question = \"again\""),
    ("outcome = \"use\"", ""),
    (
        "outcome = \"use\"",
        "outcome = \"use\", question = \"again\"",
    ),
    ("text = \"One is enough.\"", ""),
    ("text = \"One is enough.\"", "guides = [\"indx.md\"]"),
    ("request = \"mail\"", "request = \"male\""),
    ("request = \"mail\"", "text = \"So.\""),
    ("lost = \"phone\"", "lots = \"phone\""),
    ("lost = \"phone\"", "lost = \"phnoe\""),
    ("lost = \"phone\"", "lost = [\"phone\", \"mail\"]"),
    ("lost = \"phone\"", "lost = 3"),
    ("lost = \"phone\"", "lost = []"),
    (
        "answer = [{ id = \"unsure\", label = \"I'm not sure\", outcome = \"ask\" }]",
        "",
    ),
    ("title = \"Once more?\"", "titel = \"Once more?\""),
    ("title = \"Once more?\"", "title = \"\""),
    ("label = \"Codes\"", "label = \"\""),
];

#[test]
#[allow(clippy::too_many_lines, reason = "it shows all that is told")]
fn every_problem_has_a_location_and_a_hint() {
    let mut told = String::new();
    for (from, to) in FAULTS {
        assert!(TRIAGE.contains(from), "{from}");
        let site = site(&TRIAGE.replacen(from, to, 1));
        let ran = site.run(["check", "--strict", "--format", "short"]);
        writeln!(told, "{from} -> {to}\n{}", ran.stderr).expect("a string");
        let code = ran.code;
        assert_eq!(code, Some(1), "{told}");
    }
    assert_eq_text(
        told,
        str![[r#"
answers = { lost = "phone" } -> answers = { lost = "phone" }
hide = ["lots"]
content/triage.toml:32:10: unknown-name: there is no detail `lots`
hint: did you mean `lost`?

answers = { lost = "phone" } -> answers = { lost = "phone" }
hide = ["lost"]
content/triage.toml:32:10: condition: this outcome both answers and hides `lost`
hint: remove it from `answers` or from `hide`

text = "One is enough." -> text = "One is enough."
hide = ["lost"]
content/triage.toml:27:10: condition: this outcome hides `lost` and has no request
hint: name a `request`, or remove `hide`

start = "have" -> start = "hav"
content/triage.toml:3:10: unknown-name: there is no question `hav`
hint: did you mean `have`?

start = "have" -> 
content/triage.toml:1:1: missing-key: `start` is missing
hint: add a line `start = …`

id = "tried" -> id = "have"
content/triage.toml:8:48: unknown-name: there is no question `tried`
hint: correct the name, or add what it names
content/triage.toml:13:7: duplicate-name: `have` is used twice
hint: give one of them another id
content/triage.toml:24:7: unreachable: no answer leads to `use`
hint: make an answer lead to it, or remove it

id = "use" -> id = "ask"
content/triage.toml:17:55: unknown-name: there is no outcome `use`
hint: correct the name, or add what it names
content/triage.toml:28:7: duplicate-name: `ask` is used twice
hint: give one of them another id

id = "use" -> id = "Use it"
content/triage.toml:17:55: unknown-name: there is no outcome `use`
hint: correct the name, or add what it names
content/triage.toml:24:7: bad-name: `Use it` cannot be an id
hint: use lower-case letters, digits and hyphens, such as `lost-phone`
content/triage.toml:24:7: unreachable: no answer leads to `Use it`
hint: make an answer lead to it, or remove it

id = "use" -> id = "map"
content/triage.toml:17:55: unknown-name: there is no outcome `use`
hint: correct the name, or add what it names
content/triage.toml:24:7: bad-name: no outcome can be called `map`: `/start/map/` shows all paths
hint: give it another id
content/triage.toml:24:7: unreachable: no answer leads to `map`
hint: make an answer lead to it, or remove it

{ id = "yes" -> { id = "unsure"
content/triage.toml:17:11: duplicate-name: `unsure` is used twice
hint: give one of them another id

id = "unsure", label = "I'm not sure", outcome = "use" -> id = "no", label = "No", outcome = "use"
content/triage.toml:13:7: no-unsure: the question `tried` has no answer for readers who do not know
hint: add a `[[question.answer]]` with `id = "unsure"`

outcome = "use" } -> question = "have" }
content/triage.toml:17:56: circle: this leads back to `have`
hint: send this answer somewhere else, because a reader who answers the same way again never gets out
content/triage.toml:24:7: unreachable: no answer leads to `use`
hint: make an answer lead to it, or remove it

question = "tried" -> question = "again"
content/triage.toml:13:7: unreachable: no answer leads to `tried`
hint: make an answer lead to it, or remove it
content/triage.toml:24:7: unreachable: no answer leads to `use`
hint: make an answer lead to it, or remove it

outcome = "use" -> 
content/triage.toml:17:11: dead-end: the answer `unsure` goes nowhere
hint: give it a `question` or an `outcome`

outcome = "use" -> outcome = "use", question = "again"
content/triage.toml:17:11: dead-end: the answer `unsure` has both `question` and `outcome`
hint: keep either `question` or `outcome`, not both

text = "One is enough." -> 
content/triage.toml:24:7: dead-end: the outcome `use` says nothing
hint: give it a `text`, `guides` or a `request`

text = "One is enough." -> guides = ["indx.md"]
content/triage.toml:26:12: unknown-name: there is no guide `indx.md`
hint: did you mean `index.md`?

request = "mail" -> request = "male"
content/triage.toml:30:12: unknown-name: there is no request `male`
hint: correct the name, or add what it names

request = "mail" -> text = "So."
content/triage.toml:31:13: warning: unused-answer: no request of `ask` uses its answer to `lost`
hint: name a `request` that uses it, or remove the answer

lost = "phone" -> lots = "phone"
content/triage.toml:31:13: unknown-name: there is no detail `lots`
hint: did you mean `lost`?

lost = "phone" -> lost = "phnoe"
content/triage.toml:31:21: unknown-name: there is no option of `lost` called `phnoe`
hint: did you mean `phone`?

lost = "phone" -> lost = ["phone", "mail"]
content/triage.toml:31:31: wrong-type: `lost` takes one answer
hint: keep one, or let the detail be of the kind `choices`

lost = "phone" -> lost = 3
content/triage.toml:31:20: wrong-type: `lost` must be the id of an option in quotes, or a list of them, not `3`

lost = "phone" -> lost = []
content/triage.toml:31:20: wrong-type: `lost` must be the id of an option in quotes, or a list of them, not an empty list

answer = [{ id = "unsure", label = "I'm not sure", outcome = "ask" }] -> 
content/triage.toml:20:7: dead-end: the question `again` has no answers
hint: add `[[question.answer]]` tables

title = "Once more?" -> titel = "Once more?"
content/triage.toml:21:1: unknown-key: unknown key `titel`
hint: did you mean `title`?

title = "Once more?" -> title = ""
content/triage.toml:20:7: empty-title: the question `again` has no text
hint: write it as a reader would say it

label = "Codes" -> label = ""
content/triage.toml:8:11: empty-title: the answer `codes` has no text
hint: write it as a reader would say it


"#]]
        .into(),
    );
}
