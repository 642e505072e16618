//! Asking an index the way a reader's browser does: for `regain search`, for the pages an author
//! expects, and to prove that both sides rank alike.
//!
//! In: a built index and a query. Out: results in rank order, with the reasons. It is no second
//! search: it reads the files the browser reads and does the same sums.

use super::SearchIndex;
use super::concepts::{How, understand};
use super::library::Library;
use super::rank::{Ranked, rank};

/// An index to ask.
pub struct Engine<'a> {
    library: Library<'a>,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Best first.
    pub results: Vec<Ranked>,
    /// What the query asks for.
    pub asked: Vec<Asked>,
    /// Words nothing is known of.
    pub unknown: Vec<String>,
}

/// A word of the query and what stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// As folded.
    pub word: String,
    /// What a page without it lacks.
    pub importance: u64,
    /// What stands for it: how, the word, its weight of 100, its rarity.
    pub variants: Vec<(How, String, u64, u64)>,
}

/// What a reader sees of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Below the site's root, with the fragment of the section: `a/b/#c`.
    pub address: String,
    /// The page's title.
    pub title: String,
    /// The section's heading; empty for the top of the page.
    pub heading: String,
}

impl<'a> Engine<'a> {
    /// `None` where the files are no index.
    pub fn new(index: &'a SearchIndex) -> Option<Self> {
        Some(Self {
            library: Library::new(index)?,
        })
    }

    /// Asks.
    pub fn find(&self, query: &str) -> Found {
        let understood = understand(query, &self.library);
        let results = rank(&understood.concepts);
        let asked = understood.concepts.into_iter().map(|concept| Asked {
            word: concept.word,
            importance: concept.importance,
            variants: concept
                .variants
                .into_iter()
                .map(|variant| {
                    (
                        variant.how,
                        variant.word,
                        variant.weight,
                        variant.term.rarity,
                    )
                })
                .collect(),
        });
        Found {
            results,
            asked: asked.collect(),
            unknown: understood.unknown,
        }
    }

    /// What a reader sees of a result; `None` for one of another index.
    pub fn show(&self, result: &Ranked) -> Option<Shown> {
        let text = self.library.page(result.page, result.section)?;
        let (id, heading, _) = text.section;
        let mut address = text.address;
        if !id.is_empty() {
            address = format!("{address}#{id}");
        }
        Some(Shown {
            address,
            title: text.title,
            heading,
        })
    }
}
