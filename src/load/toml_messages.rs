//! What `toml` and `serde` say of a file, in plain words.
//!
//! In: their errors and what was taken out because of them. Out: diagnostics.

use std::sync::Arc;

use toml::de::Error;

use super::toml_file::Taken;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::{Location, Source};

/// A syntax error at its place.
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

/// Says in plain words what `serde` says in its own.
pub(super) fn value_problem(
    source: &Arc<Source>,
    error: &Error,
    taken: Option<&Taken>,
) -> Diagnostic {
    let location = Location::new(source, error.span().unwrap_or_default());
    let message = error.message();
    let key = taken
        .and_then(|taken| taken.key.as_deref())
        .unwrap_or("this file");
    let problem = if let Some(rest) = message.strip_prefix("unknown field ") {
        let (name, known) = names(rest);
        with_nearest(
            Diagnostic::error(Code::UnknownKey, format!("unknown key `{name}`")),
            (name, &known),
            "known here",
        )
    } else if let Some(rest) = message.strip_prefix("unknown variant ") {
        let (name, known) = names(rest);
        with_nearest(
            Diagnostic::error(Code::UnknownValue, format!("`{key}` cannot be `{name}`")),
            (name, &known),
            "it can be",
        )
    } else if let Some(rest) = message.strip_prefix("missing field ") {
        let name = rest.trim_matches('`');
        Diagnostic::error(Code::MissingKey, format!("`{name}` is missing"))
            .hint(format!("add a line `{name} = …`"))
    } else {
        Diagnostic::error(Code::WrongType, type_message(message, key, taken))
    };
    problem.at(location)
}

fn type_message(message: &str, key: &str, taken: Option<&Taken>) -> String {
    let subject = if taken.is_some_and(|taken| taken.item) {
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

fn with_nearest(problem: Diagnostic, (name, known): (&str, &[&str]), list: &str) -> Diagnostic {
    match nearest(name, known.iter().copied()) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None if known.is_empty() => problem,
        None => problem.hint(format!("{list}: `{}`", known.join("`, `"))),
    }
}
