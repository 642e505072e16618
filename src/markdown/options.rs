//! How a Markdown text is read.

use crate::named::named;

/// The types of callouts: what follows `> [!` in Markdown, in the order of `pulldown_cmark::BlockQuoteKind`, which fixes
/// them.
pub const CALLOUTS: [&str; 5] = ["note", "tip", "important", "warning", "caution"];

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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
