//! The bytes of a file → text that is UTF-8, has no byte order mark, ends its lines with LF and has no control
//! characters.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Location, Source};

const MIB: usize = 1024 * 1024;
/// The most bytes of one source file.
pub(super) const SIZE_LIMIT: usize = 8 * MIB;
/// The most bytes of one line.
const LINE_LIMIT: usize = MIB;
/// How many bytes are searched for control characters at once.
const PART: usize = 64;

/// Reads text, or reports why the file is not text.
pub(super) fn source(
    path: &str,
    bytes: Vec<u8>,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<Source>> {
    let source = decode(path, bytes).and_then(checked);
    source.map_err(|problem| diagnostics.push(problem)).ok()
}

fn decode(path: &str, bytes: Vec<u8>) -> Result<Arc<Source>, Diagnostic> {
    if bytes.len() > SIZE_LIMIT {
        let problem = Diagnostic::error(
            Code::TooLarge,
            format!("larger than {} MiB", SIZE_LIMIT / MIB),
        );
        return Err(problem
            .at(Location::start_of(&Source::new(path, "")))
            .hint("split it into several pages"));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        not_utf8(path, error.as_bytes(), at)
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if text.contains('\r') {
        text = text.replace("\r\n", "\n");
    }
    Ok(Source::new(path, text))
}

fn not_utf8(path: &str, bytes: &[u8], at: usize) -> Diagnostic {
    let valid = Source::new(path, String::from_utf8_lossy(&bytes[..at]));
    let message = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        "is UTF-16, not UTF-8".to_owned()
    } else {
        format!("is not UTF-8: byte {at} is 0x{:02x}", bytes[at])
    };
    Diagnostic::error(Code::NotUtf8, message)
        .at(Location::new(&valid, at..at))
        .hint("save as UTF-8 in your editor")
}

fn checked(source: Arc<Source>) -> Result<Arc<Source>, Diagnostic> {
    let text = source.text();
    // Few texts have a byte that a control character could begin with, so few are decoded. Without an early end, several
    // bytes are compared at once.
    let may_begin_one =
        |byte: u8| (byte < b' ' && !matches!(byte, b'\n' | b'\t')) || matches!(byte, 0x7f | 0xc2);
    let may_have_one = |part: &[u8]| {
        part.iter()
            .fold(false, |any, byte| any | may_begin_one(*byte))
    };
    let mut parts = text.as_bytes().chunks(PART);
    let from = parts
        .position(may_have_one)
        .map_or(text.len(), |part| part * PART);
    let from = text.floor_char_boundary(from);
    let mut rest = text[from..].char_indices();
    if let Some((at, c)) = rest.find(|(_, c)| c.is_control() && !"\n\t".contains(*c)) {
        let at = from + at;
        let message = format!("control character U+{:04X} at byte {at}", u32::from(c));
        return Err(Diagnostic::error(Code::ControlCharacter, message)
            .at(Location::new(&source, at..at + c.len_utf8()))
            .hint("delete it; if the file looks garbled, save as UTF-8"));
    }
    if text.len() <= LINE_LIMIT {
        return Ok(source);
    }
    let mut start = 0;
    for line in text.split('\n') {
        if line.len() > LINE_LIMIT {
            let message = format!("a line longer than {} MiB", LINE_LIMIT / MIB);
            return Err(Diagnostic::error(Code::TooLarge, message)
                .at(Location::new(&source, start..start))
                .hint("break it into several lines"));
        }
        start += line.len() + 1;
    }
    Ok(source)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::short;

    #[test]
    fn marks_and_line_ends_of_other_systems_change_nothing() {
        let mut diagnostics = Diagnostics::default();
        let plain = source("a.md", b"a\nb\n".to_vec(), &mut diagnostics);
        assert_eq!(
            source("a.md", b"\xef\xbb\xbfa\r\nb\r\n".to_vec(), &mut diagnostics),
            plain
        );
        assert!(diagnostics.is_empty());
    }

    #[test]
    fn what_is_not_text_is_reported_at_its_location() {
        let cases: [(&[u8], &str); 4] = [
            (
                b"ab\n\xffc",
                "a.md:2:1: not-utf8: is not UTF-8: byte 3 is 0xff\nhint: save as UTF-8 in your editor\n",
            ),
            (
                b"\xff\xfea\0",
                "a.md:1:1: not-utf8: is UTF-16, not UTF-8\nhint: save as UTF-8 in your editor\n",
            ),
            (
                b"a\0b",
                "a.md:1:2: control-character: control character U+0000 at byte 1\nhint: delete it; if the file looks garbled, save as UTF-8\n",
            ),
            (
                b"a\rb",
                "a.md:1:2: control-character: control character U+000D at byte 1\nhint: delete it; if the file looks garbled, save as UTF-8\n",
            ),
        ];
        for (bytes, expected) in cases {
            let mut diagnostics = Diagnostics::default();
            assert_eq!(source("a.md", bytes.to_vec(), &mut diagnostics), None);
            assert_eq!(short(&diagnostics), expected);
        }
    }
}
