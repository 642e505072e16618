//! Concepts → pages in the order of how likely they are meant, each with its best section.
//!
//! In: what `concepts` made of a query. Out: pages with scores. Whole numbers only: the browser
//! comes to the same order (`themes/default/js/search/rank.js`).

use std::collections::BTreeMap;

use super::concepts::Concept;

/// What a section's hold on a word counts: once in the text, more often, in its heading, in both.
const HOLD: [u64; 4] = [6, 8, 10, 12];
/// Results weaker than this share of the best are noise.
const WEAKEST: u64 = 40;
const MOST_RESULTS: usize = 60;
/// A page this much about a concept has all of it; with less it has it in part.
const ENOUGH: u64 = 24;

/// A page that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ranked {
    /// Its number in the index.
    pub page: usize,
    /// Its best section; 0 is the top of the page.
    pub section: usize,
    /// Comparable within one query only: what its parts add up to.
    pub score: u64,
    /// What the score is made of.
    pub parts: Parts,
}

/// What a score is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// What each concept adds, in the order of the concepts.
    pub shares: Vec<Share>,
    /// Taken off since the page lacks some of the concepts.
    pub missing: u64,
    /// Taken off since no one section holds all that the page holds.
    pub apart: u64,
}

/// What a page has of one concept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Share {
    /// What it adds; 0 where the page has nothing of it.
    pub value: u64,
    /// The variant that adds it.
    pub variant: usize,
}

impl Parts {
    /// The score.
    pub fn sum(&self) -> u64 {
        let shares: u64 = self.shares.iter().map(|share| share.value).sum();
        shares - self.missing - self.apart
    }
}

/// What one page holds of each concept.
struct Held {
    shares: Vec<Share>,
    sections: BTreeMap<usize, Vec<u64>>,
}

/// Ranks all pages that hold any of the concepts.
pub(super) fn rank(concepts: &[Concept]) -> Vec<Ranked> {
    let total = concepts
        .iter()
        .map(|concept| concept.importance)
        .sum::<u64>()
        .max(1);
    let pages = collect(concepts).into_iter();
    let mut results: Vec<_> = pages
        .map(|(page, held)| score(page, held, concepts, total))
        .collect();
    results.sort_by(|a, b| b.score.cmp(&a.score).then(a.page.cmp(&b.page)));
    let best = results.first().map_or(0, |result| result.score);
    results.retain(|result| result.score * WEAKEST >= best);
    results.truncate(MOST_RESULTS);
    results
}

fn collect(concepts: &[Concept]) -> BTreeMap<usize, Held> {
    let mut pages: BTreeMap<usize, Held> = BTreeMap::new();
    for (at, concept) in concepts.iter().enumerate() {
        for (number, variant) in concept.variants.iter().enumerate() {
            let worth = variant.worth();
            for posting in &variant.term.pages {
                let held = pages.entry(posting.page).or_insert_with(|| Held {
                    shares: vec![Share::default(); concepts.len()],
                    sections: BTreeMap::new(),
                });
                let value = worth * posting.impact;
                if value > held.shares[at].value {
                    let variant = number;
                    held.shares[at] = Share { value, variant };
                }
                for (section, strength) in &posting.sections {
                    let holds = held.sections.entry(*section);
                    let holds = holds.or_insert_with(|| vec![0; concepts.len()]);
                    holds[at] = holds[at].max(worth * HOLD[*strength]);
                }
            }
        }
    }
    pages
}

fn score(page: usize, held: Held, concepts: &[Concept], total: u64) -> Ranked {
    let mut near = 0;
    let (mut section, mut most) = (0, 0);
    for (number, holds) in &held.sections {
        near = near.max(held_of(holds, concepts));
        let value = holds.iter().sum();
        if value > most {
            (section, most) = (*number, value);
        }
    }
    let sum: u64 = held.shares.iter().map(|share| share.value).sum();
    let covered = sum * covered(&held.shares, concepts) / total;
    let parts = Parts {
        missing: sum - covered,
        apart: covered - covered * (2 * total + near) / (3 * total),
        shares: held.shares,
    };
    Ranked {
        page,
        section,
        score: parts.sum(),
        parts,
    }
}

/// How much of the query those concepts are that are held.
fn held_of(holds: &[u64], concepts: &[Concept]) -> u64 {
    let held = holds.iter().zip(concepts).filter(|(value, _)| **value > 0);
    held.map(|(_, concept)| concept.importance).sum()
}

/// The same of a page, which may hold a concept in part.
fn covered(shares: &[Share], concepts: &[Concept]) -> u64 {
    let parts = shares.iter().zip(concepts).map(|(share, concept)| {
        let enough = enough(concept.importance);
        concept.importance * share.value.min(enough) / enough
    });
    parts.sum()
}

/// From which value on a page has all of a concept.
pub(super) fn enough(importance: u64) -> u64 {
    importance * 100 * ENOUGH
}
