//! Reviews a submitted request: what is missing, invalid or secret in it.
//!
//! Takes a request of the checklist and the submitted text, each field under its label or behind it. Gives findings with
//! their locations in the text. Only what the form and the details ask for is judged, nothing that a reader wrote freely.
//! `js/lib/submitted.js` does the same in the browser; `tests/suite/parity.rs` compares the two.

use std::ops::Range;

use regex_lite::Regex;

use super::language::is_in_other_language;
use super::offset_map::OffsetMap;
use super::secrets::{Certainty, Scanner, lowered};
use super::{Checklist, Detail, DetailKind, FormField, GAP, Invalid, Request};

/// What an empty field becomes when an issue form is submitted.
pub(super) const NO_RESPONSE: &str = "_No response_";

/// Images and attached files, as Markdown and HTML have them.
pub(super) const ATTACHMENT: &str = r"!\[[^\]\n]*\]\([^)\n]*\)|<img [^>\n]*>|\[[^\]\n]*\]\(https?://[^)\n]*/(?:files|attachments|assets|uploads)/[^)\n]*\)";

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
    /// A ticked statement that the text contradicts: its words.
    Contradicted(&'a str),
    /// Something that looks like a secret: what it looks like, and how sure that is.
    Secret(&'a str, Certainty),
    /// Images and attached files: how many.
    Attachments(usize),
    /// It is not in the language that the support team reads.
    Language,
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
            Self::Contradicted(_) => "contradicted",
            Self::Secret(..) => "secret",
            Self::Attachments(_) => "attachments",
            Self::Language => "language",
            Self::Unknown => "unknown",
        }
    }
}

/// One field of a submitted text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct SubmittedField<'t> {
    label: &'t str,
    /// Whether the request has a field of that label.
    is_own: bool,
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
    let map = unquoted(of.1, text);
    let findings = review_unquoted(of, &map.text, scanner).into_iter();
    findings
        .map(|one| Finding {
            span: map.original(&one.span),
            ..one
        })
        .collect()
}

/// A cleaned text without the marks that email puts before quoted lines, if it is the request that is quoted.
fn unquoted(request: &Request, text: &str) -> OffsetMap {
    let cleaned = OffsetMap::cleaned(text);
    let mut marks = Vec::new();
    let mut at = 0;
    for line in cleaned.text.split_inclusive('\n') {
        marks.push(at..at + quote(line));
        at += line.len();
    }
    let plain = cleaned.without(&marks);
    let labels = |map: &OffsetMap| {
        let found = fields(request, &map.text);
        let is_found = |label: &str| found.iter().any(|one| one.is_own && one.label == label);
        let own = request.fields.iter();
        own.filter(|field| is_found(&field.label.value)).count()
    };
    if labels(&plain) > labels(&cleaned) {
        plain
    } else {
        cleaned
    }
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
    for one in submitted.iter().filter(|one| !one.is_own) {
        findings.push(Finding {
            kind: FindingKind::Unknown,
            field: one.label.to_owned(),
            span: one.heading.clone(),
        });
    }
    findings.extend(attachments(text));
    findings.extend(language((checklist, request), (text, &submitted)));
    findings.extend(secrets(request, (text, &submitted), scanner));
    findings.sort_by_key(|finding| finding.span.start);
    findings
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Splits a text at the request's own labels and at any `### label`. A label with its answer behind it counts only where
/// the text has no such label on a line of its own: `Codes: lost` may be part of an answer.
fn fields<'t>(request: &'t Request, text: &'t str) -> Vec<SubmittedField<'t>> {
    let alone = split(request, text, &|_| false);
    let is_alone = |label: &str| alone.iter().any(|one| one.is_own && one.label == label);
    split(request, text, &|label| !is_alone(label))
}

fn split<'t>(
    request: &'t Request,
    text: &'t str,
    inline: &dyn Fn(&str) -> bool,
) -> Vec<SubmittedField<'t>> {
    let mut fields: Vec<SubmittedField<'t>> = Vec::new();
    let mut lines = text.split_inclusive('\n').peekable();
    let mut at = 0;
    while let Some(line) = lines.next() {
        let mut span = at..at + line.len();
        let mut own = own_label(request, (text, &span), inline);
        if let Some(next) = lines
            .peek()
            .filter(|_| own.is_none() && !line.trim().is_empty())
        {
            // Email breaks long labels.
            let both = at..span.end + next.len();
            own = own_label(request, (text, &both), inline);
            if own.is_some() {
                span = both;
                lines.next();
            }
        }
        let unknown = line
            .trim()
            .strip_prefix("### ")
            .map(|label| (label.trim(), span.end));
        if let Some((label, body)) = own.or(unknown) {
            fields.push(SubmittedField {
                label,
                is_own: own.is_some(),
                heading: at..at + text[span.clone()].trim_end().len(),
                body: body..span.end,
            });
        } else if let Some(last) = fields.last_mut() {
            last.body.end = span.end;
        }
        at = span.end;
    }
    for field in &mut fields {
        let body = &text[field.body.clone()];
        let start = field.body.start + (body.len() - body.trim_start().len());
        field.body = start..(start + body.trim().len());
    }
    fields
}

/// The request's own label at `span`, in any form that people give it, and where its answer begins.
fn own_label<'t>(
    request: &'t Request,
    (text, span): (&str, &Range<usize>),
    inline: &dyn Fn(&str) -> bool,
) -> Option<(&'t str, usize)> {
    let line = text[span.clone()].trim().replace('\n', " ");
    let start = line.trim_start_matches('#').trim_start_matches(' ');
    let start = start.trim_start_matches(['*', '_']);
    request.fields.iter().find_map(|field| {
        let label = field.label.value.as_str();
        let words = label.trim_end_matches([':', ' ']);
        let (head, rest) = start.split_at_checked(words.len())?;
        let rest = rest.trim_start_matches(['*', '_', ' ']);
        if !same(head, words) {
            return None;
        }
        if rest.trim_matches('#').is_empty() {
            return Some((label, span.end));
        }
        let rest = rest
            .strip_prefix(':')
            .filter(|rest| rest.trim().is_empty() || inline(label));
        let answer = rest?.trim_start_matches(['*', '_', ' ']);
        let end = span.start + text[span.clone()].trim_end().len();
        let body = if answer.is_empty() {
            span.end
        } else {
            end - answer.len()
        };
        Some((label, body))
    })
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
        let ticked = is_ticked(body, &statement.value);
        if detail.required && !ticked {
            add(
                FindingKind::Unticked(&statement.value),
                submitted.heading.clone(),
            );
        }
        let pattern = detail.shape.contradicted_by.as_ref().filter(|_| ticked);
        if let Some(span) = pattern.and_then(|one| contradiction(&one.value, text, submitted)) {
            add(FindingKind::Contradicted(&statement.value), span);
        }
    }
    if let Some(detail) = field.alone().and_then(|name| checklist.detail(name))
        && let Some(kind) = review_answer(detail, body)
    {
        add(kind, submitted.body.clone());
    }
}

/// Whether a box with the statement is ticked. Email breaks long lines.
fn is_ticked(body: &str, statement: &str) -> bool {
    let lines: Vec<&str> = body.lines().map(str::trim).collect();
    lines.iter().enumerate().any(|(index, line)| {
        let bare = line.trim_start_matches(['-', '*', '+', ' ']);
        let mut boxes = ["[x]", "[X]", "☑", "✓", "✔", "✅"].into_iter();
        let Some(first) = boxes.find_map(|mark| bare.strip_prefix(mark)) else {
            return false;
        };
        let mut words = first.to_owned();
        for rest in &lines[index + 1..] {
            if same(&words, statement) || words.len() >= statement.len() {
                break;
            }
            words = format!("{words} {rest}");
        }
        same(&words, statement)
    })
}

/// What the text says elsewhere against a ticked statement. `check` reports a pattern that does not compile.
fn contradiction(pattern: &str, text: &str, field: &SubmittedField<'_>) -> Option<Range<usize>> {
    let pattern = Regex::new(pattern).ok()?;
    let lower = lowered(text);
    let mut found = pattern.find_iter(&lower).map(|found| found.range());
    found.find(|span| span.end <= field.heading.start || field.body.end <= span.start)
}

fn attachments<'a>(text: &str) -> Option<Finding<'a>> {
    let pattern = Regex::new(ATTACHMENT).ok()?;
    let first = pattern.find(text)?.range();
    Some(Finding {
        kind: FindingKind::Attachments(pattern.find_iter(text).count()),
        field: String::new(),
        span: first,
    })
}

/// Whether what was written freely is in another language than the support team's.
fn language<'a>(
    (checklist, request): (&Checklist, &Request),
    (text, submitted): (&str, &[SubmittedField<'_>]),
) -> Option<Finding<'a>> {
    let is_box = |gap| {
        matches!(
            checklist.detail(gap).map(|one| &one.kind),
            Some(DetailKind::Confirm { .. })
        )
    };
    let has_boxes = |label| {
        let mut own = request
            .fields
            .iter()
            .filter(|field| field.label.value == label);
        own.any(|field| field.gaps().any(is_box))
    };
    let written = submitted
        .iter()
        .filter(|one| !(one.is_own && has_boxes(one.label)));
    let written: Vec<_> = written.map(|one| &text[one.body.clone()]).collect();
    is_in_other_language(&written.join("\n"), &request.language).then(|| Finding {
        kind: FindingKind::Language,
        field: String::new(),
        span: 0..0,
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
                kind: FindingKind::Secret(&one.kind.what, one.certainty),
                field: label.to_owned(),
                span,
            });
        }
    }
    findings
}
