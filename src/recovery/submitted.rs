//! Reviews a submitted request: what is missing, invalid or secret in it.
//!
//! Takes a request of the checklist and the submitted text, each field under its label. Gives findings with their
//! locations in the text. Only what the form and the details ask for is judged, nothing that a reader wrote freely.
//! `js/lib/submitted.js` does the same in the browser; `tests/suite/parity.rs` compares the two.

use std::ops::Range;

use super::offset_map::OffsetMap;
use super::secrets::{Certainty, Scanner};
use super::{Checklist, Detail, DetailKind, FormField, GAP, Invalid, Request};

/// What an empty field becomes when an issue form is submitted.
pub(super) const NO_RESPONSE: &str = "_No response_";

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding<'a> {
    /// What is wrong.
    pub kind: FindingKind<'a>,
    /// The label of the field it is in.
    pub field: String,
    /// Where in the text; for what is missing, where it would be.
    pub span: Range<usize>,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum FindingKind<'a> {
    /// The field needs an answer and is not there.
    NoField,
    /// The field needs an answer and has none.
    Empty,
    /// A gap was left as it is.
    Gap,
    /// A box is not ticked or not there: its words.
    Unticked(&'a str),
    /// The answer is too long or has the wrong format.
    Answer(Invalid, &'a Detail),
    /// The answer is none of the choices.
    NoChoice(&'a Detail),
    /// Something that looks like a secret: what it looks like.
    Secret(&'a str),
    /// The form has no field with this label.
    Unknown,
}

impl FindingKind<'_> {
    /// Its name in the page's scripts.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NoField => "no-field",
            Self::Empty => "empty",
            Self::Gap => "gap",
            Self::Unticked(_) => "unticked",
            Self::Answer(invalid, _) => invalid.name(),
            Self::NoChoice(_) => "no-choice",
            Self::Secret(_) => "secret",
            Self::Unknown => "unknown",
        }
    }
}

/// One field of a submitted text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SubmittedField<'t> {
    label: &'t str,
    /// The label's line.
    heading: Range<usize>,
    /// The lines below it, without blank lines around them.
    body: Range<usize>,
}

/// Reviews a submitted request, also where an email quotes it.
pub fn review<'a>(
    of: (&'a Checklist, &'a Request),
    text: &str,
    scanner: &'a Scanner,
) -> Vec<Finding<'a>> {
    let map = unquoted(text);
    let findings = review_unquoted(of, &map.text, scanner).into_iter();
    findings
        .map(|one| Finding {
            span: map.original(&one.span),
            ..one
        })
        .collect()
}

/// A cleaned text without the marks that email puts before quoted lines, if it is the request that is quoted.
fn unquoted(text: &str) -> OffsetMap {
    let cleaned = OffsetMap::cleaned(text);
    let headings = |quoted: bool| {
        let lines = cleaned.text.lines().map(str::trim_start);
        let mut of = lines.filter(|line| line.starts_with('>') == quoted);
        of.any(|line| line[quote(line)..].starts_with("### "))
    };
    let mut marks = Vec::new();
    let mut at = 0;
    if headings(true) && !headings(false) {
        for line in cleaned.text.split_inclusive('\n') {
            marks.push(at..at + quote(line));
            at += line.len();
        }
    }
    cleaned.without(&marks)
}

/// The length of the quotation marks at the start of a line: `> > `.
fn quote(line: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = &line[length..];
        let marks = rest.trim_start_matches(' ');
        let Some(after) = marks.strip_prefix('>') else {
            return length;
        };
        length = line.len() - after.strip_prefix(' ').unwrap_or(after).len();
    }
}

fn review_unquoted<'a>(
    (checklist, request): (&'a Checklist, &'a Request),
    text: &str,
    scanner: &'a Scanner,
) -> Vec<Finding<'a>> {
    let submitted = fields(request, text);
    let mut findings = Vec::new();
    for field in &request.fields {
        let label = field.label.value.as_str();
        let found = submitted.iter().find(|one| same(one.label, label));
        match found {
            Some(found) => review_field((checklist, field), (text, found), &mut findings),
            None if !is_needed(checklist, field) => {}
            None => findings.push(Finding {
                kind: FindingKind::NoField,
                field: label.to_owned(),
                span: text.len()..text.len(),
            }),
        }
    }
    for one in &submitted {
        let known = request
            .fields
            .iter()
            .any(|field| same(one.label, &field.label.value));
        if !known {
            findings.push(Finding {
                kind: FindingKind::Unknown,
                field: one.label.to_owned(),
                span: one.heading.clone(),
            });
        }
    }
    findings.extend(secrets(request, (text, &submitted), scanner));
    findings.sort_by_key(|finding| finding.span.start);
    findings
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Splits a text at its labels: any `### label`, or the request's own labels as its channel marks them.
fn fields<'t>(request: &Request, text: &'t str) -> Vec<SubmittedField<'t>> {
    let [before, after] = request.channel.heading();
    let mut fields: Vec<SubmittedField<'t>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = at..at + line.trim_end().len();
        at += line.len();
        let bare = line.trim();
        let label = bare.strip_prefix("### ").or_else(|| {
            let label = bare.strip_prefix(before)?.strip_suffix(after)?;
            request
                .fields
                .iter()
                .any(|field| same(&field.label.value, label))
                .then_some(label)
        });
        if let Some(label) = label {
            fields.push(SubmittedField {
                label: label.trim(),
                heading: span,
                body: at..at,
            });
        } else if let Some(last) = fields.last_mut() {
            last.body.end = at;
        }
    }
    for field in &mut fields {
        let body = &text[field.body.clone()];
        let start = field.body.start + (body.len() - body.trim_start().len());
        field.body = start..(start + body.trim().len());
    }
    fields
}

/// Whether every request needs an answer in this field.
fn is_needed(checklist: &Checklist, field: &FormField) -> bool {
    let mut details = field.gaps().filter_map(|gap| checklist.detail(gap));
    details.any(|detail| detail.required && detail.only_if.is_none())
}

fn review_field<'a>(
    (checklist, field): (&'a Checklist, &'a FormField),
    (text, submitted): (&str, &SubmittedField<'_>),
    findings: &mut Vec<Finding<'a>>,
) {
    let body = &text[submitted.body.clone()];
    let details: Vec<&Detail> = field
        .gaps()
        .filter_map(|gap| checklist.detail(gap))
        .collect();
    let mut add = |kind, span| {
        findings.push(Finding {
            kind,
            field: field.label.value.clone(),
            span,
        });
    };
    if body.is_empty() || body == NO_RESPONSE {
        if is_needed(checklist, field) {
            add(FindingKind::Empty, submitted.heading.clone());
        }
        return;
    }
    for (at, gap) in body.match_indices(GAP) {
        let start = submitted.body.start + at;
        add(FindingKind::Gap, start..start + gap.len());
    }
    for detail in &details {
        let DetailKind::Confirm { statement } = &detail.kind else {
            continue;
        };
        if detail.required && !is_ticked(body, &statement.value) {
            add(
                FindingKind::Unticked(&statement.value),
                submitted.heading.clone(),
            );
        }
    }
    if let Some(detail) = field.alone().and_then(|name| checklist.detail(name))
        && let Some(kind) = review_answer(detail, body)
    {
        add(kind, submitted.body.clone());
    }
}

/// Whether a line has a ticked box with the statement.
fn is_ticked(body: &str, statement: &str) -> bool {
    body.lines().any(|line| {
        let line = line.trim();
        let rest = ["- [x]", "- [X]", "* [x]", "* [X]"]
            .iter()
            .find_map(|mark| line.strip_prefix(mark));
        rest.is_some_and(|rest| same(rest, statement))
    })
}

/// What is wrong with an answer that is alone in its field.
fn review_answer<'a>(detail: &'a Detail, body: &str) -> Option<FindingKind<'a>> {
    if body.contains(GAP) {
        return None;
    }
    let options = detail.kind.options();
    if !options.is_empty() {
        let known = options.iter().any(|option| match detail.kind {
            DetailKind::Choices(_) => body.contains(&option.text),
            _ => same(body, &option.text),
        });
        return (!known).then_some(FindingKind::NoChoice(detail));
    }
    let problem = detail.invalid(body.trim_matches('`'))?;
    Some(FindingKind::Answer(problem, detail))
}

/// Anything that looks like a secret, in the fields and above them. Each field is scanned with its own label, because
/// some patterns count only where codes are the subject.
fn secrets<'a>(
    request: &Request,
    (text, submitted): (&str, &[SubmittedField<'_>]),
    scanner: &'a Scanner,
) -> Vec<Finding<'a>> {
    let head = submitted
        .first()
        .map_or(text.len(), |first| first.heading.start);
    let parts = submitted.iter().map(|one| (one.label, one.body.clone()));
    let mut findings = Vec::new();
    for (label, span) in std::iter::once(("", 0..head)).chain(parts) {
        for one in scanner.find(&text[span.clone()], label) {
            if one.certainty == Certainty::Personal && !request.public {
                continue;
            }
            let span = span.start + one.span.start..span.start + one.span.end;
            findings.push(Finding {
                kind: FindingKind::Secret(&one.kind.what),
                field: label.to_owned(),
                span,
            });
        }
    }
    findings
}
