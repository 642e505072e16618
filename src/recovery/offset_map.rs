//! A text as it is looked at: without what must not hide anything in it.
//!
//! In: a text and which bytes count. Out: the rest, and for each stretch of it the stretch of the text it came
//! from. The browser does the same in `js/lib/secrets.js` and `js/lib/submitted.js`.

use std::ops::Range;

use crate::invisible::is_hidden;

/// Letters and digits behind a line break that go on with what stands before it, at least.
const GOES_ON: usize = 8;

/// A part of a text, with where each byte of it stood.
#[derive(Debug, Clone)]
pub(super) struct View {
    pub(super) text: String,
    at: Vec<usize>,
}

impl View {
    /// What `left_out` does not cover; ranges in order, at the borders of characters.
    fn without(text: &str, left_out: &[Range<usize>]) -> Self {
        let mut view = Self {
            text: String::with_capacity(text.len()),
            at: Vec::with_capacity(text.len()),
        };
        let mut from = 0;
        let end = text.len()..text.len();
        for gap in left_out.iter().chain([&end]) {
            view.text.push_str(&text[from..gap.start]);
            view.at.extend(from..gap.start);
            from = gap.end;
        }
        view
    }

    /// Without signs that nobody sees.
    pub(super) fn seen(text: &str) -> Self {
        let signs = text.char_indices().filter(|(_, sign)| is_hidden(*sign));
        let signs: Vec<_> = signs.map(|(at, sign)| at..at + sign.len_utf8()).collect();
        Self::without(text, &signs)
    }

    /// The same, and without line breaks within a run of letters and digits that goes on behind them, as long
    /// tokens do where a terminal has cut them.
    pub(super) fn unbroken(text: &str) -> Self {
        let seen = Self::seen(text);
        let mut breaks = Vec::new();
        for (at, _) in seen.text.match_indices('\n') {
            let rest = &seen.text[at + 1..];
            let next = at + 1 + (rest.len() - rest.trim_start_matches([' ', '\t']).len());
            let before = seen.text[..at].trim_end_matches([' ', '\t', '\r']);
            if before.bytes().next_back().is_some_and(is_token) && goes_on(&seen.text[next..]) {
                breaks.push(before.len()..next);
            }
        }
        let unbroken = Self::without(&seen.text, &breaks);
        Self {
            at: unbroken.at.iter().map(|at| seen.at[*at]).collect(),
            text: unbroken.text,
        }
    }

    /// Without the signs mail puts before quoted lines, where the request itself is quoted.
    pub(super) fn unquoted(text: &str) -> Self {
        let headings = |quoted: bool| {
            let lines = text.lines().map(str::trim_start);
            let mut of = lines.filter(|line| line.starts_with('>') == quoted);
            of.any(|line| line[quote(line)..].starts_with("### "))
        };
        let mut marks = Vec::new();
        let mut at = 0;
        if headings(true) && !headings(false) {
            for line in text.split_inclusive('\n') {
                marks.push(at..at + quote(line));
                at += line.len();
            }
        }
        Self::without(text, &marks)
    }

    /// Where a stretch of it stood in the text.
    pub(super) fn location(&self, span: &Range<usize>) -> Range<usize> {
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

/// A run with both letters and digits, as no word is.
fn goes_on(text: &str) -> bool {
    let length = text.bytes().take_while(|byte| is_token(*byte)).count();
    let run = &text.as_bytes()[..length];
    length >= GOES_ON
        && run.iter().any(u8::is_ascii_digit)
        && run.iter().any(u8::is_ascii_alphabetic)
}

/// How many bytes of a line are marks of a quote: `> > `.
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
    fn a_view_knows_where_it_came_from() {
        let text = "a\u{200b}b\u{ad}ç d";
        let view = View::seen(text);
        assert_eq!(view.text, "abç d");
        assert_eq!(&text[view.location(&(1..4))], "b\u{ad}ç");
        assert_eq!(view.location(&(6..6)), text.len()..text.len());
    }

    #[test]
    fn only_a_line_that_goes_on_with_a_token_is_joined() {
        for (text, expected) in [
            ("abc1234\n  5678defg end", "abc12345678defg end"),
            ("my name\nsomething 1234", "my name\nsomething 1234"),
            ("one\r\n12345678\r\nab12cd34", "one\r\n12345678ab12cd34"),
        ] {
            assert_eq!(View::unbroken(text).text, expected, "{text}");
        }
    }

    #[test]
    fn quotes_are_taken_off_where_the_request_is_quoted() {
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
            assert_eq!(View::unquoted(text).text, expected, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_stretch_has_a_place(text in "[a1\u{200b}é> #\n]{0,40}") {
            for view in [View::seen(&text), View::unbroken(&text), View::unquoted(&text)] {
                let location = view.location(&(0..view.text.len()));
                proptest::prop_assert!(text.get(location).is_some());
            }
        }
    }
}
