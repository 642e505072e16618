//! Markdown in the tables of a site.

use super::document::Document;
use super::options::Options;
use super::writer::parse;
use crate::diagnostic::Diagnostics;
use crate::source::{Located, Location};

/// Markdown in a TOML or YAML value, such as a hint, a reason or an introduction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prose {
    /// The text as written.
    pub value: String,
    /// Where it is written.
    pub location: Location,
    /// The parsed text.
    pub document: Document,
}

impl Prose {
    /// Parses the text of a value.
    pub fn new(text: Located<String>, options: &Options, diagnostics: &mut Diagnostics) -> Self {
        let Located { value, location } = text;
        Self {
            document: parse(&value, &location, options, diagnostics),
            value,
            location,
        }
    }
}
