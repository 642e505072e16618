//! Links and images: a placeholder for what only the whole site knows.

use std::ops::Range;

use super::{OpenLink, Writer};
use crate::markdown::html::PlaceholderPart;
use crate::markdown::{Link, LinkKind};

impl Writer<'_> {
    pub(super) fn open_link(&mut self, target: String, kind: LinkKind, span: Range<usize>) {
        let in_link = !self.open_links.is_empty();
        if self.in_image() || (kind == LinkKind::Link && in_link) {
            return self.bury_link(target, span);
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

    /// Neither an image's words nor a link's can hold a link: its words are theirs, so thousands of them
    /// in each other stay one text. Its target is looked at all the same.
    fn bury_link(&mut self, target: String, span: Range<usize>) {
        self.buried += 1;
        self.document.links.push(Link {
            target,
            text: String::new(),
            kind: LinkKind::Link,
            span,
        });
    }

    /// Whether what ends here was buried.
    fn unbury(&mut self) -> bool {
        let is_buried = self.buried > 0;
        self.buried -= usize::from(is_buried);
        is_buried
    }

    pub(super) fn end_link(&mut self) {
        if self.unbury() {
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
        if self.unbury() {
            return;
        }
        let Some(link) = self.open_links.pop() else {
            return;
        };
        let alt = self.document.links[link.index].text.clone();
        let out = self.out();
        out.raw(" alt=\"");
        out.attribute(alt.trim());
        out.raw("\" loading=\"lazy\">");
    }
}
