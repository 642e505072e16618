//! Vocabulary → payloads of shards, in alphabetical order.
//!
//! In: the vocabulary and the groups of synonyms. Out: payloads of two kinds, each with its first key: `terms` (words
//! with the postings of their stems) and `words` (the dictionary for spelling correction). A group of synonyms is in
//! every shard of terms where a query may begin one of its phrases, so it costs no request of its own.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::FixedState;
use serde::Serialize;

use super::budgets;
use super::synonyms::SynonymGroup;
use super::varint;
use super::vocabulary::{Vocabulary, number};

/// With more words than this, spelling is only corrected to words on two pages or more.
const MANY_WORDS: usize = 6_000;
/// Shorter words are too similar to each other to be corrections.
const MIN_CORRECTION: usize = 4;

/// Words that share this many first letters are kept together, because a query often needs them together: the endings of a word,
/// and the words that an incomplete one may become.
const ALIKE: usize = 3;

/// Payloads in the order of their keys. A word is in the last one whose first key is not after it.
#[derive(Default)]
pub(super) struct KeyedShards {
    pub(super) first_keys: WordList,
    pub(super) payloads: Vec<String>,
}

impl KeyedShards {
    fn push(&mut self, first_key: &str, payload: &impl Serialize) {
        self.first_keys.push(first_key);
        self.payloads
            .push(serde_json::to_string(payload).unwrap_or_default());
    }
}

/// Words in alphabetical order, front-coded: what a word shares with the one before is left out.
#[derive(Default)]
pub(super) struct WordList {
    pub(super) text: String,
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

/// What a shard of terms contains at a word.
enum Entry<'v> {
    /// The word, which has this stem.
    Word(usize),
    /// A group with a phrase that begins with it.
    Group(&'v SynonymGroup),
}

/// The payloads of terms: `[words, stem of each word, posting lists, groups]`. Stem 0 is the next new one, stem n the
/// n-th of this payload. A group is `[number, posting list, phrases]`.
pub(super) fn terms(
    vocabulary: &Vocabulary,
    groups: &[SynonymGroup],
    stop_words: &[String],
) -> KeyedShards {
    let words = vocabulary.words.iter();
    let words = words.map(|(word, stem)| (Cow::Borrowed(*word), Entry::Word(*stem)));
    let mut entries: Vec<(Cow<str>, Entry)> = words.collect();
    for group in groups {
        let starts: BTreeSet<_> = group.starts(stop_words).collect();
        let starts = starts.into_iter();
        entries.extend(starts.map(|start| (Cow::Owned(start), Entry::Group(group))));
    }
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    let lists = vocabulary.stems.iter().map(|stem| stem.list.len());
    let starts = entries.iter().map(|(start, entry)| match entry {
        Entry::Word(_) => start.len(),
        Entry::Group(group) => size_of_group(group, vocabulary),
    });
    let size = budgets::terms(lists.chain(starts).sum());
    let mut shards = KeyedShards::default();
    let mut open = Terms::default();
    let mut before = "";
    for (start, entry) in &entries {
        let filled = open.size + open.added_by(entry, vocabulary);
        let alike = start[..shared_start(before, start)].chars().count() >= ALIKE;
        let is_full = filled > if alike { 2 * size } else { size };
        if open.size > 0 && is_full && start != before {
            std::mem::take(&mut open).close(&mut shards);
        }
        if open.size == 0 {
            open.first_key = key_between(before, start);
        }
        open.push(start, entry, vocabulary);
        before = start;
    }
    if open.size > 0 {
        open.close(&mut shards);
    }
    shards
}

fn size_of_group(group: &SynonymGroup, vocabulary: &Vocabulary) -> usize {
    let phrases = group.phrases.iter().map(|phrase| phrase.len() + 3);
    phrases.sum::<usize>() + vocabulary.groups[group.number].list.len()
}

/// A payload of terms that is being filled.
#[derive(Default)]
struct Terms<'v> {
    first_key: String,
    words: WordList,
    stems: String,
    lists: String,
    numbers: HashMap<usize, u32, FixedState>,
    groups: BTreeMap<usize, (&'v str, &'v [String])>,
    size: usize,
}

impl<'v> Terms<'v> {
    fn added_by(&self, entry: &Entry, vocabulary: &Vocabulary) -> usize {
        match entry {
            Entry::Word(stem) if self.numbers.contains_key(stem) => 2,
            Entry::Word(stem) => vocabulary.stems[*stem].list.len() + 4,
            Entry::Group(group) if self.groups.contains_key(&group.number) => 0,
            Entry::Group(group) => size_of_group(group, vocabulary),
        }
    }

    fn push(&mut self, start: &str, entry: &Entry<'v>, vocabulary: &'v Vocabulary) {
        self.size += self.added_by(entry, vocabulary);
        match entry {
            Entry::Word(stem) => {
                self.words.push(start);
                let next = number(self.numbers.len()) + 1;
                if let Some(known) = self.numbers.get(stem) {
                    varint::push(&mut self.stems, *known);
                } else {
                    self.numbers.insert(*stem, next);
                    varint::push(&mut self.stems, 0);
                    self.lists.push_str(&vocabulary.stems[*stem].list);
                }
            }
            Entry::Group(group) => {
                let list = vocabulary.groups[group.number].list.as_str();
                self.groups.insert(group.number, (list, &group.phrases));
            }
        }
    }

    fn close(self, shards: &mut KeyedShards) {
        let groups = self.groups.into_iter();
        let groups = groups.map(|(number, (list, phrases))| (number, list, phrases));
        let groups: Vec<_> = groups.collect();
        let payload = (self.words.text, self.stems, self.lists, groups);
        shards.push(&self.first_key, &payload);
    }
}

/// The payloads of the dictionary: `[words, rarity of each]`.
pub(super) fn words(vocabulary: &Vocabulary) -> KeyedShards {
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
    let mut shards = KeyedShards::default();
    let mut first_key = String::new();
    let mut open = (WordList::default(), String::new());
    let mut before = "";
    for (word, stem) in worth {
        if open.0.text.len() + open.1.len() > budgets::DICTIONARY {
            let (words, rarities) = std::mem::take(&mut open);
            shards.push(&first_key, &(words.text, rarities));
        }
        if open.0.text.is_empty() {
            first_key = key_between(before, word);
        }
        open.0.push(word);
        varint::push(&mut open.1, vocabulary.stems[*stem].rarity);
        before = word;
    }
    if !open.0.text.is_empty() {
        shards.push(&first_key, &(open.0.text, open.1));
    }
    shards
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
