//! Finds secrets in what someone typed or wrote.
//!
//! Takes a text and the question it answers, and gives where in it secrets seem to be. The browser leaves them out of
//! requests (`js/lib/secrets.js`), with the same kinds and the same rules; `tests/suite/parity.rs` compares the two.
//! Nothing is sent, kept or logged.

use std::cell::LazyCell;
use std::ops::Range;

use regex_lite::Regex;

use super::offset_map::OffsetMap;

mod kind;

pub use kind::{Certainty, Edges, SecretKind, SiteSecret, Sum, built_in};

/// Something in a text that looks like a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'a> {
    /// What it looks like.
    pub kind: &'a SecretKind,
    /// Where, in bytes.
    pub span: Range<usize>,
    /// How sure that is; several matches of one kind can make it certain.
    pub certainty: Certainty,
}

/// All kinds of secrets, compiled.
#[derive(Debug, Clone)]
pub struct Scanner {
    kinds: Vec<(SecretKind, Vec<Regex>)>,
    allowed: Vec<String>,
}

impl Scanner {
    /// Looks for the built-in kinds and for those of the site. The more certain ones are tried first: among guesses
    /// those with a checksum, and otherwise the site's own. `allowed` are texts that are no secret on this site, such as the support team's own email address.
    pub fn new(own: &[SiteSecret], allowed: impl IntoIterator<Item = String>) -> Self {
        let own = own.iter().map(|one| one.kind.clone());
        let mut kinds: Vec<_> = own.chain(built_in()).collect();
        kinds.sort_by_key(|kind| (kind.certainty, kind.sum == Sum::Any));
        let compiled = kinds.into_iter().map(|kind| {
            let flag = if kind.ignore_case { "(?i)" } else { "" };
            // `check` reports a pattern that does not compile.
            let patterns = kind
                .patterns
                .iter()
                .filter_map(|one| Regex::new(&format!("{flag}{one}")).ok());
            let patterns = patterns.collect();
            (kind, patterns)
        });
        Self {
            kinds: compiled.collect(),
            allowed: allowed
                .into_iter()
                .map(|text| text.to_lowercase())
                .collect(),
        }
    }

    /// The kinds, in the order they are tried.
    pub fn kinds(&self) -> impl Iterator<Item = &SecretKind> {
        self.kinds.iter().map(|(kind, _)| kind)
    }

    /// The texts that are no secret on this site, in lower case.
    pub fn allowed(&self) -> &[String] {
        &self.allowed
    }

    /// What looks like a secret in `text`, the answer to `question`, in order.
    pub fn find(&self, text: &str, question: &str) -> Vec<Match<'_>> {
        let visible = OffsetMap::visible(text);
        let unbroken = LazyCell::new(|| OffsetMap::unbroken(text));
        let lower = visible.text.to_lowercase();
        let around = format!("{} {lower}", question.to_lowercase());
        let mut found: Vec<Match<'_>> = Vec::new();
        for (kind, patterns) in &self.kinds {
            if !has_one(&lower, &kind.needs) || !has_one(&around, &kind.near) {
                continue;
            }
            let map = if kind.wraps { &unbroken } else { &visible };
            let spans = patterns
                .iter()
                .flat_map(|one| self.spans(kind, one, &map.text));
            let mut spans: Vec<_> = spans.map(|span| map.original(&span)).collect();
            spans.retain(|span| found.iter().all(|other| are_apart(&other.span, span)));
            // One kind has several patterns only for values that no two of them match.
            let certainty = match kind.certain_from {
                Some(count) if spans.len() >= count => Certainty::Certain,
                _ => kind.certainty,
            };
            found.extend(spans.into_iter().map(|span| Match {
                kind,
                span,
                certainty,
            }));
        }
        found.sort_by_key(|one| one.span.start);
        found
    }

    fn spans(&self, kind: &SecretKind, pattern: &Regex, text: &str) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        let mut from = 0;
        while let Some(found) = pattern.captures_at(text, from) {
            let whole = found.get(0).expect("the whole match");
            if whole.is_empty() {
                break;
            }
            let span = found.get(1).unwrap_or(whole).range();
            if self.counts(kind, text, &span) {
                spans.push(span);
            }
            from = whole.end();
        }
        spans
    }

    /// What a pattern cannot say: what is around the match, and what it consists of.
    fn counts(&self, kind: &SecretKind, text: &str, span: &Range<usize>) -> bool {
        let lower = text[span.clone()].to_lowercase();
        let edges = match kind.edges {
            Edges::Any => true,
            Edges::Alone => stands_alone(text.as_bytes(), span),
            Edges::NoPath => !begins_path(&text.as_bytes()[span.end..]),
            Edges::Ends => ends(&text[span.end..]),
        };
        let bare = lower.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'', '`']);
        edges
            && (!kind.mixed
                || has(&lower, u8::is_ascii_digit) && has(&lower, u8::is_ascii_alphabetic))
            && kind.sum.holds(&lower)
            && !(kind.outside_addresses && in_address(text, span))
            && !kind.except.iter().any(|one| one == bare)
            && !lower.split(' ').any(|word| is_one_of(&kind.unless, word))
            && !self.allowed.iter().any(|one| one == bare)
    }
}

fn has_one(text: &str, words: &[String]) -> bool {
    words.is_empty() || words.iter().any(|word| text.contains(word))
}

fn has(text: &str, class: fn(&u8) -> bool) -> bool {
    text.bytes().any(|byte| class(&byte))
}

fn are_apart(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.end <= b.start || b.end <= a.start
}

fn is_word(byte: Option<&u8>) -> bool {
    byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// Whether it is no part of something longer: no letter or digit beside it, nor on the other side of one of `-./`; no
/// `#` before it, as issue numbers have.
fn stands_alone(text: &[u8], span: &Range<usize>) -> bool {
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let joins = |byte: Option<&u8>| byte.is_some_and(|byte| b"-./".contains(byte));
    let left = is_word(before.last())
        || before.last() == Some(&b'#')
        || (joins(before.last()) && is_word(before.iter().rev().nth(1)));
    let right = is_word(after.first()) || (joins(after.first()) && is_word(after.get(1)));
    !left && !right
}

/// `git@host:path` is an address to clone from, not a mailbox.
fn begins_path(after: &[u8]) -> bool {
    after.first() == Some(&b':') && after.get(1).is_some_and(|byte| !byte.is_ascii_whitespace())
}

fn ends(after: &str) -> bool {
    after.is_empty() || after.starts_with(|one| ".,;:!?)\"'`”“»\r\n".contains(one))
}

/// Whether a word is in the list, or ends like an entry such as `-ed` after more than two other letters.
fn is_one_of(list: &[String], word: &str) -> bool {
    list.iter().any(|one| match one.strip_prefix('-') {
        Some(ending) => word.len() > ending.len() + 2 && word.ends_with(ending),
        None => word == one,
    })
}

/// Whether it is part of an address such as `https://…`, which ends at the next space.
fn in_address(text: &str, span: &Range<usize>) -> bool {
    let blank = |byte: &u8| byte.is_ascii_whitespace();
    let bytes = text.as_bytes();
    let start = bytes[..span.start]
        .iter()
        .rposition(blank)
        .map_or(0, |at| at + 1);
    let end = bytes[span.end..]
        .iter()
        .position(blank)
        .map_or(bytes.len(), |at| span.end + at);
    bytes[start..end].windows(3).any(|three| three == b"://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_pattern_compiles() {
        for kind in built_in() {
            assert!(!kind.id.is_empty() && !kind.what.is_empty() && !kind.patterns.is_empty());
            for pattern in kind.patterns {
                assert!(Regex::new(&pattern).is_ok(), "{pattern}");
                assert!(!pattern.contains('<'), "{pattern} names an unknown part");
            }
        }
    }

    #[test]
    fn long_texts_are_searched_in_one_go() {
        let scanner = Scanner::new(&[], []);
        for unit in [
            "a",
            "0123456789abcdef",
            "pypi-",
            "a@",
            "-----BEGIN PRIVATE KEY",
            "password is a",
            "password is abc ",
            "a at ",
            "a dot ",
            "1 ",
            "+1 ",
            "2001:",
            "a://a:",
            "😀@",
        ] {
            scanner.find(&unit.repeat(20_000 / unit.len()), "code");
        }
    }
}
