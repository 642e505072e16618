//! A guide as plain Markdown, for programs that read text rather than pages.
//!
//! In: a guide. Out: its text as the author wrote it, with a title, and with absolute addresses in place of
//! file names and names of `links.toml`.

use std::ops::Range;

use super::Renderer;
use super::linker::target_title;
use crate::ids::encode_path;
use crate::markdown::{Link, LinkKind};
use crate::site::{Guide, LinkTarget};

impl Renderer<'_> {
    /// The text of a guide. `None` if the site does not know its host.
    pub fn plain_markdown(&self, guide: &Guide) -> Option<String> {
        self.site.config.base_url.origin()?;
        let text = guide.source.text();
        let links = guide.document.links.iter();
        let mut edits: Vec<_> = links
            .filter_map(|link| self.new_target(guide, link))
            .collect();
        edits.sort_by_key(|(span, _)| span.start);
        let mut markdown = match guide.document.heading {
            Some(_) => String::new(),
            None => format!("# {}\n\n", guide.title),
        };
        let mut from = text.len() - text[guide.body..].trim_start().len();
        for (span, new) in edits {
            // An image inside of a link that was replaced as a whole.
            if span.start >= from {
                markdown.push_str(&text[from..span.start]);
                markdown.push_str(&new);
                from = span.end;
            }
        }
        markdown.push_str(&text[from..]);
        Some(markdown)
    }

    /// Where the target of a link is written, and what belongs there instead. `None` if it can stay.
    fn new_target(&self, guide: &Guide, link: &Link) -> Option<(Range<usize>, String)> {
        let target = self.site.resolve(&guide.source, &link.target).ok()?;
        let base = &self.site.config.base_url;
        let address = match &target {
            LinkTarget::Page { url, .. } => base.absolute(&encode_path(url.as_str()))?,
            LinkTarget::File { path, .. } => base.absolute(&encode_path(path.as_str()))?,
            LinkTarget::Official { link, .. } => link.url.clone(),
            LinkTarget::Outside(_) => return None,
        };
        let address = match &target {
            LinkTarget::Page {
                fragment: Some(fragment),
                ..
            }
            | LinkTarget::Official {
                fragment: Some(fragment),
                ..
            } => {
                format!("{address}#{}", encode_path(fragment))
            }
            _ => address,
        };
        let written = &guide.source.text()[link.span.clone()];
        let at = written
            .rfind(&link.target)
            .filter(|_| !link.text.is_empty());
        if let Some(at) = at {
            let start = link.span.start + at;
            return Some((start..start + link.target.len(), address));
        }
        // A reference, or a link without a text of its own.
        let mark = if link.kind == LinkKind::Image {
            "!"
        } else {
            ""
        };
        let text = match link.text.as_str() {
            "" => target_title(self.site, &target),
            text => text,
        };
        Some((link.span.clone(), format!("{mark}[{text}]({address})")))
    }
}
