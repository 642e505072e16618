//! Bytes of a file → a source.
//!
//! In: bytes and the path to name in complaints. Out: text that is UTF-8, has no byte order mark,
//! ends its lines with LF and holds no control characters.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Location, Source};

/// Bytes of one source file at most.
const SIZE_LIMIT: usize = 8 * 1024 * 1024;
/// Bytes of one line at most.
const LINE_LIMIT: usize = 1024 * 1024;

/// Reads text, or says why the file is none.
pub(super) fn source(
    path: &str,
    bytes: Vec<u8>,
    diagnostics: &mut Diagnostics,
) -> Option<Arc<Source>> {
    match decode(path, bytes) {
        Ok(source) => Some(source),
        Err(problem) => {
            diagnostics.push(*problem);
            None
        }
    }
}

fn decode(path: &str, bytes: Vec<u8>) -> Result<Arc<Source>, Box<Diagnostic>> {
    if bytes.len() > SIZE_LIMIT {
        let message = format!("larger than {} MiB", SIZE_LIMIT / 1024 / 1024);
        return Err(Box::new(
            Diagnostic::error(Code::TooLarge, message)
                .at(Location::start_of(&Source::new(path, "")))
                .hint("split it into several pages"),
        ));
    }
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Box::new(not_utf8(path, error.as_bytes(), at))
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if text.contains('\r') {
        text = text.replace("\r\n", "\n");
    }
    let source = Source::new(path, text);
    characters(&source)?;
    Ok(source)
}

fn not_utf8(path: &str, bytes: &[u8], at: usize) -> Diagnostic {
    let known = Source::new(path, String::from_utf8_lossy(&bytes[..at]));
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let message = if utf16 {
        "is UTF-16, not UTF-8".to_owned()
    } else {
        format!("is not UTF-8: byte {at} is 0x{:02x}", bytes[at])
    };
    Diagnostic::error(Code::NotUtf8, message)
        .at(Location::new(&known, at..at))
        .hint("save as UTF-8 in your editor")
}

fn characters(source: &Arc<Source>) -> Result<(), Box<Diagnostic>> {
    let text = source.text();
    // Hardly any text holds one: the bytes that could begin one are looked for first.
    let suspect =
        |byte: u8| (byte < b' ' && !matches!(byte, b'\n' | b'\t')) || byte == 0x7f || byte == 0xc2;
    let control = text
        .bytes()
        .any(suspect)
        .then(|| {
            text.char_indices()
                .find(|(_, character)| character.is_control() && !matches!(character, '\n' | '\t'))
        })
        .flatten();
    if let Some((at, character)) = control {
        return Err(Box::new(
            Diagnostic::error(
                Code::ControlCharacter,
                format!(
                    "control character U+{:04X} at byte {at}",
                    u32::from(character)
                ),
            )
            .at(Location::new(source, at..at + character.len_utf8()))
            .hint("delete it; if the file looks garbled, save as UTF-8"),
        ));
    }
    if text.len() <= LINE_LIMIT {
        return Ok(());
    }
    let mut start = 0;
    for line in text.split('\n') {
        if line.len() > LINE_LIMIT {
            return Err(Box::new(
                Diagnostic::error(
                    Code::TooLarge,
                    format!("a line longer than {} MiB", LINE_LIMIT / 1024 / 1024),
                )
                .at(Location::new(source, start..start))
                .hint("break it into several lines"),
            ));
        }
        start += line.len() + 1;
    }
    Ok(())
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
    fn what_is_not_text_is_told_with_its_place() {
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
