//! What every match of a pattern contains: a quick test before the slow one.
//!
//! In: a pattern. Out: its [`Shape`]. Secrets have long runs of letters and digits, which ordinary text lacks, so
//! hardly any text is compared with the pattern itself.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind};

/// With more cases than this, the test would take too long.
const MAX_CASES: usize = 8;

/// What every match of a pattern has.
#[derive(Debug, Clone, Default)]
pub(super) struct Shape {
    /// Its length in bytes, at least.
    length: usize,
    part: Part,
}

/// What a part of a pattern needs.
#[derive(Debug, Clone)]
enum Part {
    Run(Run),
    All(Vec<Part>),
    Any(Vec<Part>),
}

/// So many bytes of a class in a row.
#[derive(Debug, Clone)]
struct Run {
    class: Box<[bool; 256]>,
    length: usize,
}

impl Default for Part {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

impl Shape {
    pub(super) fn of(pattern: &str, ignore_case: bool) -> Self {
        let mut parser = ParserBuilder::new().case_insensitive(ignore_case).build();
        // A pattern that cannot be read matches nothing, so it may have any shape.
        parser.parse(pattern).map_or_else(
            |_| Self::default(),
            |parsed| Self {
                length: parsed.properties().minimum_len().unwrap_or_default(),
                part: Part::of(&parsed),
            },
        )
    }

    /// Whether a text may contain a match.
    pub(super) fn may_match(&self, text: &str) -> bool {
        text.len() >= self.length && self.part.is_in(text.as_bytes())
    }
}

impl Part {
    fn of(pattern: &Hir) -> Self {
        match pattern.kind() {
            HirKind::Literal(text) => {
                let first = text.0[0];
                Self::Run(Run::of(|byte| byte == first, 1))
            }
            HirKind::Concat(parts) => Self::All(parts.iter().map(Self::of).collect()),
            HirKind::Alternation(cases) if cases.len() <= MAX_CASES => {
                Self::Any(cases.iter().map(Self::of).collect())
            }
            HirKind::Capture(group) => Self::of(&group.sub),
            HirKind::Repetition(all) if all.min > 0 => match all.sub.kind() {
                HirKind::Class(class) => Self::Run(Run::of_class(class, all.min)),
                _ => Self::of(&all.sub),
            },
            _ => Self::default(),
        }
    }

    fn is_in(&self, text: &[u8]) -> bool {
        match self {
            Self::Run(run) => run.is_in(text),
            Self::All(parts) => parts.iter().all(|part| part.is_in(text)),
            Self::Any(cases) => cases.iter().any(|case| case.is_in(text)),
        }
    }
}

impl Run {
    fn of(is_in: impl Fn(u8) -> bool, length: u32) -> Self {
        let mut class = Box::new([false; 256]);
        for (byte, has_it) in (0..=255).zip(class.iter_mut()) {
            *has_it = is_in(byte);
        }
        Self {
            class,
            length: length as usize,
        }
    }

    fn of_class(class: &Class, length: u32) -> Self {
        let ranges: Vec<(u32, u32)> = match class {
            Class::Unicode(class) => class
                .iter()
                .map(|range| (range.start().into(), range.end().into()))
                .collect(),
            Class::Bytes(class) => class
                .iter()
                .map(|range| (range.start().into(), range.end().into()))
                .collect(),
        };
        // Any other character than those of ASCII may have any of the other bytes.
        let is_in = |byte: u8, (start, end): (u32, u32)| {
            (start..=end).contains(&u32::from(byte)) || (!byte.is_ascii() && end > 127)
        };
        Self::of(
            |byte| ranges.iter().any(|range| is_in(byte, *range)),
            length,
        )
    }

    fn is_in(&self, text: &[u8]) -> bool {
        let mut length = 0;
        text.iter().any(|byte| {
            length = if self.class[usize::from(*byte)] {
                length + 1
            } else {
                0
            };
            length >= self.length
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_the_runs_of_a_match_is_ruled_out() {
        for (pattern, ignore_case, text, expected) in [
            ("[0-9]{4}", false, "id 123 45", false),
            ("[0-9]{4}", false, "id 1234", true),
            ("k-[A-Z]{3}", false, "k-abc", false),
            ("k-[A-Z]{3}", true, "k-abc", true),
            ("[a-z]{2}|([0-9]{2}x)", false, "ab", true),
            ("[a-z]{2}|([0-9]{2}x)", false, "a 12x", true),
            ("[a-z]{2}|([0-9]{2}x)", false, "A 1 2", false),
            ("(?:[a-z]{3} ){2}x?", false, "abc de f", true),
            ("(?:[a-z]{3} ){2}x?", false, "abc de", false),
            ("a[0-9]{2}|[0-9]{3}(?: [0-9]{3})+", false, "b 1 23", false),
            ("a[0-9]{2}|[0-9]{3}(?: [0-9]{3})+", false, "1 234", true),
            ("a[0-9]{2}|[0-9]{3}(?: [0-9]{3})+", false, "1234", false),
            ("[^a]{2}", false, "aé", true),
            ("[a-z]{3}|", false, "1", true),
        ] {
            let shape = Shape::of(pattern, ignore_case);
            assert_eq!(shape.may_match(text), expected, "{pattern} {text}");
        }
    }
}
