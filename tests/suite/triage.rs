//! `triage.toml`: every kind of fault has its place, and `check --tree` draws what there is.

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
hint: let it lead on: a reader who answers the same way again would never get out
content/triage.toml:24:7: unreachable: no answer leads to `use`
hint: let an answer lead to it, or remove it

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
│  ! there is no `aks`
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
there is no triage to print
no problems found

"#]]);
}

/// Each fault alone: what is changed, and what is told.
#[test]
fn each_fault_has_its_place_and_a_hint() {
    let cases = [
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
        (
            "answer = [{ id = \"unsure\", label = \"I'm not sure\", outcome = \"ask\" }]",
            "",
        ),
        ("title = \"Once more?\"", "titel = \"Once more?\""),
        ("title = \"Once more?\"", "title = \"\""),
        ("label = \"Codes\"", "label = \"\""),
    ];
    let mut told = String::new();
    for (from, to) in cases {
        assert!(TRIAGE.contains(from), "{from}");
        let site = site(&TRIAGE.replacen(from, to, 1));
        let ran = site.run(["check", "--strict", "--format", "short"]);
        told += &format!("{from} -> {to}\n{}\n", ran.stderr);
        let code = ran.code;
        assert_eq!(code, Some(1), "{told}");
    }
    assert_eq_text(told, str![[r#""#]]);
}
