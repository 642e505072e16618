//! Site → search index: script files the browser fetches as a query needs them.
//!
//! In: the site. Out: a small head that every query needs, and pieces by alphabet (which pages hold
//! a word) and by page (what a result shows). All language work is done here: splitting, folding,
//! stems, synonyms, weights. Asking is `query`'s work, and `themes/default/js/search/` does the same
//! in the browser. It renders nothing and knows no base address.

use rayon::prelude::*;
use serde_json::json;

use crate::site::Site;

mod abridge;
mod digits;
mod fields;
mod gather;
mod language;
mod phrases;
mod pieces;
mod postings;
mod query;
mod records;
mod shelf;
mod synonyms;
mod texts;
mod vocabulary;
mod weigh;
pub mod words;

pub use fields::{Explainer, PageFields};
pub use query::{Answer, Engine, Expansion, SearchResult, Term};
pub use shelf::Shard;
pub use weigh::FieldScores;

use gather::Gathered;
use language::Language;
use records::Record;
use shelf::Kind;
use synonyms::{Held, Phrases};
use weigh::Shape;

/// The index of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchIndex {
    /// What every query needs; pages name its file.
    pub head: Shard,
    /// The rest.
    pub shards: Vec<Shard>,
}

/// What the pieces are of. Texts are many on a small site already, and what shows five results takes
/// about as many; a question takes those of its words and of what stands for them.
const TEXT: Kind = Kind {
    name: "text",
    widest: 96,
    taken: 5,
};
const TERMS: Kind = Kind {
    name: "terms",
    widest: 420,
    taken: 4,
};
const WORDS: Kind = Kind {
    name: "words",
    widest: 256,
    taken: 1,
};

/// Bytes before compression up to which a site's index is one file: what the first questions would
/// take of it otherwise.
const ONE_FILE: usize = 32_000;

/// Pages one thread reads before their words are put together with the others'. A fixed number, so
/// that the index does not depend on how many threads there are.
const RUNS: usize = 8;

/// Indexes a site; `official_title` is that of the page of official addresses.
pub fn index(site: &Site, official_title: &str) -> SearchIndex {
    let text = SiteText::new(site, official_title);
    let common = text.language.common();
    let mut vocabulary = vocabulary::merge(&text.gather_all(), text.records.len(), &common);
    let fillers = text
        .language
        .fillers_of(|word| vocabulary.pages_of(word) > 0);
    let known = Held {
        pages_of: &|word| vocabulary.pages_of(word),
        pages: text.records.len(),
    };
    let synonyms = text.phrases.as_text(text.own, &known);
    vocabulary.forget(&synonyms);
    let texts = texts::texts(&text.records, &vocabulary);
    let (mut texts, mut pieces) = shelf::shelve(TEXT, texts);
    let (mut words, more) = shelf::shelve(WORDS, pieces::words(&vocabulary));
    pieces.extend(more);
    let terms = pieces::terms(&vocabulary);
    // The largest part of the work, and no longer needed: a large site would hold it twice.
    drop(vocabulary);
    let (mut terms, more) = shelf::shelve(TERMS, terms);
    pieces.extend(more);
    let mut within = Vec::new();
    let all: usize = pieces.iter().map(|piece| piece.bytes.len()).sum();
    if all <= ONE_FILE {
        within.append(&mut pieces);
        texts.forget_digests();
        words.forget_digests();
        terms.forget_digests();
    }
    let head = json!({
        "stopwords": fillers.join(" "),
        "suffixes": text.language.endings(),
        "synonyms": synonyms,
        "own": text.own,
        "terms": terms,
        "words": words,
        "text": texts,
    });
    SearchIndex {
        head: shelf::bound("head", "head".to_owned(), &head.to_string(), &within),
        shards: pieces,
    }
}

/// What an index is made from.
struct SiteText<'a> {
    records: Vec<Record<'a>>,
    shapes: Vec<Shape>,
    language: Language,
    phrases: Phrases,
    /// How many groups of phrases are the site's own.
    own: usize,
}

impl<'a> SiteText<'a> {
    fn new(site: &'a Site, official_title: &'a str) -> Self {
        let records = records::records(site, official_title);
        let language = Language::of(&site.config.language.value);
        let own = Phrases::new(site.synonyms.iter());
        Self {
            shapes: shapes(&records, &language),
            own: own.groups(),
            phrases: own.and(Phrases::new(language.synonyms().iter())),
            records,
            language,
        }
    }

    fn gather_all(&self) -> Vec<Gathered> {
        let run = self.records.len().div_ceil(RUNS).max(1);
        self.records
            .par_chunks(run)
            .enumerate()
            .map(|(part, records)| self.gather(part * run, records))
            .collect()
    }

    /// Gathers some of the records, the first of which has the number `first`.
    fn gather(&self, first: usize, records: &[Record]) -> Gathered {
        let pages = (vocabulary::number(first)..).zip(records);
        gather::gather(pages, &self.shapes, &self.language, &self.phrases)
    }
}

fn shapes(records: &[Record], language: &Language) -> Vec<Shape> {
    let lengths: Vec<usize> = records.iter().map(Record::letters).collect();
    let average = lengths.iter().sum::<usize>() / lengths.len().max(1) + 1;
    let fillers = language.fillers();
    let shape = |(record, length): (&Record, &usize)| Shape {
        length: as_float(*length) / as_float(average),
        title_words: words::word_count(record.title, &fillers),
    };
    records.iter().zip(&lengths).map(shape).collect()
}

#[allow(
    clippy::cast_precision_loss,
    reason = "lengths of pages are far below 2^52"
)]
fn as_float(length: usize) -> f64 {
    length as f64
}
