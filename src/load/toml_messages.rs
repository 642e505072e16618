//! Errors of `toml` and `serde` in plain words.
//!
//! In: an error, and what was removed because of it. Out: a diagnostic.

use std::sync::Arc;

use toml::de::Error;

use super::toml_file::Removed;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Location, Source};

/// A syntax error.
pub(super) fn syntax_problem(source: &Arc<Source>, error: &Error) -> Diagnostic {
    let problem = Diagnostic::error(Code::TomlSyntax, error.message())
        .at(Location::new(source, error.span().unwrap_or_default()));
    match error.message() {
        "duplicate key" => problem.hint("a table can have a key only once: remove one of the two"),
        text if text.starts_with("string values must be quoted") => {
            problem.hint("put text between double quotes: `title = \"…\"`")
        }
        _ => problem,
    }
}

/// A value that serde could not read.
pub(super) fn value_problem(
    source: &Arc<Source>,
    error: &Error,
    removed: Option<&Removed>,
) -> Diagnostic {
    let location = Location::new(source, error.span().unwrap_or_default());
    let message = error.message();
    let key = removed
        .and_then(|removed| removed.key.as_deref())
        .unwrap_or("this file");
    let suggested = |problem: Diagnostic, name, known: &[&str], list| {
        if known.is_empty() {
            return problem;
        }
        let all = format!("{list}: `{}`", known.join("`, `"));
        problem.suggest(name, known.iter().copied(), &all)
    };
    let problem = if let Some(rest) = message.strip_prefix("unknown field ") {
        let (name, known) = names(rest);
        let problem = Diagnostic::error(Code::UnknownKey, format!("unknown key `{name}`"));
        suggested(problem, name, &known, "known here")
    } else if let Some(rest) = message.strip_prefix("unknown variant ") {
        let (name, known) = names(rest);
        let message = format!("`{key}` cannot be `{name}`");
        let problem = Diagnostic::error(Code::UnknownValue, message);
        suggested(problem, name, &known, "it can be")
    } else if let Some(rest) = message.strip_prefix("missing field ") {
        let name = rest.trim_matches('`');
        Diagnostic::error(Code::MissingKey, format!("`{name}` is missing"))
            .hint(format!("add a line `{name} = …`"))
    } else {
        Diagnostic::error(Code::WrongType, type_message(message, key, removed))
    };
    problem.at(location)
}

fn type_message(message: &str, key: &str, removed: Option<&Removed>) -> String {
    let subject = if removed.is_some_and(|removed| removed.is_item) {
        format!("each item of `{key}`")
    } else {
        format!("`{key}`")
    };
    let parts = message
        .strip_prefix("invalid type: ")
        .or_else(|| message.strip_prefix("invalid value: "))
        .and_then(|rest| rest.rsplit_once(", expected "));
    match parts {
        Some((found, expected)) => {
            format!(
                "{subject} must be {}, not {}",
                wanted(expected),
                given(found)
            )
        }
        None if message == "wanted string or table" => format!("{subject} must be text in quotes"),
        None => format!("{subject}: {message}"),
    }
}

fn wanted(expected: &str) -> &str {
    match expected {
        "a string" => "text in quotes",
        "a boolean" => "`true` or `false`",
        "a sequence" => "a list in square brackets",
        "a TOML datetime" => "a date such as `2026-09-30`, without quotes",
        "usize" | "u64" | "u32" | "u16" | "u8" => "a whole number from 0 up",
        "i64" | "i32" | "i16" => "a whole number",
        "a map" => "a table",
        other if other.starts_with("struct ") => "a table",
        other => other,
    }
}

fn given(found: &str) -> &str {
    match found {
        "map" => "a table",
        "sequence" => "a list",
        "an empty list" => found,
        _ => match found.split_once([' ', '`']).map_or(found, |(kind, _)| kind) {
            "integer" => found.strip_prefix("integer ").unwrap_or("a number"),
            "floating" => "a number with a point",
            "string" => "text",
            "boolean" => "`true` or `false`",
            _ => "this",
        },
    }
}

/// The name `serde` stopped at and those it knows, out of its message.
pub(super) fn names(text: &str) -> (&str, Vec<&str>) {
    let (name, known) = text
        .rsplit_once(", ")
        .map_or((text, ""), |_| text.split_once("`, ").unwrap_or((text, "")));
    let known = known.split('`').skip(1).step_by(2).collect();
    (name.trim_matches('`'), known)
}
