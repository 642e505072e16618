//! Pages → which page and section holds which word.
//!
//! In: a run of pages. Out: words by stem, and for every stem the list of pages in the raw form of
//! [`Posting`]. Runs are gathered in parallel and put together by `vocabulary`. Nothing is rounded
//! or cut for size here.

use foldhash::fast::FixedState;
use std::collections::HashMap;

use super::language::Language;
use super::records::Record;
use super::synonyms::Phrases;
use super::weigh::{self, Found, Shape};
use super::words::{Part, words};

/// Same order of work on every machine, so a fixed seed is right; what is hashed is the author's.
pub(super) type Table<V> = HashMap<Box<str>, V, FixedState>;

/// What a run of pages holds.
#[derive(Default)]
pub(super) struct Gathered {
    /// Each word and the stem it belongs to.
    pub(super) words: Table<usize>,
    /// Each stem and its place in `lists`.
    pub(super) stems: Table<usize>,
    /// The pages of each stem.
    pub(super) lists: Vec<List>,
    /// The pages of each group of synonyms.
    pub(super) synonyms: Vec<List>,
}

/// A page as `gather` needs it.
pub(super) struct Page<'a> {
    /// Its number, rising.
    pub(super) number: usize,
    /// Its text.
    pub(super) record: &'a Record<'a>,
    /// What its words are weighed against.
    pub(super) shape: Shape,
}

/// Where on a page a text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Title,
    Keyword,
    Summary,
    Heading,
    Body,
}

/// Gathers a run of pages.
pub(super) fn gather<'a>(
    pages: impl Iterator<Item = Page<'a>>,
    language: &Language,
    phrases: &Phrases,
) -> Gathered {
    let mut gathering = Gathering {
        language,
        triggers: Vec::new(),
        phrases: phrases.by_stem(language),
        recent: Vec::new(),
        at: At::default(),
        all: Gathered::default(),
    };
    gathering
        .all
        .synonyms
        .resize_with(phrases.groups(), List::default);
    gathering.learn_phrases();
    for page in pages {
        gathering.page(&page);
    }
    let Gathered {
        lists, synonyms, ..
    } = &mut gathering.all;
    lists.iter_mut().chain(synonyms).for_each(List::finish_page);
    gathering.all
}

/// Where the reading is.
#[derive(Clone, Copy, Default)]
struct At {
    page: usize,
    section: usize,
    shape: Shape,
}

struct Gathering<'l> {
    language: &'l Language,
    /// Stems of each phrase and the group it belongs to.
    phrases: Vec<(Vec<String>, usize)>,
    /// By stem number: the phrases that end with it, as stem numbers.
    triggers: Vec<Vec<(Vec<usize>, usize)>>,
    /// Stem numbers of the words just read.
    recent: Vec<usize>,
    at: At,
    all: Gathered,
}

impl Gathering<'_> {
    /// Gives the words of phrases the first numbers, so that the rest need no look at phrases.
    fn learn_phrases(&mut self) {
        for (stems, group) in std::mem::take(&mut self.phrases) {
            let numbers: Vec<_> = stems.iter().map(|stem| self.stem_number(stem)).collect();
            self.triggers.resize_with(self.all.lists.len(), Vec::new);
            if let Some(last) = numbers.last() {
                self.triggers[*last].push((numbers, group));
            }
        }
    }

    fn page(&mut self, page: &Page) {
        let record = page.record;
        self.at = At {
            page: page.number,
            section: 0,
            shape: page.shape,
        };
        self.text(record.title, Place::Title);
        for keyword in &record.keywords {
            self.text(keyword, Place::Keyword);
        }
        self.text(&record.summary, Place::Summary);
        for (number, section) in record.sections.iter().enumerate() {
            self.at.section = number;
            self.text(section.heading, Place::Heading);
            self.text(&section.text, Place::Body);
        }
    }

    fn text(&mut self, text: &str, place: Place) {
        self.recent.clear();
        words(text, |word, part| {
            let stem = self.word_number(word);
            self.all.lists[stem].found(self.at, place);
            if part != Part::Joined {
                self.recent.push(stem);
            }
            if stem < self.triggers.len() {
                self.phrases_ending(stem, part, place);
            }
        });
    }

    fn phrases_ending(&mut self, stem: usize, part: Part, place: Place) {
        for (phrase, group) in &self.triggers[stem] {
            let ends = if part == Part::Joined {
                phrase.len() == 1
            } else {
                self.recent.ends_with(phrase)
            };
            if ends {
                self.all.synonyms[*group].found(self.at, place);
            }
        }
    }

    fn word_number(&mut self, word: &str) -> usize {
        if let Some(stem) = self.all.words.get(word) {
            return *stem;
        }
        let stem = self.language.stem(word);
        let number = self.stem_number(&stem);
        self.all.words.insert(word.into(), number);
        number
    }

    fn stem_number(&mut self, stem: &str) -> usize {
        if let Some(number) = self.all.stems.get(stem) {
            return *number;
        }
        let number = self.all.lists.len();
        self.all.lists.push(List::default());
        self.all.stems.insert(stem.into(), number);
        number
    }
}

/// The pages that hold a stem, in the order they were read, written as they come.
#[derive(Default)]
pub(super) struct List {
    bytes: Vec<u8>,
    /// How many pages.
    pub(super) pages: usize,
    page: usize,
    section: usize,
    /// Sections already written for this page, counted by the last one's number plus one.
    written: usize,
    in_section: u32,
    heading_here: bool,
    open: bool,
    shape: Shape,
    found: Found,
}

impl List {
    fn found(&mut self, at: At, place: Place) {
        if !self.open || self.page != at.page {
            self.finish_page();
            self.start_page(at);
        } else if self.section != at.section {
            self.finish_section();
            self.section = at.section;
        }
        match place {
            Place::Title => {
                self.found.title = true;
                self.heading_here = true;
            }
            Place::Keyword => self.found.keyword = true,
            Place::Summary => self.found.summary = true,
            Place::Heading => {
                self.found.headings += 1;
                self.heading_here = true;
            }
            Place::Body => self.found.body += 1,
        }
        self.in_section += u32::from(!matches!(place, Place::Title | Place::Heading));
    }

    fn start_page(&mut self, at: At) {
        push(&mut self.bytes, at.page);
        self.pages += 1;
        self.page = at.page;
        self.section = at.section;
        self.written = 0;
        self.shape = at.shape;
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
        push(
            &mut self.bytes,
            (((self.section - self.written) << 2) | strength) + 1,
        );
        self.written = self.section;
        self.in_section = 0;
        self.heading_here = false;
    }

    fn finish_page(&mut self) {
        if self.open {
            self.finish_section();
            self.bytes.push(0);
            self.bytes.push(weigh::impact(self.found, self.shape));
            self.open = false;
        }
    }

    /// The pages, in order.
    pub(super) fn postings(&self) -> Postings<'_> {
        Postings(self.bytes.iter())
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Posting {
    /// Its number.
    pub(super) page: usize,
    /// How much it is about the word.
    pub(super) impact: u8,
    /// Its sections that hold the word: distance from the one before, times four, plus 0 for once in
    /// the text, 1 for more than once, 2 for in the heading only, 3 for both.
    pub(super) sections: Vec<usize>,
}

/// Reads a list.
pub(super) struct Postings<'a>(std::slice::Iter<'a, u8>);

impl Iterator for Postings<'_> {
    type Item = Posting;

    fn next(&mut self) -> Option<Posting> {
        let page = pull(&mut self.0)?;
        let mut sections = Vec::new();
        loop {
            match pull(&mut self.0)? {
                0 => break,
                section => sections.push(section - 1),
            }
        }
        let impact = *self.0.next()?;
        Some(Posting {
            page,
            impact,
            sections,
        })
    }
}

fn push(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 128 {
        bytes.push(low_bits(number) | 128);
        number >>= 7;
    }
    bytes.push(low_bits(number));
}

fn low_bits(number: usize) -> u8 {
    u8::try_from(number & 127).unwrap_or(0)
}

fn pull(bytes: &mut std::slice::Iter<'_, u8>) -> Option<usize> {
    let mut number = 0;
    let mut shift = 0;
    loop {
        let byte = usize::from(*bytes.next()?);
        number |= (byte & 127) << shift;
        if byte < 128 {
            return Some(number);
        }
        shift += 7;
    }
}
