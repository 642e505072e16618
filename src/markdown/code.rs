//! Which parts of a text are code.

use std::ops::Range;
use std::panic::catch_unwind;

use pulldown_cmark::{Event, Parser, Tag};

use super::writer::extensions;

/// Code blocks and code within lines, in order; `shift` is added to every place. Nothing for a text
/// the parser fails on, which is told when it is read.
pub fn code(text: &str, shift: usize) -> Vec<Range<usize>> {
    let read = || {
        Parser::new_ext(text, extensions())
            .into_offset_iter()
            .filter(|(event, _)| matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_))))
            .map(|(_, span)| span.start + shift..span.end + shift)
            .collect()
    };
    catch_unwind(read).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_and_spans_are_found() {
        let text = "a `b` c\n\n    d\n\n~~~\ne\n~~~\n";
        let found: Vec<_> = code(text, 0).into_iter().map(|span| &text[span]).collect();
        assert_eq!(found, ["`b`", "d\n", "~~~\ne\n~~~"]);
        let shifted = code("`b`", 7);
        assert_eq!((shifted[0].start, shifted[0].end), (7, 10));
    }
}
