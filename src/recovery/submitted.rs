//! A request as it was posted: what is missing in it, malformed or dangerous.
//!
//! In: a request of the checklist and the posted text, each field under its label. Out: faults with
//! their places in the text. What a reader wrote freely is not judged, only what the form and the details
//! ask for. The browser does the same in `js/lib/submitted.js`; `tests/vectors/submitted.json` holds them together.

use std::ops::Range;

use super::offset_map::View;
use super::secrets::{Audience, Certainty, Scanner};
use super::{Checklist, Detail, DetailKind, FormField, GAP, Given, Problem, Request};

/// What an empty field becomes when an issue form is posted.
const NO_RESPONSE: &str = "_No response_";

/// One fault.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault<'a> {
    /// What is wrong.
    pub kind: FaultKind<'a>,
    /// The label of the field it is in.
    pub field: String,
    /// Where in the text; for what is missing, where it would stand.
    pub span: Range<usize>,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum FaultKind<'a> {
    /// The field needs an answer and is not there.
    NoField,
    /// The field needs an answer and has none.
    Empty,
    /// A gap was left as it is.
    Gap,
    /// A box is not ticked or not there: its words.
    Unticked(&'a str),
    /// The answer is too long or of the wrong shape.
    Answer(Problem, &'a Detail),
    /// The answer is none of the choices.
    NoChoice(&'a Detail),
    /// Something that looks like a secret: what it looks like.
    Secret(&'a str),
    /// The form has no field with this label.
    Unknown,
}

impl FaultKind<'_> {
    /// Its name in the shared vectors and the page's script.
    pub fn name(&self) -> &'static str {
        match self {
            Self::NoField => "no-field",
            Self::Empty => "empty",
            Self::Gap => "gap",
            Self::Unticked(_) => "unticked",
            Self::Answer(Problem::Long, _) => "long",
            Self::Answer(..) => "shape",
            Self::NoChoice(_) => "no-choice",
            Self::Secret(_) => "secret",
            Self::Unknown => "unknown",
        }
    }
}

/// One field of a posted text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Posted<'t> {
    label: &'t str,
    /// The label's line.
    heading: Range<usize>,
    /// What stands below it, without blank lines around it.
    body: Range<usize>,
}

/// Looks at a posted request, also where a mail quotes it.
pub fn faults<'a>(
    of: (&'a Checklist, &'a Request),
    text: &str,
    scanner: &'a Scanner,
) -> Vec<Fault<'a>> {
    let view = View::unquoted(text);
    let found = faults_in(of, &view.text, scanner).into_iter();
    found
        .map(|fault| Fault {
            span: view.location(&fault.span),
            ..fault
        })
        .collect()
}

fn faults_in<'a>(
    (checklist, request): (&'a Checklist, &'a Request),
    text: &str,
    scanner: &'a Scanner,
) -> Vec<Fault<'a>> {
    let posted = fields(request, text);
    let mut faults = Vec::new();
    for field in &request.fields {
        let label = field.label.value.as_str();
        let found = posted.iter().find(|one| same(one.label, label));
        match found {
            Some(found) => field_faults((checklist, field), (text, found), &mut faults),
            None if !is_needed(checklist, field) => {}
            None => faults.push(Fault {
                kind: FaultKind::NoField,
                field: label.to_owned(),
                span: text.len()..text.len(),
            }),
        }
    }
    for one in &posted {
        let known = request
            .fields
            .iter()
            .any(|field| same(one.label, &field.label.value));
        if !known {
            faults.push(Fault {
                kind: FaultKind::Unknown,
                field: one.label.to_owned(),
                span: one.heading.clone(),
            });
        }
    }
    faults.extend(secrets(request, (text, &posted), scanner));
    faults.sort_by_key(|fault| fault.span.start);
    faults
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// Cuts a text at its labels: any `### label`, or where the request is sent otherwise its own labels.
fn fields<'t>(request: &Request, text: &'t str) -> Vec<Posted<'t>> {
    let [before, after] = request.channel.heading();
    let mut fields: Vec<Posted<'t>> = Vec::new();
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
            fields.push(Posted {
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

/// Whether something in a field is asked of everyone.
fn is_needed(checklist: &Checklist, field: &FormField) -> bool {
    let mut details = field.gaps().filter_map(|gap| checklist.detail(gap));
    details.any(|detail| detail.required && detail.only_if.is_none())
}

fn field_faults<'a>(
    (checklist, field): (&'a Checklist, &'a FormField),
    (text, posted): (&str, &Posted<'_>),
    faults: &mut Vec<Fault<'a>>,
) {
    let body = &text[posted.body.clone()];
    let details: Vec<&Detail> = field
        .gaps()
        .filter_map(|gap| checklist.detail(gap))
        .collect();
    let mut tell = |kind, span| {
        faults.push(Fault {
            kind,
            field: field.label.value.clone(),
            span,
        });
    };
    if body.is_empty() || body == NO_RESPONSE {
        if is_needed(checklist, field) {
            tell(FaultKind::Empty, posted.heading.clone());
        }
        return;
    }
    for (at, gap) in body.match_indices(GAP) {
        let start = posted.body.start + at;
        tell(FaultKind::Gap, start..start + gap.len());
    }
    for detail in &details {
        let DetailKind::Confirm { statement } = &detail.kind else {
            continue;
        };
        if detail.required && !is_ticked(body, &statement.value) {
            tell(
                FaultKind::Unticked(&statement.value),
                posted.heading.clone(),
            );
        }
    }
    if let Some(detail) = field.alone().and_then(|name| checklist.detail(name))
        && let Some(kind) = answer_fault(detail, body)
    {
        tell(kind, posted.body.clone());
    }
}

/// Whether a line says `- [x]` and the words.
fn is_ticked(body: &str, statement: &str) -> bool {
    body.lines().any(|line| {
        let line = line.trim();
        let rest = ["- [x]", "- [X]", "* [x]", "* [X]"]
            .iter()
            .find_map(|mark| line.strip_prefix(mark));
        rest.is_some_and(|rest| same(rest, statement))
    })
}

/// What is wrong with an answer that has a field to itself.
fn answer_fault<'a>(detail: &'a Detail, body: &str) -> Option<FaultKind<'a>> {
    if body.contains(GAP) {
        return None;
    }
    let options = detail.kind.options();
    if !options.is_empty() {
        let known = options.iter().any(|option| match detail.kind {
            DetailKind::Choices(_) => body.contains(&option.text),
            _ => same(body, &option.text),
        });
        return (!known).then_some(FaultKind::NoChoice(detail));
    }
    let bare = body.trim_matches('`').to_owned();
    let problem = detail.misshapen(&Given::Text(bare))?;
    Some(FaultKind::Answer(problem, detail))
}

/// Anything that looks like a secret, in fields and around them. What only a text about codes makes one
/// is asked of each field with its own label.
fn secrets<'a>(
    request: &Request,
    (text, posted): (&str, &[Posted<'_>]),
    scanner: &'a Scanner,
) -> Vec<Fault<'a>> {
    let head = posted
        .first()
        .map_or(text.len(), |first| first.heading.start);
    let parts = posted.iter().map(|one| (one.label, one.body.clone()));
    let mut faults = Vec::new();
    for (label, span) in std::iter::once(("", 0..head)).chain(parts) {
        for one in scanner.find(&text[span.clone()], label) {
            if one.certainty == Certainty::Personal && request.audience() == Audience::Support {
                continue;
            }
            let span = span.start + one.span.start..span.start + one.span.end;
            faults.push(Fault {
                kind: FaultKind::Secret(one.pattern.what),
                field: label.to_owned(),
                span,
            });
        }
    }
    faults
}
