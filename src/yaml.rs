//! YAML text → TOML values, all of them strings, lists or tables, or the first problem in regain's own words. The
//! caller interprets the values.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, StrInput};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Location, Source};

/// The most levels of nesting.
const DEPTH: usize = 64;
/// The most values in one text, counting those that aliases repeat: an alias can repeat a whole tree.
const VALUES: usize = 20_000;

/// A value. A missing value is an empty table, or an empty string in a list.
pub type Value = Spanned<DeValue<'static>>;

/// What YAML reads an unquoted text as, if not as text. Services read YAML 1.1, where `yes` and `off` are switches.
pub fn other_type(text: &str) -> Option<&'static str> {
    if switch(text).is_some() {
        return Some("true or false");
    }
    let digits = text.trim_start_matches(['+', '-']);
    let number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && digits.replace(['_', ','], "").parse::<f64>().is_ok();
    number.then_some("a number")
}

/// What a text means as a switch.
pub fn switch(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// Reads one YAML document. Problems get this code.
pub fn parse(source: &Arc<Source>, span: Range<usize>, code: Code) -> Result<Value, Diagnostic> {
    let mut options = Options::default();
    options.flow_nesting_limit = DEPTH;
    options.block_nesting_limit = DEPTH;
    let text = &source.text()[span.clone()];
    let mut reader = Reader {
        events: Parser::new_from_str_with_options(text, options),
        source,
        span: span.clone(),
        code,
        anchors: HashMap::new(),
        count: 0,
    };
    let mut root = None;
    while let Some((event, span)) = reader.next()? {
        match event {
            Event::DocumentStart(..) if root.is_some() => {
                let problem = reader.error("a second YAML document begins here", span);
                return Err(problem.hint("remove the line `---`"));
            }
            Event::Scalar(..)
            | Event::SequenceStart(..)
            | Event::MappingStart(..)
            | Event::Alias(_) => root = Some(reader.value(event, span)?),
            _ => {}
        }
    }
    Ok(root.unwrap_or_else(|| Spanned::new(span, nothing())))
}

fn nothing() -> DeValue<'static> {
    DeValue::Table(DeTable::new())
}

/// Whether there is no value.
pub fn is_nothing(value: &DeValue<'_>) -> bool {
    value.as_table().is_some_and(DeTable::is_empty)
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
    source: &'a Arc<Source>,
    /// The part of the source that is YAML.
    span: Range<usize>,
    code: Code,
    /// Anchored values, and how many values each contains.
    anchors: HashMap<usize, (DeValue<'static>, usize)>,
    /// How many values there are so far.
    count: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Option<(Event<'a>, Range<usize>)>, Diagnostic> {
        let Some(next) = self.events.next() else {
            return Ok(None);
        };
        let (event, at) = next.map_err(|error| self.syntax_problem(&error))?;
        let at = at.byte_range().unwrap_or_default();
        let start = self.span.start;
        Ok(Some((event, start + at.start..start + at.end)))
    }

    fn error(&self, message: impl Into<String>, span: Range<usize>) -> Diagnostic {
        Diagnostic::error(self.code, message).at(Location::new(self.source, span))
    }

    /// The value that begins with an event.
    fn value(&mut self, event: Event<'a>, mut span: Range<usize>) -> Result<Value, Diagnostic> {
        let before = self.count;
        let (value, anchor) = match event {
            Event::Scalar(value, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let value = match &*value {
                    "" | "~" | "null" | "Null" | "NULL" if plain => nothing(),
                    text => DeValue::String(text.to_owned().into()),
                };
                (value, anchor)
            }
            Event::SequenceStart(_, anchor, _) => (self.list(&mut span)?, anchor),
            Event::MappingStart(_, anchor, _) => (DeValue::Table(self.map(&mut span)?), anchor),
            Event::Alias(anchor) => {
                // An anchor inside itself is not complete when its alias is read.
                let named = self.anchors.get(&anchor).cloned();
                let (value, size) = named.unwrap_or_else(|| (nothing(), 1));
                self.count += size - 1;
                (value, 0)
            }
            _ => (nothing(), 0),
        };
        self.count += 1;
        if self.count > VALUES {
            let message = format!("this YAML has more than {VALUES} values");
            let hint = if self.anchors.is_empty() {
                "shorten it: no form and no page needs so many"
            } else {
                "write the values out instead of repeating them with `*name`"
            };
            return Err(self.error(message, span).hint(hint));
        }
        if anchor != 0 {
            let size = self.count - before;
            self.anchors.insert(anchor, (value.clone(), size));
        }
        Ok(Spanned::new(span, value))
    }

    /// The next value of a list or map; `None` at its end, up to which `span` is extended.
    fn item(&mut self, span: &mut Range<usize>) -> Result<Option<Value>, Diagnostic> {
        match self.next()? {
            Some((Event::SequenceEnd | Event::MappingEnd, end)) => {
                span.end = end.end.max(span.start);
                Ok(None)
            }
            Some((event, span)) => self.value(event, span).map(Some),
            None => Ok(None),
        }
    }

    fn list(&mut self, span: &mut Range<usize>) -> Result<DeValue<'static>, Diagnostic> {
        let mut items = DeArray::new();
        while let Some(mut item) = self.item(span)? {
            if is_nothing(item.get_ref()) {
                *item.get_mut() = DeValue::String("".into());
            }
            items.push(item);
        }
        Ok(DeValue::Array(items))
    }

    fn map(&mut self, span: &mut Range<usize>) -> Result<DeTable<'static>, Diagnostic> {
        let mut entries = DeTable::new();
        // The maps that `<<: *name` refers to, whose keys are added if this one does not have them.
        let mut merged = Vec::new();
        while let Some(key) = self.item(span)? {
            let key_span = key.span();
            let text = match key.into_inner() {
                DeValue::String(text) => text,
                DeValue::Table(empty) if empty.is_empty() => Cow::default(),
                // `{{ name }}` is a map as a key.
                _ => {
                    let message = "a text that begins with `{` must be in quotes";
                    let problem = self.error(message, span.clone());
                    return Err(problem.hint("put quotes around the whole value"));
                }
            };
            let Some(value) = self.item(span)? else {
                break;
            };
            if text == "<<" {
                merged.push(value.into_inner());
                continue;
            }
            if let Some((first, _)) = entries.get_key_value(&*text) {
                let message = format!("the key `{text}` is used twice");
                let first = Location::new(self.source, first.span());
                let problem = self.error(message, key_span).see(first, "the first one");
                return Err(problem.hint("remove one of the two"));
            }
            entries.insert(Spanned::new(key_span, text), value);
        }
        for map in merged {
            merge(&mut entries, map);
        }
        Ok(entries)
    }

    fn syntax_problem(&self, error: &ScanError) -> Diagnostic {
        let at = self.span.start + error.marker().byte_offset().unwrap_or(0);
        let rest = &self.source.text()[at.min(self.span.end)..self.span.end];
        let c = rest.chars().next().filter(|c| *c != '\n');
        let end = at + c.map_or(0, char::len_utf8);
        let (what, hint) = in_our_words(error.kind());
        self.error(what, at..end).hint(hint)
    }
}

/// Adds the keys of another map, or of several, that are not there yet.
fn merge(entries: &mut DeTable<'static>, value: DeValue<'static>) {
    match value {
        DeValue::Table(others) => {
            for (key, value) in others {
                entries.entry(key).or_insert(value);
            }
        }
        DeValue::Array(maps) => maps
            .into_iter()
            .for_each(|map| merge(entries, map.into_inner())),
        _ => {}
    }
}

/// What is wrong, and what to do about it.
fn in_our_words(kind: &ErrorKind) -> (String, &'static str) {
    use ErrorKind as E;
    let (what, hint) = match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabAtBlockScalarStart
        | E::TabInIndentation
        | E::TabInPlainScalar => ("YAML does not allow a tab here", "use spaces instead"),
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => {
            ("the quotes are not closed", "add the closing quote")
        }
        E::InvalidQuotedScalarIndent => (
            "the quotes are not closed on the line where they open",
            "add the closing quote, or indent the further lines of the text",
        ),
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => (
            "text follows the closing quote",
            "put the whole value in quotes; inside single quotes write `''` for `'`",
        ),
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => (
            "in double quotes, `\\` starts an escape, and YAML does not know this one",
            "write `\\\\` for a backslash, or use single quotes",
        ),
        E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::ExpectedFlowMappingSeparator
        | E::ExpectedFlowSequenceSeparator
        | E::MisplacedFlowCollectionEnd
        | E::MismatchedFlowCollectionEnd { .. }
        | E::UnclosedFlowCollection { .. }
        | E::InvalidFlowScalarIndent
        | E::FlowMappingValueAdjacentCollection
        | E::BlockEntryInFlowCollection => (
            "the brackets `[ ]` or `{ }` do not match",
            "close the bracket; put a text that begins with `[` or `{` in quotes",
        ),
        E::MappingValueNotAllowed | E::InvalidColonPlacement | E::MappingKeyNotAllowed => (
            "a text that contains `: ` must be in quotes",
            "put quotes around the whole value",
        ),
        E::UnknownAnchor | E::MissingAnchorOrAliasName => (
            "nothing is named `&…` for this `*…` to repeat",
            "put a text that begins with `*` or `&` in quotes",
        ),
        E::UnexpectedCharacter { character } => {
            let what = format!("a text that begins with `{character}` must be in quotes");
            return (what, "put quotes around the whole value");
        }
        E::UndeclaredTagHandle
        | E::ExpectedTagBang
        | E::MissingTagUri
        | E::UnclosedVerbatimTag
        | E::InvalidTagTerminator
        | E::InvalidTagEscape => (
            "a text that begins with `!` must be in quotes",
            "put quotes around the whole value",
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey | E::InvalidMappingValueWhitespace => (
            "a key must be followed by a colon and a space",
            "write `key: value`",
        ),
        E::InvalidIndentation
        | E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::BlockSequenceEntryNotAllowed
        | E::InvalidBlockScalarIndent
        | E::UnexpectedEofBlockMapping
        | E::UnexpectedEofBlockSequence => (
            "this line is not indented like the lines it belongs to",
            "start all keys of a map, and all `-` of a list, in the same column",
        ),
        E::RecursionLimitExceeded => {
            let what = format!("this YAML is nested more than {DEPTH} levels deep");
            return (what, "put a text that begins with `[` or `{` in quotes");
        }
        _ => (
            "YAML cannot read this value",
            "write `key: value` lines, and put a text that contains signs other than letters in quotes",
        ),
    };
    (what.to_owned(), hint)
}
