//! The addresses in pages.
//!
//! In: the address of a page, and what it links to. Out: `href` values, relative so that pages work under any base
//! path and from disk. Only the page for unknown addresses can be anywhere, so it uses the base path.

use std::fmt::Write as _;

use pulldown_cmark_escape::escape_html;

use super::image_size::size;
use crate::ids::{OutPath, UrlPath, encode_path};
use crate::markdown::{Document, Html, LinkKind, PlaceholderPart, Prose};
use crate::site::{Guide, LinkTarget, Site};
use crate::source::Source;

/// Makes the addresses of one page, and fills them into its documents and prose.
#[derive(Debug, Clone)]
pub(super) struct Linker<'a> {
    site: &'a Site,
    root: String,
    /// Whether guides are sections of the page.
    one_page: bool,
}

impl<'a> Linker<'a> {
    /// For a page at `url`.
    pub(super) fn from_page(site: &'a Site, url: &UrlPath) -> Self {
        Self {
            site,
            root: root_from(url),
            one_page: false,
        }
    }

    /// For a page that is written as `file`.
    pub(super) fn from_file(site: &'a Site, file: &OutPath) -> Self {
        let folder = file.as_str().rsplit_once('/');
        let folder = folder.map_or("", |(folder, _)| folder);
        Self::from_page(site, &UrlPath::of_parts(folder.split('/')))
    }

    /// For a page that may be shown at any address.
    pub(super) fn from_anywhere(site: &'a Site) -> Self {
        Self {
            site,
            root: site.config.base_url.path().to_owned(),
            one_page: false,
        }
    }

    /// For the sections of a page that all guides are on.
    pub(super) fn of_sections(&self) -> Self {
        Self {
            one_page: true,
            ..self.clone()
        }
    }

    /// The way to the site's root: `./`, `../../`, or the base path.
    pub(super) fn root(&self) -> &str {
        &self.root
    }

    /// The address of a page.
    pub(super) fn page(&self, url: &UrlPath) -> String {
        self.below_root(url.as_str())
    }

    /// The address of a heading, or of the page if there is no fragment.
    pub(super) fn location(&self, url: &UrlPath, fragment: Option<&str>) -> String {
        match fragment {
            None => self.page(url),
            Some(fragment) => format!("{}#{}", self.page(url), encode_path(fragment)),
        }
    }

    /// The address of a file.
    pub(super) fn file(&self, path: &OutPath) -> String {
        self.below_root(path.as_str())
    }

    fn below_root(&self, path: &str) -> String {
        format!("{}{}", self.root, encode_path(path))
    }

    /// The HTML of a document written in `source`.
    pub(super) fn document(&self, document: &Document, source: &Source) -> String {
        document
            .html
            .fill(|index, part, html| self.placeholder(document, source, (index, part), html))
    }

    /// The HTML of prose. A single paragraph has no `<p>`, so that it can be part of a line.
    pub(super) fn prose(&self, prose: &Prose) -> String {
        let html = self.paragraphs(prose);
        match html
            .strip_prefix("<p>")
            .and_then(|rest| rest.strip_suffix("</p>\n"))
        {
            Some(inner) if !inner.contains("<p>") => inner.to_owned(),
            _ => html,
        }
    }

    /// The HTML of prose in its paragraphs.
    pub(super) fn paragraphs(&self, prose: &Prose) -> String {
        self.document(&prose.document, &prose.location.source)
    }

    fn placeholder(
        &self,
        document: &Document,
        source: &Source,
        (index, part): (usize, PlaceholderPart),
        html: &mut String,
    ) {
        let link = &document.links[index];
        // `check` has reported a broken link; without an address it is plain text.
        let Ok(target) = self.site.resolve(source, &link.target) else {
            return;
        };
        match part {
            PlaceholderPart::Attributes => self.attributes(&target, link.kind, html),
            PlaceholderPart::Text => Html::push_text(html, target_title(self.site, &target)),
            PlaceholderPart::After => {
                if let Some(host) = host(&target) {
                    html.push_str("<span class=\"host\"> (");
                    Html::push_text(html, host);
                    html.push_str(")</span>");
                }
            }
        }
    }

    fn attributes(&self, target: &LinkTarget<'_>, kind: LinkKind, html: &mut String) {
        let href = match target {
            LinkTarget::Page { url, fragment } => {
                let fragment = fragment.as_deref();
                match self.site.guide_at(url) {
                    Some(guide) if self.one_page => {
                        format!("#{}", encode_path(&section_id(guide, fragment)))
                    }
                    _ => self.location(url, fragment),
                }
            }
            LinkTarget::File { path, fragment } => {
                let mut href = self.file(path);
                if let Some(fragment) = fragment {
                    // A place in a PDF file may be `page=2&zoom=50`.
                    let _ = write!(href, "#{}", encode_path(fragment).replace("%26", "&"));
                }
                href
            }
            LinkTarget::Official { link, fragment } => match fragment {
                Some(fragment) => format!("{}#{}", link.url, encode_path(fragment)),
                None => link.url.clone(),
            },
            LinkTarget::Outside(address) => address.url.clone(),
        };
        html.push_str(match kind {
            LinkKind::Link => " href=\"",
            LinkKind::Image => " src=\"",
        });
        // Writing to a string cannot fail.
        let _ = escape_html(&mut *html, &href);
        html.push('"');
        if let (LinkKind::Image, LinkTarget::File { path, .. }) = (kind, target) {
            let bytes = self.site.files.get(path);
            if let Some((width, height)) = bytes.and_then(|bytes| size(bytes)) {
                let _ = write!(html, " width=\"{width}\" height=\"{height}\"");
            }
        }
        if matches!(target, LinkTarget::Official { .. } | LinkTarget::Outside(_)) {
            html.push_str(" rel=\"noopener noreferrer\"");
        }
    }
}

/// The relative path from a page to the site's root.
fn root_from(url: &UrlPath) -> String {
    match url.depth() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

/// The id of a guide, or of one of its headings, on the page that all guides are on.
pub(super) fn section_id(guide: &Guide, fragment: Option<&str>) -> String {
    let parts = guide
        .url
        .as_str()
        .split('/')
        .filter(|part| !part.is_empty());
    let headings = &guide.document.headings;
    let heading = fragment.filter(|id| headings.iter().any(|heading| heading.id == *id));
    let parts: Vec<_> = ["guide"].into_iter().chain(parts).chain(heading).collect();
    parts.join("--")
}

/// What a link without words says.
pub(super) fn target_title<'a>(site: &'a Site, target: &'a LinkTarget<'_>) -> &'a str {
    match target {
        LinkTarget::Page { url, .. } => site
            .guide_at(url)
            .map_or_else(|| url.as_str(), |guide| guide.title.as_str()),
        LinkTarget::File { path, .. } => path.as_str(),
        LinkTarget::Official { link, .. } => &link.title,
        LinkTarget::Outside(address) => &address.url,
    }
}

/// The host to show beside an outside link.
pub(super) fn host<'a>(target: &'a LinkTarget<'_>) -> Option<&'a str> {
    match target {
        LinkTarget::Official { link, .. } => link.host(),
        LinkTarget::Outside(address) => address.host.as_deref(),
        LinkTarget::Page { .. } | LinkTarget::File { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_relative_to_the_page() {
        assert_eq!(root_from(&UrlPath::home()), "./");
        assert_eq!(root_from(&UrlPath::of_parts(["a", "b c"])), "../../");
    }

    proptest! {
        #[test]
        fn an_encoded_path_contains_nothing_that_ends_an_attribute(text in ".{0,24}") {
            let encoded = encode_path(&text);
            prop_assert!(encoded.is_ascii() && !encoded.contains(['"', '\'', '<', '>', '&', ' ', '#', '?']));
        }
    }
}
