//! Token streams → every word of the site with the number of its stem.
//!
//! In: the words of all documents, and the phrases of synonyms. Out: a [`Lexicon`]. Each word is stemmed once,
//! however many pages contain it.

use std::collections::{HashMap, HashSet};

use foldhash::fast::FixedState;
use rayon::prelude::*;

use super::language::Language;
use super::synonyms::SynonymGroups;
use super::tokens::Table;
use super::vocabulary::number;

/// The words and stems of a site.
pub(super) struct Lexicon<'s> {
    /// The words in alphabetical order, each with the number of its stem.
    pub(super) words: Vec<(&'s str, u32)>,
    /// The number of each stem.
    pub(super) stems: Table<u32>,
    /// For each stream, the stems of its words.
    pub(super) of_streams: Vec<Vec<u32>>,
    /// The stems of the parts of compounds, which occur wherever the compound does.
    pub(super) compounds: HashMap<u32, [u32; 2], FixedState>,
    /// For the first stems: the phrases that end with it, as stems, and the group of each. The stems of phrases get
    /// the first numbers, so that no other stem needs a look at the phrases.
    pub(super) phrases_by_last_stem: Vec<Vec<(Vec<u32>, usize)>>,
    /// How many groups of synonyms there are.
    pub(super) groups: usize,
}

impl<'s> Lexicon<'s> {
    pub(super) fn new(
        tables: &'s [Table<u32>],
        synonyms: &SynonymGroups,
        language: &Language,
    ) -> Self {
        let words = all_words(tables, language);
        let phrases = synonyms.phrases();
        let phrases = phrases.flat_map(|(phrase, _)| phrase.iter().map(String::as_str));
        let stems: HashSet<_, FixedState> = words.iter().copied().chain(phrases).collect();
        let stems = stems
            .into_par_iter()
            .map(|word| (word, language.stem(word)));
        let stems: HashMap<_, _, FixedState> = stems.collect();
        let mut lexicon = Self {
            words: Vec::new(),
            stems: Table::default(),
            of_streams: Vec::new(),
            compounds: HashMap::default(),
            phrases_by_last_stem: Vec::new(),
            groups: synonyms.count(),
        };
        for (phrase, group) in synonyms.phrases() {
            lexicon.add_phrase(phrase.iter().map(|word| &*stems[word.as_str()]), group);
        }
        let words = words.into_iter();
        let words = words.map(|word| (word, lexicon.stem_number(&stems[word])));
        lexicon.words = words.collect();
        let by_word: HashMap<&str, u32, FixedState> = lexicon.words.iter().copied().collect();
        for (word, stem) in &lexicon.words {
            if let Some(parts) = language.parts(word) {
                let parts = parts.map(|part| by_word[part]);
                lexicon.compounds.entry(*stem).or_insert(parts);
            }
        }
        let of_stream = |words: &Table<u32>| {
            let mut stems = vec![0; words.len()];
            let words = words.iter();
            words.for_each(|(word, at)| stems[*at as usize] = by_word[&**word]);
            stems
        };
        lexicon.of_streams = tables.par_iter().map(of_stream).collect();
        lexicon
    }

    fn add_phrase<'w>(&mut self, stems: impl Iterator<Item = &'w str>, group: usize) {
        let phrase: Vec<_> = stems.map(|stem| self.stem_number(stem)).collect();
        self.phrases_by_last_stem
            .resize_with(self.stems.len(), Vec::new);
        if let Some(last) = phrase.last() {
            let phrases = &mut self.phrases_by_last_stem[*last as usize];
            let phrase = (phrase, group);
            // Some phrases differ only in their endings.
            if !phrases.contains(&phrase) {
                phrases.push(phrase);
            }
        }
    }

    fn stem_number(&mut self, stem: &str) -> u32 {
        if let Some(number) = self.stems.get(stem) {
            return *number;
        }
        let number = number(self.stems.len());
        self.stems.insert(stem.into(), number);
        number
    }
}

/// The words of the tables and the parts of compounds, in alphabetical order.
fn all_words<'s>(tables: &'s [Table<u32>], language: &Language) -> Vec<&'s str> {
    let words = tables.iter().flat_map(Table::keys);
    let mut open: Vec<&str> = words.map(|word| &**word).collect();
    let mut words = HashSet::<&str, FixedState>::default();
    while let Some(word) = open.pop() {
        if words.insert(word) {
            open.extend(language.parts(word).into_iter().flatten());
        }
    }
    let mut words: Vec<_> = words.into_iter().collect();
    words.par_sort_unstable();
    words
}
