//! `/print/`: all guides on one page, in the order of the navigation.
//!
//! In: the site. Out: one page with a table of contents. Links between guides become links to sections of the page, and
//! the ids of each guide get its own prefix.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Renderer;
use super::context::Frame;
use super::linker::{Linker, section_id};
use super::pages::summary;
use crate::diagnostic::Diagnostic;
use crate::ids::UrlPath;
use crate::site::Guide;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct PrintPage<'a> {
    guides: Vec<PrintedGuide<'a>>,
}

/// A guide as a section of the page.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct PrintedGuide<'a> {
    id: String,
    title: &'a str,
    /// How many folders it is in.
    depth: usize,
    summary: Option<String>,
    needs: Vec<String>,
    takes: Option<&'a str>,
    /// Its text, as HTML.
    body: String,
    /// The day of the last review.
    reviewed: Option<String>,
}

impl Renderer<'_> {
    /// `/print/`
    pub(super) fn print(
        &self,
        frame: &Frame<'_>,
        linker: &Linker<'_>,
    ) -> Result<String, Diagnostic> {
        let linker = linker.of_sections();
        let guides = self.reading_order().into_iter().map(|guide| {
            let id = section_id(guide, None);
            let meta = &guide.meta;
            let body = linker.document(&guide.document, &guide.source);
            PrintedGuide {
                title: guide.heading(),
                depth: guide.url.depth().saturating_sub(1),
                summary: summary(guide),
                needs: meta.needs.iter().map(|need| linker.prose(need)).collect(),
                takes: meta.takes.as_ref().map(|takes| takes.value.as_str()),
                body: as_section(&body, &id),
                reviewed: meta.reviewed.as_ref().map(|day| day.value.to_string()),
                id,
            }
        });
        let view = PrintPage {
            guides: guides.collect(),
        };
        self.templates.render_in(frame, "print.html", &view)
    }

    /// The home page, then the entries of the navigation, each folder's page before what is in it.
    fn reading_order(&self) -> Vec<&Guide> {
        let mut guides = Vec::new();
        let mut next: Vec<_> = self.top.iter().rev().map(|entry| &entry.url).collect();
        let home = UrlPath::home();
        guides.extend(self.site.guide_at(&home).map(|guide| &**guide));
        let mut seen = BTreeSet::from([&home]);
        while let Some(url) = next.pop() {
            // `nav` may name a page of a folder.
            if !seen.insert(url) {
                continue;
            }
            guides.extend(self.site.guide_at(url).map(|guide| &**guide));
            let entries = self.site.tree.folder(url).into_iter();
            let entries = entries.flat_map(|folder| folder.entries.iter().rev());
            next.extend(entries.map(|index| &self.site.guides[*index].url));
        }
        guides
    }
}

/// A guide's HTML with its ids behind a prefix, its headings one level lower, and groups instead of landmarks, whose names
/// would repeat those of other guides. In this HTML, every `<` begins a tag.
fn as_section(html: &str, prefix: &str) -> String {
    let mut section = String::with_capacity(html.len() + html.len() / 8);
    for (at, piece) in html.split('<').enumerate() {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        if at == 0 {
            section.push_str(piece);
            continue;
        }
        let tag = match tag.as_bytes() {
            [b'h', level @ b'2'..=b'5', rest @ ..]
                if rest.first().is_none_or(|one| *one == b' ') =>
            {
                format!("h{}{}", char::from(level + 1), &tag[2..])
            }
            [b'/', b'h', level @ b'2'..=b'5'] => format!("/h{}", char::from(level + 1)),
            _ => tag.to_owned(),
        };
        let tag = tag.replace(" id=\"", &format!(" id=\"{prefix}--"));
        let tag = tag.replace(" href=\"#note--", &format!(" href=\"#{prefix}--note--"));
        let anchor = " class=\"anchor\" href=\"#";
        let tag = tag.replace(anchor, &format!("{anchor}{prefix}--"));
        let tag = tag.replace(" role=\"region\"", " role=\"group\"");
        let tag = tag.replace("section class", "section role=\"group\" class");
        section.extend(["<", &tag, ">", text]);
    }
    section
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_tags_change() {
        for (html, expected) in [
            (
                "<h2 id=\"a\">A <a class=\"anchor\" href=\"#a\">#</a></h2>\n<hr>",
                "<h3 id=\"p--a\">A <a class=\"anchor\" href=\"#p--a\">#</a></h3>\n<hr>",
            ),
            (
                "x<sup id=\"note--ref-1\"><a href=\"#note--1\">[1]</a></sup>",
                "x<sup id=\"p--note--ref-1\"><a href=\"#p--note--1\">[1]</a></sup>",
            ),
            ("<h6>A</h6>", "<h6>A</h6>"),
            (
                "<div class=\"table\" role=\"region\"><section class=\"footnotes\">",
                "<div class=\"table\" role=\"group\"><section role=\"group\" class=\"footnotes\">",
            ),
            ("<a href=\"#guide--b\">B</a>", "<a href=\"#guide--b\">B</a>"),
            (
                "<code>&lt;h2 id=\"a\"&gt; href=\"#note--1\"</code>",
                "<code>&lt;h2 id=\"a\"&gt; href=\"#note--1\"</code>",
            ),
        ] {
            assert_eq!(as_section(html, "p"), expected);
        }
    }
}
