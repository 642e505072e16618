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
mod tests;
