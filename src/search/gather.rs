//! Pages → which page and section holds which word.
//!
//! In: a run of pages. Out: words by stem, and for every stem the list of pages in the raw form of
//! [`Posting`]. Runs are gathered in parallel and put together by `vocabulary`. Nothing is rounded
//! or cut for size here.

use foldhash::fast::FixedState;
use std::collections::HashMap;

use super::language::Language;
use super::postings::{At, List, Place};
use super::records::Record;
use super::synonyms::Phrases;
use super::weigh::Shape;
use super::words::{TokenKind, word_count, words};

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

/// Gathers a run of pages, each with its number; `shapes` are those of all pages.
pub(super) fn gather<'a>(
    pages: impl Iterator<Item = (u32, &'a Record<'a>)>,
    shapes: &[Shape],
    language: &Language,
    phrases: &Phrases,
) -> Gathered {
    let mut gathering = Gathering {
        language,
        shapes,
        triggers: Vec::new(),
        recent: Vec::new(),
        at: At::default(),
        all: Gathered::default(),
    };
    let groups = phrases.groups();
    gathering.all.synonyms.resize_with(groups, List::default);
    gathering.learn(phrases.by_stem(language));
    for (number, record) in pages {
        gathering.page(number, record);
    }
    let Gathered {
        lists, synonyms, ..
    } = &mut gathering.all;
    for list in lists.iter_mut().chain(synonyms) {
        list.finish_page(shapes);
    }
    gathering.all
}

struct Gathering<'l> {
    language: &'l Language,
    shapes: &'l [Shape],
    /// By stem number: the phrases that end with it, as stem numbers, and the group of each.
    triggers: Vec<Vec<(Vec<usize>, usize)>>,
    /// Stem numbers of the words just read.
    recent: Vec<usize>,
    at: At,
    all: Gathered,
}

impl Gathering<'_> {
    /// Gives the words of phrases the first numbers, so that the rest need no look at phrases.
    fn learn(&mut self, phrases: Vec<(Vec<String>, usize)>) {
        for (stems, group) in phrases {
            let numbers: Vec<_> = stems.iter().map(|stem| self.stem_number(stem)).collect();
            self.triggers.resize_with(self.all.lists.len(), Vec::new);
            if let Some(last) = numbers.last() {
                self.triggers[*last].push((numbers, group));
            }
        }
    }

    fn page(&mut self, number: u32, record: &Record) {
        self.at = At {
            page: number,
            section: 0,
        };
        self.text(record.title, Place::Title);
        for keyword in &record.keywords {
            let words = word_count(keyword, &[]).try_into();
            self.text(keyword, Place::Keyword(words.unwrap_or(u8::MAX)));
        }
        self.text(&record.summary, Place::Summary);
        for (section, number) in record.sections.iter().zip(0..) {
            self.at.section = number;
            self.text(section.heading, Place::Heading);
            self.text(&section.text, Place::Body);
        }
    }

    fn text(&mut self, text: &str, place: Place) {
        self.recent.clear();
        words(text, |word, part| {
            let stem = self.word_number(word);
            self.all.lists[stem].found(self.at, place, self.shapes);
            if part != TokenKind::Compound {
                self.recent.push(stem);
            }
            if stem < self.triggers.len() {
                self.phrases_ending(stem, part, place);
            }
        });
    }

    fn phrases_ending(&mut self, stem: usize, kind: TokenKind, place: Place) {
        for (phrase, group) in &self.triggers[stem] {
            let ends = if kind == TokenKind::Compound {
                phrase.len() == 1
            } else {
                self.recent.ends_with(phrase)
            };
            if ends {
                self.all.synonyms[*group].found(self.at, place, self.shapes);
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
