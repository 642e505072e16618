//! The text of a section → what the index keeps of it to cut snippets from.
//!
//! In: the text, and how rare each word is. Out: a short text as it is; of a long one the first passage and
//! those that contain most of its rare words, since these are what readers look for there. Every word
//! still finds the section.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use super::budgets::MAX_TEXT;

/// The most bytes of a passage.
const PASSAGE: usize = 160;
/// Sentences shorter than this are joined with the next one.
const MIN_PASSAGE: usize = 48;
/// Passages to choose from: what comes after them in a long section is not shown.
const MAX_PASSAGES: usize = 60;
/// Marks an omission.
const GAP: &str = " … ";

/// A line that ends with one of these needs no semicolon.
const PUNCTUATION: &str =
    ".?!:;,\u{2026}\u{3002}\u{ff01}\u{ff1f}\u{ff1a}\u{ff1b}\u{3001}\u{60c}\u{61b}\u{61f}";

/// A stem and its rarity.
pub(super) type RankedStem = (u32, u32);

/// Shortens a text. `stems` are those of each of its [`passages`].
pub(super) fn shorten(
    text: Cow<'_, str>,
    stems: impl Iterator<Item = Vec<RankedStem>>,
) -> Cow<'_, str> {
    if text.len() <= MAX_TEXT {
        return text;
    }
    let passages = passages(&text).zip(stems);
    let mut passages: Vec<_> = passages
        .map(|(span, stems)| Passage::new(&text[span], stems))
        .collect();
    let chosen = choose(&mut passages);
    Cow::Owned(join(&passages, &chosen))
}

struct Passage<'t> {
    text: &'t str,
    /// Its stems that no chosen passage contains yet.
    stems: Vec<RankedStem>,
}

impl<'t> Passage<'t> {
    fn new(text: &'t str, mut stems: Vec<RankedStem>) -> Self {
        stems.sort_unstable();
        stems.dedup();
        Self { text, stems }
    }

    /// Removes the stems of a chosen passage; both lists are sorted.
    fn remove(&mut self, chosen: &[RankedStem]) {
        let mut chosen = chosen.iter().peekable();
        self.stems.retain(|stem| {
            while chosen.next_if(|other| *other < stem).is_some() {}
            chosen.peek() != Some(&stem)
        });
    }

    /// The rarity it adds for its length.
    fn gain(&self) -> usize {
        let rarities: usize = self.stems.iter().map(|(_, rarity)| *rarity as usize).sum();
        rarities * 1000 / self.room()
    }

    fn room(&self) -> usize {
        self.text.len() + GAP.len()
    }
}

/// The first passage, then those that add most, as long as there is room.
fn choose(passages: &mut [Passage]) -> BTreeSet<usize> {
    let mut chosen = BTreeSet::new();
    let mut room = MAX_TEXT;
    let mut open: Vec<usize> = (1..passages.len()).collect();
    let mut next = (!passages.is_empty()).then_some(0);
    while let Some(at) = next {
        chosen.insert(at);
        room = room.saturating_sub(passages[at].room());
        open.retain(|other| *other != at && passages[*other].text.len() <= room);
        let stems = std::mem::take(&mut passages[at].stems);
        for other in &open {
            passages[*other].remove(&stems);
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

/// Ends lines without punctuation with a semicolon, because results show items of lists and cells of tables
/// one after another.
pub(super) fn separate_lines(text: &str) -> Cow<'_, str> {
    let text = text.trim_end();
    let bare = |line: &str| {
        line.trim_end()
            .ends_with(|last| !PUNCTUATION.contains(last))
    };
    let (lines, last) = text.rsplit_once('\n').unwrap_or(("", text));
    if !lines.lines().any(bare) {
        return Cow::Borrowed(text);
    }
    let mut marked = String::with_capacity(text.len() + 16);
    for line in lines.lines() {
        marked.push_str(line.trim_end());
        marked.push_str(if bare(line) { ";\n" } else { "\n" });
    }
    marked.push_str(last);
    Cow::Owned(marked)
}

/// The sentences and lines of a text that may be shown, split at spaces if they are long. None of a short text,
/// which is shown as it is.
pub(super) fn passages(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    let passages = std::iter::from_fn(move || {
        at = text.len() - text[at..].trim_start().len();
        let start = at;
        at += passage_end(&text[start..]);
        (at > start).then(|| start..start + text[start..at].trim_end().len())
    });
    let most = if text.len() > MAX_TEXT {
        MAX_PASSAGES
    } else {
        0
    };
    passages.take(most)
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
    let end = |at: usize| match bytes[at] {
        b'\n' => Some(at),
        b'.' | b'?' | b'!' if bytes.get(at + 1) == Some(&b' ') => Some(at + 1),
        lead if lead == STOP[0] && bytes[at..].starts_with(STOP) => Some(at + STOP.len()),
        _ => None,
    };
    let mut ends = (MIN_PASSAGE - STOP.len()..bytes.len()).filter_map(end);
    let long_enough = ends.find(|end| *end >= MIN_PASSAGE);
    long_enough.or_else(|| (0..bytes.len().min(MIN_PASSAGE)).rev().find_map(end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Shortens a text of `words`, the later of which are the rarer.
    fn shortened(text: &str, words: &[&str]) -> String {
        let rank = |word: &str| {
            let at = words.iter().position(|other| *other == word)?;
            let rank = u32::try_from(at).expect("a small number") + 1;
            Some((rank, rank))
        };
        let stems = |span: Range<usize>| {
            let lower = text[span].to_lowercase();
            let words = lower.split(|sign: char| !sign.is_alphanumeric());
            words.filter_map(rank).collect()
        };
        shorten(Cow::Borrowed(text), passages(text).map(stems)).into_owned()
    }

    #[test]
    fn rare_words_stay_and_repetition_goes() {
        let known = ["often", "said", "things", "embargo", "quarantine"];
        let stop_word = "Often said things. ".repeat(20);
        let text =
            format!("Said first.\n{stop_word}The embargo ends.\n{stop_word}A quarantine begins.");
        let expected = "Said first.\nOften said things. Often said things. … The embargo ends.\n\
            Often said things. Often said things. … A quarantine begins.";
        assert_eq!(shortened(&text, &known), expected);
    }

    #[test]
    fn short_texts_stay_as_they_are() {
        assert_eq!(shortened("One\n two.", &[]), "One\n two.");
    }

    #[test]
    fn lines_are_separated() {
        for (text, expected) in [
            ("One.\nTwo?\nthree", "One.\nTwo?\nthree"),
            (
                "a login\na mailbox \nan hour\n",
                "a login;\na mailbox;\nan hour",
            ),
            ("Cell\n\nText.", "Cell;\nText."),
            (
                "\u{7d42}\u{308f}\u{308a}\u{3002}\n\u{6b21}",
                "\u{7d42}\u{308f}\u{308a}\u{3002}\n\u{6b21}",
            ),
            ("", ""),
        ] {
            assert_eq!(separate_lines(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_gets_short(text in "([a-c€]{0,9}[ .?\n。]){0,300}") {
            let short = shortened(&text, &["a", "b", "ab"]);
            prop_assert!(short.len() <= MAX_TEXT + 2 * GAP.len(), "{}", short.len());
        }
    }
}
