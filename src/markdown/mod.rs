//! Markdown text → HTML with placeholders for its links, outline, links and plain text.
//!
//! In: one text. Out: a [`Document`] that depends on that text alone, so it can be kept for as long
//! as the text stays the same; the targets of links are filled in later ([`Html::fill`]), since they
//! depend on the whole site. Nothing here knows other pages.

mod callouts;
mod comments;
mod foreign;
mod front_block;
mod html;
mod passages;
mod writer;

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::Diagnostics;
use crate::named::named;
use crate::source::{Located, Location};

pub use callouts::CALLOUTS;
pub use foreign::{Foreign, KINDS};
pub use front_block::{FrontBlock, FrontFormat, split};
pub use html::{Html, PAGE_LIMIT, PlaceholderPart};
pub use passages::Passage;
pub use writer::parse;

/// How to read a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// What happens to raw HTML.
    pub raw_html: RawHtml,
    /// Strings of the theme that appear in the HTML.
    pub strings: Strings,
    /// Whether the document gets its passages.
    pub passages: Passages,
}

named! {
    /// What to do with HTML tags in Markdown.
    #[derive(Default)]
    pub enum RawHtml {
        /// Report them as errors.
        #[default]
        Refuse = "refuse",
        /// Show them as text.
        Text = "text",
    }
}

/// Whether a document gets its passages. Only `check` needs them, and they take as much memory as the
/// rest of the document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Passages {
    /// There are none.
    #[default]
    Skipped,
    /// All of them.
    Collected,
}

/// Strings of the theme that appear in the HTML of a page's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strings {
    /// Titles of [`CALLOUTS`].
    pub callouts: [String; 5],
    /// Names the link to a heading; its text follows.
    pub anchor: String,
    /// Names a table that can be scrolled; its number follows.
    pub table: String,
    /// Names the footnotes.
    pub footnotes: String,
    /// Names the link from a footnote back to the text.
    pub back: String,
}

impl Default for Strings {
    fn default() -> Self {
        Self {
            callouts: ["Note", "Tip", "Important", "Warning", "Caution"].map(str::to_owned),
            anchor: "Link to this part:".to_owned(),
            table: "Table".to_owned(),
            footnotes: "Footnotes".to_owned(),
            back: "Back to the text".to_owned(),
        }
    }
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
    /// The body's plain text, cut at its headings: the pieces search works with.
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
