//! The list as one JSON object, for other programs.

use serde::Serialize;

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::Location;

#[derive(Serialize)]
struct Report<'a, T> {
    version: u8,
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Entry<'a>>,
    #[serde(flatten)]
    more: &'a T,
}

#[derive(Serialize)]
struct Entry<'a> {
    severity: Severity,
    code: &'static str,
    message: &'a str,
    #[serde(flatten)]
    location: Option<Position<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
    hints: &'a [String],
}

#[derive(Serialize)]
struct Related<'a> {
    #[serde(flatten)]
    location: Position<'a>,
    label: &'a str,
}

#[derive(Serialize)]
struct Position<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    /// Byte offsets into the file, end excluded.
    start: usize,
    end: usize,
}

/// One JSON object: `version` (1), counts and `diagnostics`, in the order of the list, then the keys
/// of `more`. Lines and columns start at 1.
pub fn json(diagnostics: &Diagnostics, more: &impl Serialize) -> String {
    let report = Report {
        version: 1,
        errors: diagnostics.count(Severity::Error),
        warnings: diagnostics.count(Severity::Warning),
        diagnostics: diagnostics.iter().map(entry).collect(),
        more,
    };
    let mut text =
        serde_json::to_string_pretty(&report).expect("texts and numbers always become JSON");
    text.push('\n');
    text
}

fn entry(diagnostic: &Diagnostic) -> Entry<'_> {
    Entry {
        severity: diagnostic.severity,
        code: diagnostic.code.as_str(),
        message: &diagnostic.message,
        location: diagnostic.location.as_ref().map(position),
        related: diagnostic
            .related
            .iter()
            .map(|(location, label)| Related {
                location: position(location),
                label,
            })
            .collect(),
        hints: &diagnostic.hints,
    }
}

fn position(location: &Location) -> Position<'_> {
    let (line, column) = location.line_column();
    Position {
        file: location.source.path(),
        line,
        column,
        start: location.span.start,
        end: location.span.end,
    }
}
