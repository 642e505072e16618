//! The text of a section → what the index keeps of it to cut snippets from.
//!
//! In: the text, and how rare each word is. Out: a short text as it is; of a long one the first passage and
//! those that contain most of its rare words, since these are what readers look for there. Every word
//! still finds the section.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::language::Language;
use super::tokenizer::{TokenKind, tokenize};
use super::vocabulary::Rarities;

/// Bytes to keep of a text: twice what a result shows.
const MAX_LENGTH: usize = 480;
/// The most bytes of a passage.
const PASSAGE: usize = 160;
/// Sentences shorter than this are joined with the next one.
const MIN_PASSAGE: usize = 48;
/// Passages to choose from: what comes after them in a long section is not shown.
const MAX_PASSAGES: usize = 60;
/// Bytes of a short word and the space after it.
const SHORT_WORD: usize = 4;
/// Marks an omission.
const GAP: &str = " … ";

/// Shortens a text.
pub(super) fn shorten<'t>(
    text: &'t str,
    rarities: &Rarities<'_>,
    language: &Language,
) -> Cow<'t, str> {
    if text.len() <= MAX_LENGTH {
        return Cow::Borrowed(text);
    }
    let mut passages: Vec<Passage> = passages(text)
        .take(MAX_PASSAGES)
        .map(|text| Passage::new(text, rarities, language))
        .collect();
    let chosen = choose(&mut passages);
    Cow::Owned(join(&passages, &chosen))
}

struct Passage<'t> {
    text: &'t str,
    /// Its stems that no chosen passage contains yet, and their rarity.
    words: Vec<(u32, u32)>,
}

impl<'t> Passage<'t> {
    fn new(text: &'t str, rarities: &Rarities<'_>, language: &Language) -> Self {
        let mut found = Vec::with_capacity(text.len() / SHORT_WORD);
        tokenize(text, |word, kind| {
            if kind != TokenKind::Compound {
                found.extend(rarities.get(&*language.respell(word)));
            }
        });
        found.sort_unstable();
        found.dedup();
        Self { text, words: found }
    }

    /// Removes the words of a chosen passage; both lists are sorted.
    fn remove(&mut self, chosen: &[(u32, u32)]) {
        let mut chosen = chosen.iter().peekable();
        self.words.retain(|word| {
            while chosen.next_if(|other| *other < word).is_some() {}
            chosen.peek() != Some(&word)
        });
    }

    /// The rarity it adds for its length.
    fn gain(&self) -> usize {
        let rarities: usize = self.words.iter().map(|(_, rarity)| *rarity as usize).sum();
        rarities * 1000 / self.room()
    }

    fn room(&self) -> usize {
        self.text.len() + GAP.len()
    }
}

/// The first passage, then those that add most, as long as there is room.
fn choose(passages: &mut [Passage]) -> BTreeSet<usize> {
    let mut chosen = BTreeSet::new();
    let mut room = MAX_LENGTH;
    let mut open: Vec<usize> = (1..passages.len()).collect();
    let mut next = (!passages.is_empty()).then_some(0);
    while let Some(at) = next {
        chosen.insert(at);
        room = room.saturating_sub(passages[at].room());
        open.retain(|other| *other != at && passages[*other].text.len() <= room);
        let words = std::mem::take(&mut passages[at].words);
        for other in &open {
            passages[*other].remove(&words);
        }
        let gains = open.iter().map(|at| (passages[*at].gain(), *at));
        let best = gains.rev().max_by_key(|(gain, _)| *gain);
        next = best.filter(|(gain, _)| *gain > 0).map(|(_, at)| at);
    }
    chosen
}

fn join(passages: &[Passage], chosen: &BTreeSet<usize>) -> String {
    let mut text = String::new();
    let mut before = None;
    for at in chosen {
        if let Some(before) = before {
            push_gap(&mut text, if before + 1 == *at { " " } else { GAP });
        }
        text.push_str(passages[*at].text);
        before = Some(*at);
    }
    if before.is_some_and(|last| last + 1 < passages.len()) {
        push_gap(&mut text, GAP.trim_end());
    }
    text
}

/// The semicolon that ends a line is not needed before an omission.
fn push_gap(text: &mut String, gap: &str) {
    if gap != " " && text.ends_with(';') {
        text.pop();
    }
    text.push_str(gap);
}

/// Splits a text into sentences and lines, long ones at spaces.
fn passages(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let end = passage_end(rest);
        let (passage, after) = rest.split_at(end);
        rest = after;
        (end > 0).then(|| passage.trim_end())
    })
}

/// The end of the first passage: after a sentence or line, else at the last space within its length.
fn passage_end(text: &str) -> usize {
    let most = text.floor_char_boundary(PASSAGE);
    let window = &text[..most];
    let space = || {
        window
            .rfind(char::is_whitespace)
            .filter(|_| most < text.len())
    };
    sentence_end(window)
        .or_else(space)
        .filter(|end| *end > 0)
        .unwrap_or(most)
}

/// The end of the first sentence or line that is long enough, else of the last one. Searches bytes, because
/// every long text goes through here.
fn sentence_end(text: &str) -> Option<usize> {
    const STOP: &[u8] = "。".as_bytes();
    let bytes = text.as_bytes();
    let ends = |(at, byte): (usize, &u8)| match byte {
        b'\n' => Some(at),
        b'.' | b'?' | b'!' if bytes.get(at + 1) == Some(&b' ') => Some(at + 1),
        lead if *lead == STOP[0] && bytes[at..].starts_with(STOP) => Some(at + STOP.len()),
        _ => None,
    };
    let mut last = None;
    for end in bytes.iter().enumerate().filter_map(ends) {
        last = Some(end);
        if end >= MIN_PASSAGE {
            break;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Common words first: the later in the list, the rarer.
    fn rarities<'w>(list: &[&'w str]) -> Rarities<'w> {
        let words = list.iter().copied().zip(1..);
        words
            .map(|(word, rarity)| (word, (rarity, rarity)))
            .collect()
    }

    #[test]
    fn rare_words_stay_and_repetition_goes() {
        let known = rarities(&["often", "said", "things", "embargo", "quarantine"]);
        let stop_word = "Often said things. ".repeat(20);
        let text =
            format!("Said first.\n{stop_word}The embargo ends.\n{stop_word}A quarantine begins.");
        let short = shorten(&text, &known, &Language::of("en"));
        let expected = "Said first.\nOften said things. Often said things. … The embargo ends.\n\
            Often said things. Often said things. … A quarantine begins.";
        assert_eq!(short, expected);
    }

    #[test]
    fn short_texts_stay_as_they_are() {
        assert_eq!(
            shorten("One\n two.", &rarities(&[]), &Language::of("en")),
            "One\n two."
        );
    }

    proptest! {
        #[test]
        fn any_text_gets_short(text in "([a-c€]{0,9}[ .?\n。]){0,300}") {
            let short = shorten(&text, &rarities(&["a", "b", "ab"]), &Language::of("en"));
            prop_assert!(short.len() <= MAX_LENGTH + 2 * GAP.len(), "{}", short.len());
        }
    }
}
