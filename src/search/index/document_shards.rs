//! Documents → payloads of shards with what results show.
//!
//! In: the token streams of the site, and the rarity of each stem. Out: payloads. The sections of the whole site are numbered,
//! and each payload contains the next few: `[[address, title, ancestors, [[fragment, heading, text], …], outcomes], …]`.
//! Browsers compute the shard of a section from its number, so it is not listed anywhere. Outcomes of the triage are
//! also part of their guides, because results show the two together.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::budgets::{SECTIONS, TEXT_SHARDS};
use super::documents::Document;
use super::snippets::{RankedStem, separate_lines, shorten};
use super::tokens::{Token, TokenStream};

/// A heading is left out of results if at least this many pages have it, and at least one page in `REPEATED_SHARE`.
const MIN_REPEATED: usize = 4;
const REPEATED_SHARE: usize = 10;

/// By the address of a guide its outcomes: number, address, title and ancestors.
pub(super) type Outcomes<'a> = HashMap<&'a str, Vec<(u32, &'a str, &'a str, &'a [&'a str])>>;

/// Fragment, heading and text.
type Shown<'a> = (&'a str, &'a str, Cow<'a, str>);

/// The payloads, and how many sections each contains. `stems` are those of the words of each stream.
pub(super) fn texts(
    streams: Vec<TokenStream>,
    stems: &[Vec<u32>],
    rarities: &[u32],
    outcomes: &Outcomes,
) -> (usize, Vec<String>) {
    let documents = streams.iter().flat_map(|stream| stream.documents);
    let repeated = repeated_headings(&documents.collect::<Vec<_>>());
    // What is not needed any more is dropped part by part, since all of it is large on a large site.
    let sections: Vec<(&Document, Shown)> = streams
        .into_par_iter()
        .zip(stems)
        .flat_map_iter(|(stream, stems)| {
            let mut bodies = stream.bodies();
            let pages = stream.documents.iter();
            let sections = pages.flat_map(|document| {
                let stems = |passage: &[Token]| {
                    let words = passage.iter().filter(|token| !token.is_compound());
                    let stems = words.map(|token| stems[token.word()]);
                    stems.map(|stem| (stem, rarities[stem as usize])).collect()
                };
                let shown = shown(document, &mut bodies, stems, &repeated);
                shown.into_iter().map(move |section| (document, section))
            });
            sections.collect::<Vec<_>>()
        })
        .collect();
    let size = sections.len().div_ceil(TEXT_SHARDS).max(SECTIONS);
    let shards = sections.into_par_iter().chunks(size);
    let payloads = shards.map(|sections| payload(&sections, outcomes));
    (size, payloads.collect())
}

/// Headings of many pages, such as "Steps", which say nothing beside the title of a page.
fn repeated_headings<'a>(documents: &[&'a Document]) -> HashSet<&'a str> {
    let mut counts = HashMap::<&str, usize, FixedState>::default();
    for section in documents.iter().flat_map(|document| &document.sections) {
        *counts.entry(section.heading).or_default() += 1;
    }
    let least = MIN_REPEATED.max(documents.len() / REPEATED_SHARE);
    let repeated = counts.into_iter().filter(|(_, count)| *count >= least);
    repeated.map(|(heading, _)| heading).collect()
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

fn payload(sections: &[(&Document, Shown)], outcomes: &Outcomes) -> String {
    let pages = sections.chunk_by(|(page, _), (other, _)| std::ptr::eq(*page, *other));
    let pages = pages.map(|sections| {
        let (document, _) = sections[0];
        let shown: Vec<_> = sections.iter().map(|(_, shown)| shown).collect();
        let outcomes = outcomes.get(&*document.url).map_or(&[][..], Vec::as_slice);
        let Document {
            url,
            title,
            ancestors,
            ..
        } = document;
        (url, title, ancestors, shown, outcomes)
    });
    let mut payload = serde_json::to_string(&pages.collect::<Vec<_>>()).unwrap_or_default();
    // A string built bit by bit has spare capacity, and there are thousands.
    payload.shrink_to_fit();
    payload
}
