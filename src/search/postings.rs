//! The pages that hold a word, written compactly as they are read.
//!
//! In: where a word was found, page after page. Out: the list, page by page. It knows no words.

use super::weigh::{FieldScores, Found, Shape};

/// Where the reading is.
#[derive(Clone, Copy, Default)]
pub(super) struct At {
    pub(super) page: u32,
    pub(super) section: u32,
}

/// Where on a page a text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Title,
    /// With how many words it has.
    Keyword(u8),
    Summary,
    Heading,
    Body,
}

/// The pages that hold a stem, in the order they were read, written as they come: the page's number,
/// its sections, a 0, and the word's impact on it. Kept small: a large site has a million.
#[derive(Default)]
pub(super) struct List {
    bytes: Vec<u8>,
    /// How many pages.
    pub(super) pages: u32,
    page: u32,
    section: u32,
    /// The last section already written for this page.
    written: u32,
    found: Found,
    in_section: u8,
    heading_here: bool,
    open: bool,
}

impl List {
    pub(super) fn found(&mut self, at: At, place: Place, shapes: &[Shape]) {
        if !self.open || self.page != at.page {
            self.finish_page(shapes);
            self.start_page(at);
        } else if self.section != at.section {
            self.finish_section();
            self.section = at.section;
        }
        let found = &mut self.found;
        match place {
            Place::Title => found.title = true,
            Place::Keyword(words) => {
                let shorter = found.keyword_words == 0 || words < found.keyword_words;
                if shorter {
                    found.keyword_words = words.max(1);
                }
            }
            Place::Summary => found.summary = true,
            Place::Heading => found.headings = found.headings.saturating_add(1),
            Place::Body => found.body = found.body.saturating_add(1),
        }
        if matches!(place, Place::Title | Place::Heading) {
            self.heading_here = true;
        } else {
            self.in_section = self.in_section.saturating_add(1);
        }
    }

    fn start_page(&mut self, at: At) {
        push(&mut self.bytes, at.page);
        self.pages += 1;
        self.page = at.page;
        self.section = at.section;
        self.written = 0;
        self.found = Found::default();
        self.open = true;
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
    pub(super) fn finish_page(&mut self, shapes: &[Shape]) {
        if self.open {
            self.finish_section();
            let shape = shapes[self.page as usize];
            self.bytes
                .extend([0, FieldScores::of(self.found, shape).impact()]);
            self.open = false;
        }
    }

    /// Where the word was found on the page read last.
    pub(super) fn last_found(&self) -> Found {
        self.found
    }

    /// The pages, in order.
    pub(super) fn postings(&self) -> Postings<'_> {
        Postings(&self.bytes)
    }
}

/// One page of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting<'a> {
    /// Its number.
    pub(super) page: u32,
    /// How much it is about the word.
    pub(super) impact: u8,
    sections: &'a [u8],
}

impl Posting<'_> {
    /// Its sections that hold the word: distance from the one before, times four, plus 0 for once in
    /// the text, 1 for more than once, 2 for in the heading only, 3 for both.
    pub(super) fn sections(&self) -> impl Iterator<Item = u32> {
        let mut rest = self.sections;
        std::iter::from_fn(move || pull(&mut rest).map(|section| section - 1))
    }
}

/// Reads a list.
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
        let shapes = vec![Shape::default(); 400];
        let mut list = List::default();
        let found = [
            (0, 0, Place::Title),
            (0, 0, Place::Body),
            (0, 200, Place::Body),
            (0, 200, Place::Body),
            (300, 7, Place::Heading),
            (301, 0, Place::Body),
        ];
        for (page, section, place) in found {
            list.found(At { page, section }, place, &shapes);
        }
        list.finish_page(&shapes);
        let read: Vec<_> = list
            .postings()
            .map(|posting| (posting.page, posting.sections().collect::<Vec<_>>()))
            .collect();
        assert_eq!(
            read,
            [
                (0, vec![3, (200 << 2) | 1]),
                (300, vec![(7 << 2) | 2]),
                (301, vec![0]),
            ]
        );
        assert_eq!(list.pages, 3);
    }
}
