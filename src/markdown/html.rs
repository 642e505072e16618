//! HTML with holes where something about a link's target belongs.

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

/// Bytes of one page of HTML at most.
pub const PAGE_LIMIT: usize = 64 * 1024 * 1024;

/// HTML with holes; [`Html::fill`] makes it whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html {
    text: String,
    holes: Vec<Hole>,
}

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
    /// The HTML with every hole filled by `fill(link index, part, html so far)`. Past [`PAGE_LIMIT`] it
    /// ends: a long title in many links would fill the machine's memory.
    pub fn fill(&self, mut fill: impl FnMut(usize, HolePart, &mut String)) -> String {
        let mut html = String::with_capacity(self.text.len() + 48 * self.holes.len());
        let mut from = 0;
        for hole in &self.holes {
            if html.len() > PAGE_LIMIT {
                return html;
            }
            html.push_str(&self.text[from..hole.at]);
            fill(hole.link, hole.part, &mut html);
            from = hole.at;
        }
        html.push_str(&self.text[from..]);
        html
    }

    /// Adds text between tags to HTML that is being put together.
    pub fn push_text(html: &mut String, text: &str) {
        // Writing to a string cannot fail.
        let _ = escape_html_body_text(html, text);
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds markup as it stands.
    pub(in crate::markdown) fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// Adds text between tags.
    pub(super) fn text(&mut self, text: &str) {
        Self::push_text(&mut self.text, text);
    }

    /// Adds text inside a quoted attribute.
    pub(super) fn attribute(&mut self, text: &str) {
        let _ = escape_html(&mut self.text, text);
    }

    /// Leaves a hole.
    pub(super) fn hole(&mut self, link: usize, part: HolePart) {
        self.holes.push(Hole {
            at: self.text.len(),
            link,
            part,
        });
    }

    /// Adds another piece behind this one.
    pub(super) fn append(&mut self, other: &Self) {
        let shift = self.text.len();
        self.text.push_str(&other.text);
        self.holes.extend(other.holes.iter().map(|hole| Hole {
            at: hole.at + shift,
            ..*hole
        }));
    }

    /// Gives back the room it grew in.
    pub(super) fn shrink_to_fit(&mut self) {
        self.text.shrink_to_fit();
        self.holes.shrink_to_fit();
    }

    /// Takes off white space at the end.
    pub(super) fn trim_end(&mut self) {
        let kept = self.text.trim_end().len();
        self.text.truncate(kept);
    }
}
