//! Asking an index the way a reader's browser does: for `regain search`, for the pages an author
//! expects, and to prove that both sides rank alike.
//!
//! In: a built index and a query. Out: results in rank order, with the reasons. It is no second
//! search: it reads the files the browser reads and does the same sums.

use std::rc::Rc;

use super::SearchIndex;
use super::concepts::{How, understand};
use super::excerpt::excerpt;
use super::guess::{self, Typed};
use super::library::{Library, Term};
use super::rank::{Ranked, enough, rank};

/// Words told for one that nothing is known of.
const NEAR: usize = 3;

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
    /// Words that only fill, in alphabetical order.
    pub fillers: Vec<String>,
}

/// A word of the query and what stands for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// As folded.
    pub word: String,
    /// What a page without it lacks.
    pub importance: u64,
    /// What stands for it.
    pub readings: Vec<Reading>,
}

/// One way a word of the query was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// How it came about.
    pub how: How,
    /// The word of the index; `~` and a number for a group of synonyms.
    pub word: String,
    /// How much it counts, of 100.
    pub weight: u64,
    /// From 1 (on every page) up.
    pub rarity: u64,
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
    /// The passage that shows best why.
    pub excerpt: String,
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
        let asked = understood.concepts.into_iter().map(|concept| {
            let readings = concept.variants.into_iter().map(|variant| Reading {
                how: variant.how,
                word: variant.word,
                weight: variant.weight,
                rarity: variant.rarity,
            });
            Asked {
                word: concept.word,
                importance: concept.importance,
                readings: readings.collect(),
            }
        });
        Found {
            results,
            asked: asked.collect(),
            unknown: understood.unknown,
            fillers: understood.fillers,
        }
    }

    /// Where a result leads: `a/b/#c`, below the site's root; `None` for one of another index.
    pub fn address(&self, result: &Ranked) -> Option<String> {
        let page = self.library.page(result.page, result.section)?;
        Some(address(page.address, &page.section.0))
    }

    /// What a reader sees of a result; `None` for one of another index.
    pub fn show(&self, found: &Found, result: &Ranked) -> Option<Shown> {
        let page = self.library.page(result.page, result.section)?;
        let (id, heading, text) = page.section;
        let readings = found.asked.iter().flat_map(|asked| &asked.readings);
        let (synonyms, words): (Vec<_>, Vec<_>) = readings.partition(|one| one.group().is_some());
        let phrases = synonyms.iter().flat_map(|one| self.phrases(one));
        let phrases: Vec<&str> = phrases.flat_map(|phrase| phrase.split(' ')).collect();
        let terms: Vec<_> = words
            .iter()
            .filter_map(|one| self.term(&one.word))
            .collect();
        let excerpt = excerpt(&text, |word| {
            let stem = || self.term(word);
            let one = word.strip_suffix('s').unwrap_or(word);
            phrases.contains(&word)
                || phrases.contains(&one)
                || stem().is_some_and(|stem| terms.iter().any(|term| Rc::ptr_eq(term, &stem)))
        });
        Some(Shown {
            address: address(page.address, &id),
            title: page.title,
            heading,
            excerpt,
        })
    }

    /// The phrases a reading by synonyms stands for; none for another.
    pub fn phrases(&self, reading: &Reading) -> &[String] {
        let group = reading
            .group()
            .and_then(|at| self.library.head.synonyms.get(at));
        group.map_or(&[], Vec::as_slice)
    }

    /// The words of `text` that no page and no synonym covers, each with what search takes it for: a
    /// guess is no cover.
    pub fn uncovered(&self, text: &str) -> Vec<(String, Vec<String>)> {
        // The space says that the last word is whole.
        let found = self.find(&format!("{text} "));
        let unknown = found.unknown.into_iter().map(|word| (word, Vec::new()));
        let guessed = found.asked.into_iter().filter_map(|asked| {
            let guesses = asked.readings.into_iter().filter(|one| one.how.is_guess());
            let guesses: Vec<_> = guesses.map(|reading| reading.word).collect();
            (!guesses.is_empty()).then_some((asked.word, guesses))
        });
        unknown.chain(guessed).collect()
    }

    /// Words of the site that resemble one it does not hold, nearest first.
    pub fn near(&self, word: &str) -> Vec<String> {
        let letters: Vec<char> = word.chars().collect();
        let limit = (letters.len() / 2).min(guess::MOST_ERRORS);
        let pieces = self.library.guesses("", "\u{ffff}", usize::MAX);
        let all = pieces.iter().flat_map(|guesses| guesses.iter());
        let mut other_letters: Vec<char> = Vec::new();
        let mut found: Vec<_> = all
            .map(|(other, rarity)| {
                other_letters.clear();
                other_letters.extend(other.chars());
                let far = guess::distance(&letters, &other_letters, limit, Typed::Whole);
                (far, *rarity, other)
            })
            .filter(|(far, ..)| *far <= limit)
            .collect();
        found.sort_unstable();
        found.dedup();
        let nearest = found.into_iter().take(NEAR);
        nearest.map(|(.., other)| other.clone()).collect()
    }

    fn term(&self, word: &str) -> Option<Rc<Term>> {
        let pieces = self.library.terms(word, word, 1);
        pieces.iter().find_map(|terms| terms.get(word)).cloned()
    }
}

impl Asked {
    /// What a page must have of it to lack nothing.
    pub fn enough(&self) -> u64 {
        enough(self.importance)
    }
}

impl Reading {
    /// The group of synonyms it came by.
    fn group(&self) -> Option<usize> {
        self.word.strip_prefix('~')?.parse().ok()
    }
}

fn address(page: String, id: &str) -> String {
    match id {
        "" => page,
        id => format!("{page}#{id}"),
    }
}
