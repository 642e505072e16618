//! Texts as the rules read them, and the offsets that what remains had in the original.
//!
//! The scanner and the review read a cleaned text and report where in the original they found something.
//! `js/lib/visible.js` has the same for the page, which also writes cleaned answers into requests.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::invisible::{is_hidden, is_invisible};

/// How long a run of letters and digits after a line break is, at least, to be the rest of a token.
const REST_OF_TOKEN: usize = 8;

/// What remains of a text, with the original range of each of its bytes.
#[derive(Debug, Clone)]
pub(super) struct OffsetMap {
    pub(super) text: String,
    ranges: Vec<Range<usize>>,
    length: usize,
}

/// NFKC, with one kind of space, one kind of line break and nothing hidden.
pub fn cleaned(text: &str) -> String {
    OffsetMap::cleaned(text).text
}

impl OffsetMap {
    /// Cleans a text, one character with its combining marks at a time.
    pub(super) fn cleaned(text: &str) -> Self {
        let mut map = Self {
            text: String::with_capacity(text.len()),
            ranges: Vec::with_capacity(text.len()),
            length: text.len(),
        };
        let mut from = 0;
        while from < text.len() {
            // Nearly all characters are like this, and stay as they are.
            let plain = plain_length(&text[from..]);
            map.text.push_str(&text[from..from + plain]);
            map.ranges.extend((from..from + plain).map(|at| at..at + 1));
            from += plain;
            if from == text.len() {
                break;
            }
            let to = from + cluster(&text[from..]);
            map.text.push_str(&cleaned_cluster(&text[from..to]));
            map.ranges.resize(map.text.len(), from..to);
            from = to;
        }
        map
    }

    /// Leaves out ranges of what remains, which are in order and at character boundaries.
    pub(super) fn without(&self, left_out: &[Range<usize>]) -> Self {
        let mut rest = Self {
            text: String::with_capacity(self.text.len()),
            ranges: Vec::with_capacity(self.text.len()),
            length: self.length,
        };
        let mut from = 0;
        let end = self.text.len()..self.text.len();
        for gap in left_out.iter().chain([&end]) {
            rest.text.push_str(&self.text[from..gap.start]);
            rest.ranges.extend_from_slice(&self.ranges[from..gap.start]);
            from = gap.end;
        }
        rest
    }

    /// Leaves out line breaks within a token, as terminals put them into long ones.
    pub(super) fn unbroken(&self) -> Self {
        let mut breaks = Vec::new();
        for (at, _) in self.text.match_indices('\n') {
            let rest = &self.text[at + 1..];
            let next = at + 1 + (rest.len() - rest.trim_start_matches(' ').len());
            let before = self.text[..at].trim_end_matches(' ');
            let after_token = before.bytes().next_back().is_some_and(is_token);
            if after_token && continues_token(&self.text[next..]) {
                breaks.push(before.len()..next);
            }
        }
        self.without(&breaks)
    }

    /// The original range of what is at `span` now.
    pub(super) fn original(&self, span: &Range<usize>) -> Range<usize> {
        let range = self.ranges.get(span.start);
        let start = range.map_or(self.length, |range| range.start);
        if span.is_empty() {
            return start..start;
        }
        start..self.ranges[span.end - 1].end
    }
}

/// The length of the ASCII text at the start that needs no cleaning: what follows its last character does not combine
/// with it.
fn plain_length(text: &str) -> usize {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n');
    let length = text.bytes().take_while(is_plain).count();
    if text[length..].starts_with(|next: char| !next.is_ascii()) {
        length.saturating_sub(1)
    } else {
        length
    }
}

/// The length of the first character with the marks that combine with it, and with what is hidden among them.
fn cluster(text: &str) -> usize {
    if text.starts_with("\r\n") {
        return 2;
    }
    let joins = |one: char| is_combining_mark(one) || is_invisible(one);
    let next = text.char_indices().skip(1).find(|(_, one)| !joins(*one));
    next.map_or(text.len(), |(at, _)| at)
}

fn cleaned_cluster(cluster: &str) -> String {
    if cluster.starts_with(['\r', '\n', '\u{2028}', '\u{2029}']) {
        return "\n".to_owned();
    }
    let visible = cluster.chars().filter(|one| !is_hidden(*one));
    let visible: String = visible
        .map(|one| if is_space(one) { ' ' } else { one })
        .collect();
    let normal: String = visible.nfkc().collect();
    // A bare accent would become a space.
    if normal.starts_with(' ') && !visible.starts_with(' ') {
        return visible;
    }
    normal
}

fn is_space(character: char) -> bool {
    matches!(
        character,
        '\t' | ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// Whether a text starts with a run of letters and digits that has both, as no word has.
fn continues_token(text: &str) -> bool {
    let length = text.bytes().take_while(|byte| is_token(*byte)).count();
    let run = &text.as_bytes()[..length];
    length >= REST_OF_TOKEN
        && run.iter().any(u8::is_ascii_digit)
        && run.iter().any(u8::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_map_back_to_the_original() {
        let text = "a\u{200b}b\u{ad}ç d";
        let map = OffsetMap::cleaned(text);
        assert_eq!(map.text, "abç d");
        assert_eq!(&text[map.original(&(1..4))], "b\u{ad}ç");
        assert_eq!(map.original(&(6..6)), text.len()..text.len());
    }

    #[test]
    fn a_cleaned_text_hides_nothing() {
        for (text, expected) in [
            ("ｐｙｐｉ－\u{200b}１２", "pypi-12"),
            ("a\u{a0}b\u{3000}c\td", "a b c d"),
            ("a\r\nb\rc\u{2028}d", "a\nb\nc\nd"),
            ("e\u{200d}\u{301}\u{202e}", "é"),
            ("´x´ ½", "´x´ 1⁄2"),
            ("\u{0}\u{7f}\u{85}", ""),
        ] {
            assert_eq!(cleaned(text), expected, "{text:?}");
        }
    }

    #[test]
    fn only_lines_that_continue_a_token_are_joined() {
        for (text, expected) in [
            ("abc1234\n  5678defg end", "abc12345678defg end"),
            ("my name\nsomething 1234", "my name\nsomething 1234"),
            ("one\r\n12345678\r\nab12cd34", "one\n12345678ab12cd34"),
        ] {
            let map = OffsetMap::cleaned(text).unbroken();
            assert_eq!(map.text, expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_range_has_an_original(text in "[a1\u{200b}é> ﷺ\u{301}#\r\n]{0,40}") {
            let cleaned = OffsetMap::cleaned(&text);
            for map in [cleaned.unbroken(), cleaned] {
                let original = map.original(&(0..map.text.len()));
                proptest::prop_assert!(text.get(original).is_some());
            }
        }
    }
}
