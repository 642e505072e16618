//! Documents → their words as numbers, so that every text is split into words only once.
//!
//! In: some of the documents of a site. Out: a [`TokenStream`]. Streams are made in parallel. `lexicon`
//! says what the words mean, and `postings` which pages contain them.

use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::documents::Document;
use super::language::Language;
use super::postings::{Field, Position};
use super::snippets::{passages, separate_lines};
use super::tokenizer::{TokenKind, tokenize, word_count};
use super::vocabulary::number;

/// The text is the author's own, so a fixed seed is safe.
pub(super) type Table<V> = HashMap<Box<str>, V, FixedState>;

/// The words of some documents, in order.
#[derive(Default)]
pub(super) struct TokenStream<'a> {
    pub(super) documents: &'a [Document<'a>],
    tokens: Vec<Token>,
    texts: Vec<Text>,
    /// Where each passage ends in `tokens`, for texts that are too long to be shown.
    passages: Vec<usize>,
}

/// A word of a text. Kept small, because a large site has millions of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token(u32);

impl Token {
    /// The number of the word.
    pub(super) fn word(self) -> usize {
        (self.0 >> 1) as usize
    }

    /// Whether it is the joined parts of a compound, which are in the stream as well.
    pub(super) fn is_compound(self) -> bool {
        self.0 & 1 == 1
    }
}

/// One field of a document.
struct Text {
    at: Position,
    field: Field,
    /// Its end in `tokens`.
    end: usize,
    /// The end of its passages in `passages`.
    passages_end: usize,
}

impl<'a> TokenStream<'a> {
    /// The words of documents, the first of which has the number `first`, and the number of each word.
    pub(super) fn of(
        first: usize,
        documents: &'a [Document<'a>],
        language: &Language,
    ) -> (Table<u32>, Self) {
        let mut words = Table::default();
        let mut stream = Self {
            documents,
            ..Self::default()
        };
        for (page, document) in (number(first)..).zip(documents) {
            let mut add = |section: u32, field: Field, text: &str| {
                let number = |word: &str| number_of(&language.respell(word), &mut words);
                stream.add(Position { page, section }, field, text, number);
            };
            add(0, Field::Title, document.title);
            for keyword in &document.keywords {
                let words = word_count(keyword, &[]).try_into();
                add(0, Field::Keyword(words.unwrap_or(u8::MAX)), keyword);
            }
            add(0, Field::Summary, &document.summary);
            for (section, at) in document.sections.iter().zip(0..) {
                add(at, Field::Heading, section.heading);
                add(at, Field::Body, &separate_lines(&section.text));
            }
        }
        stream.tokens.shrink_to_fit();
        (words, stream)
    }

    fn add(&mut self, at: Position, field: Field, text: &str, mut number: impl FnMut(&str) -> u32) {
        let passages = (field == Field::Body).then(|| passages(text));
        let ends = passages.into_iter().flatten().map(|passage| passage.end);
        let mut ends = ends.peekable();
        tokenize(text, |word, kind, offset| {
            while ends.next_if(|end| *end <= offset).is_some() {
                self.passages.push(self.tokens.len());
            }
            let is_compound = u32::from(kind == TokenKind::Compound);
            self.tokens.push(Token((number(word) << 1) | is_compound));
        });
        self.passages.extend(ends.map(|_| self.tokens.len()));
        self.texts.push(Text {
            at,
            field,
            end: self.tokens.len(),
            passages_end: self.passages.len(),
        });
    }

    /// The fields of the documents with their words.
    pub(super) fn texts(&self) -> impl Iterator<Item = (Position, Field, &[Token])> {
        let mut start = 0;
        self.texts.iter().map(move |text| {
            let tokens = &self.tokens[start..text.end];
            start = text.end;
            (text.at, text.field, tokens)
        })
    }

    /// For the body of each section, the words of its passages.
    pub(super) fn bodies(&self) -> impl Iterator<Item = Vec<&[Token]>> {
        let (mut start, mut first) = (0, 0);
        self.texts.iter().filter_map(move |text| {
            let ends = &self.passages[first..text.passages_end];
            let passages = ends.iter().map(|end| {
                let tokens = &self.tokens[start..*end];
                start = *end;
                tokens
            });
            let passages = passages.collect();
            (start, first) = (text.end, text.passages_end);
            (text.field == Field::Body).then_some(passages)
        })
    }
}

/// The number of a word, which is the next one if it is new.
pub(super) fn number_of(word: &str, words: &mut Table<u32>) -> u32 {
    if let Some(number) = words.get(word) {
        return *number;
    }
    let number = number(words.len());
    words.insert(word.into(), number);
    number
}
