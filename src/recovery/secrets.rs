//! Spotting a secret in what someone typed or wrote, so that it is left out before it can be copied.
//!
//! In: a text and the question it answers. Out: where in it a secret seems to stand, and the text
//! without it. One table ([`PATTERNS`]) serves Rust and, as JSON, the browser; both follow the same
//! few steps and `tests/vectors/secrets.json` holds them together. Nothing is sent, kept or logged.

use std::cell::LazyCell;
use std::ops::Range;

use regex_lite::Regex;

use super::offset_map::OffsetMap;
use crate::source::Located;

mod passphrases;
mod passwords;
mod patterns;
mod personal;

pub use patterns::{Certainty, Edges, PATTERNS, Pattern, Sum};

/// One thing found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding<'a> {
    /// What it looks like.
    pub pattern: Pattern<'a>,
    /// Where, in bytes.
    pub span: Range<usize>,
    /// How sure that is; more so where several are found.
    pub certainty: Certainty,
}

/// What a secret of one service looks like, as its site says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnSecret {
    /// Its name, which `secret_guides` may use.
    pub id: Located<String>,
    /// What stands in the request in its place.
    pub what: String,
    /// What it looks like; it stands alone, and the reader may say that it is none.
    pub pattern: Located<String>,
    /// The same as one group, so that groups in it mean nothing.
    pub expression: String,
}

impl OwnSecret {
    /// As a row of the table.
    pub fn pattern(&self) -> Pattern<'_> {
        Pattern {
            id: &self.id.value,
            what: &self.what,
            certainty: Certainty::Guess,
            expression: &self.expression,
            edges: Edges::Alone,
            ..patterns::PLAIN
        }
    }
}

/// Signs of the shortest code that nothing but its own signs tells of.
const SHORTEST_RUN: usize = 6;

/// The table made ready to search with.
#[derive(Debug, Clone)]
pub struct Scanner {
    patterns: Vec<(&'static Pattern<'static>, Regex)>,
    own: Vec<(OwnSecret, Regex)>,
    allowed: Vec<String>,
}

impl Scanner {
    /// `allowed`: texts that are no secret on this site, such as the support team's own mail address.
    ///
    /// # Panics
    /// If an expression of the table cannot be compiled; a test does.
    pub fn new(allowed: impl IntoIterator<Item = String>) -> Self {
        let patterns = PATTERNS.iter().map(|pattern| {
            let flag = if pattern.ignore_case { "(?i)" } else { "" };
            let expression = Regex::new(&format!("{flag}{}", pattern.expression));
            (pattern, expression.expect("a test compiles the table"))
        });
        Self {
            patterns: patterns.collect(),
            own: Vec::new(),
            allowed: allowed
                .into_iter()
                .map(|text| text.to_lowercase())
                .collect(),
        }
    }

    /// The same where only some finds are wanted: patterns behind the last of these take nothing from
    /// them, and are not looked for.
    #[must_use]
    pub fn up_to_last(mut self, wanted: impl Fn(&Pattern<'_>) -> bool) -> Self {
        let last = self.patterns.iter().rposition(|(one, _)| wanted(one));
        self.patterns.truncate(last.map_or(0, |last| last + 1));
        self
    }

    /// Looks for a site's own secrets as well, before all others. One that cannot be read is passed over.
    #[must_use]
    pub fn with(mut self, own: &[OwnSecret]) -> Self {
        let compiled = own.iter().filter_map(|one| {
            let expression = Regex::new(&one.expression).ok()?;
            Some((one.clone(), expression))
        });
        self.own = compiled.collect();
        self
    }

    /// Whether the site has secrets of its own.
    pub fn has_own(&self) -> bool {
        !self.own.is_empty()
    }

    /// Whether it is one of the site's own.
    pub fn owns(&self, id: &str) -> bool {
        self.own.iter().any(|(one, _)| one.id.value == id)
    }

    /// The texts that are no secret on this site, in lower case.
    pub fn allowed(&self) -> &[String] {
        &self.allowed
    }

    /// What looks like a secret in `text`, the answer to `question`, in order.
    pub fn find(&self, text: &str, question: &str) -> Vec<Finding<'_>> {
        let seen = OffsetMap::visible(text);
        let unbroken = LazyCell::new(|| OffsetMap::unbroken(text));
        let holds_run = holds_run(&seen.text);
        let lower = seen.text.to_lowercase();
        let around = format!("{} {lower}", question.to_lowercase());
        let own: Vec<_> = self.own.iter().map(|(one, _)| one.pattern()).collect();
        let own = own
            .iter()
            .zip(self.own.iter().map(|(_, expression)| expression));
        let known = self.patterns.iter();
        let known = known.map(|(pattern, expression)| (*pattern, expression));
        let mut found: Vec<Finding<'_>> = Vec::new();
        for (pattern, expression) in own.chain(known) {
            if (is_run(pattern) && !self.owns(pattern.id) && !holds_run)
                || !holds_one(&lower, pattern.needs)
                || !holds_one(&around, pattern.near)
            {
                continue;
            }
            let map = if pattern.wraps { &unbroken } else { &seen };
            let spans = self.spans(pattern, expression, &map.text);
            let mut spans: Vec<_> = spans.iter().map(|span| map.original(span)).collect();
            spans.retain(|span| found.iter().all(|other| apart(&other.span, span)));
            let certainty = if spans.len() >= pattern.certain_from {
                Certainty::Certain
            } else {
                pattern.certainty
            };
            found.extend(spans.into_iter().map(|span| Finding {
                pattern: *pattern,
                span,
                certainty,
            }));
        }
        found.sort_by_key(|one| one.span.start);
        found
    }

    fn spans(&self, pattern: &Pattern<'_>, expression: &Regex, text: &str) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        let mut from = 0;
        while let Some(found) = expression.captures_at(text, from) {
            let whole = found.get(0).expect("the whole match");
            if whole.is_empty() {
                break;
            }
            let span = found.get(1).unwrap_or(whole).range();
            if self.counts(pattern, text, &span) {
                spans.push(span);
            }
            from = whole.end();
        }
        spans
    }

    /// What an expression cannot say: what stands around the match, and what it must be made of.
    fn counts(&self, pattern: &Pattern<'_>, text: &str, span: &Range<usize>) -> bool {
        let lower = text[span.clone()].to_lowercase();
        let edges = match pattern.edges {
            Edges::Any => true,
            Edges::Alone => stands_alone(text.as_bytes(), span),
            Edges::NoPath => !begins_path(&text.as_bytes()[span.end..]),
            Edges::Ends => ends(&text[span.end..]),
        };
        let bare = lower.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'', '`']);
        edges
            && !(pattern.mixed
                && !(holds(&lower, u8::is_ascii_digit) && holds(&lower, u8::is_ascii_alphabetic)))
            && pattern.sum.holds(&lower)
            && !(pattern.outside_addresses && in_address(text, span))
            && !pattern.except.contains(&bare)
            && !lower.split(' ').any(|word| is_one_of(pattern.unless, word))
            && !self.allowed.iter().any(|allowed| *allowed == bare)
    }
}

fn holds_one(text: &str, words: &[&str]) -> bool {
    words.is_empty() || words.iter().any(|word| text.contains(word))
}

/// Whether nothing but its signs tells a secret: many letters, digits, spaces and hyphens, a digit at
/// least among them.
fn is_run(pattern: &Pattern<'_>) -> bool {
    pattern.needs.is_empty() && pattern.certainty != Certainty::Personal
}

/// Whether such a one could be in a text.
fn holds_run(text: &str) -> bool {
    let in_run = |sign: char| sign.is_ascii_alphanumeric() || sign == ' ' || sign == '-';
    let mut runs = text.split(|sign| !in_run(sign));
    runs.any(|run| run.len() >= SHORTEST_RUN && holds(run, u8::is_ascii_digit))
}

fn holds(text: &str, kind: fn(&u8) -> bool) -> bool {
    text.bytes().any(|byte| kind(&byte))
}

fn apart(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.end <= b.start || b.end <= a.start
}

fn is_word(byte: Option<&u8>) -> bool {
    byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// Not a piece of something longer: no letter or digit beside it, nor behind one of `-./`; no `#`
/// before it, as issue numbers have.
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
    after.is_empty() || after.starts_with(|sign| ".,;:!?)\"'`”“»\r\n".contains(sign))
}

/// Whether a word is in the list, or has an ending of it and more than two letters before that.
fn is_one_of(list: &[&str], word: &str) -> bool {
    list.iter().any(|one| match one.strip_prefix('-') {
        Some(ending) => word.len() > ending.len() + 2 && word.ends_with(ending),
        None => word == *one,
    })
}

/// Whether the words around it, up to the next space, are an address such as `https://…`.
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
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Vectors {
        allowed: Vec<String>,
        cases: Vec<Case>,
    }

    #[derive(Deserialize)]
    struct Case {
        /// In parts, so that no whole secret stands in the repository.
        text: Vec<String>,
        #[serde(default)]
        question: String,
        found: Vec<(String, String)>,
    }

    #[test]
    fn the_vectors_shared_with_the_browser_hold() {
        let vectors = include_str!("../../tests/vectors/secrets.json");
        let vectors: Vectors = serde_json::from_str(vectors).expect("vectors");
        let scanner = Scanner::new(vectors.allowed);
        for case in vectors.cases {
            let text = case.text.concat();
            let found: Vec<_> = scanner
                .find(&text, &case.question)
                .iter()
                .map(|one| {
                    let certainty = format!("{:?}", one.certainty).to_lowercase();
                    (one.pattern.id.to_owned(), certainty)
                })
                .collect();
            assert_eq!(found, case.found, "{text}");
        }
    }

    #[test]
    fn patterns_that_need_no_word_match_runs_alone() {
        for pattern in PATTERNS.iter().filter(|pattern| is_run(pattern)) {
            let plain = |sign: char| sign.is_ascii_alphanumeric() || " -()[]{}?:|,".contains(sign);
            assert!(pattern.expression.chars().all(plain), "{}", pattern.id);
            let digit = pattern.mixed || pattern.expression.contains("[0-9]");
            assert!(digit, "{}", pattern.id);
        }
    }

    #[test]
    fn long_texts_are_searched_in_one_go() {
        let scanner = Scanner::new([]);
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
