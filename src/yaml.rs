//! YAML text → values with locations.
//!
//! In: a source and the part of it that is YAML. Out: a tree of lists, maps and scalars as they were written, each
//! with its location, or the first problem in our own words. What the values mean is for the caller.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError, StrInput};
use toml::Spanned;
use toml::de::DeValue;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Located, Location, Source};

/// The most levels of nesting.
const DEPTH: usize = 64;
/// The most values in one text, counting those that aliases repeat: an alias can repeat a whole tree.
const VALUES: usize = 20_000;

/// A value.
#[derive(Debug, Clone)]
pub enum Node {
    /// A scalar; quotes, escapes and folding are undone.
    Text(String),
    /// A list.
    List(Vec<Located<Node>>),
    /// A map, in the order of the file.
    Map(Vec<Entry>),
    /// Nothing.
    Nothing,
}

/// A key of a map and its value.
pub type Entry = (Located<String>, Located<Node>);

impl Node {
    fn size(&self) -> usize {
        1 + match self {
            Self::List(items) => items.iter().map(|item| item.value.size()).sum(),
            Self::Map(entries) => entries.iter().map(|(_, value)| value.value.size()).sum(),
            Self::Text(_) | Self::Nothing => 0,
        }
    }
}

/// What YAML reads an unquoted text as, if not as text. Services read YAML 1.1, where `yes` and `off` are switches.
pub fn other_type(text: &str) -> Option<&'static str> {
    if switch(text).is_some() {
        return Some("true or false");
    }
    let digits = text.trim_start_matches(['+', '-']);
    let number = digits.starts_with(|sign: char| sign.is_ascii_digit() || sign == '.')
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

/// A value as TOML has it: text, or lists and tables of text. `None` if it is empty; an empty item of a list is an empty
/// text.
pub fn to_toml(node: &Located<Node>) -> Option<Spanned<DeValue<'_>>> {
    let value = match &node.value {
        Node::Nothing => return None,
        Node::Text(text) => DeValue::String(text.into()),
        Node::List(items) => {
            let empty = |item: &Located<Node>| {
                Spanned::new(item.location.span.clone(), DeValue::String("".into()))
            };
            let items = items.iter();
            DeValue::Array(
                items
                    .map(|item| to_toml(item).unwrap_or_else(|| empty(item)))
                    .collect(),
            )
        }
        Node::Map(entries) => {
            let entries = entries.iter();
            let entries =
                entries.filter_map(|(key, node)| Some((key_to_toml(key), to_toml(node)?)));
            DeValue::Table(entries.collect())
        }
    };
    Some(Spanned::new(node.location.span.clone(), value))
}

/// A key as TOML has it.
pub fn key_to_toml(key: &Located<String>) -> Spanned<Cow<'_, str>> {
    Spanned::new(key.location.span.clone(), key.value.as_str().into())
}

/// Reads one YAML document; an empty one is `Nothing`. Problems get this code.
pub fn parse(
    source: &Arc<Source>,
    span: Range<usize>,
    code: Code,
) -> Result<Located<Node>, Diagnostic> {
    let mut options = Options::default();
    options.flow_nesting_limit = DEPTH;
    options.block_nesting_limit = DEPTH;
    let text = &source.text()[span.clone()];
    let mut reader = Reader {
        events: Parser::new_from_str_with_options(text, options),
        source,
        span,
        code,
        anchors: HashMap::new(),
        count: 0,
    };
    let mut root = None;
    while let Some((event, location)) = reader.next()? {
        match event {
            Event::DocumentStart(..) if root.is_some() => {
                let problem = reader.error("a second YAML document begins here", location);
                return Err(problem.hint("remove the line `---`"));
            }
            Event::Scalar(..)
            | Event::SequenceStart(..)
            | Event::MappingStart(..)
            | Event::Alias(_) => root = Some(reader.node(event, location)?),
            _ => {}
        }
    }
    let start = reader.span.start;
    let nothing = || Located::new(Node::Nothing, Location::new(source, start..start));
    Ok(root.unwrap_or_else(nothing))
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
    source: &'a Arc<Source>,
    /// The part of the source that is YAML.
    span: Range<usize>,
    code: Code,
    anchors: HashMap<usize, Node>,
    /// How many values there are so far.
    count: usize,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<Option<(Event<'a>, Location)>, Diagnostic> {
        let Some(next) = self.events.next() else {
            return Ok(None);
        };
        let (event, at) = next.map_err(|error| self.syntax_problem(&error))?;
        let at = at.byte_range().unwrap_or_default();
        let start = self.span.start;
        let location = Location::new(self.source, start + at.start..start + at.end);
        Ok(Some((event, location)))
    }

    fn error(&self, message: impl Into<String>, location: Location) -> Diagnostic {
        Diagnostic::error(self.code, message).at(location)
    }

    /// The value that begins with an event.
    fn node(
        &mut self,
        event: Event<'a>,
        mut location: Location,
    ) -> Result<Located<Node>, Diagnostic> {
        let (node, anchor) = match event {
            Event::Scalar(value, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let node = match &*value {
                    "" | "~" | "null" | "Null" | "NULL" if plain => Node::Nothing,
                    text => Node::Text(text.to_owned()),
                };
                (node, anchor)
            }
            Event::SequenceStart(_, anchor, _) => (self.list(&mut location)?, anchor),
            Event::MappingStart(_, anchor, _) => (self.map(&mut location)?, anchor),
            Event::Alias(anchor) => {
                // An anchor inside itself is not complete when its alias is read.
                let node = self.anchors.get(&anchor).cloned().unwrap_or(Node::Nothing);
                self.count += node.size() - 1;
                (node, 0)
            }
            _ => (Node::Nothing, 0),
        };
        self.count += 1;
        if self.count > VALUES {
            let message = format!("this YAML has more than {VALUES} values");
            let hint = if self.anchors.is_empty() {
                "shorten it: no form and no page needs so many"
            } else {
                "write the values out instead of repeating them with `*name`"
            };
            return Err(self.error(message, location).hint(hint));
        }
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        Ok(Located::new(node, location))
    }

    /// The next value of a list or map; `None` at its end, up to which `location` is extended.
    fn item(&mut self, location: &mut Location) -> Result<Option<Located<Node>>, Diagnostic> {
        match self.next()? {
            Some((Event::SequenceEnd | Event::MappingEnd, end)) => {
                location.span.end = end.span.end.max(location.span.start);
                Ok(None)
            }
            Some((event, location)) => self.node(event, location).map(Some),
            None => Ok(None),
        }
    }

    fn list(&mut self, location: &mut Location) -> Result<Node, Diagnostic> {
        let mut items = Vec::new();
        while let Some(item) = self.item(location)? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn map(&mut self, location: &mut Location) -> Result<Node, Diagnostic> {
        let mut entries: Vec<Entry> = Vec::new();
        // The maps that `<<: *name` refers to, whose keys are added if this one does not have them.
        let mut merged = Vec::new();
        while let Some(key) = self.item(location)? {
            let text = match key.value {
                Node::Text(text) => text,
                Node::Nothing => String::new(),
                // `{{ name }}` is a map as a key.
                Node::List(_) | Node::Map(_) => {
                    let message = "a text that begins with `{` must be in quotes";
                    let problem = self.error(message, location.clone());
                    return Err(problem.hint("put quotes around the whole value"));
                }
            };
            let Some(value) = self.item(location)? else {
                break;
            };
            if text == "<<" {
                merged.push(value.value);
                continue;
            }
            if let Some((first, _)) = entries.iter().find(|(known, _)| known.value == text) {
                let message = format!("the key `{text}` is used twice");
                let problem = self.error(message, key.location);
                let problem = problem.see(first.location.clone(), "the first one");
                return Err(problem.hint("remove one of the two"));
            }
            entries.push((Located::new(text, key.location), value));
        }
        for map in merged {
            merge(&mut entries, map);
        }
        Ok(Node::Map(entries))
    }

    fn syntax_problem(&self, error: &ScanError) -> Diagnostic {
        let at = self.span.start + error.marker().byte_offset().unwrap_or(0);
        let rest = &self.source.text()[at.min(self.span.end)..self.span.end];
        let sign = rest.chars().next().filter(|sign| *sign != '\n');
        let end = at + sign.map_or(0, char::len_utf8);
        let (what, hint) = in_our_words(error.kind());
        self.error(what, Location::new(self.source, at..end))
            .hint(hint)
    }
}

/// Adds the keys of another map, or of several, that are not there yet.
fn merge(entries: &mut Vec<Entry>, value: Node) {
    match value {
        Node::Map(others) => {
            for (key, value) in others {
                if !entries.iter().any(|(known, _)| known.value == key.value) {
                    entries.push((key, value));
                }
            }
        }
        Node::List(maps) => maps.into_iter().for_each(|map| merge(entries, map.value)),
        Node::Text(_) | Node::Nothing => {}
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
