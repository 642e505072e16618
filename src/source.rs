//! The text of one file that an author wrote, and locations in it.
//!
//! In: a path as the author would name it and the file's text. Out: line and column of a byte
//! offset. It reads no files and knows no format.

use std::ops::Range;
use std::sync::Arc;

/// One input file, kept in full so that diagnostics can quote it.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    path: String,
    text: String,
}

impl Source {
    /// `path` is relative to the site's root, with `/` between its parts: `content/index.md`.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            path: path.into(),
            text: text.into(),
        })
    }

    /// The path relative to the site's root, with `/` between its parts.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line and column of a byte offset, both from 1; the column counts characters, as editors do.
    /// An offset past the end or inside a character counts as the nearest one before it.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let offset = self.text.floor_char_boundary(offset);
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        (line, before[line_start..].chars().count() + 1)
    }
}

/// A range of one source, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// The file.
    pub source: Arc<Source>,
    /// Byte offsets into its text.
    pub span: Range<usize>,
}

impl Location {
    /// The range `span` of `source`, limited to its text.
    pub fn new(source: &Arc<Source>, span: Range<usize>) -> Self {
        let start = source.text().floor_char_boundary(span.start);
        let end = source.text().floor_char_boundary(span.end).max(start);
        Self {
            source: Arc::clone(source),
            span: start..end,
        }
    }

    /// The very start of a file: for what is wrong with the file as a whole.
    pub fn start_of(source: &Arc<Source>) -> Self {
        Self::new(source, 0..0)
    }

    /// Line and column of the first character, both from 1.
    pub fn line_column(&self) -> (usize, usize) {
        self.source.line_column(self.span.start)
    }
}

impl From<&Self> for Location {
    fn from(location: &Self) -> Self {
        location.clone()
    }
}

/// A value and where an author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub location: Location,
}

impl<T> Located<T> {
    /// Puts a value and its location together.
    pub fn new(value: T, location: Location) -> Self {
        Self { value, location }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_count_from_one() {
        let source = Source::new("content/a.md", "één\ntwo\n");
        let cases = [
            (0, (1, 1)),
            (2, (1, 2)),
            (6, (2, 1)),
            (9, (2, 4)),
            (99, (3, 1)),
        ];
        for (offset, expected) in cases {
            assert_eq!(source.line_column(offset), expected, "offset {offset}");
        }
    }

    #[test]
    fn an_offset_inside_a_character_is_moved_before_it() {
        let source = Source::new("content/a.md", "é");
        assert_eq!(Location::new(&source, 1..1).span, 0..0);
    }
}
