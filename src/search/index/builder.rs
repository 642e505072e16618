//! Documents → an inverted index of them.
//!
//! In: some of the documents of a site. Out: their words by stem, and a posting list for each stem and each
//! group of synonyms. Parts are built in parallel, and `vocabulary` merges them.

use foldhash::fast::FixedState;
use std::collections::HashMap;

use super::documents::Document;
use super::language::Language;
use super::postings::{Field, Position, PostingList};
use super::scoring::PageStats;
use super::synonyms::SynonymGroups;
use super::tokenizer::{TokenKind, tokenize, word_count};

/// The text is the author's own, so a fixed seed is safe.
pub(super) type Table<V> = HashMap<Box<str>, V, FixedState>;

/// The inverted index of some documents.
#[derive(Default)]
pub(super) struct PartialIndex {
    /// The number of each word's stem.
    pub(super) words: Table<usize>,
    /// The number of each stem, by which it is found in `lists`.
    pub(super) stems: Table<usize>,
    /// The postings of each stem.
    pub(super) lists: Vec<PostingList>,
    /// The postings of each group of synonyms.
    pub(super) synonyms: Vec<PostingList>,
}

/// Indexes some documents, each with its number; `stats` are those of all documents.
pub(super) fn build<'a>(
    pages: impl Iterator<Item = (u32, &'a Document<'a>)>,
    stats: &[PageStats],
    language: &Language,
    synonyms: &SynonymGroups,
) -> PartialIndex {
    let mut builder = Builder {
        language,
        stats,
        phrases_by_last_stem: Vec::new(),
        recent: Vec::new(),
        compounds: HashMap::default(),
        at: Position::default(),
        index: PartialIndex::default(),
    };
    let groups = synonyms.groups();
    builder
        .index
        .synonyms
        .resize_with(groups, PostingList::default);
    builder.add_phrases(synonyms.by_stem(language));
    for (number, document) in pages {
        builder.add(number, document);
    }
    let PartialIndex {
        lists, synonyms, ..
    } = &mut builder.index;
    for list in lists.iter_mut().chain(synonyms) {
        list.finish_page(stats);
    }
    builder.index
}

struct Builder<'l> {
    language: &'l Language,
    stats: &'l [PageStats],
    /// For each stem: the phrases that end with it, as numbers of stems, and the group of each.
    phrases_by_last_stem: Vec<Vec<(Vec<usize>, usize)>>,
    /// The stems of the words just read.
    recent: Vec<usize>,
    /// The stems of the parts of compounds, which occur wherever the compound does.
    compounds: HashMap<usize, [usize; 2], FixedState>,
    at: Position,
    index: PartialIndex,
}

impl Builder<'_> {
    /// The stems of phrases get the first numbers, so that no other stem needs a look at the phrases.
    fn add_phrases(&mut self, phrases: Vec<(Vec<String>, usize)>) {
        for (stems, group) in phrases {
            let numbers: Vec<_> = stems.iter().map(|stem| self.stem_number(stem)).collect();
            self.phrases_by_last_stem
                .resize_with(self.index.lists.len(), Vec::new);
            if let Some(last) = numbers.last() {
                self.phrases_by_last_stem[*last].push((numbers, group));
            }
        }
    }

    fn add(&mut self, number: u32, document: &Document) {
        self.at = Position {
            page: number,
            section: 0,
        };
        self.text(document.title, Field::Title);
        for keyword in &document.keywords {
            let words = word_count(keyword, &[]).try_into();
            self.text(keyword, Field::Keyword(words.unwrap_or(u8::MAX)));
        }
        self.text(&document.summary, Field::Summary);
        for (section, number) in document.sections.iter().zip(0..) {
            self.at.section = number;
            self.text(section.heading, Field::Heading);
            self.text(&section.text, Field::Body);
        }
    }

    fn text(&mut self, text: &str, field: Field) {
        self.recent.clear();
        let language = self.language;
        tokenize(text, |word, kind| {
            let stem = self.stem_of(&language.respell(word));
            self.index.lists[stem].found(self.at, field, self.stats);
            for part in self.compounds.get(&stem).into_iter().flatten() {
                self.index.lists[*part].found(self.at, field, self.stats);
            }
            if kind != TokenKind::Compound {
                self.recent.push(stem);
            }
            if stem < self.phrases_by_last_stem.len() {
                self.phrases_ending(stem, kind, field);
            }
        });
    }

    fn phrases_ending(&mut self, stem: usize, kind: TokenKind, field: Field) {
        for (phrase, group) in &self.phrases_by_last_stem[stem] {
            let ends = if kind == TokenKind::Compound {
                phrase.len() == 1
            } else {
                self.recent.ends_with(phrase)
            };
            if ends {
                self.index.synonyms[*group].found(self.at, field, self.stats);
            }
        }
    }

    fn stem_of(&mut self, word: &str) -> usize {
        if let Some(stem) = self.index.words.get(word) {
            return *stem;
        }
        let stem = self.language.stem(word);
        let number = self.stem_number(&stem);
        self.index.words.insert(word.into(), number);
        if let Some(parts) = self.language.parts(word) {
            let parts = parts.map(|part| self.stem_of(part));
            self.compounds.insert(number, parts);
        }
        number
    }

    fn stem_number(&mut self, stem: &str) -> usize {
        if let Some(number) = self.index.stems.get(stem) {
            return *number;
        }
        let number = self.index.lists.len();
        self.index.lists.push(PostingList::default());
        self.index.stems.insert(stem.into(), number);
        number
    }
}
