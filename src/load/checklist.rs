//! `checklist.toml` → the recovery domain.
//!
//! In: its source. Out: a checklist, and a diagnostic for every key that makes no sense. `check` looks up
//! the names in it and decides whether the requests are complete.

use std::sync::Arc;

use super::toml_file::{locations, read, too_many};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::Options;
use crate::recovery::{Checklist, Tidy};
use crate::source::{Located, Source};

/// Reads `checklist.toml`. `None` if its syntax is wrong, its title is missing or it is too large.
pub(super) fn checklist(
    source: &Arc<Source>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Checklist> {
    let mut checklist: Checklist = read(source, options, diagnostics)?;
    if is_too_large(&checklist, diagnostics) {
        return None;
    }
    let details = &mut checklist.details;
    details.retain_mut(|detail| detail.fits_its_kind(diagnostics));
    for detail in details {
        let tidy = &mut detail.tidy;
        tidy.retain_mut(|rule| has_pattern(rule, &checklist.tidy, diagnostics));
    }
    Some(checklist)
}

fn is_too_large(checklist: &Checklist, found: &mut Diagnostics) -> bool {
    let details = &checklist.details;
    let options = details.iter().flat_map(|one| locations(&one.options));
    let requests = &checklist.requests;
    let fields = requests.iter().flat_map(|request| &request.fields);
    let texts = fields.clone().map(|field| &field.text);
    let gaps = texts.flat_map(|text| text.value.matches('{').map(|_| &text.location));
    let fields = fields.map(|field| &field.label.location);
    too_many(1_000, "groups", locations(&checklist.groups), found)
        || too_many(1_000, "details", locations(details), found)
        || too_many(10_000, "options", options, found)
        || too_many(1_000, "requests", locations(requests), found)
        || too_many(10_000, "fields", fields, found)
        || too_many(5_000, "gaps", gaps, found)
}

/// Replaces the name of a rule in `[tidy]` with its pattern.
fn has_pattern(
    rule: &mut Tidy,
    own: &[(Located<String>, Located<String>)],
    diagnostics: &mut Diagnostics,
) -> bool {
    let Tidy::Extract(name) = rule else {
        return true;
    };
    if let Some((_, pattern)) = own.iter().find(|(own, _)| own.value == name.value) {
        *name = pattern.clone();
        return true;
    }
    let Located { value, location } = name;
    let known = own.iter().map(|(name, _)| name.value.as_str());
    let known = known.chain(["backticks", "at"]);
    let hint = format!("write `backticks` or `at`, or add `{value}` to `[tidy]`");
    let message = format!("there is no `tidy` rule `{value}`");
    let problem = Diagnostic::error(Code::UnknownName, message).at(&*location);
    diagnostics.push(problem.suggest(value, known, &hint));
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::short;

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

    fn reported(text: &str) -> String {
        let source = Source::new("content/checklist.toml", text);
        let mut diagnostics = Diagnostics::default();
        checklist(&source, &Options::default(), &mut diagnostics);
        short(&diagnostics.sorted()).replace("content/checklist.toml:", "")
    }

    #[test]
    fn a_checklist_is_read_whole() {
        let source = Source::new("content/checklist.toml", CHECKLIST);
        let mut diagnostics = Diagnostics::default();
        let list = checklist(&source, &Options::default(), &mut diagnostics).expect("a checklist");
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
        let checklist =
            checklist(&source, &Options::default(), &mut diagnostics).expect("a checklist");
        assert_eq!(short(&diagnostics), "");
        let of = |id: &str| {
            let request = checklist.request(id).expect("a request");
            let details = checklist.details_for(request).into_iter();
            details.map(|one| one.id.value.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(of("one"), ["both", "everywhere", "here"]);
        assert_eq!(of("two"), ["both", "everywhere"]);
    }
}
