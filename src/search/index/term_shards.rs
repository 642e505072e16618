//! Vocabulary → payloads of shards, small enough for a slow connection.
//!
//! In: the vocabulary. Out: payloads of two kinds, each with its first key: `terms` (words with the postings
//! of their stems) and `words` (the dictionary for spelling correction).

use std::collections::HashMap;
use std::ops::RangeInclusive;

use foldhash::fast::FixedState;
use serde_json::json;

use super::varint;
use super::vocabulary::{Vocabulary, number};

/// Bytes of a payload of terms before compression, which leaves about half to two thirds. A query needs a
/// few of them, so small ones cost least, but each is listed in the head.
const TERMS: RangeInclusive<usize> = 800..=1_800;
/// The same for the dictionary; a query needs all words with the same first letter.
const WORDS: usize = 16_000;
/// What listing a shard in the head costs compared with the few that a query needs: the square of the best
/// size of a payload, for each byte of all payloads.
const LISTING_COST: usize = 13;

/// With more words than this, spelling is only corrected to words on two pages or more.
const MANY_WORDS: usize = 6_000;
/// Shorter words are too similar to each other to be corrections.
const MIN_CORRECTION: usize = 4;

/// Words in alphabetical order, front-coded: what a word shares with the one before is left out.
#[derive(Default)]
struct WordList {
    text: String,
    before: String,
}

impl WordList {
    fn push(&mut self, word: &str) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let shared = shared_start(&self.before, word);
        let letters = word[..shared].chars().count().min(63);
        let shared = word
            .char_indices()
            .nth(letters)
            .map_or(word.len(), |(at, _)| at);
        self.text.push(varint::digit(number(letters)));
        self.text.push_str(&word[shared..]);
        self.before.clear();
        self.before.push_str(word);
    }
}

/// How many bytes of whole characters two words share at their start.
fn shared_start(one: &str, other: &str) -> usize {
    let same = one
        .char_indices()
        .zip(other.chars())
        .find(|((_, a), b)| a != b);
    same.map_or(one.len().min(other.len()), |((at, _), _)| at)
}

/// The shortest key that is after `before` and not after `word`.
fn key_between(before: &str, word: &str) -> String {
    let shared = shared_start(before, word);
    let next = word[shared..].chars().next().map_or(0, char::len_utf8);
    word[..shared + next].to_owned()
}

/// `[words, stem of each word, posting lists]`; stem 0 is the next new one, stem n the n-th of this payload.
pub(super) fn terms(vocabulary: &Vocabulary) -> Vec<(String, String)> {
    let lists = vocabulary.stems.iter().map(|stem| stem.list.len());
    let words = vocabulary.words.iter().map(|(word, _)| word.len());
    let all: usize = lists.chain(words).sum();
    let size = (all * LISTING_COST)
        .isqrt()
        .clamp(*TERMS.start(), *TERMS.end());
    let mut payloads = Vec::new();
    let mut open = Terms::default();
    let mut before = "";
    for (word, stem) in &vocabulary.words {
        let known = open.numbers.contains_key(stem);
        let list = &vocabulary.stems[*stem].list;
        if !known && open.size() > 0 && open.size() + list.len() > size {
            payloads.push(std::mem::take(&mut open).close());
        }
        if open.size() == 0 {
            open.key = key_between(before, word);
        }
        open.push(word, *stem, list);
        before = word;
    }
    if open.size() > 0 {
        payloads.push(open.close());
    }
    payloads
}

#[derive(Default)]
struct Terms {
    key: String,
    words: WordList,
    stems: String,
    lists: String,
    numbers: HashMap<usize, u32, FixedState>,
}

impl Terms {
    fn size(&self) -> usize {
        self.words.text.len() + self.stems.len() + self.lists.len()
    }

    fn push(&mut self, word: &str, stem: usize, list: &str) {
        self.words.push(word);
        let next = number(self.numbers.len()) + 1;
        if let Some(known) = self.numbers.get(&stem) {
            varint::push(&mut self.stems, *known);
        } else {
            self.numbers.insert(stem, next);
            varint::push(&mut self.stems, 0);
            self.lists.push_str(list);
        }
    }

    fn close(self) -> (String, String) {
        (
            self.key,
            json!([self.words.text, self.stems, self.lists]).to_string(),
        )
    }
}

/// `[words, rarity of each]`.
pub(super) fn words(vocabulary: &Vocabulary) -> Vec<(String, String)> {
    let least = if vocabulary.words.len() > MANY_WORDS {
        2
    } else {
        1
    };
    let worth = vocabulary.words.iter().filter(|(word, stem)| {
        vocabulary.stems[*stem].pages >= least
            && word.chars().count() >= MIN_CORRECTION
            && word.chars().all(char::is_alphabetic)
    });
    let mut payloads = Vec::new();
    let mut open = (String::new(), WordList::default(), String::new());
    let mut before = "";
    for (word, stem) in worth {
        if open.1.text.len() + open.2.len() > WORDS {
            let (key, words, rarities) = std::mem::take(&mut open);
            payloads.push((key, json!([words.text, rarities]).to_string()));
        }
        if open.1.text.is_empty() {
            open.0 = key_between(before, word);
        }
        open.1.push(word);
        varint::push(&mut open.2, vocabulary.stems[*stem].rarity);
        before = word;
    }
    if !open.1.text.is_empty() {
        payloads.push((open.0, json!([open.1.text, open.2]).to_string()));
    }
    payloads
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_front_coded() {
        let mut list = WordList::default();
        for word in ["code", "codes", "cold", "ñu"] {
            list.push(word);
        }
        assert_eq!(list.text, "Acode Es Cld A\u{f1}u");
    }

    #[test]
    fn a_key_is_no_longer_than_needed() {
        assert_eq!(key_between("account", "acorn"), "aco");
        assert_eq!(key_between("", "zebra"), "z");
        assert_eq!(key_between("code", "codes"), "codes");
    }
}
