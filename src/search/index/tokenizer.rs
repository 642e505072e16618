//! Text → the words that search compares, with case, accents and width folded away.
//!
//! In: any text. Out: words in order, each with its [`TokenKind`]. The rules are the same for every language.
//! `themes/default/js/search/query/tokenizer.js` does the same in the browser; `tests/vectors/normalize.json` keeps
//! the two in step.

use crate::invisible::is_invisible;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The most characters of a word: nobody types a whole digest or key.
const MAX_LENGTH: usize = 40;

/// What a token is within the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A whole word.
    Word,
    /// A part of a compound such as `second-factor`, or two neighboring characters of a script without spaces
    /// between words.
    Part,
    /// The parts of a compound joined (`secondfactor`), after the parts.
    Compound,
}

/// Calls `found` for each word of `text`, in order, with where it or its compound starts.
pub(super) fn tokenize(text: &str, mut found: impl FnMut(&str, TokenKind, usize)) {
    let mut buffers = Buffers::default();
    let mut rest = text;
    while let Some(start) = word_start(rest) {
        rest = &rest[start..];
        let at = text.len() - rest.len();
        let mut found = |word: &str, kind: TokenKind| found(word, kind, at);
        let plain = plain_length(rest);
        let (word, after) = rest.split_at(plain.unwrap_or_else(|| compound_length(rest)));
        match plain {
            Some(_) => buffers.plain(word, &mut found),
            None => buffers.compound(word, &mut found),
        }
        rest = after;
    }
}

/// The same as a list.
#[cfg(test)]
pub(super) fn tokens(text: &str) -> Vec<(String, TokenKind)> {
    let mut all = Vec::new();
    tokenize(text, |word, kind, _| all.push((word.to_owned(), kind)));
    all
}

/// The number of words of `text` that are not `stop_words`, which are sorted.
pub(super) fn word_count(text: &str, stop_words: &[String]) -> u32 {
    let mut count = 0;
    tokenize(text, |word, kind, _| {
        let stop = stop_words.binary_search_by(|stop| stop.as_str().cmp(word));
        count += u32::from(kind != TokenKind::Compound && stop.is_err());
    });
    count
}

/// The start of the next word. Searches bytes, because most text is ASCII.
fn word_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let at = bytes
        .iter()
        .position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
    if bytes[at].is_ascii() {
        return Some(at);
    }
    text[at..].find(is_word_char).map(|more| at + more)
}

/// The length of a word of ASCII letters and digits that is not part of a compound: nearly all words are, and
/// they need no folding of characters.
fn plain_length(text: &str) -> Option<usize> {
    let mut rest = text.bytes();
    let end = rest.position(|byte| !byte.is_ascii_alphanumeric());
    let end = end.unwrap_or(text.len());
    let next = text.as_bytes().get(end).copied();
    let alone = next.is_none_or(|next| next.is_ascii() && !is_joiner(char::from(next)));
    (end > 0 && alone).then_some(end)
}

/// The length of a word, or of words joined by hyphens, dots and underscores.
fn compound_length(text: &str) -> usize {
    let plain = text.as_bytes().iter();
    let mut end = plain
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    let mut joiner = false;
    let start = end;
    for (at, letter) in text[start..].char_indices() {
        let at = start + at;
        if is_word_char(letter) {
            joiner = false;
            end = at + letter.len_utf8();
        } else if joiner || !is_joiner(letter) {
            break;
        } else {
            joiner = true;
        }
    }
    end
}

/// Reused, so that a word needs no allocation.
#[derive(Default)]
struct Buffers {
    part: String,
    joined: String,
}

impl Buffers {
    fn plain(&mut self, text: &str, found: &mut impl FnMut(&str, TokenKind)) {
        self.part.clear();
        self.part.push_str(text);
        self.part.make_ascii_lowercase();
        found(cut(&self.part), TokenKind::Word);
    }

    fn compound(&mut self, text: &str, found: &mut impl FnMut(&str, TokenKind)) {
        if !text.contains(is_joiner) {
            self.part.clear();
            fold(text, &mut self.part);
            emit(&self.part, TokenKind::Word, found);
            return;
        }
        self.joined.clear();
        for part in text.split(is_joiner) {
            self.part.clear();
            fold(part, &mut self.part);
            self.joined.push_str(&self.part);
            emit(&self.part, TokenKind::Part, found);
        }
        if !self.joined.chars().any(is_unspaced) && !self.joined.is_empty() {
            found(cut(&self.joined), TokenKind::Compound);
        }
    }
}

/// Emits a folded word, in pairs of characters if its script has no spaces between words.
fn emit(word: &str, kind: TokenKind, found: &mut impl FnMut(&str, TokenKind)) {
    if word.is_ascii() || !word.chars().any(is_unspaced) {
        if !word.is_empty() {
            found(cut(word), kind);
        }
        return;
    }
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let unspaced = is_unspaced(first);
        let end = rest
            .find(|letter| is_unspaced(letter) != unspaced)
            .unwrap_or(rest.len());
        if unspaced {
            pairs(&rest[..end], found);
        } else {
            found(cut(&rest[..end]), TokenKind::Part);
        }
        rest = &rest[end..];
    }
}

fn pairs(run: &str, found: &mut impl FnMut(&str, TokenKind)) {
    let mut ends: Vec<usize> = run.char_indices().map(|(at, _)| at).collect();
    ends.push(run.len());
    for pair in ends.windows(3.min(ends.len())) {
        found(&run[pair[0]..pair[pair.len() - 1]], TokenKind::Part);
    }
}

fn cut(word: &str) -> &str {
    if word.len() <= MAX_LENGTH {
        return word;
    }
    let end = word.char_indices().nth(MAX_LENGTH).map(|(at, _)| at);
    &word[..end.unwrap_or(word.len())]
}

/// Folds word characters: compatibility forms of width and ligatures, no accents, lower case, and some
/// letters spelled out.
fn fold(run: &str, into: &mut String) {
    if run.is_ascii() {
        let start = into.len();
        into.push_str(run);
        into[start..].make_ascii_lowercase();
        return;
    }
    let plain = run
        .nfkd()
        .filter(|letter| !is_dropped(*letter))
        .flat_map(char::to_lowercase)
        .filter(|letter| is_word_char(*letter));
    for letter in plain.nfc() {
        match spelled_out(letter) {
            Some(letters) => into.push_str(letters),
            None => into.push(letter),
        }
    }
}

fn spelled_out(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ħ' => "h",
        'ł' => "l",
        'ŧ' => "t",
        'þ' => "th",
        'ı' => "i",
        'ς' => "σ",
        'ى' => "ي",
        'ة' => "ه",
        _ => return None,
    })
}

/// Letters, digits, marks, and invisible characters that may be inside a word.
fn is_word_char(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric();
    }
    letter.is_alphanumeric() || is_combining_mark(letter) || is_invisible(letter)
}

fn is_joiner(letter: char) -> bool {
    matches!(letter, '-' | '_' | '.' | '\u{2010}' | '\u{2011}')
}

/// Accents of Latin, Greek and Cyrillic letters, Hebrew points, and Arabic vowel signs, hamza and tatweel:
/// people leave them out when they type.
fn is_dropped(letter: char) -> bool {
    matches!(
        letter,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{655}' | '\u{670}'
    ) || is_invisible(letter)
}

/// Scripts written without spaces between words, and Korean, which attaches endings to words.
fn is_unspaced(letter: char) -> bool {
    matches!(
        letter,
        '\u{e00}'..='\u{eff}'
            | '\u{1000}'..='\u{109f}'
            | '\u{1100}'..='\u{11ff}'
            | '\u{1780}'..='\u{17ff}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3040}'..='\u{30ff}'
            | '\u{31f0}'..='\u{31ff}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Vector {
        text: String,
        words: Vec<(String, String)>,
    }

    #[test]
    fn the_shared_vectors_hold() {
        let vectors: Vec<Vector> =
            serde_json::from_str(include_str!("../../../tests/vectors/normalize.json"))
                .expect("the vectors are JSON");
        for vector in vectors {
            let found: Vec<_> = tokens(&vector.text)
                .into_iter()
                .map(|(word, kind)| (word, format!("{kind:?}").to_lowercase()))
                .collect();
            assert_eq!(found, vector.words, "{:?}", vector.text);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,24}") {
            // A compound may fold differently as a whole, because a mark at the start of a part can move.
            let words = tokens(&text).into_iter().filter(|(_, kind)| *kind != TokenKind::Compound);
            for (word, _) in words {
                let again: Vec<_> = tokens(&word).into_iter().filter(|(_, kind)| *kind != TokenKind::Compound).collect();
                prop_assert_eq!(again.len(), 1, "{:?}", &word);
                prop_assert_eq!(&again[0].0, &word);
            }
        }

        #[test]
        fn every_text_can_be_tokenized(text in any::<String>()) {
            tokenize(&text, |word, _, _| assert!(!word.is_empty() && word.chars().count() <= MAX_LENGTH));
        }
    }
}
