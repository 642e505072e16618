//! A text without parts of it, and the offsets that what remains had in the whole.
//!
//! The scanner and the review look at texts without hidden characters, quotation marks and line breaks within tokens,
//! and report where in the original they found something. `js/lib/secrets.js` has the same as `without`.

use std::ops::Range;

use crate::invisible::{is_hidden, is_unwanted};

/// How long a run of letters and digits after a line break is, at least, to be the rest of a token.
const REST_OF_TOKEN: usize = 8;

/// What remains of a text, with the original offset of each of its bytes.
#[derive(Debug, Clone)]
pub(super) struct OffsetMap {
    pub(super) text: String,
    at: Vec<usize>,
}

impl OffsetMap {
    /// Leaves out ranges, which are in order and at character boundaries.
    fn without(text: &str, left_out: &[Range<usize>]) -> Self {
        let mut map = Self {
            text: String::with_capacity(text.len()),
            at: Vec::with_capacity(text.len()),
        };
        let mut from = 0;
        let end = text.len()..text.len();
        for gap in left_out.iter().chain([&end]) {
            map.text.push_str(&text[from..gap.start]);
            map.at.extend(from..gap.start);
            from = gap.end;
        }
        map
    }

    fn without_characters(text: &str, left_out: impl Fn(usize, char) -> bool) -> Self {
        let gaps = text.char_indices().filter(|(at, one)| left_out(*at, *one));
        let gaps: Vec<_> = gaps.map(|(at, one)| at..at + one.len_utf8()).collect();
        Self::without(text, &gaps)
    }

    /// Leaves out ranges of what remains.
    fn and_without(self, left_out: &[Range<usize>]) -> Self {
        let rest = Self::without(&self.text, left_out);
        Self {
            at: rest.at.iter().map(|at| self.at[*at]).collect(),
            text: rest.text,
        }
    }

    /// Leaves out hidden characters.
    pub(super) fn visible(text: &str) -> Self {
        Self::without_characters(text, |_, one| is_hidden(one))
    }

    /// Leaves out hidden characters, and line breaks within a token, as terminals put them into long ones.
    pub(super) fn unbroken(text: &str) -> Self {
        let visible = Self::visible(text);
        let mut breaks = Vec::new();
        for (at, _) in visible.text.match_indices('\n') {
            let rest = &visible.text[at + 1..];
            let next = at + 1 + (rest.len() - rest.trim_start_matches([' ', '\t']).len());
            let before = visible.text[..at].trim_end_matches([' ', '\t', '\r']);
            let after_token = before.bytes().next_back().is_some_and(is_token);
            if after_token && continues_token(&visible.text[next..]) {
                breaks.push(before.len()..next);
            }
        }
        visible.and_without(&breaks)
    }

    /// Leaves out unwanted characters, and the marks that email puts before quoted lines if it is the request that
    /// is quoted.
    pub(super) fn unquoted(text: &str) -> Self {
        let readable = Self::without_characters(text, |at, one| is_unwanted(text, at, one));
        let headings = |quoted: bool| {
            let lines = readable.text.lines().map(str::trim_start);
            let mut of = lines.filter(|line| line.starts_with('>') == quoted);
            of.any(|line| line[quote(line)..].starts_with("### "))
        };
        let mut marks = Vec::new();
        let mut at = 0;
        if headings(true) && !headings(false) {
            for line in readable.text.split_inclusive('\n') {
                marks.push(at..at + quote(line));
                at += line.len();
            }
        }
        readable.and_without(&marks)
    }

    /// The original range of what is at `span` now.
    pub(super) fn original(&self, span: &Range<usize>) -> Range<usize> {
        let end = self.at.last().map_or(0, |last| last + 1);
        let start = self.at.get(span.start).copied().unwrap_or(end);
        if span.is_empty() {
            return start..start;
        }
        start..self.at[span.end - 1] + 1
    }
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_'
}

/// Whether a text starts with a run of letters and digits that is no word, since it has both.
fn continues_token(text: &str) -> bool {
    let length = text.bytes().take_while(|byte| is_token(*byte)).count();
    let run = &text.as_bytes()[..length];
    length >= REST_OF_TOKEN
        && run.iter().any(u8::is_ascii_digit)
        && run.iter().any(u8::is_ascii_alphabetic)
}

/// The length of the quotation marks at the start of a line: `> > `.
fn quote(line: &str) -> usize {
    let mut length = 0;
    loop {
        let rest = &line[length..];
        let marks = rest.trim_start_matches(' ');
        let Some(after) = marks.strip_prefix('>') else {
            return length;
        };
        length = line.len() - after.strip_prefix(' ').unwrap_or(after).len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_map_back_to_the_original() {
        let text = "a\u{200b}b\u{ad}ç d";
        let map = OffsetMap::visible(text);
        assert_eq!(map.text, "abç d");
        assert_eq!(&text[map.original(&(1..4))], "b\u{ad}ç");
        assert_eq!(map.original(&(6..6)), text.len()..text.len());
    }

    #[test]
    fn only_lines_that_continue_a_token_are_joined() {
        for (text, expected) in [
            ("abc1234\n  5678defg end", "abc12345678defg end"),
            ("my name\nsomething 1234", "my name\nsomething 1234"),
            ("one\r\n12345678\r\nab12cd34", "one\r\n12345678ab12cd34"),
        ] {
            assert_eq!(OffsetMap::unbroken(text).text, expected, "{text}");
        }
    }

    #[test]
    fn quotation_marks_are_left_out_if_the_request_is_quoted() {
        for (text, expected) in [
            (
                "A wrote:\n> ### Name\n>\n> > x\n",
                "A wrote:\n### Name\n\nx\n",
            ),
            (
                "### Name\n\n> quoted\n> ### not\n",
                "### Name\n\n> quoted\n> ### not\n",
            ),
            ("> nothing", "> nothing"),
        ] {
            assert_eq!(OffsetMap::unquoted(text).text, expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_range_has_an_original(text in "[a1\u{200b}é> #\n]{0,40}") {
            for map in [OffsetMap::visible(&text), OffsetMap::unbroken(&text), OffsetMap::unquoted(&text)] {
                let original = map.original(&(0..map.text.len()));
                proptest::prop_assert!(text.get(original).is_some());
            }
        }
    }
}
