//! Token stream → posting lists: the pages that contain a term, encoded compactly as they are read.
//!
//! In: the words of some documents, and the lexicon of the site. Out: a posting list for each stem and each group of
//! synonyms. Parts of a site are read in parallel, and `vocabulary` merges their lists.

use super::lexicon::Lexicon;
use super::scoring::{FieldScores, Occurrences, PageStats};
use super::tokens::TokenStream;

/// What is being read.
#[derive(Clone, Copy, Default)]
pub(super) struct Position {
    pub(super) page: u32,
    pub(super) section: u32,
}

/// A field of a document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Title,
    /// With the number of its words.
    Keyword(u8),
    Summary,
    Heading,
    Body,
}

/// The posting lists of a stream: those of the stems, and after them those of the groups of synonyms.
/// `of_words` are the stems of the stream's words, and `stats` are those of all documents.
pub(super) fn posting_lists(
    stream: &TokenStream,
    of_words: &[u32],
    lexicon: &Lexicon,
    stats: &[PageStats],
) -> Vec<PostingList> {
    let groups_from = lexicon.stems.len();
    let mut lists = Vec::new();
    lists.resize_with(groups_from + lexicon.groups, PostingList::default);
    // The stems of the words just read.
    let mut recent: Vec<u32> = Vec::new();
    for (at, field, tokens) in stream.texts() {
        recent.clear();
        for token in tokens {
            let stem = of_words[token.word()];
            lists[stem as usize].found(at, field, stats);
            for part in lexicon.compounds.get(&stem).into_iter().flatten() {
                lists[*part as usize].found(at, field, stats);
            }
            if !token.is_compound() {
                recent.push(stem);
            }
            let phrases = lexicon.phrases_by_last_stem.get(stem as usize);
            for (phrase, group) in phrases.into_iter().flatten() {
                let ends_here = if token.is_compound() {
                    phrase.len() == 1
                } else {
                    recent.ends_with(phrase)
                };
                if ends_here {
                    lists[groups_from + group].found(at, field, stats);
                }
            }
        }
    }
    for list in &mut lists {
        list.finish_page(stats);
    }
    lists
}

/// The pages that contain a term, in the order they were read: for each the number of the page, its
/// sections, a 0, and the impact of the term. Kept small, because a large site has a million postings.
#[derive(Default)]
pub(super) struct PostingList {
    bytes: Vec<u8>,
    /// The page that is being read.
    page: Option<u32>,
    section: u32,
    /// The last section of this page that is already encoded.
    written: u32,
    found: Occurrences,
    in_section: u8,
    heading_here: bool,
}

impl PostingList {
    fn found(&mut self, at: Position, field: Field, stats: &[PageStats]) {
        if self.page != Some(at.page) {
            self.finish_page(stats);
            push(&mut self.bytes, at.page);
            self.page = Some(at.page);
            self.section = at.section;
            self.written = 0;
            self.found = Occurrences::default();
        } else if self.section != at.section {
            self.finish_section();
            self.section = at.section;
        }
        let found = &mut self.found;
        match field {
            Field::Title => found.title = true,
            Field::Keyword(words) => {
                if found.keyword_words == 0 || words < found.keyword_words {
                    found.keyword_words = words.max(1);
                }
            }
            Field::Summary => found.summary = true,
            Field::Heading => found.headings = found.headings.saturating_add(1),
            Field::Body => found.body = found.body.saturating_add(1),
        }
        if matches!(field, Field::Title | Field::Heading) {
            self.heading_here = true;
        } else {
            self.in_section = self.in_section.saturating_add(1);
        }
    }

    fn finish_section(&mut self) {
        let strength = match (self.heading_here, self.in_section) {
            (false, 0 | 1) => 0,
            (false, _) => 1,
            (true, 0) => 2,
            (true, _) => 3,
        };
        // One more than it is, since 0 ends the list.
        let distance = self.section - self.written;
        push(&mut self.bytes, ((distance << 2) | strength) + 1);
        self.written = self.section;
        self.in_section = 0;
        self.heading_here = false;
    }

    /// To be called once more after the last page.
    fn finish_page(&mut self, stats: &[PageStats]) {
        if let Some(page) = self.page.take() {
            self.finish_section();
            let scores = FieldScores::of(self.found, stats[page as usize]);
            self.bytes.extend([0, scores.impact()]);
        }
    }

    /// The occurrences on the page that was read last.
    pub(super) fn last_occurrences(&self) -> Option<Occurrences> {
        (!self.bytes.is_empty()).then_some(self.found)
    }

    /// The postings, by page.
    pub(super) fn postings(&self) -> Postings<'_> {
        Postings(&self.bytes)
    }
}

/// A page that contains a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting<'a> {
    /// Its number.
    pub(super) page: u32,
    /// How much the page is about the term.
    pub(super) impact: u8,
    sections: &'a [u8],
}

impl Posting<'_> {
    /// The sections that contain the term, and how: 0 for once in the text, 1 for more than once, 2 for the heading
    /// only, 3 for both.
    pub(super) fn sections(&self) -> impl Iterator<Item = (u32, u32)> {
        let (mut rest, mut at) = (self.sections, 0);
        std::iter::from_fn(move || {
            let section = pull(&mut rest)? - 1;
            at += section >> 2;
            Some((at, section & 3))
        })
    }
}

/// Decodes a posting list.
pub(super) struct Postings<'a>(&'a [u8]);

impl<'a> Iterator for Postings<'a> {
    type Item = Posting<'a>;

    fn next(&mut self) -> Option<Posting<'a>> {
        let page = pull(&mut self.0)?;
        // No byte of a number is 0 unless the number is.
        let end = self.0.iter().position(|byte| *byte == 0)?;
        let (sections, rest) = self.0.split_at(end);
        let impact = *rest.get(1)?;
        self.0 = rest.get(2..)?;
        Some(Posting {
            page,
            impact,
            sections,
        })
    }
}

fn push(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 128 {
        bytes.push(low_bits(number) | 128);
        number >>= 7;
    }
    bytes.push(low_bits(number));
}

fn low_bits(number: u32) -> u8 {
    number.to_le_bytes()[0] & 127
}

fn pull(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0;
    let mut shift = 0;
    loop {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u32::from(byte & 127) << shift;
        if *byte < 128 {
            return Some(number);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_come_back_with_their_sections_in_order() {
        let stats = vec![PageStats::default(); 400];
        let mut list = PostingList::default();
        let found = [
            (0, 0, Field::Title),
            (0, 0, Field::Body),
            (0, 200, Field::Body),
            (0, 200, Field::Body),
            (300, 7, Field::Heading),
            (301, 0, Field::Body),
        ];
        for (page, section, place) in found {
            list.found(Position { page, section }, place, &stats);
        }
        list.finish_page(&stats);
        let read: Vec<_> = list
            .postings()
            .map(|posting| (posting.page, posting.sections().collect::<Vec<_>>()))
            .collect();
        assert_eq!(
            read,
            [
                (0, vec![(0, 3), (200, 1)]),
                (300, vec![(7, 2)]),
                (301, vec![(0, 0)]),
            ]
        );
    }
}
