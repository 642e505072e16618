//! The vocabulary of a site: every word, and the encoded posting list of its stem.
//!
//! In: the parts that `builder` made, in the order of the pages. Out: words in alphabetical order, and for
//! each stem its rarity and its postings as text.

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::builder::{PartialIndex, Table};
use super::postings::{Posting, PostingList};
use super::scoring;
use super::varint;

/// The most pages of a posting list, and the most for a term on almost every page, which distinguishes pages
/// too little to cost readers more. The pages that are most about the term are kept.
const MAX_PAGES: usize = 500;
const MAX_PAGES_IF_COMMON: usize = 120;

/// The most sections of a page in a posting list: those that are most about the term. A term on almost every
/// page gets one, and those whose heading contains it.
const MAX_SECTIONS: usize = 4;
/// From this strength on, the heading contains the term.
const HEADING: u32 = 2;

/// All words of the site.
pub(super) struct Vocabulary {
    /// Words in alphabetical order, each with the number of its stem.
    pub(super) words: Vec<(Box<str>, usize)>,
    /// The stems, by number.
    pub(super) stems: Vec<Stem>,
}

impl Vocabulary {
    /// The stem of a word and its rarity.
    pub(super) fn rarity(&self, word: &str) -> Option<(usize, u32)> {
        let place = |(other, _): &(Box<str>, usize)| other.as_ref().cmp(word);
        let at = self.words.binary_search_by(place).ok()?;
        let stem = self.words[at].1;
        Some((stem, self.stems[stem].rarity))
    }

    /// The same for every word, as a hash map.
    pub(super) fn rarities(&self) -> Rarities<'_> {
        let words = self.words.iter();
        words
            .map(|(word, stem)| (word.as_ref(), (number(*stem), self.stems[*stem].rarity)))
            .collect()
    }

    /// How many pages contain a word, or any phrase of a group of synonyms.
    pub(super) fn pages_of(&self, word: &str) -> usize {
        let stem = self.rarity(word).map(|(stem, _)| &self.stems[stem]);
        stem.map_or(0, |stem| stem.pages)
    }
}

impl Vocabulary {
    /// Removes the groups of synonyms without phrases.
    pub(super) fn remove_groups(&mut self, synonyms: &[Vec<String>]) {
        let unused = synonyms.iter().enumerate();
        let unused = unused.filter(|(_, phrases)| phrases.is_empty());
        let names: BTreeSet<String> = unused.map(|(group, _)| synonym_name(group)).collect();
        self.words.retain(|(word, _)| !names.contains(&**word));
    }
}

/// Words with their stem and its rarity.
pub(super) type Rarities<'v> = HashMap<&'v str, (u32, u32), FixedState>;

/// One stem.
pub(super) struct Stem {
    /// How many pages contain it.
    pub(super) pages: usize,
    /// From 1, for a stem on every page.
    pub(super) rarity: u32,
    /// Rarity, number of pages, postings; see `encode`.
    pub(super) list: String,
}

/// The name of a group of synonyms among the words. No word starts with `~`.
pub(super) fn synonym_name(group: usize) -> String {
    format!("~{group}")
}

/// Merges the parts of a site; `common` are stems that say little on any site.
pub(super) fn merge(parts: &[PartialIndex], pages: usize, common: &[String]) -> Vocabulary {
    let MergedStems {
        words,
        lists,
        numbers,
    } = merge_stems(parts);
    let common = common.iter().filter_map(|stem| numbers.get(stem.as_str()));
    let common: BTreeSet<usize> = common.copied().collect();
    let of_stems = lists.iter().map(|lists| {
        let lists = lists.iter().map(|(part, at)| &parts[*part].lists[*at]);
        lists.collect()
    });
    let groups = parts.first().map_or(0, |part| part.synonyms.len());
    let of_groups = (0..groups).map(|at| parts.iter().map(|part| &part.synonyms[at]).collect());
    let all: Vec<Vec<&PostingList>> = of_stems.chain(of_groups).collect();
    let max_rarity = |number| {
        if common.contains(&number) {
            scoring::COMMON
        } else {
            u32::MAX
        }
    };
    let stems: Vec<Stem> = all
        .par_iter()
        .enumerate()
        .map(|(number, lists)| stem(lists, pages, max_rarity(number)))
        .collect();
    let names = (0..groups).map(|at| (synonym_name(at).into(), lists.len() + at));
    let mut words: Vec<(Box<str>, usize)> = words.into_iter().chain(names).collect();
    // No page contains some of the words of synonyms.
    words.retain(|(_, number)| stems[*number].pages > 0);
    words.par_sort_unstable();
    words.dedup_by(|one, other| one.0 == other.0);
    Vocabulary { words, stems }
}

/// Stems with the same numbers for the whole site.
struct MergedStems {
    words: Vec<(Box<str>, usize)>,
    /// For each stem its posting lists: the part, and the number of the stem there.
    lists: Vec<Vec<(usize, usize)>>,
    numbers: Table<usize>,
}

fn merge_stems(parts: &[PartialIndex]) -> MergedStems {
    let mut merged = MergedStems {
        words: Vec::new(),
        lists: Vec::new(),
        numbers: Table::default(),
    };
    for (at, part) in parts.iter().enumerate() {
        let mut stems: Vec<_> = part.stems.iter().collect();
        stems.sort_unstable();
        let mut site_wide = vec![0; stems.len()];
        for (stem, local) in stems {
            let number = *merged.numbers.entry(stem.clone()).or_insert_with(|| {
                merged.lists.push(Vec::new());
                merged.lists.len() - 1
            });
            merged.lists[number].push((at, *local));
            site_wide[*local] = number;
        }
        let words = part.words.iter();
        merged
            .words
            .extend(words.map(|(word, stem)| (word.clone(), site_wide[*stem])));
    }
    merged
}

fn stem(lists: &[&PostingList], pages: usize, max_rarity: u32) -> Stem {
    let document_frequency = lists.iter().map(|list| list.pages as usize).sum();
    let rarity = scoring::rarity(pages, document_frequency).min(max_rarity);
    let most = if rarity < scoring::COMMON {
        MAX_PAGES_IF_COMMON
    } else {
        MAX_PAGES
    };
    Stem {
        pages: document_frequency,
        rarity,
        list: encode(lists, rarity, Cut::new(lists, document_frequency, most)),
    }
}

/// Which pages of a long posting list are kept: those with an impact greater than `above`, and the first
/// `more` with exactly that impact.
struct Cut {
    above: u8,
    more: usize,
    kept: usize,
}

impl Cut {
    fn new(lists: &[&PostingList], document_frequency: usize, most: usize) -> Self {
        if document_frequency <= most {
            return Self {
                above: 0,
                more: 0,
                kept: document_frequency,
            };
        }
        let mut with_impact = [0; 64];
        for posting in lists.iter().flat_map(|list| list.postings()) {
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

/// Rarity, number of pages, and for each page its distance from the one before, its impact as one character,
/// and its sections. A section is its distance from the one before, two bits for how it contains the term, and
/// one bit that is set for the last section of the page.
fn encode(lists: &[&PostingList], rarity: u32, mut cut: Cut) -> String {
    let mut text = String::new();
    varint::push(&mut text, rarity);
    varint::push(&mut text, number(cut.kept));
    let most = if rarity < scoring::COMMON {
        1
    } else {
        MAX_SECTIONS
    };
    let mut before = 0;
    for posting in lists.iter().flat_map(|list| list.postings()) {
        if !cut.keeps(posting.impact) {
            continue;
        }
        varint::push(&mut text, posting.page - before);
        before = posting.page;
        text.push(varint::digit(u32::from(posting.impact)));
        let mut at = 0;
        let mut sections = strongest(&posting, most).into_iter().peekable();
        while let Some((section, strength)) = sections.next() {
            let end = u32::from(sections.peek().is_none());
            varint::push(&mut text, ((section - at) << 3) | (strength << 1) | end);
            at = section;
        }
    }
    text
}

/// The sections that are most about the term, in their order on the page, each with how it contains it.
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
        let most = most.max(headings.count().min(MAX_SECTIONS));
        sections.truncate(most);
        sections.sort_unstable();
    }
    sections
}

/// Numbers of pages and sections stay far below the limit.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
