//! What a Markdown text is made of.

use std::borrow::Cow;
use std::ops::Range;

use super::html::Html;
use super::options::Options;
use super::passages::Passage;
use super::writer::parse;
use crate::diagnostic::Diagnostics;
use crate::source::{Located, Location};

/// One parsed text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The first level-one heading, lifted out of the body: the page's own name.
    pub heading: Option<Heading>,
    /// The body.
    pub html: Html,
    /// Headings of the body in order, levels 2 to 6; every `id` is unique on the page.
    pub headings: Vec<Heading>,
    /// Links and images in order; placeholders of [`Html`] count into this.
    pub links: Vec<Link>,
    /// The plain text of the body, one section for each heading: what search indexes.
    pub sections: Vec<Section>,
    /// Its running text, which readability is measured on, if the options ask for it.
    pub passages: Vec<Passage>,
    /// Where code spans and code blocks are, in bytes of the source.
    pub code: Vec<Range<usize>>,
    /// Where HTML comments are, in bytes of the source. They are not part of the body.
    pub comments: Vec<Range<usize>>,
    /// Signs of other tools that readers would see as they are written.
    pub foreign: Vec<Foreign>,
}

impl Document {
    /// The whole text without markup.
    pub fn plain_text(&self) -> Cow<'_, str> {
        match self.sections.as_slice() {
            [only] => Cow::Borrowed(&only.text),
            sections => {
                let texts: Vec<_> = sections.iter().map(|one| one.text.as_str()).collect();
                Cow::Owned(texts.join("\n"))
            }
        }
    }
}

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6, as shown.
    pub level: u8,
    /// Its fragment; for the page's own heading, a name of the page itself.
    pub id: String,
    /// Plain text.
    pub text: String,
    /// Where it is, in bytes of the source.
    pub span: Range<usize>,
}

/// Plain text from one heading to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Index into [`Document::headings`]; `None` before the first heading.
    pub heading: Option<usize>,
    /// Plain text, blocks apart by a newline.
    pub text: String,
    /// The items of its numbered lists that are not in another list, in bytes of the text.
    pub steps: Vec<Range<usize>>,
}

/// A link or an image as the author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The target as written, entities decoded.
    pub target: String,
    /// What the reader sees: plain text, empty for `[](x)`.
    pub text: String,
    /// Link or image.
    pub kind: LinkKind,
    /// Where it is, in bytes of the source.
    pub span: Range<usize>,
}

/// Link or image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](target)`
    Link,
    /// `![text](target)`
    Image,
}

/// Markup of another tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// An index into [`KINDS`](super::KINDS).
    pub kind: usize,
    /// Where it is, in bytes of the source.
    pub span: Range<usize>,
}

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
