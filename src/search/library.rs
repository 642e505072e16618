//! A built index, read back piece by piece as the browser does.
//!
//! In: the files of an index. Out: words with the pages of their stems, words to guess from, and
//! what a result shows. It is the counterpart of `themes/default/js/search/query/index-reader.js` and decides
//! nothing about ranking.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::SearchIndex;
use super::digits::{self, Reader};
use super::shelf::Shelf;
use super::texts::section_key;

/// What every query needs.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Head {
    /// Words that only fill, apart by spaces.
    pub(super) fillers: String,
    /// Endings, apart by spaces.
    pub(super) endings: String,
    /// Phrases by group.
    pub(super) synonyms: Vec<Vec<String>>,
    /// How many of the groups are the site's own.
    pub(super) own: usize,
    terms: Shelf<String>,
    words: Shelf<String>,
    text: Shelf<usize>,
}

/// A stem and its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term {
    /// From 1 up.
    pub(super) rarity: u64,
    /// In order.
    pub(super) pages: Vec<TermPage>,
}

/// A page that holds a stem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TermPage {
    /// Its number.
    pub(super) page: usize,
    /// 1 to 63.
    pub(super) impact: u64,
    /// Sections and how they hold the word, 0 to 3.
    pub(super) sections: Vec<(usize, usize)>,
}

/// Words of one piece in alphabetical order.
pub(super) type Terms = BTreeMap<String, Rc<Term>>;

/// A word to guess and its rarity.
pub(super) type Guess = (String, u64);

/// A page or a part of it: page, first section, address, title, sections above, sections.
type Part = (usize, usize, String, String, Vec<String>, Vec<SectionText>);

/// Fragment, heading and text.
pub(super) type SectionText = (String, String, String);

/// What a result shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PageText {
    pub(super) address: String,
    pub(super) title: String,
    pub(super) section: SectionText,
}

/// Pieces by the first key they hold, taken apart when first asked for.
struct Row<'a, K, T> {
    kind: &'static str,
    keys: Vec<K>,
    pieces: Vec<&'a str>,
    opened: Vec<OnceCell<Rc<T>>>,
}

/// The index.
pub(super) struct Library<'a> {
    /// What every query needs.
    pub(super) head: Head,
    terms: Row<'a, String, Terms>,
    words: Row<'a, String, Vec<Guess>>,
    text: Row<'a, usize, Vec<Part>>,
}

impl<'a> Library<'a> {
    /// Reads the head. `None` where the files are not an index.
    pub(super) fn new(index: &'a SearchIndex) -> Option<Self> {
        let pieces = index.pieces.iter().chain([&index.head]);
        let files: BTreeMap<&str, &str> = pieces.flat_map(|piece| payloads(&piece.bytes)).collect();
        let head: Head = serde_json::from_str(files.get("head")?).ok()?;
        Some(Self {
            terms: Row::new("terms", &head.terms, &files)?,
            words: Row::new("words", &head.words, &files)?,
            text: Row::new("text", &head.text, &files)?,
            head,
        })
    }

    /// Pieces that hold words from `first` to `last`, at most `most`.
    pub(super) fn terms(&self, first: &str, last: &str, most: usize) -> Vec<Rc<Terms>> {
        self.terms.range(first, last, most, read_terms)
    }

    /// Words to guess from, likewise.
    pub(super) fn guesses(&self, first: &str, last: &str, most: usize) -> Vec<Rc<Vec<Guess>>> {
        self.words.range(first, last, most, read_guesses)
    }

    /// Whether so many pieces hold all words to guess from.
    pub(super) fn guesses_fit(&self, pieces: usize) -> bool {
        self.words.keys.len() <= pieces
    }

    /// What a result shows.
    pub(super) fn page(&self, page: usize, section: usize) -> Option<PageText> {
        let key = section_key(page, section);
        let parts = self.text.range(&key, &key, 1, read_parts).pop()?;
        let fits = |part: &&Part| part.0 == page && part.1 <= section;
        let (_, first, address, title, _, sections) = parts.iter().rfind(fits)?;
        Some(PageText {
            address: address.clone(),
            title: title.clone(),
            section: sections.get(section - first)?.clone(),
        })
    }
}

impl<'a, K: Clone + Ord + DeserializeOwned, T> Row<'a, K, T> {
    fn new(kind: &'static str, shelf: &Shelf<K>, files: &BTreeMap<&str, &'a str>) -> Option<Self> {
        let mut row = Self {
            kind,
            keys: Vec::new(),
            pieces: Vec::new(),
            opened: Vec::new(),
        };
        row.lay_out(shelf, files)?;
        row.opened.resize_with(row.keys.len(), OnceCell::new);
        Some(row)
    }

    /// Lays the files of a shelf, and of the shelves it names, side by side.
    fn lay_out(&mut self, from: &Shelf<K>, files: &BTreeMap<&str, &'a str>) -> Option<()> {
        for (at, key) in from.from.iter().enumerate() {
            let id = format!("{}/{}/{}", self.kind, from.level, from.first + at);
            let payload = *files.get(id.as_str())?;
            if from.level > 0 {
                self.lay_out(&serde_json::from_str(payload).ok()?, files)?;
            } else {
                self.keys.push(key.clone());
                self.pieces.push(payload);
            }
        }
        Some(())
    }

    fn range<Q>(
        &self,
        first: &Q,
        last: &Q,
        most: usize,
        make: impl Fn(&str) -> Option<T>,
    ) -> Vec<Rc<T>>
    where
        K: std::borrow::Borrow<Q>,
        Q: Ord + ?Sized,
        T: Default,
    {
        if self.keys.is_empty() {
            return Vec::new();
        }
        let from = last_up_to(&self.keys, first);
        let to = last_up_to(&self.keys, last).min(from + most - 1);
        let pieces = (from..=to).map(|at| {
            let piece =
                self.opened[at].get_or_init(|| Rc::new(make(self.pieces[at]).unwrap_or_default()));
            Rc::clone(piece)
        });
        pieces.collect()
    }
}

fn last_up_to<K: std::borrow::Borrow<Q>, Q: Ord + ?Sized>(keys: &[K], key: &Q) -> usize {
    keys.partition_point(|other| other.borrow() <= key)
        .saturating_sub(1)
}

/// What a script hands over, each with what it calls it: a call a line.
fn payloads(script: &[u8]) -> impl Iterator<Item = (&str, &str)> {
    let text = std::str::from_utf8(script).unwrap_or_default();
    text.lines().filter_map(|line| {
        let call = line.strip_prefix("regain.search.add(\"")?;
        call.strip_suffix(");")?.split_once("\",")
    })
}

fn read_terms(payload: &str) -> Option<Terms> {
    let (words, stems, lists): (String, String, String) = serde_json::from_str(payload).ok()?;
    let mut stems = Reader::new(&stems);
    let mut lists = Reader::new(&lists);
    let mut known: Vec<Rc<Term>> = Vec::new();
    let mut terms = Terms::new();
    for word in word_list(&words) {
        let number = usize::try_from(stems.next()?).ok()?;
        if number == 0 {
            known.push(Rc::new(read_term(&mut lists)?));
        }
        let at = if number == 0 { known.len() } else { number } - 1;
        terms.insert(word, Rc::clone(known.get(at)?));
    }
    Some(terms)
}

fn read_term(read: &mut Reader) -> Option<Term> {
    let rarity = u64::from(read.next()?);
    let mut page = 0;
    let mut pages = Vec::new();
    for _ in 0..read.next()? {
        page += usize::try_from(read.next()?).ok()?;
        let impact = u64::from(read.letter()?);
        let mut sections = Vec::new();
        let mut section = 0;
        loop {
            let bits = usize::try_from(read.next()?).ok()?;
            section += bits >> 3;
            sections.push((section, (bits >> 1) & 3));
            if bits & 1 == 1 {
                break;
            }
        }
        pages.push(TermPage {
            page,
            impact,
            sections,
        });
    }
    Some(Term { rarity, pages })
}

fn read_guesses(payload: &str) -> Option<Vec<Guess>> {
    let (words, rarities): (String, String) = serde_json::from_str(payload).ok()?;
    let rarities = Reader::new(&rarities).map(u64::from);
    Some(word_list(&words).into_iter().zip(rarities).collect())
}

fn read_parts(payload: &str) -> Option<Vec<Part>> {
    serde_json::from_str(payload).ok()
}

fn word_list(text: &str) -> Vec<String> {
    let mut list: Vec<String> = Vec::new();
    for item in text.split(' ').filter(|item| !item.is_empty()) {
        let shared = digits::value(item.as_bytes()[0]).unwrap_or(0);
        let before = list.last().map_or("", String::as_str);
        let mut word: String = before.chars().take(shared as usize).collect();
        word.push_str(&item[1..]);
        list.push(word);
    }
    list
}
