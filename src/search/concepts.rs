//! A query → what it asks for: one concept a word, each with the terms that may stand for it.
//!
//! In: the reader's text and an index. Out: concepts, and the words nothing is known of. The browser
//! does the same (`themes/default/js/search/query/terms.js`); a test compares the rankings of both.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::guess::{self, Typed};
use super::library::{Library, Term, Terms};
use super::phrases::{self, Phrase};
use super::words::{Part, ends_in_word, words};

const MOST_CONCEPTS: usize = 16;
const MOST_COMPLETIONS: usize = 12;
const PIECES_OF_A_BEGINNING: usize = 3;
/// Letters that tell enough of a word.
const SHORTEST_CUT: usize = 4;
const PIECES_OF_A_LETTER: usize = 4;
/// What a word written as one with its neighbour may be rarer than either of them: half as common.
const TOGETHER: u64 = 8;
/// Past every word.
const END: char = '\u{ffff}';

/// How a term came to stand for a word of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is the word.
    Exact,
    /// It is the word written as one with its neighbour.
    Joined,
    /// It is one of two words the reader ran together.
    Split,
    /// It differs in its ending, and no page holds the word.
    Ending,
    /// It differs in its ending.
    Near,
    /// It begins with the word, which may be half typed.
    Beginning,
    /// The site's own synonyms say so.
    Own,
    /// The language's synonyms say so.
    Synonym,
    /// The word may hold a typing error.
    Spelling,
}

impl How {
    /// Whether the site may not have the word at all.
    pub(super) fn is_guess(self) -> bool {
        matches!(self, Self::Split | Self::Beginning | Self::Spelling)
    }

    /// What such a term counts, of 100. Beginnings and spellings have a weight of their own.
    fn weight(self) -> u64 {
        match self {
            Self::Exact => 100,
            Self::Joined => 95,
            Self::Split => 80,
            Self::Ending => 75,
            Self::Near => 40,
            Self::Own => 72,
            Self::Synonym | Self::Beginning | Self::Spelling => 68,
        }
    }
}

/// A term that may stand for a word of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variant {
    pub(super) term: Rc<Term>,
    pub(super) weight: u64,
    pub(super) rarity: u64,
    pub(super) how: How,
    pub(super) word: String,
}

impl Variant {
    /// What holding it counts.
    pub(super) fn worth(&self) -> u64 {
        self.weight * self.rarity
    }
}

/// One thing a query asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Concept {
    /// As folded.
    pub(super) word: String,
    /// What may stand for it.
    pub(super) variants: Vec<Variant>,
    /// What a page without it lacks.
    pub(super) importance: u64,
    typed: Typed,
    compound: Option<String>,
    known: bool,
    mended: Option<String>,
    groups: BTreeSet<usize>,
}

impl Concept {
    /// How rare the word itself is, where a page holds it.
    fn own_rarity(&self) -> Option<u64> {
        let own = self.variants.first().filter(|own| own.how == How::Exact);
        own.map(|own| own.rarity)
    }
}

/// What a query asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Understood {
    /// Concepts some page holds.
    pub(super) concepts: Vec<Concept>,
    /// Words nothing is known of.
    pub(super) unknown: Vec<String>,
    /// Words that only fill, in alphabetical order.
    pub(super) fillers: Vec<String>,
}

/// A word of the query.
struct Item {
    word: String,
    typed: Typed,
    joined: Option<(String, Typed)>,
    filler: bool,
    concept: Option<usize>,
}

/// Reads a query.
pub(super) fn understand(query: &str, library: &Library) -> Understood {
    let mut items = items_of(query);
    let (mut concepts, from) = concepts_of(&mut items, &library.head.fillers);
    let known = phrases::of(&library.head.synonyms);
    let said: BTreeSet<usize> = spans(&items, &concepts, &known)
        .into_iter()
        .flat_map(|(at, end, _)| at..end)
        .collect();
    for (concept, at) in concepts.iter_mut().zip(from) {
        look_up_all(concept, &items[at], items.get(at + 1), library);
        if concept.variants.is_empty() && !said.contains(&at) {
            abbreviated(concept, library);
        }
        if concept.variants.is_empty() && !said.contains(&at) {
            mend(concept, library);
        }
    }
    temper_joined(&mut concepts);
    add_synonyms(&mut concepts, &items, &known, library);
    for concept in &mut concepts {
        let worths = concept.variants.iter().map(|variant| variant.worth() / 100);
        concept.importance = worths.max().unwrap_or(0).max(1);
    }
    let (concepts, unknown): (Vec<_>, Vec<_>) = concepts
        .into_iter()
        .partition(|concept| !concept.variants.is_empty());
    let fillers = items.into_iter().filter(|item| item.filler);
    let fillers: BTreeSet<String> = fillers.map(|item| item.word).collect();
    Understood {
        concepts,
        unknown: unknown.into_iter().map(|concept| concept.word).collect(),
        fillers: fillers.into_iter().collect(),
    }
}

fn items_of(query: &str) -> Vec<Item> {
    let mut tokens = Vec::new();
    words(query, |word, part| tokens.push((word.to_owned(), part)));
    let last = tokens.len().saturating_sub(1);
    let mut items: Vec<Item> = Vec::new();
    for (at, (word, part)) in tokens.into_iter().enumerate() {
        let typed = if at == last && ends_in_word(query) {
            Typed::Half
        } else {
            Typed::Whole
        };
        if part != Part::Joined {
            items.push(Item {
                word,
                typed,
                joined: None,
                filler: false,
                concept: None,
            });
            continue;
        }
        let whole = word.chars().count();
        let mut length = 0;
        for item in items.iter_mut().rev() {
            if length >= whole {
                break;
            }
            length += item.word.chars().count();
            item.joined = Some((word.clone(), typed));
        }
        if let Some(item) = items.last_mut() {
            item.typed = typed;
        }
    }
    items
}

/// One concept for each different word that is no filler, for each word where all are; and the item
/// each came from.
fn concepts_of(items: &mut [Item], fillers: &str) -> (Vec<Concept>, Vec<usize>) {
    let fillers: BTreeSet<&str> = fillers.split(' ').collect();
    let all = items
        .iter()
        .all(|item| fillers.contains(item.word.as_str()));
    let mut concepts: Vec<Concept> = Vec::new();
    let mut from = Vec::new();
    for (at, item) in items.iter_mut().enumerate() {
        item.filler = !all && fillers.contains(item.word.as_str());
        if item.filler {
            continue;
        }
        item.concept = concepts
            .iter()
            .position(|concept| concept.word == item.word);
        if item.concept.is_some() || concepts.len() == MOST_CONCEPTS {
            continue;
        }
        item.concept = Some(concepts.len());
        from.push(at);
        concepts.push(Concept {
            word: item.word.clone(),
            variants: Vec::new(),
            importance: 0,
            typed: item.typed,
            compound: item.joined.as_ref().map(|(word, _)| word.clone()),
            known: false,
            mended: None,
            groups: BTreeSet::new(),
        });
    }
    (concepts, from)
}

fn look_up_all(concept: &mut Concept, item: &Item, next: Option<&Item>, library: &Library) {
    let own = begun_with(&item.word, item.typed, library);
    let mut variants = Vec::new();
    let exact = look_up(&item.word, &own, How::Exact, &mut variants);
    if let Some((joined, typed)) = &item.joined {
        let whole = begun_with(joined, *typed, library);
        let known = look_up(joined, &whole, How::Joined, &mut variants);
        if *typed == Typed::Half {
            complete(joined, &whole, known, &mut variants);
        }
    }
    if let Some(next) = next {
        let together = format!("{}{}", item.word, next.word);
        look_up(
            &together,
            own.get(..1).unwrap_or(&[]),
            How::Joined,
            &mut variants,
        );
    }
    concept.known = !variants.is_empty();
    let how = if exact { How::Near } else { How::Ending };
    relate(&item.word, &own, how, &library.head.endings, &mut variants);
    if item.typed == Typed::Half {
        complete(&item.word, &own, exact, &mut variants);
    }
    if concept.known {
        temper(&mut variants);
    }
    concept.variants = variants;
}

/// What only resembles a word the site holds says no more than the word itself, however rare it is.
fn temper(variants: &mut [Variant]) {
    let most = variants.first().map_or(0, |own| own.rarity);
    for variant in variants {
        if matches!(variant.how, How::Near | How::Beginning) {
            variant.rarity = variant.rarity.min(most);
        }
    }
}

/// A word written as one with its neighbour says little more than both of them apart, however rare
/// that way of writing is.
fn temper_joined(concepts: &mut [Concept]) {
    let own: Vec<Option<u64>> = concepts.iter().map(Concept::own_rarity).collect();
    let compounds: Vec<_> = concepts.iter().map(|one| one.compound.clone()).collect();
    for (at, concept) in concepts.iter_mut().enumerate() {
        let together = |other: usize| {
            other == at || compounds[at].is_some() && compounds[other] == compounds[at]
        };
        let pieces = (0..own.len()).filter(|other| together(*other));
        let Some(most) = pieces.filter_map(|other| own[other]).max() else {
            continue;
        };
        for variant in &mut concept.variants {
            if variant.how == How::Joined {
                variant.rarity = variant.rarity.min(most + TOGETHER);
            }
        }
    }
}

fn begun_with(word: &str, typed: Typed, library: &Library) -> Vec<Rc<Terms>> {
    match typed {
        Typed::Half => library.terms(word, &format!("{word}{END}"), PIECES_OF_A_BEGINNING),
        Typed::Whole => library.terms(word, word, 1),
    }
}

fn add(variants: &mut Vec<Variant>, variant: Variant) {
    if !variants
        .iter()
        .any(|known| Rc::ptr_eq(&known.term, &variant.term))
    {
        variants.push(variant);
    }
}

fn look_up(word: &str, pieces: &[Rc<Terms>], how: How, variants: &mut Vec<Variant>) -> bool {
    let Some(term) = pieces.iter().find_map(|terms| terms.get(word)) else {
        return false;
    };
    add(variants, variant(term, how.weight(), how, word));
    true
}

fn variant(term: &Rc<Term>, weight: u64, how: How, word: &str) -> Variant {
    Variant {
        term: Rc::clone(term),
        weight,
        rarity: term.rarity,
        how,
        word: word.to_owned(),
    }
}

/// Words that differ in their ending alone.
fn relate(word: &str, pieces: &[Rc<Terms>], how: How, endings: &str, variants: &mut Vec<Variant>) {
    let endings: BTreeSet<&str> = endings.split(' ').chain([""]).collect();
    for (other, term) in pieces.iter().flat_map(|terms| terms.iter()) {
        if guess::related(word, other, &endings) {
            add(variants, variant(term, how.weight(), how, other));
        }
    }
}

/// Words that begin with a half-typed one, the most common first.
fn complete(word: &str, pieces: &[Rc<Terms>], exact: bool, variants: &mut Vec<Variant>) {
    let all = pieces.iter().flat_map(|terms| terms.iter());
    let mut found: Vec<_> = all
        .filter(|(other, _)| other.len() > word.len() && other.starts_with(word))
        .collect();
    found.sort_by(|a, b| a.1.rarity.cmp(&b.1.rarity).then(a.0.cmp(b.0)));
    let letters = |word: &str| word.chars().count() as u64;
    for (other, term) in found.into_iter().take(MOST_COMPLETIONS) {
        let weight = if exact {
            30
        } else {
            50 + 40 * letters(word) / letters(other)
        };
        add(variants, variant(term, weight, How::Beginning, other));
    }
}

/// For a word no page holds that is cut short within the query: `auth app`.
fn abbreviated(concept: &mut Concept, library: &Library) {
    let word = concept.word.clone();
    if word.chars().count() >= SHORTEST_CUT {
        let pieces = begun_with(&word, Typed::Half, library);
        complete(&word, &pieces, false, &mut concept.variants);
    }
}

/// For a word no page holds and no author foresaw: two words run together, else typing errors.
fn mend(concept: &mut Concept, library: &Library) {
    concept.variants = split(&concept.word, library);
    if !concept.variants.is_empty() {
        return;
    }
    for near in spelling(&concept.word, concept.typed, library) {
        concept.mended.get_or_insert_with(|| near.word.clone());
        for terms in library.terms(&near.word, &near.word, 1) {
            if let Some(term) = terms.get(&near.word) {
                let found = variant(term, near.weight, How::Spelling, &near.word);
                add(&mut concept.variants, found);
            }
        }
    }
    // The likeliest comes first; another that is rarer would outweigh it.
    let most = concept.variants.first().map_or(0, |first| first.rarity);
    for variant in &mut concept.variants {
        variant.rarity = variant.rarity.min(most);
    }
}

/// Two words written as one; the first place that gives two known ones, of which one may only fill.
fn split(word: &str, library: &Library) -> Vec<Variant> {
    let fillers: BTreeSet<&str> = library.head.fillers.split(' ').collect();
    let starts: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    for at in 3..(starts.len() + 1).saturating_sub(3) {
        let mut variants = Vec::new();
        let halves = [&word[..starts[at]], &word[starts[at]..]];
        let known = halves.iter().all(|half| {
            fillers.contains(half)
                || look_up(
                    half,
                    &library.terms(half, half, 1),
                    How::Split,
                    &mut variants,
                )
        });
        if known && !variants.is_empty() {
            return variants;
        }
    }
    Vec::new()
}

/// Words that begin alike first; then with the second letter, as after a swap; then all, on a small
/// site.
fn spelling(word: &str, typed: Typed, library: &Library) -> Vec<guess::Nearest> {
    let mut letters = word.chars();
    let (first, second) = (letters.next(), letters.next());
    let mut ranges: Vec<String> = first.into_iter().map(String::from).collect();
    if second != first {
        ranges.extend(second.map(String::from));
    }
    if library.guesses_fit(PIECES_OF_A_LETTER) {
        ranges.push(String::new());
    }
    for range in ranges {
        let pieces = library.guesses(&range, &format!("{range}{END}"), PIECES_OF_A_LETTER);
        let candidates = pieces.iter().flat_map(|guesses| guesses.iter());
        let found = guess::nearest(word, candidates, typed);
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

fn spans(items: &[Item], concepts: &[Concept], known: &[Phrase]) -> Vec<phrases::Span> {
    let said = items.iter().map(|item| {
        let mended = item.concept.and_then(|at| concepts[at].mended.as_deref());
        (mended.unwrap_or(&item.word), item.filler)
    });
    phrases::spans(&said.collect::<Vec<_>>(), known)
}

fn add_synonyms(concepts: &mut [Concept], items: &[Item], known: &[Phrase], library: &Library) {
    for (at, end, group) in spans(items, concepts, known) {
        for item in &items[at..end] {
            if let Some(concept) = item.concept {
                concepts[concept].groups.insert(group);
            }
        }
    }
    for concept in concepts {
        if concept.typed == Typed::Half && !concept.known {
            concept.groups.extend(phrases::begun(&concept.word, known));
        }
        for group in &concept.groups {
            let name = super::vocabulary::synonym_name(*group);
            let how = if *group < library.head.own {
                How::Own
            } else {
                How::Synonym
            };
            let pieces = library.terms(&name, &name, 1);
            look_up(&name, &pieces, how, &mut concept.variants);
        }
    }
}
