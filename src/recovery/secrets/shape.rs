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
    /// It contains a run of each of these groups.
    runs: Vec<Vec<Run>>,
}

/// So many bytes of a class in a row.
#[derive(Debug, Clone)]
struct Run {
    class: [bool; 256],
    length: usize,
}

impl Shape {
    pub(super) fn of(pattern: &str, ignore_case: bool) -> Self {
        let mut parser = ParserBuilder::new().case_insensitive(ignore_case).build();
        // A pattern that cannot be read matches nothing, so it may have any shape.
        parser.parse(pattern).map_or_else(
            |_| Self::default(),
            |parsed| Self {
                length: parsed.properties().minimum_len().unwrap_or_default(),
                runs: runs(&parsed),
            },
        )
    }

    /// Whether a text may contain a match.
    pub(super) fn may_match(&self, text: &str) -> bool {
        let is_in = |run: &Run| run.is_in(text.as_bytes());
        text.len() >= self.length && self.runs.iter().all(|cases| cases.iter().any(is_in))
    }
}

impl Run {
    fn new(class: &Class, length: u32) -> Self {
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
        let mut class = [false; 256];
        for (at, is_in) in (0..).zip(&mut class) {
            // Any other character may have any of the other bytes.
            *is_in = ranges
                .iter()
                .any(|(start, end)| (*start..=*end).contains(&at) || (at > 127 && *end > 127));
        }
        Self {
            class,
            length: length as usize,
        }
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

fn runs(pattern: &Hir) -> Vec<Vec<Run>> {
    match pattern.kind() {
        HirKind::Concat(parts) => parts.iter().flat_map(runs).collect(),
        HirKind::Capture(group) => runs(&group.sub),
        HirKind::Repetition(all) if all.min > 0 => match all.sub.kind() {
            HirKind::Class(class) => vec![vec![Run::new(class, all.min)]],
            _ => runs(&all.sub),
        },
        HirKind::Alternation(cases) => {
            let shortest = |cases: &Vec<Run>| cases.iter().map(|run| run.length).min();
            let longest = |case| runs(case).into_iter().max_by_key(shortest);
            let cases: Option<Vec<_>> = cases.iter().map(longest).collect();
            let cases = cases.unwrap_or_default().concat();
            if (1..=MAX_CASES).contains(&cases.len()) {
                vec![cases]
            } else {
                Vec::new()
            }
        }
        _ => Vec::new(),
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
            ("[^a]{2}", false, "aé", true),
            ("[a-z]{3}|", false, "1", true),
        ] {
            let shape = Shape::of(pattern, ignore_case);
            assert_eq!(shape.may_match(text), expected, "{pattern} {text}");
        }
    }
}
