//! Site → search index: script files the browser fetches as a query needs them.
//!
//! In: the site. Out: a small head that every query needs, and pieces by alphabet (which pages hold
//! a word) and by page (what a result shows). All language work is done here: splitting, folding,
//! stems, synonyms, weights. Asking is `query`'s work, and `themes/default/js/search/` does the same
//! in the browser. It renders nothing and knows no base address.

use rayon::prelude::*;
use serde_json::json;

use crate::site::Site;

mod concepts;
mod digits;
mod gather;
mod guess;
mod language;
mod library;
mod phrases;
mod pieces;
mod postings;
mod query;
mod rank;
mod records;
mod shelf;
mod synonyms;
mod vocabulary;
mod weigh;
pub mod words;

pub use concepts::How;
pub use query::{Asked, Engine, Found, Shown};
pub use rank::Ranked;
pub use shelf::Piece;

use gather::Gathered;
use language::Language;
use records::Record;
use synonyms::Phrases;
use weigh::Shape;

/// What other stages call the pages that are not guides.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The title of the page of official addresses.
    pub official: &'a str,
}

/// The index of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchIndex {
    /// What every query needs; pages name its file.
    pub head: Piece,
    /// The rest.
    pub pieces: Vec<Piece>,
}

/// Pages one thread reads before their words are put together with the others'. A fixed number, so
/// that the index does not depend on how many threads there are.
const RUNS: usize = 8;

/// Indexes a site.
pub fn index(site: &Site, names: Names) -> SearchIndex {
    let records = records::records(site, &names);
    let language = Language::of(&site.config.language);
    let own = Phrases::new(site.synonyms.iter());
    let phrases = own.clone().and(Phrases::new(language.synonyms().iter()));
    let runs = gather_all(&records, &language, &phrases);
    let vocabulary = vocabulary::merge(&runs, records.len());
    let (terms, mut pieces) = shelf::shelve("terms", pieces::terms(&vocabulary));
    let (words, more) = shelf::shelve("words", pieces::words(&vocabulary));
    pieces.extend(more);
    let (text, more) = shelf::shelve("text", pieces::texts(&records));
    pieces.extend(more);
    let head = json!({
        "pages": records.len(),
        "fillers": language.fillers().join(" "),
        "endings": language.endings(),
        "synonyms": phrases.as_text(|group| vocabulary.holds_synonym(group)),
        "own": own.groups(),
        "terms": terms,
        "words": words,
        "text": text,
    });
    SearchIndex {
        head: shelf::piece("head", "head".to_owned(), &head.to_string()),
        pieces,
    }
}

fn gather_all(records: &[Record], language: &Language, phrases: &Phrases) -> Vec<Gathered> {
    let shapes = shapes(records, language);
    let run = records.len().div_ceil(RUNS).max(1);
    records
        .par_chunks(run)
        .enumerate()
        .map(|(part, records)| {
            let first = vocabulary::number(part * run);
            let pages = (first..).zip(records);
            gather::gather(pages, &shapes, language, phrases)
        })
        .collect()
}

fn shapes(records: &[Record], language: &Language) -> Vec<Shape> {
    let lengths: Vec<usize> = records.iter().map(Record::letters).collect();
    let average = lengths.iter().sum::<usize>() / lengths.len().max(1) + 1;
    let fillers = language.fillers();
    let shape = |(record, length): (&Record, &usize)| Shape {
        length: as_float(*length) / as_float(average),
        title_words: title_words(record.title, &fillers),
    };
    records.iter().zip(&lengths).map(shape).collect()
}

fn title_words(title: &str, fillers: &[&str]) -> u32 {
    let mut count = 0;
    words::words(title, |word, part| {
        count += u32::from(part != words::Part::Joined && fillers.binary_search(&word).is_err());
    });
    count
}

#[allow(
    clippy::cast_precision_loss,
    reason = "lengths of pages are far below 2^52"
)]
fn as_float(length: usize) -> f64 {
    length as f64
}
