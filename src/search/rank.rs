//! Concepts → pages in the order of how likely they are meant, each with its best section.
//!
//! In: what `concepts` made of a query. Out: pages with scores. Whole numbers only: the browser
//! comes to the same order (`themes/default/js/search/query/ranking.js`).

use std::collections::BTreeMap;

use super::concepts::Concept;

/// What a section's hold on a word counts: once in the text, more often, in its heading, in both.
const HOLD: [u64; 4] = [6, 8, 10, 12];
/// From here on its heading holds it.
const HEADING: usize = 2;
/// Results weaker than this share of the best are noise.
const WEAKEST: u64 = 40;
const MOST_RESULTS: usize = 60;
/// A page this much about a concept has all of it; with less it has it in part.
const ENOUGH: u64 = 24;
/// A heading with so many hundredths of the query names all of it.
const ALL: u64 = 95;

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
    /// Added since the title, or it and one heading, name what is asked for.
    pub named: u64,
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
        shares - self.missing - self.apart + self.named
    }
}

/// What one page holds of each concept.
struct Held {
    shares: Vec<Share>,
    sections: BTreeMap<usize, Vec<Hold>>,
}

/// A section's hold on one concept.
#[derive(Clone, Copy, Default)]
struct Hold {
    value: u64,
    /// How much of the concept its heading names; of the first section, the title.
    named: u64,
}

impl Hold {
    fn add(&mut self, worth: u64, strength: usize, importance: u64) {
        self.value = self.value.max(worth * HOLD[strength]);
        if strength >= HEADING {
            self.named = self.named.max((worth / 100).min(importance));
        }
    }
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
                    let holds = holds.or_insert_with(|| vec![Hold::default(); concepts.len()]);
                    holds[at].add(worth, *strength, concept.importance);
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
        let value = holds.iter().map(|hold| hold.value).sum();
        if value > most {
            (section, most) = (*number, value);
        }
    }
    let sum: u64 = held.shares.iter().map(|share| share.value).sum();
    let covered = sum * covered(&held.shares, concepts) / total;
    let held_together = covered * (2 * total + near) / (3 * total);
    let parts = Parts {
        missing: sum - covered,
        apart: covered - held_together,
        named: named(held_together, &held.sections, total),
        shares: held.shares,
    };
    Ranked {
        page,
        section,
        score: parts.sum(),
        parts,
    }
}

/// What is added to a score since the title names some of the query. A heading that names all of it,
/// with the title's help or without, makes as good a page as one that is about all of it.
fn named(score: u64, sections: &BTreeMap<usize, Vec<Hold>>, total: u64) -> u64 {
    let title = sections.get(&0);
    let of_title = |at: usize| title.map_or(0, |holds| holds[at].named);
    let with_title = |holds: &Vec<Hold>| -> u64 {
        let both = holds.iter().enumerate();
        both.map(|(at, hold)| hold.named.max(of_title(at))).sum()
    };
    let several = sections.values().any(|holds| holds.len() > 1);
    let most = sections.values().map(with_title).max().unwrap_or(0);
    if several && most * 100 >= total * ALL {
        return score.max(enough(total)) * 7 / 3 - score;
    }
    let title: u64 = title.map_or(0, |holds| holds.iter().map(|hold| hold.named).sum());
    score * title / total
}

/// How much of the query those concepts are that are held.
fn held_of(holds: &[Hold], concepts: &[Concept]) -> u64 {
    let held = holds
        .iter()
        .zip(concepts)
        .filter(|(hold, _)| hold.value > 0);
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
