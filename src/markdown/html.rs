//! HTML with placeholders for link targets, which `render` fills in.

use pulldown_cmark_escape::{escape_html, escape_html_body_text};

/// Bytes of one page of HTML at most.
pub const PAGE_LIMIT: usize = 64 * 1024 * 1024;

/// Text as the value of a quoted attribute.
pub(super) fn quoted(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    // Writing to a string cannot fail.
    let _ = escape_html(&mut value, text);
    value
}

/// HTML with placeholders; [`Html::fill`] makes it whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html {
    text: String,
    placeholders: Vec<Placeholder>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Placeholder {
    at: usize,
    link: usize,
    part: PlaceholderPart,
}

/// What a placeholder is replaced with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlaceholderPart {
    /// The attributes with the target, with a leading space: ` href="../x/"`.
    Attributes,
    /// The text of a link that has none of its own.
    Text,
    /// What follows the link: the host of an outside one.
    After,
}

impl Html {
    /// The HTML with every placeholder filled by `fill(link index, part, html so far)`. Past [`PAGE_LIMIT`] it
    /// ends: a long title in many links would fill the machine's memory.
    pub fn fill(&self, mut fill: impl FnMut(usize, PlaceholderPart, &mut String)) -> String {
        let mut html = String::with_capacity(self.text.len() + 48 * self.placeholders.len());
        let mut from = 0;
        for placeholder in &self.placeholders {
            if html.len() > PAGE_LIMIT {
                return html;
            }
            html.push_str(&self.text[from..placeholder.at]);
            fill(placeholder.link, placeholder.part, &mut html);
            from = placeholder.at;
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

    /// Adds markup as it is.
    pub(in crate::markdown) fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// Adds text between tags.
    pub(super) fn text(&mut self, text: &str) {
        Self::push_text(&mut self.text, text);
    }

    /// Leaves a placeholder.
    pub(super) fn placeholder(&mut self, link: usize, part: PlaceholderPart) {
        self.placeholders.push(Placeholder {
            at: self.text.len(),
            link,
            part,
        });
    }

    /// Adds another piece behind this one.
    pub(super) fn append(&mut self, other: &Self) {
        let shift = self.text.len();
        self.text.push_str(&other.text);
        self.placeholders
            .extend(other.placeholders.iter().map(|placeholder| Placeholder {
                at: placeholder.at + shift,
                ..*placeholder
            }));
    }

    /// Frees the spare capacity it has from growing.
    pub(super) fn shrink_to_fit(&mut self) {
        self.text.shrink_to_fit();
        self.placeholders.shrink_to_fit();
    }

    /// Takes off white space at the end.
    pub(super) fn trim_end(&mut self) {
        let kept = self.text.trim_end().len();
        self.text.truncate(kept);
    }
}
