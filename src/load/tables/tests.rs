use super::*;
use crate::diagnostic::short;
use crate::recovery::Next;

const CHECKLIST: &str = r#"
title = "Your request"
intro = ""
[tidy]
profile-address = "https://host/user/([a-z]+)/?"
[[group]]
id = "account"
title = "Your account"
[[detail]]
id = "lost"
group = "account"
label = "What you lost"
kind = "choice"
required = true
  [[detail.option]]
  id = "phone"
  label = "My phone"
  text = "my phone"
  [[detail.option]]
  id = "mail"
  label = "my mailbox"
[[detail]]
id = "name"
group = "account"
label = "Username"
kind = "line"
where = "On your profile"
only_if = { detail = "lost", answer = "mail" }
max_length = 50
pattern = "[a-z]+"
pattern_help = "Username must be letters"
tidy = ["backticks", "at", "profile-address"]
sensitivity = "private"
[[detail]]
id = "codes"
group = "account"
label = "Recovery codes"
kind = "confirm"
statement = "I lost them"
[[at_least_one]]
details = ["name", "lost"]
message = "Enter one"
[[request]]
id = "account-recovery"
title = "Account recovery request"
channel = "issue-form"
link = "form"
before = ["Read it"]
  [[request.field]]
  label = "Username"
  text = "`{name}`"
"#;

fn read_checklist(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Option<Checklist> {
    checklist(source, &Links::default(), &Options::default(), diagnostics)
}

fn reported(text: &str) -> String {
    let source = Source::new("content/checklist.toml", text);
    let mut diagnostics = Diagnostics::default();
    read_checklist(&source, &mut diagnostics);
    short(&diagnostics.sorted()).replace("content/checklist.toml:", "")
}

#[test]
fn a_checklist_is_read_whole() {
    let source = Source::new("content/checklist.toml", CHECKLIST);
    let mut diagnostics = Diagnostics::default();
    let list = read_checklist(&source, &mut diagnostics).expect("a checklist");
    assert_eq!(short(&diagnostics), "");
    assert_eq!(list.intro, None, "an empty text counts as missing");
    let options = &list.details[0].options;
    assert_eq!(
        (options[0].text(), options[1].text()),
        ("my phone", "my mailbox")
    );
    let name = &list.details[1];
    assert_eq!(name.sensitivity, crate::recovery::Sensitivity::Private);
    assert_eq!(name.tidy.len(), 3);
    assert_eq!(
        name.only_if.as_ref().expect("a condition").answers[0]
            .value
            .as_str(),
        "mail"
    );
    assert!(
        list.requests[0].is_public(),
        "an issue form is public unless said otherwise"
    );
    let gap = &list.requests[0].fields[0].text.location;
    assert_eq!(&source.text()[gap.span.clone()], "`{name}`");
}

#[test]
fn keys_that_do_not_fit_together_are_reported_at_their_locations() {
    let cases = [
        (
            "statement = \"I lost them\"",
            "",
            "35:7: missing-key: a `confirm` detail needs a `statement`\n",
        ),
        (
            "kind = \"confirm\"",
            "kind = \"list\"",
            "39:14: unknown-key: only a `confirm` detail can have `statement`\n",
        ),
        (
            "kind = \"choice\"",
            "kind = \"line\"",
            "16:9: unknown-key: only a `choice` or `choices` detail has options\n",
        ),
        (
            "kind = \"line\"",
            "kind = \"choices\"",
            "23:7: missing-key: a detail to choose from needs `[[detail.option]]` tables\n",
        ),
        (
            "pattern = \"[a-z]+\"",
            "",
            "23:7: missing-key: `pattern` and `pattern_help` go together: `pattern` is missing\n",
        ),
        (
            "sensitivity = \"private\"",
            "sensitivity = \"never\"",
            "33:16: asks-for-secret: a detail that must never be known must not be asked for\n",
        ),
        (
            "\"backticks\"",
            "\"backtick\"",
            "32:10: unknown-name: there is no `tidy` rule `backtick`\nhint: did you mean `backticks`?\n",
        ),
        (
            "kind = \"line\"",
            "kind = \"lines\"",
            "26:8: unknown-value: `kind` cannot be `lines`\nhint: did you mean `line`?\n",
        ),
    ];
    for (from, to, expected) in cases {
        assert_eq!(
            reported(&CHECKLIST.replacen(from, to, 1)),
            expected,
            "{from} → {to}"
        );
    }
}

#[test]
fn a_value_that_cannot_be_read_is_the_only_problem_of_its_table() {
    let read = |name: &str, text: String| {
        let mut diagnostics = Diagnostics::default();
        let source = Source::new(format!("content/{name}"), text);
        let options = Options::default();
        match name {
            "checklist.toml" => drop(read_checklist(&source, &mut diagnostics)),
            "triage.toml" => drop(triage(&source, &options, &mut diagnostics)),
            "expect.toml" => drop(expectations(&source, &mut diagnostics)),
            _ => {
                let links = links(Some(&source), &mut diagnostics);
                let text = CHECKLIST.replacen("`{name}`", "{link:form}", 1);
                let list = Source::new("content/checklist.toml", text);
                drop(checklist(&list, &links, &options, &mut diagnostics));
            }
        }
        short(&diagnostics.sorted())
    };
    let tidy = CHECKLIST.replacen("= \"https://host/user/([a-z]+)/?\"", "= 3", 1);
    let help = CHECKLIST.replacen("\"Username must be letters\"", "3", 1);
    let statement = CHECKLIST.replacen("\"I lost them\"", "3", 1);
    let next = TRIAGE.replacen("outcome = \"end\"", "outcome = 3", 1);
    let page = "[[question]]\nask = 'a'\npage = 3\n".to_owned();
    let link = "[form]\nurl = 3\ntitle = 'Form'\n".to_owned();
    for (name, text, key) in [
        ("checklist.toml", tidy, "profile-address"),
        ("checklist.toml", help, "pattern_help"),
        ("checklist.toml", statement, "statement"),
        ("triage.toml", next, "outcome"),
        ("expect.toml", page, "page"),
        ("links.toml", link, "url"),
    ] {
        let reported = read(name, text);
        let expected = format!("wrong-type: `{key}` must be text in quotes, not `3`\n");
        assert!(reported.ends_with(&expected), "{reported}");
        assert_eq!(reported.lines().count(), 1, "{reported}");
    }
}

#[test]
fn a_reminder_is_part_of_the_requests_it_names() {
    let detail = |id: &str, more: &str| {
        format!(
            "[[detail]]\nid = \"{id}\"\ngroup = \"g\"\nlabel = \"{id}\"\nkind = \"line\"\n{more}\n"
        )
    };
    let request = |id: &str| {
        format!(
            "[[request]]\nid = \"{id}\"\ntitle = \"{id}\"\nchannel = \"text\"\n[[request.field]]\nlabel = \"A\"\ntext = \"{{both}}\"\n"
        )
    };
    let text = [
        "title = \"T\"\n".to_owned(),
        detail("both", ""),
        detail("everywhere", ""),
        detail("here", "requests = [\"one\"]"),
        request("one"),
        request("two"),
    ];
    let mut diagnostics = Diagnostics::default();
    let source = Source::new("c.toml", text.concat());
    let checklist = read_checklist(&source, &mut diagnostics).expect("a checklist");
    assert_eq!(short(&diagnostics), "");
    let of = |id: &str| {
        let request = checklist.request(id).expect("a request");
        let details = checklist.details_for(request).into_iter();
        details.map(|one| one.id.value.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of("one"), ["both", "everywhere", "here"]);
    assert_eq!(of("two"), ["both", "everywhere"]);
}

fn read_triage(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Option<Triage> {
    triage(source, &Options::default(), diagnostics)
}

const TRIAGE: &str = r#"
title = "What do you have?"
start = "site"
[[question]]
id = "site"
title = "Where?"
  [[question.answer]]
  id = "one"
  label = "One"
  outcome = "end"
[[outcome]]
id = "end"
title = "The end"
guides = ["a/b.md"]
request = "account-recovery"
answers = { lost = "phone" }
"#;

#[test]
fn a_triage_is_read_whole() {
    let source = Source::new("content/triage.toml", TRIAGE);
    let mut diagnostics = Diagnostics::default();
    let triage = read_triage(&source, &mut diagnostics).expect("a triage");
    assert_eq!(short(&diagnostics), "");
    assert!(
        matches!(triage.questions[0].answers[0].next(), Ok(Next::Outcome(id)) if id.value.as_str() == "end")
    );
    assert_eq!(triage.outcomes[0].answers[0].1.value.as_str(), "phone");
}

fn attempt(text: &str) -> (Expectations, String) {
    let source = Source::new("e.toml", text);
    let mut diagnostics = Diagnostics::default();
    let read = expectations(&source, &mut diagnostics);
    (read, short(&diagnostics.sorted()))
}

#[test]
fn questions_are_read_with_what_is_expected_of_them() {
    let (read, reported) = attempt(
        "words = ['yubikey']\n[[question]]\nask = 'lost phone'\npage = 'a.md#b'\n\
         [[question]]\nask = 'codes'\npage = '/checklist/'\nor = ['b.md']\nwithin = 1\n\
         [[question]]\nask = 'qwxz'\nnothing = true\n",
    );
    assert_eq!(reported, "");
    let shown: Vec<_> = read
        .questions
        .iter()
        .map(|question| {
            let pages: Vec<_> = question.pages().map(|page| page.value.as_str()).collect();
            let nothing = question.nothing().is_some();
            format!("{} {} {nothing}", question.ask.value, pages.join("|"))
        })
        .collect();
    let expected = [
        "lost phone a.md#b false",
        "codes /checklist/|b.md false",
        "qwxz  true",
    ];
    assert_eq!(shown, expected);
    assert_eq!(read.words[0].value, "yubikey");
}

#[test]
fn questions_that_cannot_be_asked_are_reported_at_their_locations() {
    let cases = [
        (
            "ask = 'a'",
            "2:8: expectation: this question has neither `page` nor `nothing = true`",
        ),
        (
            "ask = 'a'\nnothing = false",
            "2:8: expectation: this question has neither `page` nor",
        ),
        (
            "ask = 'a'\npage = 'a.md'\nnothing = true",
            "4:11: expectation: this question has both `page` and",
        ),
        (
            "ask = 'a'\npage = 'a.md'\nwithin = 0",
            "4:10: expectation: `within` must be 1 or more",
        ),
        (
            "ask = ' ? '\npage = 'a.md'",
            "2:8: expectation: the question contains no word",
        ),
        (
            "ask = 'a'\npgae = 'a.md'",
            "3:1: unknown-key: unknown key `pgae`\nhint: did you mean `page`?",
        ),
    ];
    for (lines, expected) in cases {
        let (_, reported) = attempt(&format!("[[question]]\n{lines}\n"));
        assert!(
            reported.starts_with(&format!("e.toml:{expected}")),
            "{reported}"
        );
    }
}
