//! YAML text → values with places.
//!
//! In: a source. Out: a tree of lists, maps and scalars as they were written, each with its place.
//! `serde` alone would stop at the first problem and forget where the rest stood.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{self as saphyr, Spanned};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Located, Location, Source};

/// Aliases in one form at most: none needs any, and each can stand for a whole tree.
const ALIASES: usize = 64;
/// Values in one form at most.
const VALUES: usize = 50_000;

/// A value.
#[derive(Debug, Clone)]
pub(super) enum Node {
    /// A scalar, as it was written; quotes and folding are undone.
    Text(String),
    /// A list.
    List(Vec<Located<Node>>),
    /// A map, in the order of the file.
    Map(Vec<(Located<String>, Located<Node>)>),
    /// Nothing.
    Nothing,
}

impl Node {
    /// What it is called in a message.
    pub(super) fn what(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
            Self::Nothing => "empty",
        }
    }
}

/// Reads one YAML document.
pub(super) fn parse(source: &Arc<Source>) -> Result<Located<Node>, Diagnostic> {
    let options = saphyr::options! {
        budget: saphyr::budget! { max_aliases: ALIASES, max_nodes: VALUES },
    };
    let parsed: Spanned<Raw> = saphyr::from_str_with_options(source.text(), options)
        .map_err(|error| problem(source, &error))?;
    Ok(located(source, parsed))
}

fn problem(source: &Arc<Source>, error: &saphyr::Error) -> Diagnostic {
    let at = error
        .location()
        .map_or(0, |location| offset(source.text(), &location));
    let message = error.without_snippet().to_string();
    let first = message.lines().next().unwrap_or_default();
    let first = first.split(" at line ").next().unwrap_or(first);
    let (what, hint) = in_our_words(first);
    Diagnostic::error(Code::IssueForm, format!("this is not YAML: {what}"))
        .at(Location::new(source, at..at))
        .hint(hint)
}

/// What the parser says, and what to do about it.
fn in_our_words(said: &str) -> (&str, &'static str) {
    let own = [
        (
            "multiple YAML documents",
            "a second document begins here",
            "keep one form in a file: remove the line `---`",
        ),
        (
            "budget breached",
            "it holds more than any form needs",
            "write values out where aliases stand for them",
        ),
        (
            "unknown anchor",
            "no `&name` stands before this `*name`",
            "a text that begins with `*` or `&` stands in quotes",
        ),
        (
            "found a tab",
            "there is a tab",
            "indent with spaces, never with tabs",
        ),
        (
            "multiline quoted scalar",
            "a text in quotes does not end",
            "close the quotes, or indent its further lines",
        ),
        (
            "did not find expected",
            "what stands here does not fit what stands above it",
            "let the keys of one map, and the `-` of one list, begin in the same column; close brackets",
        ),
    ];
    let found = own.into_iter().find(|(theirs, ..)| said.contains(theirs));
    if let Some((_, what, hint)) = found {
        return (what, hint);
    }
    if let Some(key) = said
        .split(", set DuplicateKeyPolicy")
        .next()
        .filter(|_| said.contains("duplicate"))
    {
        return (key, "remove one of the two");
    }
    (
        said,
        "text with a colon or a bracket in it stands in quotes",
    )
}

/// Line and column (both from 1) → bytes.
fn offset(text: &str, location: &saphyr::Location) -> usize {
    let less_one = |number: u64| usize::try_from(number.saturating_sub(1)).unwrap_or(0);
    let start: usize = text
        .split_inclusive('\n')
        .take(less_one(location.line()))
        .map(str::len)
        .sum();
    let line = text[start..].chars().take(less_one(location.column()));
    start + line.map(char::len_utf8).sum::<usize>()
}

fn span(text: &str, location: &saphyr::Location) -> Range<usize> {
    let start = offset(text, location);
    let length = location
        .span()
        .byte_len()
        .and_then(|length| usize::try_from(length).ok());
    start..(start + length.unwrap_or(0)).min(text.len())
}

fn located(source: &Arc<Source>, raw: Spanned<Raw>) -> Located<Node> {
    let location = Location::new(source, span(source.text(), &raw.referenced));
    let value = match raw.value {
        Raw::Text(text) => Node::Text(text),
        // A number or a switch where a form has text: what counts is how it was written.
        // An alias is written where its anchor is.
        Raw::Other => {
            let written = span(source.text(), &raw.defined);
            Node::Text(source.text()[written].trim().to_owned())
        }
        Raw::Nothing => Node::Nothing,
        Raw::List(items) => Node::List(
            items
                .into_iter()
                .map(|item| located(source, item))
                .collect(),
        ),
        Raw::Map(entries) => Node::Map(
            entries
                .into_iter()
                .map(|(key, value)| {
                    let location = Location::new(source, span(source.text(), &key.referenced));
                    (Located::new(key.value, location), located(source, value))
                })
                .collect(),
        ),
    };
    Located::new(value, location)
}

/// A value before its places are places in the source.
enum Raw {
    Text(String),
    Other,
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
    Nothing,
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(text.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_none<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Other)
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Other)
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}
