//! Markdown text → HTML with placeholders for its links, outline, links and plain text.
//!
//! In: one text. Out: a [`Document`] that depends on that text alone, so it can be kept for as long
//! as the text stays the same; the targets of links are filled in later ([`Html::fill`]), since they
//! depend on the whole site. Nothing here knows other pages.

mod comments;
mod document;
mod foreign;
mod front_block;
mod html;
mod options;
mod passages;
mod writer;

pub use document::{Document, Heading, Link, LinkKind, Prose};
pub use foreign::KINDS;
pub use front_block::{FrontBlock, FrontFormat, front_block};
pub use html::{Html, PAGE_LIMIT, PlaceholderPart};
pub use options::{CALLOUTS, Options, Passages, RawHtml, Strings};
pub use passages::Passage;
pub use writer::parse;
