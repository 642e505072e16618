//! The vocabulary of a site: every word, and the encoded posting list of its stem.
//!
//! In: the lexicon, and the posting lists that `postings` made of each part, in the order of the pages. Out: words
//! in alphabetical order, and for each stem and each group of synonyms its rarity and its postings as text.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use rayon::prelude::*;

use super::budgets::{MAX_PAGES, MAX_PAGES_IF_COMMON, MAX_SECTIONS};
use super::lexicon::Lexicon;
use super::postings::{Posting, PostingList};
use super::scoring;
use super::varint;

/// From this strength on, the heading contains the term.
const HEADING: u32 = 2;

/// All words of the site, and everyday words that are on no page.
pub(super) struct Vocabulary<'s> {
    /// Words in alphabetical order, each with the number of its stem.
    pub(super) words: Vec<(&'s str, usize)>,
    /// The stems, by number.
    pub(super) stems: Vec<Stem>,
    /// The groups of synonyms, by number.
    pub(super) groups: Vec<Stem>,
}

impl Vocabulary<'_> {
    /// How many pages contain a word.
    pub(super) fn pages_of(&self, word: &str) -> usize {
        let at = self.words.binary_search_by(|(other, _)| (*other).cmp(word));
        at.map_or(0, |at| self.stems[self.words[at].1].pages)
    }
}

/// One stem, or a group of synonyms.
pub(super) struct Stem {
    /// How many pages contain it.
    pub(super) pages: usize,
    /// From 1, for a stem on every page.
    pub(super) rarity: u32,
    /// Rarity, number of pages, and the postings as `encode` writes them.
    pub(super) list: String,
}

/// Merges the posting lists of the parts of a site. `first_sections` are the numbers of the first section of each page,
/// and `common` stems that say little on any site.
pub(super) fn merge<'s>(
    lexicon: &Lexicon<'s>,
    parts: &[Vec<PostingList>],
    first_sections: &[u32],
    common: &[String],
) -> Vocabulary<'s> {
    let common = common.iter().map(String::as_str);
    let common: BTreeSet<u32> = common
        .filter_map(|stem| lexicon.stems.get(stem).copied())
        .collect();
    let all = parts.first().map_or(0, Vec::len);
    let mut stems: Vec<Stem> = (0..all)
        .into_par_iter()
        .map(|number| {
            let lists: Vec<_> = parts.iter().map(|part| &part[number]).collect();
            let max_rarity = if common.contains(&self::number(number)) {
                scoring::COMMON
            } else {
                u32::MAX
            };
            let is_group = number >= lexicon.stems.len();
            stem(&lists, first_sections, max_rarity, is_group)
        })
        .collect();
    let groups = stems.split_off(lexicon.stems.len().min(all));
    let words = lexicon.words.iter();
    let words = words.map(|(word, stem)| (*word, *stem as usize));
    Vocabulary {
        words: words.collect(),
        stems,
        groups,
    }
}

fn stem(lists: &[&PostingList], first_sections: &[u32], max_rarity: u32, is_group: bool) -> Stem {
    let mut postings: Vec<_> = lists.iter().flat_map(|list| list.postings()).collect();
    let pages = postings.len();
    let rarity = scoring::rarity(first_sections.len(), pages).min(max_rarity);
    let is_common = rarity < scoring::COMMON;
    let most = if is_group || is_common {
        MAX_PAGES_IF_COMMON
    } else {
        MAX_PAGES
    };
    if pages > most {
        postings.select_nth_unstable_by_key(most, |one| (Reverse(one.impact), one.page));
        postings.truncate(most);
        postings.sort_unstable_by_key(|posting| posting.page);
    }
    let mut list = String::new();
    varint::push(&mut list, rarity);
    varint::push(&mut list, number(postings.len()));
    let most_sections = if is_common { 1 } else { MAX_SECTIONS };
    encode(&postings, most_sections, first_sections, &mut list);
    Stem {
        pages,
        rarity,
        list,
    }
}

/// For each page its distance from the one before, its impact as one character, and its sections. A page counts as its
/// first section among those of the site. A section is its distance from the one before, two bits for how it contains
/// the term, and one bit that is set for the last section of the page.
fn encode(postings: &[Posting], most_sections: usize, first_sections: &[u32], text: &mut String) {
    let mut before = 0;
    for posting in postings {
        let page = first_sections[posting.page as usize];
        varint::push(text, page - before);
        before = page;
        text.push(varint::digit(u32::from(posting.impact)));
        let mut at = 0;
        let mut sections = strongest(posting, most_sections).into_iter().peekable();
        while let Some((section, strength)) = sections.next() {
            let end = u32::from(sections.peek().is_none());
            varint::push(text, ((section - at) << 3) | (strength << 1) | end);
            at = section;
        }
    }
}

/// The sections that are most about the term, in their order on the page, each with how it contains it.
fn strongest(posting: &Posting, most: usize) -> Vec<(u32, u32)> {
    let mut sections: Vec<_> = posting.sections().collect();
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
