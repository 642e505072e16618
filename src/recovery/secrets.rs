//! Finds secrets in what someone typed or wrote.
//!
//! Takes a text and the question it answers, and gives where in it secrets seem to be: by their shape, by what the text
//! calls them, or both. The browser leaves them out of requests (`js/lib/secrets.js`), with the same rules;
//! `tests/suite/parity.rs` compares the two. Nothing is sent, kept or logged.

use std::cell::{LazyCell, OnceCell};
use std::ops::Range;
use std::sync::OnceLock;

use regex_lite::Regex;

use super::answer::LONGEST;
use super::offset_map::{OffsetMap, cleaned};

mod kind;
mod shape;

pub use kind::{Certainty, Edges, Mixture, SecretKind, SecretRules, SiteSecret, built_in};
use shape::Shape;

/// How many words there can be between a name and what it names.
const REACH: usize = 12;

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

/// All rules, each compiled when a text first needs it.
#[derive(Debug, Clone)]
pub struct Scanner {
    rules: SecretRules,
    /// The patterns of each kind.
    patterns: Vec<Vec<Pattern>>,
    names: Vec<(String, Pattern)>,
    harmless: Pattern,
    allowed: Vec<String>,
}

/// A pattern that is compiled on first use: most texts need few of them.
#[derive(Debug, Clone)]
struct Pattern {
    text: String,
    ignore_case: bool,
    shape: OnceLock<Shape>,
    regex: OnceLock<Option<Regex>>,
}

/// A text to be searched.
struct View {
    map: OffsetMap,
    lower: String,
    names: OnceCell<Vec<Name>>,
}

/// Where a text names something that follows.
#[derive(Clone)]
struct Name {
    class: String,
    span: Range<usize>,
}

impl Scanner {
    /// Looks for the built-in kinds and for those of the site. `allowed` are texts that are not secrets on this site,
    /// such as the support team's own email address.
    pub fn new(own: &[SiteSecret], allowed: impl IntoIterator<Item = String>) -> Self {
        let rules = SecretRules::with(own);
        let name = |words: &str| Pattern::new(format!("(?:^|[^a-z0-9])({words})"), false);
        let names = rules.names.iter();
        Self {
            patterns: rules.kinds.iter().map(patterns).collect(),
            names: names
                .map(|(class, words)| (class.clone(), name(words)))
                .collect(),
            harmless: Pattern::new(rules.harmless_values.clone(), false),
            allowed: allowed
                .into_iter()
                .map(|text| text.to_lowercase())
                .collect(),
            rules,
        }
    }

    /// Adds texts that are not secrets either.
    #[must_use]
    pub fn allow(mut self, texts: impl IntoIterator<Item = String>) -> Self {
        let texts = texts.into_iter().map(|text| text.to_lowercase());
        self.allowed.extend(texts);
        self
    }

    /// Looks only for the kinds that are `wanted`, and for what is harmless.
    #[must_use]
    pub fn only(mut self, wanted: impl Fn(&SecretKind) -> bool) -> Self {
        let wanted = |kind: &SecretKind| kind.certainty == Certainty::Harmless || wanted(kind);
        let mut keep = self
            .rules
            .kinds
            .iter()
            .map(&wanted)
            .collect::<Vec<_>>()
            .into_iter();
        self.patterns.retain(|_| keep.next().unwrap_or_default());
        self.rules.kinds.retain(wanted);
        self
    }

    /// The rules, with the kinds in the order they are tried.
    pub fn rules(&self) -> &SecretRules {
        &self.rules
    }

    /// The texts that are not secrets on this site, in lower case.
    pub fn allowed(&self) -> &[String] {
        &self.allowed
    }

    /// What looks like a secret in `text`, the answer to `question`, in order.
    pub fn find(&self, text: &str, question: &str) -> Vec<Match<'_>> {
        let whole = OffsetMap::cleaned(text);
        let (map, rest) = self.searched(&whole);
        let has_breaks = map.text.contains('\n');
        let mut joined = LazyCell::new(|| View::new(map.unbroken()));
        let mut plain = View::new(map.clone());
        let asked = LazyCell::new(|| {
            let names = self.names_in(&lowered(&cleaned(question)));
            names.last().map(|name| name.class.clone())
        });
        let mut spans_of = |kind: &SecretKind, patterns: &[Pattern]| {
            if !has_one(&plain.lower, &kind.needs) {
                return Vec::new();
            }
            let mut spans = self.spans((kind, patterns), &mut plain, &asked);
            if kind.wraps && has_breaks {
                // Without line breaks, what precedes a token can run into it, so both texts are searched.
                let wrapped = self.spans((kind, patterns), &mut joined, &asked);
                spans.retain(|span| wrapped.iter().all(|other| are_apart(other, span)));
                spans.extend(wrapped);
            }
            spans
        };
        let mut found: Vec<Match<'_>> = rest.into_iter().collect();
        let kinds = self.rules.kinds.iter().zip(&self.patterns);
        let (harmless, kinds): (Vec<_>, Vec<_>) =
            kinds.partition(|(kind, _)| kind.certainty == Certainty::Harmless);
        // What is harmless matters only beside something that is not certain.
        let mut harmless = harmless.into_iter();
        for (kind, patterns) in kinds {
            let spans = spans_of(kind, patterns);
            if kind.certainty != Certainty::Certain && !spans.is_empty() {
                for (kind, patterns) in harmless.by_ref() {
                    add(&mut found, kind, spans_of(kind, patterns));
                }
            }
            add(&mut found, kind, spans);
        }
        found.retain(|one| one.certainty != Certainty::Harmless);
        found.sort_by_key(|one| one.span.start);
        found
    }

    /// The part of a text that is searched, and a match for the rest: some patterns take long for long texts.
    fn searched(&self, whole: &OffsetMap) -> (OffsetMap, Option<Match<'_>>) {
        let end = whole.text.char_indices().nth(LONGEST).map(|(at, _)| at);
        let kind = self.rules.kinds.iter().find(|kind| kind.id == "too-long");
        let Some((end, kind)) = end.zip(kind) else {
            return (whole.clone(), None);
        };
        let rest = end..whole.text.len();
        let found = Match {
            kind,
            span: whole.original(&rest),
            certainty: Certainty::Certain,
        };
        (whole.without(&[rest]), Some(found))
    }

    fn spans(
        &self,
        (kind, patterns): (&SecretKind, &[Pattern]),
        view: &mut View,
        asked: &LazyCell<Option<String>, impl FnOnce() -> Option<String>>,
    ) -> Vec<Range<usize>> {
        let mut spans = Vec::new();
        for pattern in patterns {
            for (span, value) in matches(kind, pattern, view) {
                let is_harmless = kind.certainty != Certainty::Harmless
                    && self.is_harmless(kind, &view.map.text[value.clone()]);
                if is_harmless || !counts(kind, &view.map.text, &span, &view.map.text[value]) {
                    continue;
                }
                if !kind.called.is_empty() || !kind.not_called.is_empty() {
                    let name = self.name_at(view, span.start).or_else(|| (*asked).clone());
                    let is_in =
                        |list: &[String]| name.as_ref().is_some_and(|name| list.contains(name));
                    if is_in(&kind.not_called) || !kind.called.is_empty() && !is_in(&kind.called) {
                        continue;
                    }
                    // What follows in a list has the same name.
                    if let (Some(class), Some(names), false) =
                        (name, view.names.get_mut(), kind.called.is_empty())
                    {
                        let at = names.partition_point(|other| {
                            other.order() <= (span.end, usize::MAX - span.start)
                        });
                        names.insert(
                            at,
                            Name {
                                class,
                                span: span.clone(),
                            },
                        );
                    }
                }
                spans.push(view.map.original(&span));
            }
        }
        spans
    }

    /// What the text calls what is at `start`: the nearest name before it.
    fn name_at(&self, view: &View, start: usize) -> Option<String> {
        let names = view.names.get_or_init(|| self.names_in(&view.lower));
        let before = names.iter().rfind(|name| name.span.end <= start)?;
        let between = &view.map.text[before.span.end..start];
        (between.split([' ', '\n']).count() <= REACH).then(|| before.class.clone())
    }

    /// All names in a text, by where they end and then from the shortest to the longest.
    fn names_in(&self, lower: &str) -> Vec<Name> {
        let mut names = Vec::new();
        for (class, pattern) in &self.names {
            let found = pattern.regex().map(|regex| regex.captures_iter(lower));
            for found in found.into_iter().flatten() {
                let span = found.get(1).map_or(0..0, |name| name.range());
                let next = lower.as_bytes().get(span.end);
                if !next.is_some_and(u8::is_ascii_lowercase) {
                    names.push(Name {
                        class: class.clone(),
                        span,
                    });
                }
            }
        }
        names.sort_by_key(Name::order);
        names
    }

    fn is_harmless(&self, kind: &SecretKind, value: &str) -> bool {
        let lower = value.to_lowercase();
        let bare = lower.trim_start_matches(['"', '\'', '`', '(']);
        let bare = bare.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'', '`']);
        self.harmless
            .regex()
            .is_some_and(|harmless| harmless.is_match(bare) || harmless.is_match(&lower))
            || kind.except.iter().any(|one| one == bare)
            || self.allowed.iter().any(|one| one == bare)
    }
}

/// Adds the matches of a kind that do not overlap others.
fn add<'a>(found: &mut Vec<Match<'a>>, kind: &'a SecretKind, mut spans: Vec<Range<usize>>) {
    spans.retain(|span| found.iter().all(|other| are_apart(&other.span, span)));
    let certainty = match kind.certain_from {
        Some(count) if spans.len() >= count => Certainty::Certain,
        _ => kind.certainty,
    };
    for span in spans {
        if found.iter().all(|other| are_apart(&other.span, &span)) {
            found.push(Match {
                kind,
                span,
                certainty,
            });
        }
    }
}

impl View {
    fn new(map: OffsetMap) -> Self {
        Self {
            lower: lowered(&map.text),
            map,
            names: OnceCell::new(),
        }
    }
}

impl Name {
    fn order(&self) -> (usize, usize) {
        (self.span.end, usize::MAX - self.span.start)
    }
}

impl Pattern {
    fn new(text: String, ignore_case: bool) -> Self {
        Self {
            text,
            ignore_case,
            shape: OnceLock::new(),
            regex: OnceLock::new(),
        }
    }

    /// `None` if it does not compile, which `check` reports.
    fn regex(&self) -> Option<&Regex> {
        let compile = || {
            let flag = if self.ignore_case { "(?i)" } else { "" };
            Regex::new(&format!("{flag}{}", self.text)).ok()
        };
        self.regex.get_or_init(compile).as_ref()
    }

    fn may_match(&self, text: &str) -> bool {
        let shape = || Shape::of(&self.text, self.ignore_case);
        self.shape.get_or_init(shape).may_match(text)
    }
}

fn patterns(kind: &SecretKind) -> Vec<Pattern> {
    let patterns = kind.patterns.iter().cloned();
    patterns
        .map(|text| Pattern::new(text, kind.ignore_case))
        .collect()
}

/// A text in lower case, as long as before.
pub(super) fn lowered(text: &str) -> String {
    let lower = |one: char| {
        let mut lower = one.to_lowercase();
        let first = lower.next().filter(|_| lower.next().is_none());
        first
            .filter(|lower| lower.len_utf8() == one.len_utf8())
            .unwrap_or(one)
    };
    text.chars().map(lower).collect()
}

/// For each match of a pattern, what is left out of a request and the value in it.
fn matches(kind: &SecretKind, pattern: &Pattern, view: &View) -> Vec<(Range<usize>, Range<usize>)> {
    let text = if kind.ignore_case {
        &view.lower
    } else {
        &view.map.text
    };
    let mut found = Vec::new();
    if !pattern.may_match(text) {
        return found;
    }
    let captures = pattern.regex().map(|regex| regex.captures_iter(text));
    for captures in captures.into_iter().flatten() {
        let whole = captures.get(0).map_or(0..0, |whole| whole.range());
        let mut groups: Vec<Range<usize>> = Vec::new();
        for group in captures.iter().skip(1).flatten() {
            if groups.last().is_none_or(|last| group.start() >= last.end) {
                groups.push(group.range());
            }
        }
        if groups.is_empty() {
            groups.push(whole.clone());
        }
        let span = |value: &Range<usize>| {
            if kind.whole {
                whole.clone()
            } else {
                value.clone()
            }
        };
        found.extend(groups.into_iter().map(|value| (span(&value), value)));
    }
    found
}

/// Checks what a pattern cannot say: what is around the match, and what it consists of.
fn counts(kind: &SecretKind, text: &str, span: &Range<usize>, value: &str) -> bool {
    let edges = match kind.edges {
        Edges::Any => true,
        Edges::Alone => stands_alone(text.as_bytes(), span),
        Edges::Start => !is_word(text.as_bytes()[..span.start].last()),
        Edges::NoPath => !begins_path(&text.as_bytes()[span.end..]),
        Edges::Ends => ends(&text[span.end..]),
    };
    let lower = value.to_lowercase();
    edges
        && !lower.split(' ').any(|word| is_one_of(&kind.unless, word))
        && kind.mixture.holds(value)
        && kind.sum.holds(&lower)
        && !(kind.outside_addresses && in_address(text, span))
}

fn has_one(text: &str, words: &[String]) -> bool {
    words.is_empty() || words.iter().any(|word| text.contains(word))
}

fn are_apart(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.end <= b.start || b.end <= a.start
}

fn is_word(byte: Option<&u8>) -> bool {
    byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// Whether it is not part of something longer: it has no letter or digit beside it or beyond one of `-./`, and no `#`
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
    after.first() == Some(&b':') && after.get(1).is_some_and(|byte| !b" \n".contains(byte))
}

fn ends(after: &str) -> bool {
    after.is_empty() || after.starts_with(|one| ".,;:!?)\"'`”“»\n".contains(one))
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
    let start = text[..span.start].rfind([' ', '\n']).map_or(0, |at| at + 1);
    let end = text[span.end..]
        .find([' ', '\n'])
        .map_or(text.len(), |at| span.end + at);
    text[start..end].contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_pattern_compiles() {
        let rules = built_in();
        assert!(Regex::new(&rules.harmless_values).is_ok());
        let names = rules.names.values().cloned().map(|one| ("names", one));
        let patterns = rules.kinds.iter().flat_map(|kind| {
            assert!(!kind.id.is_empty() && !kind.what.is_empty());
            let classes = kind.called.iter().chain(&kind.not_called);
            assert!(
                classes
                    .into_iter()
                    .all(|class| rules.names.contains_key(class)),
                "{}",
                kind.id
            );
            kind.patterns
                .iter()
                .cloned()
                .map(|one| (kind.id.as_str(), one))
        });
        for (id, pattern) in patterns.chain(names) {
            assert!(Regex::new(&pattern).is_ok(), "{id}: {pattern}");
            for part in [
                "<value>",
                "<strong>",
                "<link>",
                "<is>",
                "<password>",
                "<date>",
                "<quoted>",
            ] {
                assert!(!pattern.contains(part), "{pattern} names an unknown part");
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
