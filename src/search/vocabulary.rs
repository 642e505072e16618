//! Runs of pages put together: every word of the site and the pages of its stem, as the index
//! writes them.
//!
//! In: what `gather` made of each run, in the order of the pages. Out: words in alphabetical order,
//! and per stem its rarity and its pages as text. It cuts no pieces.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::digits;
use super::gather::{Gathered, Table};
use super::postings::{List, Posting};
use super::weigh;

/// Pages a list may name, and that of a word that stands almost everywhere: it tells pages apart too
/// little to cost a reader more than this. The pages most about it are kept.
const MOST_PAGES: usize = 500;
const FEW_PAGES: usize = 120;

/// Sections of a page a list names, and of those that hold the word best. A word that stands everywhere
/// tells sections apart too little for more than one, but for those whose heading it is in.
const MOST_SECTIONS: usize = 4;
/// From here on a section's heading holds the word.
const HEADING: u32 = 2;

/// All words of the site.
pub(super) struct Vocabulary {
    /// Words in alphabetical order, each with its place in `stems`.
    pub(super) words: Vec<(Box<str>, usize)>,
    /// What the words' stems stand for.
    pub(super) stems: Vec<Stem>,
}

impl Vocabulary {
    /// A word's stem and how rare it is.
    pub(super) fn rarity(&self, word: &str) -> Option<(usize, u32)> {
        let place = |(other, _): &(Box<str>, usize)| other.as_ref().cmp(word);
        let at = self.words.binary_search_by(place).ok()?;
        let stem = self.words[at].1;
        Some((stem, self.stems[stem].rarity))
    }

    /// The same for every word, quick to ask many times.
    pub(super) fn rarities(&self) -> Rarities<'_> {
        let words = self.words.iter();
        words
            .map(|(word, stem)| (word.as_ref(), (number(*stem), self.stems[*stem].rarity)))
            .collect()
    }

    /// How many pages hold a word, or any phrase of a group by its name.
    pub(super) fn pages_of(&self, word: &str) -> usize {
        let stem = self.rarity(word).map(|(stem, _)| &self.stems[stem]);
        stem.map_or(0, |stem| stem.pages)
    }
}

impl Vocabulary {
    /// Leaves out the groups of synonyms that have no phrase.
    pub(super) fn forget(&mut self, synonyms: &[Vec<String>]) {
        let unused = synonyms.iter().enumerate();
        let unused = unused.filter(|(_, phrases)| phrases.is_empty());
        let names: BTreeSet<String> = unused.map(|(group, _)| synonym_name(group)).collect();
        self.words.retain(|(word, _)| !names.contains(&**word));
    }
}

/// Words with their stem and how rare it is.
pub(super) type Rarities<'v> = HashMap<&'v str, (u32, u32), FixedState>;

/// One stem.
pub(super) struct Stem {
    /// How many pages hold it.
    pub(super) pages: usize,
    /// From 1 (everywhere) up.
    pub(super) rarity: u32,
    /// Rarity, number of pages, then the pages; see `encode`.
    pub(super) list: String,
}

/// The name of a group of synonyms among the words: no word begins like this.
pub(super) fn synonym_name(group: usize) -> String {
    format!("~{group}")
}

/// Puts runs together; `common` are stems that say little on any site.
pub(super) fn merge(runs: &[Gathered], pages: usize, common: &[String]) -> Vocabulary {
    let Numbered {
        words,
        parts,
        numbers,
    } = number_stems(runs);
    let common = common.iter().filter_map(|stem| numbers.get(stem.as_str()));
    let common: BTreeSet<usize> = common.copied().collect();
    let lists: Vec<Vec<&List>> = parts
        .iter()
        .map(|parts| {
            parts
                .iter()
                .map(|(run, stem)| &runs[*run].lists[*stem])
                .collect()
        })
        .collect();
    let stems = lists.len();
    let groups = runs.first().map_or(0, |run| run.synonyms.len());
    let synonyms = (0..groups).map(|group| runs.iter().map(|run| &run.synonyms[group]).collect());
    let all: Vec<Vec<&List>> = lists.into_iter().chain(synonyms).collect();
    let rarest = |number| {
        if common.contains(&number) {
            weigh::COMMON
        } else {
            u32::MAX
        }
    };
    let made: Vec<Stem> = all
        .par_iter()
        .enumerate()
        .map(|(number, parts)| stem(parts, pages, rarest(number)))
        .collect();
    let names = (0..groups).map(|group| (synonym_name(group).into(), stems + group));
    let mut words: Vec<(Box<str>, usize)> = words.into_iter().chain(names).collect();
    // Phrases bring in words no page holds.
    words.retain(|(_, stem)| made[*stem].pages > 0);
    words.par_sort_unstable();
    words.dedup_by(|one, other| one.0 == other.0);
    Vocabulary { words, stems: made }
}

/// Stems with site-wide numbers.
struct Numbered {
    words: Vec<(Box<str>, usize)>,
    /// Where each stem's lists are: run and place.
    parts: Vec<Vec<(usize, usize)>>,
    numbers: Table<usize>,
}

fn number_stems(runs: &[Gathered]) -> Numbered {
    let mut numbers = Table::default();
    let mut parts: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut words = Vec::new();
    for (run, gathered) in runs.iter().enumerate() {
        let mut stems: Vec<_> = gathered.stems.iter().collect();
        stems.sort_unstable();
        let mut site_wide = vec![0; stems.len()];
        for (stem, local) in stems {
            let number = *numbers.entry(stem.clone()).or_insert_with(|| {
                parts.push(Vec::new());
                parts.len() - 1
            });
            parts[number].push((run, *local));
            site_wide[*local] = number;
        }
        words.extend(
            gathered
                .words
                .iter()
                .map(|(word, stem)| (word.clone(), site_wide[*stem])),
        );
    }
    Numbered {
        words,
        parts,
        numbers,
    }
}

fn stem(parts: &[&List], pages: usize, rarest: u32) -> Stem {
    let holding = parts.iter().map(|part| part.pages as usize).sum();
    let rarity = weigh::rarity(pages, holding).min(rarest);
    let most = if rarity < weigh::COMMON {
        FEW_PAGES
    } else {
        MOST_PAGES
    };
    Stem {
        pages: holding,
        rarity,
        list: encode(parts, rarity, Cut::new(parts, holding, most)),
    }
}

/// Which pages of a long list are kept: those of more than `above`, and the first `more` of exactly
/// that impact.
struct Cut {
    above: u8,
    more: usize,
    kept: usize,
}

impl Cut {
    fn new(parts: &[&List], holding: usize, most: usize) -> Self {
        if holding <= most {
            return Self {
                above: 0,
                more: 0,
                kept: holding,
            };
        }
        let mut with_impact = [0; 64];
        for posting in parts.iter().flat_map(|part| part.postings()) {
            with_impact[usize::from(posting.impact)] += 1;
        }
        let mut left = most;
        let mut above = 63;
        while with_impact[usize::from(above)] <= left {
            left -= with_impact[usize::from(above)];
            above -= 1;
        }
        Self {
            above,
            more: left,
            kept: most,
        }
    }

    fn keeps(&mut self, impact: u8) -> bool {
        if impact != self.above || self.more == 0 {
            return impact > self.above;
        }
        self.more -= 1;
        true
    }
}

/// Rarity, how many pages, and for each page: its distance from the one before, its impact as one
/// letter, its sections. A section is its distance from the one before, two bits of how it holds the
/// word, and one bit that is set on the page's last.
fn encode(parts: &[&List], rarity: u32, mut cut: Cut) -> String {
    let mut text = String::new();
    digits::push(&mut text, rarity);
    digits::push(&mut text, number(cut.kept));
    let most = if rarity < weigh::COMMON {
        1
    } else {
        MOST_SECTIONS
    };
    let mut before = 0;
    for posting in parts.iter().flat_map(|part| part.postings()) {
        if !cut.keeps(posting.impact) {
            continue;
        }
        digits::push(&mut text, posting.page - before);
        before = posting.page;
        text.push(digits::letter(u32::from(posting.impact)));
        let mut at = 0;
        let mut sections = strongest(&posting, most).into_iter().peekable();
        while let Some((section, strength)) = sections.next() {
            let end = u32::from(sections.peek().is_none());
            digits::push(&mut text, ((section - at) << 3) | (strength << 1) | end);
            at = section;
        }
    }
    text
}

/// The sections that hold the word best, in their order on the page, each with how it does.
fn strongest(posting: &Posting, most: usize) -> Vec<(u32, u32)> {
    let mut at = 0;
    let sections = posting.sections().map(|section| {
        at += section >> 2;
        (at, section & 3)
    });
    let mut sections: Vec<_> = sections.collect();
    if sections.len() > most {
        sections.sort_by_key(|(section, strength)| (3 - strength, *section));
        let headings = sections
            .iter()
            .take_while(|(_, strength)| *strength >= HEADING);
        let most = most.max(headings.count().min(MOST_SECTIONS));
        sections.truncate(most);
        sections.sort_unstable();
    }
    sections
}

/// Counts of pages and sections stay far below the limit; past it the index would be wrong only
/// about which of four billion pages is meant.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
