//! Links and images: a placeholder for what only the whole site knows.

use std::ops::Range;

use super::{OpenLink, Writer};
use crate::markdown::document::{Link, LinkKind};
use crate::markdown::html::{PlaceholderPart, quoted};

impl Writer<'_> {
    pub(super) fn open_link(&mut self, target: String, kind: LinkKind, span: Range<usize>) {
        let in_link = !self.open_links.is_empty();
        if self.in_image() || (kind == LinkKind::Link && in_link) {
            return self.open_nested(target, span);
        }
        if kind == LinkKind::Image {
            for link in &mut self.open_links {
                link.has_image = true;
            }
        }
        let index = self.document.links.len();
        self.document.links.push(Link {
            target,
            text: String::new(),
            kind,
            span,
        });
        self.open_links.push(OpenLink {
            index,
            has_image: false,
        });
        let out = self.out();
        out.raw(match kind {
            LinkKind::Link => "<a",
            LinkKind::Image => "<img",
        });
        out.placeholder(index, PlaceholderPart::Attributes);
        if kind == LinkKind::Link {
            out.raw(">");
        }
    }

    /// Neither the text of an image nor that of a link can contain a link, so the outer one gets the text of both.
    /// The target is checked nevertheless.
    fn open_nested(&mut self, target: String, span: Range<usize>) {
        self.nested += 1;
        self.document.links.push(Link {
            target,
            text: String::new(),
            kind: LinkKind::Link,
            span,
        });
    }

    /// Ends a link within another, if there is one.
    fn end_nested(&mut self) -> bool {
        let is_nested = self.nested > 0;
        self.nested -= usize::from(is_nested);
        is_nested
    }

    pub(super) fn end_link(&mut self) {
        if self.end_nested() {
            return;
        }
        let Some(link) = self.open_links.pop() else {
            return;
        };
        let wordless = self.document.links[link.index].text.trim().is_empty() && !link.has_image;
        let out = self.out();
        if wordless {
            out.placeholder(link.index, PlaceholderPart::Text);
        }
        out.raw("</a>");
        out.placeholder(link.index, PlaceholderPart::After);
    }

    pub(super) fn end_image(&mut self) {
        if self.end_nested() {
            return;
        }
        let Some(link) = self.open_links.pop() else {
            return;
        };
        let alt = quoted(self.document.links[link.index].text.trim());
        self.out().raw(&format!(" alt=\"{alt}\" loading=\"lazy\">"));
    }
}
