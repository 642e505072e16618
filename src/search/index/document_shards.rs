//! Documents → payloads of shards with what results show, small enough for a slow connection.
//!
//! In: the parts of the site and its vocabulary. Out: payloads, each with its first key. A payload is `[part, …]`, and
//! a part `[page, first section, address, title, ancestors, [[fragment, heading, text], …]]`. Long pages are
//! split between sections.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use rayon::prelude::*;

use super::Part;
use super::documents::Document;
use super::snippets::{RankedStem, separate_lines, shorten};
use super::tokens::Token;
use super::vocabulary::Vocabulary;

/// Bytes of a payload before compression, which leaves about half. Each result needs one, so small ones cost
/// least, but a large site would have too many of them.
const MIN_SIZE: usize = 1_500;
const MAX_SIZE: usize = 6_000;
/// The number of payloads to aim for.
const PAYLOADS: usize = 3_000;

/// The most sections of a page that have keys of their own; the rest belong to the last one.
const MAX_SECTIONS: usize = 4096;

/// On so many pages, and on one page in so many, a heading is left out of results.
const MIN_REPEATED: usize = 4;
const REPEATED_SHARE: usize = 10;

/// Fragment, heading and text.
type Shown<'a> = (&'a str, &'a str, Cow<'a, str>);

/// The payloads, each with the key of its first section.
pub(super) fn texts(parts: &[Part], vocabulary: &Vocabulary) -> Vec<(usize, String)> {
    let documents: Vec<_> = parts.iter().flat_map(|part| part.documents).collect();
    let repeated = repeated_headings(&documents);
    let pages: Vec<Vec<Shown>> = parts
        .par_iter()
        .flat_map_iter(|part| {
            let mut bodies = part.stream.bodies();
            let pages = part.documents.iter();
            pages
                .map(|document| {
                    let stems = |passage: &[Token]| {
                        let words = passage.iter().filter(|token| !token.is_compound());
                        let stems = words.map(|token| part.stems[token.word()]);
                        stems
                            .map(|stem| (stem, vocabulary.stems[stem as usize].rarity))
                            .collect()
                    };
                    shown(document, &mut bodies, stems, &repeated)
                })
                .collect::<Vec<_>>()
        })
        .collect();
    let all: usize = pages.iter().flatten().map(|(.., text)| text.len()).sum();
    let size = (all / PAYLOADS).clamp(MIN_SIZE, MAX_SIZE);
    let cut =
        |(page, sections): (usize, Vec<Shown>)| parts_of(page, documents[page], &sections, size);
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
fn repeated_headings<'a>(documents: &[&'a Document]) -> HashSet<&'a str> {
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

/// What results show of a page. `bodies` are the passages of its sections, and `stems` gives those of a passage.
fn shown<'a, 'p>(
    document: &'a Document,
    bodies: &mut impl Iterator<Item = Vec<&'p [Token]>>,
    stems: impl Fn(&'p [Token]) -> Vec<RankedStem>,
    repeated: &HashSet<&str>,
) -> Vec<Shown<'a>> {
    let sections = document.sections.iter().zip(bodies).enumerate();
    let sections = sections.map(|(at, (section, passages))| {
        let passages = passages.into_iter().map(&stems);
        let mut text = shorten(separate_lines(&section.text), passages);
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

fn parts_of(
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
