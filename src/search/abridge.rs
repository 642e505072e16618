//! A section's text → what of it the index holds for showing results.
//!
//! In: the text, and how rare each word is. Out: the whole of a short text; of a long one its first
//! passage and those that hold most of its rare words, since these are what readers look for there.
//! Every word still finds the section: only what can be shown of it is shorter.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::vocabulary::Rarities;
use super::words::{TokenKind, words};

/// Letters a text may have: twice what a result shows.
const LONGEST: usize = 480;
/// Letters a passage may have.
const PASSAGE: usize = 160;
/// Letters a passage has where a sentence or line ends soon enough: shorter ones are shreds.
const SHRED: usize = 48;
/// Passages looked at: no section is read for longer, however it was written.
const MOST_PASSAGES: usize = 60;
/// Letters of a short word and the space behind it.
const SHORT_WORD: usize = 4;
/// Stands for what is left out.
const GAP: &str = " … ";

/// Shortens a text.
pub(super) fn abridge<'t>(text: &'t str, rarities: &Rarities<'_>) -> Cow<'t, str> {
    if text.len() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let mut passages: Vec<Passage> = passages(text)
        .take(MOST_PASSAGES)
        .map(|text| Passage::new(text, rarities))
        .collect();
    let chosen = choose(&mut passages);
    Cow::Owned(join(&passages, &chosen))
}

struct Passage<'t> {
    text: &'t str,
    /// Stems it tells of that are not yet told, and their rarity.
    words: Vec<(u32, u32)>,
}

impl<'t> Passage<'t> {
    fn new(text: &'t str, rarities: &Rarities<'_>) -> Self {
        let mut found = Vec::with_capacity(text.len() / SHORT_WORD);
        words(text, |word, part| {
            if part != TokenKind::Compound {
                found.extend(rarities.get(word));
            }
        });
        found.sort_unstable();
        found.dedup();
        Self { text, words: found }
    }

    /// Takes out what is told already; both are in order.
    fn leave_out(&mut self, told: &[(u32, u32)]) {
        let mut told = told.iter().peekable();
        self.words.retain(|word| {
            while told.next_if(|other| *other < word).is_some() {}
            told.peek() != Some(&word)
        });
    }

    /// How much it tells that is not yet told, for its length.
    fn gain(&self) -> usize {
        let rarities: usize = self.words.iter().map(|(_, rarity)| *rarity as usize).sum();
        rarities * 1000 / self.room()
    }

    /// The room it takes.
    fn room(&self) -> usize {
        self.text.len() + GAP.len()
    }
}

/// The first passage, then the most telling ones as long as there is room.
fn choose(passages: &mut [Passage]) -> BTreeSet<usize> {
    let mut chosen = BTreeSet::new();
    let mut room = LONGEST;
    let mut open: Vec<usize> = (1..passages.len()).collect();
    let mut next = (!passages.is_empty()).then_some(0);
    while let Some(at) = next {
        chosen.insert(at);
        room = room.saturating_sub(passages[at].room());
        open.retain(|other| *other != at && passages[*other].text.len() <= room);
        let told = std::mem::take(&mut passages[at].words);
        for other in &open {
            passages[*other].leave_out(&told);
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

/// What a line was told apart by from the next is not needed before a gap.
fn push_gap(text: &mut String, gap: &str) {
    if gap != " " && text.ends_with(';') {
        text.pop();
    }
    text.push_str(gap);
}

/// Sentences and lines; long ones in parts.
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

/// Where the first passage ends: behind a sentence or line, else at the last space within its length.
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

/// Where the first sentence or line ends that makes more than a shred; else where the last one does.
/// Every long text goes through here: its bytes tell it quickest.
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
        if end >= SHRED {
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
        let filler = "Often said things. ".repeat(20);
        let text = format!("Said first.\n{filler}The embargo ends.\n{filler}A quarantine begins.");
        let short = abridge(&text, &known);
        let expected = "Said first.\nOften said things. Often said things. … The embargo ends.\n\
            Often said things. Often said things. … A quarantine begins.";
        assert_eq!(short, expected);
    }

    #[test]
    fn short_texts_stay_as_they_are() {
        assert_eq!(abridge("One\n two.", &rarities(&[])), "One\n two.");
    }

    proptest! {
        #[test]
        fn any_text_gets_short(text in "([a-c€]{0,9}[ .?\n。]){0,300}") {
            let short = abridge(&text, &rarities(&["a", "b", "ab"]));
            prop_assert!(short.len() <= LONGEST + 2 * GAP.len(), "{}", short.len());
        }
    }
}
