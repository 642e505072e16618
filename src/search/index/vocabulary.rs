//! The vocabulary of a site: every word, and the encoded posting list of its stem.
//!
//! In: the lexicon, and the posting lists that `builder` made of each part, in the order of the pages. Out: words
//! in alphabetical order, and for each stem its rarity and its postings as text.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rayon::prelude::*;

use super::lexicon::Lexicon;
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
pub(super) struct Vocabulary<'s> {
    /// Words in alphabetical order, each with the number of its stem.
    pub(super) words: Vec<(Cow<'s, str>, usize)>,
    /// The stems, by number.
    pub(super) stems: Vec<Stem>,
}

impl Vocabulary<'_> {
    /// How many pages contain a word, or any phrase of a group of synonyms.
    pub(super) fn pages_of(&self, word: &str) -> usize {
        let order = |(other, _): &(Cow<str>, usize)| other.as_ref().cmp(word);
        let at = self.words.binary_search_by(order);
        at.map_or(0, |at| self.stems[self.words[at].1].pages)
    }

    /// Removes the groups of synonyms without phrases.
    pub(super) fn remove_groups(&mut self, synonyms: &[Vec<String>]) {
        let unused = synonyms.iter().enumerate();
        let unused = unused.filter(|(_, phrases)| phrases.is_empty());
        let names: BTreeSet<String> = unused.map(|(group, _)| synonym_name(group)).collect();
        self.words.retain(|(word, _)| !names.contains(&**word));
    }
}

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

/// Merges the posting lists of the parts of a site; `common` are stems that say little on any site.
pub(super) fn merge<'s>(
    lexicon: &Lexicon<'s>,
    parts: &[Vec<PostingList>],
    pages: usize,
    common: &[String],
) -> Vocabulary<'s> {
    let common = common
        .iter()
        .filter_map(|stem| lexicon.stems.get(stem.as_str()));
    let common: BTreeSet<usize> = common.map(|stem| *stem as usize).collect();
    let max_rarity = |number| {
        if common.contains(&number) {
            scoring::COMMON
        } else {
            u32::MAX
        }
    };
    let all = parts.first().map_or(0, Vec::len);
    let stems: Vec<Stem> = (0..all)
        .into_par_iter()
        .map(|number| {
            let lists: Vec<_> = parts.iter().map(|part| &part[number]).collect();
            stem(&lists, pages, max_rarity(number))
        })
        .collect();
    let words = lexicon.words.iter();
    let words = words.map(|(word, stem)| (Cow::Borrowed(*word), *stem as usize));
    let groups = (lexicon.stems.len()..all).enumerate();
    let groups = groups.map(|(group, list)| (synonym_name(group).into(), list));
    let mut words: Vec<_> = words.chain(groups).collect();
    // No page contains some of the words of synonyms.
    words.retain(|(_, number)| stems[*number].pages > 0);
    words.sort_unstable();
    Vocabulary { words, stems }
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
