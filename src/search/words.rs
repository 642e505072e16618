//! Text → the words search compares: case, accents and width folded away.
//!
//! In: any text. Out: words in order, each with its [`TokenKind`]. It knows no stop words and no
//! grammar. `themes/default/js/search/query/tokenizer.js` does the same in the browser;
//! `tests/vectors/normalise.json` holds the two together.

use crate::invisible::is_invisible;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Longer words (digests, keys) are cut: nobody types them whole.
const LONGEST: usize = 40;

/// What a word is within the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// A word of its own.
    Word,
    /// One piece of a compound such as `second-factor`, or a pair of characters of a script that
    /// puts no spaces between words.
    Part,
    /// A compound's pieces run together (`secondfactor`), after the pieces.
    Compound,
}

/// Calls `found` for each word of `text`, in order.
pub fn words(text: &str, mut found: impl FnMut(&str, TokenKind)) {
    let mut buffers = Buffers::default();
    let mut rest = text;
    while let Some(start) = word_start(rest) {
        rest = &rest[start..];
        let plain = plain_length(rest);
        let (word, after) = rest.split_at(plain.unwrap_or_else(|| compound_length(rest)));
        match plain {
            Some(_) => buffers.plain(word, &mut found),
            None => buffers.compound(word, &mut found),
        }
        rest = after;
    }
}

/// The words of `text` as a list.
#[cfg(test)]
pub fn list(text: &str) -> Vec<(String, TokenKind)> {
    let mut all = Vec::new();
    words(text, |word, kind| all.push((word.to_owned(), kind)));
    all
}

/// How many words `text` has but for `fillers`, which are in alphabetical order.
pub(super) fn word_count(text: &str, fillers: &[&str]) -> u32 {
    let mut count = 0;
    words(text, |word, kind| {
        count += u32::from(kind != TokenKind::Compound && fillers.binary_search(&word).is_err());
    });
    count
}

/// Where the next word begins. ASCII is told apart by its bytes: most text is nothing else.
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

/// Bytes of a word of ASCII letters and digits with nothing joined to it: nearly all words are such, and
/// need no look at their letters.
fn plain_length(text: &str) -> Option<usize> {
    let mut rest = text.bytes();
    let end = rest.position(|byte| !byte.is_ascii_alphanumeric());
    let end = end.unwrap_or(text.len());
    let next = text.as_bytes().get(end).copied();
    let alone = next.is_none_or(|next| next.is_ascii() && !is_joiner(char::from(next)));
    (end > 0 && alone).then_some(end)
}

/// Bytes up to where the word, or the words joined by hyphens, dots and underscores, end.
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

/// Kept from word to word, so that a page costs no allocation per word.
#[derive(Default)]
struct Buffers {
    piece: String,
    joined: String,
}

impl Buffers {
    fn plain(&mut self, text: &str, found: &mut impl FnMut(&str, TokenKind)) {
        self.piece.clear();
        self.piece.push_str(text);
        self.piece.make_ascii_lowercase();
        found(cut(&self.piece), TokenKind::Word);
    }

    fn compound(&mut self, text: &str, found: &mut impl FnMut(&str, TokenKind)) {
        if !text.contains(is_joiner) {
            self.piece.clear();
            fold(text, &mut self.piece);
            emit(&self.piece, TokenKind::Word, found);
            return;
        }
        self.joined.clear();
        for piece in text.split(is_joiner) {
            self.piece.clear();
            fold(piece, &mut self.piece);
            self.joined.push_str(&self.piece);
            emit(&self.piece, TokenKind::Part, found);
        }
        if !self.joined.chars().any(is_unspaced) && !self.joined.is_empty() {
            found(cut(&self.joined), TokenKind::Compound);
        }
    }
}

/// One folded word, taken apart where its script puts no spaces between words.
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
    let mut starts = run.char_indices().map(|(at, _)| at).skip(1).peekable();
    if starts.peek().is_none() {
        found(run, TokenKind::Part);
        return;
    }
    let mut from = 0;
    while let Some(next) = starts.next() {
        let end = starts.peek().copied().unwrap_or(run.len());
        found(&run[from..end], TokenKind::Part);
        from = next;
    }
}

fn cut(word: &str) -> &str {
    if word.len() <= LONGEST {
        return word;
    }
    let end = word.char_indices().nth(LONGEST).map(|(at, _)| at);
    &word[..end.unwrap_or(word.len())]
}

/// Folds one run of word characters: width and ligatures by compatibility, accents dropped, small
/// letters, a few letters spelled out.
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

/// Letters, digits, marks, and what may stand invisibly inside a word.
fn is_word_char(letter: char) -> bool {
    if letter.is_ascii() {
        return letter.is_ascii_alphanumeric();
    }
    letter.is_alphanumeric() || is_combining_mark(letter) || is_invisible(letter)
}

fn is_joiner(letter: char) -> bool {
    matches!(letter, '-' | '_' | '.' | '\u{2010}' | '\u{2011}')
}

/// Accents of Latin, Greek and Cyrillic; points of Hebrew; vowel signs, hamza on a letter and the
/// stretching line of Arabic: people leave them out when they type.
fn is_dropped(letter: char) -> bool {
    matches!(
        letter,
        '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{640}' | '\u{64b}'..='\u{655}' | '\u{670}'
    ) || is_invisible(letter)
}

/// Scripts written without spaces between words, and Korean, whose endings cling to the word.
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
            serde_json::from_str(include_str!("../../tests/vectors/normalise.json"))
                .expect("the vectors are JSON");
        for vector in vectors {
            let found: Vec<_> = list(&vector.text)
                .into_iter()
                .map(|(word, kind)| (word, format!("{kind:?}").to_lowercase()))
                .collect();
            assert_eq!(found, vector.words, "{:?}", vector.text);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,24}") {
            // Pieces put together are no text of their own: a mark at the second's start may change places.
            let words = list(&text).into_iter().filter(|(_, kind)| *kind != TokenKind::Compound);
            for (word, _) in words {
                let again: Vec<_> = list(&word).into_iter().filter(|(_, kind)| *kind != TokenKind::Compound).collect();
                prop_assert_eq!(again.len(), 1, "{:?}", &word);
                prop_assert_eq!(&again[0].0, &word);
            }
        }

        #[test]
        fn no_text_is_too_odd(text in any::<String>()) {
            words(&text, |word, _| assert!(!word.is_empty() && word.chars().count() <= LONGEST));
        }
    }
}
