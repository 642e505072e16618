//! The TOML files of `content/`, except `site.toml` and `synonyms.toml` → values, and a diagnostic for every value that
//! is invalid on its own.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::toml_file::{locations, read, too_many};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::ids::LinkName;
use crate::markdown::Options;
use crate::recovery::{Answer, Checklist, Entry, Request, TIDY, Triage};
use crate::site::{Expectation, Expectations, OfficialLink, QUESTION_LIMIT, fill_link_gaps};
use crate::source::{Located, Source};

/// Whether a value of a file could not be read, going by the problems of loading. What follows from that is not reported.
pub(super) fn is_partial(path: &str, diagnostics: &Diagnostics) -> bool {
    diagnostics.iter().any(|problem| {
        // These report values that are read nevertheless, among them Markdown.
        let is_read = matches!(
            problem.code,
            Code::UnknownKey
                | Code::UnknownName
                | Code::DeadEnd
                | Code::AsksForSecret
                | Code::DuplicateId
                | Code::MarkdownBreaks
                | Code::RawHtml
        );
        let location = problem.location.as_ref();
        let is_here = location.is_some_and(|one| one.source.path() == path);
        is_here && problem.severity == Severity::Error && !is_read
    })
}

/// The official addresses, for what else names them.
#[derive(Default)]
pub(super) struct Links {
    pub(super) by_name: BTreeMap<LinkName, OfficialLink>,
    /// Whether some could not be read.
    is_partial: bool,
}

/// Reads `links.toml`, if there is one.
pub(super) fn links(source: Option<&Arc<Source>>, diagnostics: &mut Diagnostics) -> Links {
    let Some(source) = source else {
        return Links::default();
    };
    let links: Option<Vec<(Located<LinkName>, OfficialLink)>> =
        read(source, &Options::default(), diagnostics);
    let mut links = links.unwrap_or_default();
    let keys = links.iter().map(|(name, _)| &name.location);
    if too_many(1_000, "addresses", keys, diagnostics) {
        links.clear();
    }
    let links = links.into_iter().map(|(name, link)| {
        let Located { value, location } = name;
        (value, OfficialLink { location, ..link })
    });
    Links {
        by_name: links.collect(),
        is_partial: is_partial(source.path(), diagnostics),
    }
}

/// Replaces each `{link:NAME}` in what a request writes into the form. Names without an address are reported, unless
/// their address may be one that could not be read.
fn fill_links(request: &mut Request, links: &Links, diagnostics: &mut Diagnostics) {
    for field in &mut request.fields {
        let value = field.value.as_mut();
        for text in [Some(&mut field.text.value), value].into_iter().flatten() {
            match fill_link_gaps(text, &links.by_name) {
                Ok(filled) => *text = filled,
                Err(_) if links.is_partial => {}
                Err(name) => {
                    let message = format!("`links.toml` has no address named `{name}`");
                    let problem = Diagnostic::error(Code::UnknownLinkName, message)
                        .at(field.text.location.clone());
                    let known = links.by_name.keys().map(LinkName::as_str);
                    let hint = format!("add a table `[{name}]` to `links.toml`");
                    diagnostics.push(problem.suggest(&name, known, &hint));
                }
            }
        }
    }
}

/// Reads `checklist.toml`, and fills in the official addresses that it names. `None` if its syntax is wrong, its title is
/// missing or it is too large.
pub(super) fn checklist(
    source: &Arc<Source>,
    links: &Links,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Checklist> {
    let mut checklist: Checklist = read(source, options, diagnostics)?;
    if is_too_large(&checklist, diagnostics) {
        return None;
    }
    let details = &mut checklist.details;
    details.retain_mut(|detail| detail.fits_its_kind(diagnostics));
    look_up_tidy(&checklist, diagnostics);
    for request in &mut checklist.requests {
        fill_links(request, links, diagnostics);
    }
    let addresses = links.by_name.values().map(|link| &link.url);
    let mailboxes = addresses.filter_map(|url| url.strip_prefix("mailto:"));
    checklist.mailboxes = mailboxes.map(str::to_owned).collect();
    Some(checklist)
}

/// Reports each `tidy` rule that is neither built in nor in `[tidy]`.
fn look_up_tidy(checklist: &Checklist, diagnostics: &mut Diagnostics) {
    let own = checklist.tidy.iter().map(|(name, _)| name.value.as_str());
    let known = own.chain(TIDY);
    let rules = checklist.details.iter().flat_map(|detail| &detail.tidy);
    for Located { value, location } in rules {
        if !known.clone().any(|name| name == value) {
            let message = format!("there is no `tidy` rule `{value}`");
            let problem = Diagnostic::error(Code::UnknownName, message).at(location);
            let hint = format!("write `backticks` or `at`, or add `{value}` to `[tidy]`");
            diagnostics.push(problem.suggest(value, known.clone(), &hint));
        }
    }
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

/// Reads `triage.toml`. `None` if its syntax is wrong, it has no title or start, or it is too large.
pub(super) fn triage(
    source: &Arc<Source>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Triage> {
    let triage: Triage = read(source, options, diagnostics)?;
    let questions = &triage.questions;
    let answers = questions.iter().flat_map(|one| &one.answers);
    let all = answers.clone().map(Entry::location);
    let is_too_large = too_many(1_000, "questions", locations(questions), diagnostics)
        || too_many(1_000, "outcomes", locations(&triage.outcomes), diagnostics)
        || too_many(10_000, "answers", all, diagnostics);
    if is_too_large {
        return None;
    }
    diagnostics.extend(answers.filter_map(without_next));
    Some(triage)
}

fn without_next(answer: &Answer) -> Option<Diagnostic> {
    let hint = match (&answer.question, &answer.outcome) {
        (Some(_), Some(_)) => "keep either `question` or `outcome`, not both",
        (None, None) => "give it a `question` or an `outcome`",
        _ => return None,
    };
    let how = answer.next().err()?;
    let message = format!("the answer `{}` {how}", answer.id());
    let problem = Diagnostic::error(Code::DeadEnd, message).at(answer.location());
    Some(problem.hint(hint))
}

/// Reads `expect.toml`.
pub(super) fn expectations(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Expectations {
    let read: Option<Expectations> = read(source, &Options::default(), diagnostics);
    let mut expectations = read.unwrap_or_default();
    let Expectations { words, questions } = &mut expectations;
    words.retain(|word| is_searchable(word, diagnostics));
    questions.retain(|question| {
        let fault = fault(question);
        let is_good = is_searchable(&question.ask, diagnostics) && fault.is_none();
        diagnostics.extend(fault);
        is_good
    });
    expectations
}

/// A question must expect either a page or nothing.
fn fault(question: &Expectation) -> Option<Diagnostic> {
    let within = question.within.as_ref();
    if question.is_unclear() {
        return None;
    }
    let (location, message, hint) = match (&question.page, question.nothing()) {
        (Some(_), Some(nothing)) => (
            &nothing.location,
            "this question has both `page` and `nothing = true`",
            "keep either `page` or `nothing`, not both",
        ),
        (None, None) => (
            &question.ask.location,
            "this question has neither `page` nor `nothing = true`",
            "add `page = \"…\"`, or `nothing = true` if no page should be found",
        ),
        _ => (
            &within.filter(|within| within.value == 0)?.location,
            "`within` must be 1 or more",
            "write `1` if the page must be the first result",
        ),
    };
    let problem = Diagnostic::error(Code::Expectation, message).at(location);
    Some(problem.hint(hint))
}

/// Whether a text has words, but not too many.
fn is_searchable(text: &Located<String>, diagnostics: &mut Diagnostics) -> bool {
    let problem = if text.value.chars().nth(QUESTION_LIMIT).is_some() {
        let message = format!("the question is longer than {QUESTION_LIMIT} characters");
        Diagnostic::error(Code::TooLarge, message)
    } else if text.value.chars().any(char::is_alphanumeric) {
        return true;
    } else {
        Diagnostic::error(Code::Expectation, "the question contains no word")
    };
    let problem = problem.at(&text.location);
    diagnostics.push(problem.hint("write what a reader might type"));
    false
}

#[cfg(test)]
mod tests {
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
}
