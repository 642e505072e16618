//! Site → search index: script files that the browser loads as a query needs them.
//!
//! In: the site. Out: a small head that every query needs, and shards: the postings of terms by alphabet,
//! the dictionary for spelling correction, and the text of results by page. All knowledge of languages is
//! applied here: stop words, stemming, synonyms. It does not render and does not know the base address.

use rayon::prelude::*;
use serde_json::json;

use crate::site::Site;

mod budgets;
mod document_shards;
mod documents;
mod explanation;
mod language;
mod lexicon;
mod postings;
mod scoring;
mod shards;
mod snippets;
mod synonyms;
mod term_shards;
mod tokenizer;
mod tokens;
mod varint;
mod vocabulary;

pub use explanation::{Explainer, PageFields};
pub use scoring::FieldScores;
pub use shards::{POINTER, SearchIndex, Shard};

use document_shards::Outcomes;
use documents::Document;
use language::Language;
use lexicon::Lexicon;
use postings::posting_lists;
use scoring::PageStats;
use synonyms::SynonymGroups;
use tokens::{Table, TokenStream};
use vocabulary::number;

/// The most parts of a site that are indexed in parallel. The index does not depend on their number, but each takes
/// memory for every word of the site.
const MAX_PARTS: usize = 8;

/// Indexes a site; `official_title` is the title of the page of official addresses.
pub fn index(site: &Site, official_title: &str) -> SearchIndex {
    let text = SiteText::new(site, official_title);
    let (mut words, streams): (Vec<_>, Vec<_>) = text.token_streams().into_iter().unzip();
    // Last, because it belongs to no stream.
    words.push(text.language.everyday_words());
    let lexicon = Lexicon::new(&words, &text.synonyms, &text.language);
    let lists: Vec<_> = streams
        .par_iter()
        .zip(&lexicon.of_streams)
        .map(|(stream, stems)| posting_lists(stream, stems, &lexicon, &text.stats))
        .collect();
    let common = text.language.common();
    let vocabulary = vocabulary::merge(&lexicon, &lists, &text.first_sections, &common);
    drop(lists);
    let stop_words = text.language.stop_words();
    let groups = text.synonyms.for_index(&vocabulary, text.documents.len());
    let stop_phrases = groups
        .iter()
        .flat_map(|group| group.stop_phrases(&stop_words));
    let words = term_shards::words(&vocabulary, &groups);
    let terms = term_shards::terms(&vocabulary, &groups, &stop_words);
    let rarities: Vec<_> = vocabulary.stems.iter().map(|stem| stem.rarity).collect();
    // On a large site, its posting lists take a lot of memory, and so does the next step.
    drop(vocabulary);
    let outcomes = text.outcomes();
    let (sections, texts) =
        document_shards::texts(streams, &lexicon.of_streams, &rarities, &outcomes);
    let head = json!({
        "stopwords": stop_words.join(" "),
        "phrases": stop_phrases.collect::<Vec<_>>(),
        "endings": text.language.endings(),
        "fold": text.language.spellings(),
        "linking": text.language.linking(),
        "own": text.synonyms.own,
        "outcomes": text.pairs_of(&outcomes),
        "terms": terms.first_keys.text,
        "words": words.first_keys.text,
        "sections": sections,
    });
    let kinds = [
        ("text", texts),
        ("words", words.payloads),
        ("terms", terms.payloads),
    ];
    let shards = kinds.into_iter().flat_map(|(kind, payloads)| {
        let payloads = payloads.into_iter().enumerate();
        payloads.map(move |(at, payload)| (format!("{kind}/{at}"), payload))
    });
    shards::files(head, shards.collect())
}

/// What an index is made from.
struct SiteText<'a> {
    documents: Vec<Document<'a>>,
    /// For each document the number of its first section among those of the site.
    first_sections: Vec<u32>,
    stats: Vec<PageStats>,
    language: Language,
    synonyms: SynonymGroups,
}

impl<'a> SiteText<'a> {
    fn new(site: &'a Site, official_title: &'a str) -> Self {
        let documents = documents::documents(site, official_title);
        let mut language = Language::of(&site.config.language.value);
        let general = language.synonyms();
        language.learn(&documents, site.synonyms.iter().chain(&general).flatten());
        let mut sections = 0;
        let first_sections = documents.iter().map(|document| {
            let first = number(sections);
            sections += document.sections.len();
            first
        });
        Self {
            first_sections: first_sections.collect(),
            stats: stats(&documents, &language),
            synonyms: SynonymGroups::new(&site.synonyms, &general, &language),
            documents,
            language,
        }
    }

    /// By the address of each guide the outcomes of the triage that lead to it.
    fn outcomes(&self) -> Outcomes<'_> {
        let mut outcomes = Outcomes::new();
        for (page, number) in self.documents.iter().zip(&self.first_sections) {
            if let Some(guide) = page.leads_to {
                let shown = (*number, &*page.url, page.title, &*page.ancestors);
                outcomes.entry(guide).or_default().push(shown);
            }
        }
        outcomes
    }

    /// The numbers of each outcome and its guide.
    fn pairs_of(&self, outcomes: &Outcomes) -> Vec<(u32, u32)> {
        let guides = self.documents.iter().zip(&self.first_sections);
        let pairs = guides.flat_map(|(guide, number)| {
            let outcomes = outcomes.get(&*guide.url).into_iter().flatten();
            outcomes.map(|(outcome, ..)| (*outcome, *number))
        });
        pairs.collect()
    }

    fn token_streams(&self) -> Vec<(Table<u32>, TokenStream<'_>)> {
        let parts = rayon::current_num_threads().min(MAX_PARTS);
        let size = self.documents.len().div_ceil(parts).max(1);
        let parts = self.documents.par_chunks(size).enumerate();
        parts
            .map(|(part, documents)| TokenStream::of(part * size, documents, &self.language))
            .collect()
    }
}

fn stats(documents: &[Document], language: &Language) -> Vec<PageStats> {
    let lengths: Vec<usize> = documents.iter().map(Document::text_length).collect();
    let average = lengths.iter().sum::<usize>() / lengths.len().max(1) + 1;
    let stop_words = language.stop_words();
    let stats = |(document, length): (&Document, &usize)| PageStats {
        length: as_float(*length) / as_float(average),
        title_words: tokenizer::word_count(document.title, &stop_words),
    };
    documents.iter().zip(&lengths).map(stats).collect()
}

#[allow(
    clippy::cast_precision_loss,
    reason = "lengths of pages are far below 2^52"
)]
fn as_float(length: usize) -> f64 {
    length as f64
}
