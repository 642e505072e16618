//! YAML text → values with locations.
//!
//! In: a source and the part of it that is YAML. Out: a tree of lists, maps and scalars as they were written, each
//! with its location, or the first problem in our own words. What the values mean is for the caller.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use granit_parser::{ErrorKind, Event, Options, Parser, ScalarStyle, ScanError};

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
    Text {
        /// The text itself.
        text: String,
        /// Whether it was written without quotes, so that YAML may read it as a number or a switch.
        plain: bool,
    },
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
    /// What it is called in a message.
    pub fn what(&self) -> &'static str {
        match self {
            Self::Text { .. } => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
            Self::Nothing => "empty",
        }
    }

    /// What YAML reads an unquoted text as, if not as text. Services read YAML 1.1, where `yes` and `off` are
    /// switches.
    pub fn other_type(&self) -> Option<&'static str> {
        let Self::Text { text, plain: true } = self else {
            return None;
        };
        if switch(text).is_some() {
            return Some("true or false");
        }
        let digits = text.trim_start_matches(['+', '-']);
        let number = digits.starts_with(|sign: char| sign.is_ascii_digit() || sign == '.')
            && digits.replace(['_', ','], "").parse::<f64>().is_ok();
        number.then_some("a number")
    }

    fn size(&self) -> usize {
        1 + match self {
            Self::List(items) => items.iter().map(|item| item.value.size()).sum(),
            Self::Map(entries) => entries.iter().map(|(_, value)| value.value.size()).sum(),
            Self::Text { .. } | Self::Nothing => 0,
        }
    }
}

/// What a text means as a switch.
pub fn switch(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
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
    let mut tree = Tree {
        root: None,
        open: Vec::new(),
        anchors: HashMap::new(),
        count: 0,
        code,
    };
    let mut documents = 0;
    for event in Parser::new_from_str_with_options(text, options) {
        let (event, at) = event.map_err(|error| problem(source, &span, &error, code))?;
        let at = at.byte_range().unwrap_or_default();
        let location = Location::new(source, span.start + at.start..span.start + at.end);
        match event {
            Event::DocumentStart(..) => {
                documents += 1;
                if documents > 1 {
                    let message = "a second YAML document begins here";
                    return Err(Diagnostic::error(code, message)
                        .at(location)
                        .hint("remove the line `---`"));
                }
            }
            Event::Scalar(value, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain && tag.is_none();
                let node = match &*value {
                    "" | "~" | "null" | "Null" | "NULL" if plain => Node::Nothing,
                    text => Node::Text {
                        text: text.to_owned(),
                        plain,
                    },
                };
                tree.add(Located::new(node, location), anchor)?;
            }
            Event::SequenceStart(_, anchor, _) => {
                tree.open(Node::List(Vec::new()), location, anchor);
            }
            Event::MappingStart(_, anchor, _) => {
                tree.open(Node::Map(Vec::new()), location, anchor);
            }
            Event::SequenceEnd | Event::MappingEnd => tree.close(&location)?,
            Event::Alias(anchor) => {
                // An anchor inside itself is not complete when its alias is read.
                let node = tree.anchors.get(&anchor).cloned().unwrap_or(Node::Nothing);
                tree.count += node.size() - 1;
                tree.add(Located::new(node, location), 0)?;
            }
            _ => {}
        }
    }
    let nothing = || Located::new(Node::Nothing, Location::new(source, span.start..span.start));
    Ok(tree.root.unwrap_or_else(nothing))
}

/// The tree while it grows.
struct Tree {
    root: Option<Located<Node>>,
    /// Lists and maps that are not closed yet, each with the key its next value belongs to.
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    count: usize,
    code: Code,
}

struct Open {
    node: Located<Node>,
    anchor: usize,
    key: Option<Located<String>>,
    /// The maps that `<<: *name` refers to, whose keys are added if this one does not have them.
    merged: Vec<Node>,
}

impl Tree {
    fn open(&mut self, node: Node, location: Location, anchor: usize) {
        self.open.push(Open {
            node: Located::new(node, location),
            anchor,
            key: None,
            merged: Vec::new(),
        });
    }

    fn close(&mut self, end: &Location) -> Result<(), Diagnostic> {
        let Some(mut open) = self.open.pop() else {
            return Ok(());
        };
        let location = &mut open.node.location;
        location.span.end = end.span.end.max(location.span.start);
        if let Node::Map(entries) = &mut open.node.value {
            open.merged.into_iter().for_each(|map| merge(entries, map));
        }
        self.add(open.node, open.anchor)
    }

    fn error(&self, message: impl Into<String>, location: Location) -> Diagnostic {
        Diagnostic::error(self.code, message).at(location)
    }

    fn add(&mut self, node: Located<Node>, anchor: usize) -> Result<(), Diagnostic> {
        self.count += 1;
        if self.count > VALUES {
            let message = format!("this YAML has more than {VALUES} values");
            let hint = if self.anchors.is_empty() {
                "shorten it: no form and no page needs so many"
            } else {
                "write the values out instead of repeating them with `*name`"
            };
            return Err(self.error(message, node.location).hint(hint));
        }
        if anchor != 0 {
            self.anchors.insert(anchor, node.value.clone());
        }
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        let entries = match &mut open.node.value {
            Node::List(items) => {
                items.push(node);
                return Ok(());
            }
            Node::Map(entries) => entries,
            Node::Text { .. } | Node::Nothing => return Ok(()),
        };
        match (open.key.take(), node.value) {
            (None, Node::Text { text, .. }) => {
                open.key = Some(Located::new(text, node.location));
            }
            (None, Node::Nothing) => open.key = Some(Located::new(String::new(), node.location)),
            // `{{ name }}` is a map as a key.
            (None, _) => {
                let location = open.node.location.clone();
                return Err(self
                    .error("a text that begins with `{` must be in quotes", location)
                    .hint("put quotes around the whole value"));
            }
            (Some(key), value) if key.value == "<<" => open.merged.push(value),
            (Some(key), value) => {
                let twice = entries.iter().find(|(known, _)| known.value == key.value);
                if let Some((first, _)) = twice {
                    let message = format!("the key `{}` is used twice", key.value);
                    let first = first.location.clone();
                    let problem = Diagnostic::error(self.code, message).at(key.location);
                    return Err(problem
                        .see(first, "the first one")
                        .hint("remove one of the two"));
                }
                entries.push((key, Located::new(value, node.location)));
            }
        }
        Ok(())
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
        Node::Text { .. } | Node::Nothing => {}
    }
}

fn problem(source: &Arc<Source>, span: &Range<usize>, error: &ScanError, code: Code) -> Diagnostic {
    let at = span.start + error.marker().byte_offset().unwrap_or(0);
    let length = source.text()[at.min(span.end)..span.end].chars().next();
    let end = at
        + length
            .filter(|sign| *sign != '\n')
            .map_or(0, char::len_utf8);
    let (what, hint) = in_our_words(error.kind());
    Diagnostic::error(code, what)
        .at(Location::new(source, at..end))
        .hint(hint)
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
