//! Documents → payloads of shards with what results show, small enough for a slow connection.
//!
//! In: the documents and the vocabulary. Out: payloads, each with its first key. A payload is `[part, …]`, and
//! a part `[page, first section, address, title, ancestors, [[fragment, heading, text], …]]`. Long pages are
//! split between sections.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;

use super::documents::Document;
use super::language::Language;
use super::snippets::shorten;
use super::vocabulary::{Rarities, Vocabulary};

/// Bytes of a payload before compression, which leaves about half. Each result needs one, so small ones cost
/// least, but a large site would have too many of them.
const MIN_SIZE: usize = 1_500;
const MAX_SIZE: usize = 6_000;
/// The number of payloads to aim for.
const PAYLOADS: usize = 3_000;

/// The most sections of a page that have keys of their own; the rest belong to the last one.
const MAX_SECTIONS: usize = 4096;

/// A line that ends with one of these needs no semicolon.
const PUNCTUATION: &str =
    ".?!:;,\u{2026}\u{3002}\u{ff01}\u{ff1f}\u{ff1a}\u{ff1b}\u{3001}\u{60c}\u{61b}\u{61f}";

/// On so many pages, and on one page in so many, a heading is left out of results.
const MIN_REPEATED: usize = 4;
const REPEATED_SHARE: usize = 10;

/// Fragment, heading and text.
type Shown<'a> = (&'a str, &'a str, Cow<'a, str>);

/// The payloads, each with the key of its first section.
pub(super) fn texts(
    documents: &[Document],
    vocabulary: &Vocabulary,
    language: &Language,
) -> Vec<(usize, String)> {
    let rarities = vocabulary.rarities();
    let repeated = repeated_headings(documents);
    let pages: Vec<Vec<Shown>> = documents
        .par_iter()
        .map(|document| shown(document, &rarities, language, &repeated))
        .collect();
    let all: usize = pages.iter().flatten().map(|(.., text)| text.len()).sum();
    let size = (all / PAYLOADS).clamp(MIN_SIZE, MAX_SIZE);
    let cut =
        |(page, sections): (usize, Vec<Shown>)| parts(page, &documents[page], &sections, size);
    let parts: Vec<_> = pages.into_par_iter().enumerate().map(cut).collect();
    let mut payloads: Vec<(usize, String)> = Vec::new();
    for (key, part) in parts.into_iter().flatten() {
        match payloads.last_mut() {
            Some((_, open)) if open.len() + part.len() < size => {
                open.push(',');
                open.push_str(&part);
            }
            _ => payloads.push((key, format!("[{part}"))),
        }
    }
    for (_, payload) in &mut payloads {
        payload.push(']');
    }
    payloads
}

/// Headings of many pages, such as "Steps", which say nothing beside the title of a page.
fn repeated_headings<'a>(documents: &'a [Document]) -> HashSet<&'a str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for section in documents.iter().flat_map(|document| &document.sections) {
        *counts.entry(section.heading).or_default() += 1;
    }
    let least = MIN_REPEATED.max(documents.len() / REPEATED_SHARE);
    let repeated = counts.into_iter().filter(|(_, count)| *count >= least);
    repeated.map(|(heading, _)| heading).collect()
}

/// The key of a section of a page.
fn section_key(page: usize, section: usize) -> usize {
    page * MAX_SECTIONS + section.min(MAX_SECTIONS - 1)
}

fn shown<'a>(
    document: &'a Document,
    rarities: &Rarities<'_>,
    language: &Language,
    repeated: &HashSet<&str>,
) -> Vec<Shown<'a>> {
    let sections = document.sections.iter().enumerate().map(|(at, section)| {
        let mut text = match separate_lines(&section.text) {
            Cow::Borrowed(text) => shorten(text, rarities, language),
            Cow::Owned(text) => Cow::Owned(shorten(&text, rarities, language).into_owned()),
        };
        if at == 0 && !document.summary.is_empty() {
            text = Cow::Owned(format!("{}\n{text}", document.summary));
        }
        let heading = if repeated.contains(section.heading) {
            ""
        } else {
            section.heading
        };
        (section.id.as_ref(), heading, text)
    });
    sections.collect()
}

/// Ends lines without punctuation with a semicolon, because results show items of lists and cells of tables
/// one after another.
fn separate_lines(text: &str) -> Cow<'_, str> {
    let text = text.trim_end();
    let bare = |line: &str| {
        line.trim_end()
            .ends_with(|last| !PUNCTUATION.contains(last))
    };
    let (lines, last) = text.rsplit_once('\n').unwrap_or(("", text));
    if !lines.lines().any(bare) {
        return Cow::Borrowed(text);
    }
    let mut marked = String::with_capacity(text.len() + 16);
    for line in lines.lines() {
        marked.push_str(line.trim_end());
        marked.push_str(if bare(line) { ";\n" } else { "\n" });
    }
    marked.push_str(last);
    Cow::Owned(marked)
}

fn parts(
    page: usize,
    document: &Document,
    sections: &[Shown],
    size: usize,
) -> Vec<(usize, String)> {
    let mut parts = Vec::new();
    let mut first = 0;
    while first < sections.len() {
        let mut length = 0;
        let fits = sections[first..].iter().take_while(|(.., text)| {
            length += text.len();
            length <= size
        });
        let mut end = first + fits.count().max(1);
        if end >= MAX_SECTIONS {
            end = sections.len();
        }
        let key = section_key(page, first);
        parts.push((key, part(page, document, sections, first..end)));
        first = end;
    }
    parts
}

fn part(page: usize, document: &Document, sections: &[Shown], range: Range<usize>) -> String {
    let part = (
        page,
        range.start,
        &document.url,
        document.title,
        &document.ancestors,
        &sections[range],
    );
    serde_json::to_string(&part).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_separated() {
        for (text, expected) in [
            ("One.\nTwo?\nthree", "One.\nTwo?\nthree"),
            (
                "a login\na mailbox \nan hour\n",
                "a login;\na mailbox;\nan hour",
            ),
            ("Cell\n\nText.", "Cell;\nText."),
            (
                "\u{7d42}\u{308f}\u{308a}\u{3002}\n\u{6b21}",
                "\u{7d42}\u{308f}\u{308a}\u{3002}\n\u{6b21}",
            ),
            ("", ""),
        ] {
            assert_eq!(separate_lines(text), expected, "{text:?}");
        }
    }
}
