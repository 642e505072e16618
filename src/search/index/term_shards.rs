//! Vocabulary → payloads of shards, in alphabetical order.
//!
//! In: the vocabulary and the groups of synonyms. Out: payloads of two kinds, each with its first key: `terms` (words
//! with the postings of their stems) and `words` (the dictionary for spelling correction). A group of synonyms is in
//! every shard of terms where a query may begin one of its phrases, so it costs no request of its own.

use std::collections::{BTreeMap, HashMap, HashSet};

use foldhash::fast::FixedState;
use serde_json::{Value, json};

use super::budgets;
use super::synonyms::SynonymGroup;
use super::varint;
use super::vocabulary::{Vocabulary, number};

/// With more words than this, spelling is only corrected to words on two pages or more.
const MANY_WORDS: usize = 6_000;
/// Shorter words are too similar to each other to be corrections.
const MIN_CORRECTION: usize = 4;

/// Words that share this many first letters are kept together, because a query often needs them together: the forms
/// of a word, and the words that an incomplete one may become.
const ALIKE: usize = 3;

/// Payloads in the order of their keys. A word is in the last one whose first key is not after it.
#[derive(Default)]
pub(super) struct KeyedShards {
    pub(super) first_keys: WordList,
    pub(super) payloads: Vec<String>,
}

impl KeyedShards {
    fn push(&mut self, first_key: &str, payload: &Value) {
        self.first_keys.push(first_key);
        self.payloads.push(payload.to_string());
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
        let (shared, rest) = word.split_at(shared_start(&self.before, word));
        self.text
            .push(varint::digit(number(shared.chars().count())));
        self.text.push_str(rest);
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

/// The stems and the groups of synonyms in a shard, by whether it is a group and by number.
type Known = HashSet<(bool, usize), FixedState>;

/// The payloads of terms: `[words, stem of each word, posting lists, groups]`. Stem 0 is the next new one, stem n the
/// n-th of this payload. A group is `[number, posting list, phrases]`.
pub(super) fn terms(
    vocabulary: &Vocabulary,
    groups: &[SynonymGroup],
    stop_words: &[String],
) -> KeyedShards {
    let starts = groups.iter().flat_map(|group| {
        let starts = group.starts(stop_words);
        starts.map(move |start| (start, group))
    });
    let starts: Vec<_> = starts.collect();
    let of_words = vocabulary.words.iter();
    let of_words = of_words.map(|(word, stem)| (*word, Entry::Word(*stem)));
    let of_groups = starts.iter();
    let of_groups = of_groups.map(|(start, group)| (&**start, Entry::Group(group)));
    let mut entries: Vec<_> = of_words.chain(of_groups).collect();
    entries.sort_by_key(|(start, _)| *start);
    // A list is once in a shard, however many words need it.
    let cost = |(start, entry): &(&str, Entry), known: &mut Known| match entry {
        Entry::Word(stem) if known.insert((false, *stem)) => {
            start.len() + vocabulary.stems[*stem].list.len()
        }
        Entry::Word(_) => start.len(),
        Entry::Group(group) if known.insert((true, group.number)) => {
            let phrases = group.phrases.iter().map(String::len);
            phrases.sum::<usize>() + vocabulary.groups[group.number].list.len()
        }
        Entry::Group(_) => 0,
    };
    let mut known = Known::default();
    let all = entries.iter().map(|entry| cost(entry, &mut known)).sum();
    let size = budgets::terms(all);
    known.clear();
    let mut filled = 0;
    let chunks = entries.chunk_by(|entry, next| {
        filled += cost(entry, &mut known);
        let (before, start) = (entry.0, next.0);
        let alike = before[..shared_start(before, start)].chars().count() >= ALIKE;
        let most = if alike {
            size + budgets::SIMILAR_TERMS
        } else {
            size
        };
        let fits = filled < most || before == start;
        if !fits {
            filled = 0;
            known.clear();
        }
        fits
    });
    let mut shards = KeyedShards::default();
    let mut before = "";
    for chunk in chunks {
        let first_key = key_between(before, chunk[0].0);
        // Other forms of the first word of a phrase may be in this shard.
        let forms = starts.iter();
        let forms = forms.filter(|(start, _)| first_key.starts_with(start));
        let groups = forms.map(|(_, group)| *group);
        shards.push(&first_key, &payload(chunk, groups, vocabulary));
        before = chunk.last().map_or("", |(start, _)| start);
    }
    shards
}

fn payload<'g>(
    entries: &'g [(&str, Entry<'g>)],
    earlier_groups: impl Iterator<Item = &'g SynonymGroup>,
    vocabulary: &Vocabulary,
) -> Value {
    let mut words = WordList::default();
    let (mut stems, mut lists) = (String::new(), String::new());
    let mut numbers = HashMap::<usize, u32, FixedState>::default();
    let mut groups: BTreeMap<_, _> = earlier_groups.map(|group| (group.number, group)).collect();
    for (start, entry) in entries {
        match entry {
            Entry::Word(stem) => {
                words.push(start);
                if let Some(known) = numbers.get(stem) {
                    varint::push(&mut stems, *known);
                } else {
                    numbers.insert(*stem, number(numbers.len()) + 1);
                    varint::push(&mut stems, 0);
                    lists.push_str(&vocabulary.stems[*stem].list);
                }
            }
            Entry::Group(group) => {
                groups.insert(group.number, group);
            }
        }
    }
    let groups = groups.into_iter().map(|(number, group)| {
        let list = &vocabulary.groups[number].list;
        json!([number, list, group.phrases])
    });
    json!([words.text, stems, lists, groups.collect::<Vec<_>>()])
}

/// The payloads of the dictionary: `[words, rarity of each]`. The words are reversed, so that words with the same ending
/// are together: those with the same start already are in the shards of terms.
///
/// Words of one-word synonyms are among them, because readers misspell those as well.
pub(super) fn words(vocabulary: &Vocabulary, groups: &[SynonymGroup]) -> KeyedShards {
    let least = if vocabulary.words.len() > MANY_WORDS {
        2
    } else {
        1
    };
    let of_groups = groups.iter().flat_map(|group| {
        let words = group.phrases.iter().map(String::as_str);
        words.map(|word| (word, &vocabulary.groups[group.number]))
    });
    let of_pages = vocabulary.words.iter();
    let of_pages = of_pages.map(|(word, stem)| (*word, &vocabulary.stems[*stem]));
    let worth = of_groups.chain(of_pages).filter(|(word, stem)| {
        stem.pages >= least
            && word.chars().count() >= MIN_CORRECTION
            && word.chars().all(char::is_alphabetic)
    });
    let reversed = |word: &str| word.chars().rev().collect::<String>();
    let worth = worth.map(|(word, stem)| (reversed(word), stem.rarity));
    let rarities: BTreeMap<_, _> = worth.collect();
    let worth: Vec<_> = rarities.into_iter().collect();
    let mut shards = KeyedShards::default();
    let mut before = "";
    for chunk in worth.chunks(budgets::dictionary(worth.len())) {
        let first_key = key_between(before, &chunk[0].0);
        let (mut words, mut rarities) = (WordList::default(), String::new());
        for (word, rarity) in chunk {
            words.push(word);
            varint::push(&mut rarities, *rarity);
            before = word;
        }
        shards.push(&first_key, &json!([words.text, rarities]));
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
