//! Markdown text → HTML with holes for its links, outline, links and plain text.
//!
//! In: one text. Out: a [`Document`] that depends on that text alone, so it can be kept for as long
//! as the text stays the same; where a link leads is filled in later ([`Html::fill`]), since that
//! depends on the whole site. Nothing here knows other pages.

use std::ops::Range;

/// One parsed text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// The first level-one heading, lifted out of the body: the page's own name.
    pub heading: Option<Heading>,
    /// The body.
    pub html: Html,
    /// Headings of the body in order; every `id` is unique on the page.
    pub headings: Vec<Heading>,
    /// Links and images in order; holes of [`Html`] count into this.
    pub links: Vec<Link>,
    /// The body's plain text, cut at its headings: the pieces search works with.
    pub sections: Vec<Section>,
}

/// A heading of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its fragment.
    pub id: String,
    /// Plain text.
    pub text: String,
    /// Where it stands, in bytes of the source.
    pub span: Range<usize>,
}

/// Plain text from one heading to the next.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Index into [`Document::headings`]; `None` before the first heading.
    pub heading: Option<usize>,
    /// Plain text, blocks apart by a newline.
    pub text: String,
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
    /// Where it stands, in bytes of the source.
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

/// HTML with holes where something about a link's target belongs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html {
    text: String,
    holes: Vec<Hole>,
}

/// One hole.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Hole {
    at: usize,
    link: usize,
    part: HolePart,
}

/// What belongs into a hole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolePart {
    /// The attributes that say where it leads, with a leading space: ` href="../x/"`.
    Attributes,
    /// The text of a link that has none of its own.
    Text,
    /// What follows the link: the host of an outside one.
    After,
}

impl Html {
    /// The HTML with every hole filled by `fill(link index, part)`.
    pub fn fill(&self, mut fill: impl FnMut(usize, HolePart) -> String) -> String {
        let mut html = String::with_capacity(self.text.len() + 64 * self.holes.len());
        let mut from = 0;
        for hole in &self.holes {
            html.push_str(&self.text[from..hole.at]);
            html.push_str(&fill(hole.link, hole.part));
            from = hole.at;
        }
        html.push_str(&self.text[from..]);
        html
    }
}
