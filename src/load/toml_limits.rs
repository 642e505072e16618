//! What a TOML text may hold before the parser sees it: depth, key length and runs of one sign.
//!
//! In: a stretch of a source. Out: a diagnostic for text that would make a parser recurse without
//! end. A stack overflow cannot be caught, so this looks first. It checks no syntax.

use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Location, Source};

/// Tables in tables; parts of a dotted key.
const DEPTH: usize = 64;
/// Equal signs in a row outside texts and comments; the longest that means anything is six quotes.
const RUN: usize = 256;

/// Walks the bytes once, outside texts and comments.
pub(super) fn check(source: &Arc<Source>, block: Range<usize>) -> Result<(), Diagnostic> {
    let bytes = source.text().as_bytes();
    let (mut at, mut open, mut dots) = (block.start, 0_usize, 0);
    while at < block.end {
        let byte = bytes[at];
        let run = run_length(&bytes[at..block.end]);
        if run > RUN && byte.is_ascii_punctuation() && byte != b'#' {
            let sign = char::from(byte);
            return Err(limit(
                source,
                at,
                format!("more than {RUN} `{sign}` in a row"),
            ));
        }
        match byte {
            b'#' => at = end_of_line(bytes, at, block.end),
            b'"' | b'\'' => at = end_of_text(bytes, at, block.end),
            b'[' | b'{' => (open, dots) = (open + 1, 0),
            b']' | b'}' => open = open.saturating_sub(1),
            b'\n' | b'=' | b',' => dots = 0,
            b'.' => dots += 1,
            _ => {}
        }
        if open > DEPTH {
            return Err(limit(
                source,
                at,
                format!("nested deeper than {DEPTH} levels"),
            ));
        }
        if dots >= DEPTH {
            return Err(limit(
                source,
                at,
                format!("a name of more than {DEPTH} parts"),
            ));
        }
        at += 1;
    }
    Ok(())
}

fn limit(source: &Arc<Source>, at: usize, message: String) -> Diagnostic {
    Diagnostic::error(Code::TomlLimit, message).at(Location::new(source, at..at + 1))
}

fn run_length(bytes: &[u8]) -> usize {
    let limit = bytes.len().min(RUN + 1);
    bytes[..limit]
        .iter()
        .take_while(|byte| **byte == bytes[0])
        .count()
}

/// The last byte before the line's end.
fn end_of_line(bytes: &[u8], from: usize, end: usize) -> usize {
    (from..end)
        .find(|at| bytes[*at] == b'\n')
        .map_or(end, |at| at - 1)
}

/// The last byte of the text in quotes that begins at `from`.
fn end_of_text(bytes: &[u8], from: usize, end: usize) -> usize {
    let quote = bytes[from];
    let long = bytes[from..end].starts_with(&[quote; 3]);
    let mut at = from + if long { 3 } else { 1 };
    while at < end {
        match bytes[at] {
            b'\\' if quote == b'"' => at += 1,
            b'\n' if !long => return at - 1,
            byte if byte == quote && !long => return at,
            byte if byte == quote && bytes[at..end].starts_with(&[quote; 3]) => {
                // Up to two more quotes are the text's own last signs.
                let more = bytes[at + 3..end].iter().take(2);
                return at + 2 + more.take_while(|byte| **byte == quote).count();
            }
            _ => {}
        }
        at += 1;
    }
    end
}
