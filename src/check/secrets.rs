//! Secrets in what the author wrote, which would be published.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use regex_lite::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization as _;

use super::patterns::{Matches, compile_pattern};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::invisible::is_invisible;
use crate::recovery::secrets::{Certainty, Match, Scanner, SecretKind, SecretRules, SiteSecret};
use crate::site::Site;
use crate::source::{Location, Source};
use crate::theme::Theme;

/// Only words at least as long as the shortest built-in secret are scanned.
const SHORTEST: usize = 16;
/// The site's own secrets may be shorter.
const SHORTEST_OWN: usize = 6;
/// A guess that is reported even in a page: nobody writes one by chance.
const WORTH_A_LOOK: &str = "authenticator-key";

/// Scans guides, checklist, triage and the site's own templates.
pub(super) fn check(site: &Site, theme: &Theme, diagnostics: &mut Diagnostics) {
    let checklist = site.checklist.iter().map(|one| &one.title.location.source);
    let triage = site.triage.iter().map(|one| &one.title.location.source);
    let guides = site.guides.iter().map(|guide| &guide.source);
    let templates = theme.own_templates.iter();
    let templates = templates.filter_map(|name| theme.templates.get(name));
    let sources: Vec<_> = guides
        .chain(checklist)
        .chain(triage)
        .chain(templates)
        .collect();
    let search = Search::new(site.checklist.iter().flat_map(|one| &one.secrets));
    let suspicious = sources.par_iter().flat_map_iter(|source| {
        let parts = search.suspicious(source.text());
        parts.into_iter().map(move |part| (*source, part))
    });
    let suspicious: Vec<_> = suspicious.collect();
    if suspicious.is_empty() {
        return;
    }
    // The scanner is slow to start and to search, so it gets only what may be a secret.
    match scan(search.rules(), &suspicious) {
        Ok(found) => diagnostics.extend(found),
        Err(problem) => diagnostics.push(problem),
    }
}

/// What is searched for.
struct Search<'a> {
    /// The site's own secrets.
    own: Vec<&'a SiteSecret>,
    /// What they look like.
    patterns: Vec<Regex>,
    /// Compiled only when a word first needs them, because that takes as long as rendering several pages.
    rules: OnceLock<SecretRules>,
}

impl<'a> Search<'a> {
    /// Also searches for the site's own secrets.
    fn new(own: impl IntoIterator<Item = &'a SiteSecret>) -> Self {
        // A pattern that is invalid or slow is reported with the checklist.
        let own: Vec<&SiteSecret> = own
            .into_iter()
            .filter(|one| compile_pattern(&one.pattern.value, Matches::Anywhere).is_ok())
            .collect();
        let regexes = |one: &&SiteSecret| {
            let regex = |pattern: &str| {
                let mut pattern = RegexBuilder::new(pattern);
                pattern.case_insensitive(one.ignore_case).build().ok()
            };
            let pattern = &one.pattern.value;
            // `case_insensitive` covers only ASCII, so other letters are compared in lower case as well. `\D` stays as it is.
            let lower = pattern.chars().map(|one| match one {
                'A'..='Z' => one.to_string(),
                _ => one.to_lowercase().to_string(),
            });
            [regex(pattern), regex(&lower.collect::<String>())]
        };
        Self {
            patterns: own.iter().flat_map(regexes).flatten().collect(),
            own,
            rules: OnceLock::new(),
        }
    }

    fn rules(&self) -> &SecretRules {
        self.rules.get_or_init(|| {
            let is_own = |kind: &SecretKind| self.own.iter().any(|one| one.id.value == kind.id);
            let mut rules = SecretRules::with(self.own.iter().copied());
            rules.kinds.retain(|kind| {
                kind.certainty <= Certainty::Harmless || kind.id == WORTH_A_LOOK || is_own(kind)
            });
            rules
        })
    }

    /// The parts of a text that may be a secret: words with a digit, and a text with a private key, the one secret with
    /// spaces in it.
    fn suspicious(&self, text: &str) -> Vec<Range<usize>> {
        if text.contains("PRIVATE KEY-----") {
            let whole = 0..text.len();
            return vec![whole];
        }
        let words = words(text);
        words
            .filter(|span| self.is_suspicious(&text[span.clone()]))
            .collect()
    }

    fn is_suspicious(&self, word: &str) -> bool {
        let word = visible(word);
        // Addresses only if they contain a value.
        let is_address = word.contains("://") && !word.contains('=');
        let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
        if word.len() < SHORTEST_OWN || !has_digit || is_address {
            return false;
        }
        let lower = word.to_lowercase();
        let is_own = |pattern: &Regex| pattern.is_match(&word) || pattern.is_match(&lower);
        if self.patterns.iter().any(is_own) {
            return true;
        }
        let in_run = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.=-".contains(byte);
        let mut runs = word.as_bytes().split(|byte| !in_run(byte));
        let has_need = || {
            let mut needs = self.rules().kinds.iter().flat_map(|kind| &kind.needs);
            needs.any(|need| lower.contains(need))
        };
        word.len() >= SHORTEST && (runs.any(looks_random) || has_need())
    }
}

/// Whether small letters, capitals and digits alternate more than in file names, or there are no small letters.
fn looks_random(run: &[u8]) -> bool {
    let class = |byte: &u8| match byte {
        b'a'..=b'z' => Some(1),
        b'A'..=b'Z' => Some(2),
        b'0'..=b'9' => Some(3),
        _ => None,
    };
    let pairs = run
        .windows(2)
        .map(|pair| (class(&pair[0]), class(&pair[1])));
    let changes = pairs.filter(|(one, next)| one.is_some() && next.is_some() && one != next);
    run.len() >= SHORTEST && (changes.count() > 1 || !run.iter().any(u8::is_ascii_lowercase))
}

/// A word as the scanner reads it.
fn visible(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_graphic()) {
        return word.into();
    }
    let is_hidden = |one: &char| is_invisible(*one) || one.is_control();
    word.chars().filter(|one| !is_hidden(one)).nfkc().collect()
}

fn scan(
    rules: &SecretRules,
    suspicious: &[(&Arc<Source>, Range<usize>)],
) -> Result<Vec<Diagnostic>, Diagnostic> {
    let failed = |error: String| {
        let message = format!("a page cannot be searched for secrets: {error}");
        Diagnostic::error(Code::Secret, message)
    };
    let scanner = Scanner::new(rules, &[]).map_err(failed)?;
    let find = |source: &Arc<Source>, part: &Range<usize>| {
        let mut found = scanner
            .find(&source.text()[part.clone()], "")
            .map_err(|error| {
                let location = Location::new(source, part.clone());
                failed(error)
                    .at(location)
                    .hint("break this up into shorter lines")
            })?;
        for one in &mut found {
            one.span = part.start + one.span.start..part.start + one.span.end;
        }
        Ok::<_, Diagnostic>(found)
    };
    let mut diagnostics = Vec::new();
    let mut harmless: HashSet<&str> = HashSet::new();
    for (source, part) in suspicious {
        let word = &source.text()[part.clone()];
        if harmless.contains(word) {
            continue;
        }
        let found = find(source, part)?;
        if found.is_empty() {
            harmless.insert(word);
            continue;
        }
        // The line can say what it is: a checksum, for example.
        let in_context = find(source, &line(source.text(), part))?;
        let is_in_context = |one: &&Match| in_context.iter().any(|other| other.span == one.span);
        let found = found.iter().filter(is_in_context);
        diagnostics.extend(found.map(|one| diagnostic(one, source)));
    }
    Ok(diagnostics)
}

/// The lines that a part of a text is in.
fn line(text: &str, part: &Range<usize>) -> Range<usize> {
    let start = text[..part.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[part.end..].find('\n');
    start..end.map_or(text.len(), |at| part.end + at)
}

fn diagnostic(found: &Match, source: &Arc<Source>) -> Diagnostic {
    let message = format!("this looks like {}", found.what);
    let location = Location::new(source, found.span.clone());
    if found.certainty == Certainty::Certain {
        let hint = "remove it and revoke it: everyone who has read this file might have it";
        return Diagnostic::error(Code::Secret, message)
            .at(location)
            .hint(hint);
    }
    let hint = "remove it, or write a sample that cannot be real, such as `xxxx-xxxx`";
    Diagnostic::warning(Code::Secret, message)
        .at(location)
        .hint(hint)
}

fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    text.as_bytes()
        .split(u8::is_ascii_whitespace)
        .map(move |word| {
            let start = at;
            at += word.len() + 1;
            start..start + word.len()
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::short;

    #[test]
    fn only_what_may_be_a_secret_goes_to_the_scanner() {
        let search = Search {
            patterns: vec![Regex::new("vk-[0-9]{4}").expect("a constant")],
            ..Search::new([])
        };
        let random = "aB3".repeat(8);
        for word in [
            format!("npm_{random}"),
            format!("说明ghp_{random}。"),
            format!("npm_{}\u{200b}{}", &random[..9], &random[9..]),
            format!("`{}`", "ABCD2345".repeat(2)),
            "otpauth://totp/x?secret=ABC2".to_owned(),
            "“vk-1234”".to_owned(),
        ] {
            assert!(search.is_suspicious(&word), "{word}");
        }
        for word in [
            "",
            "a",
            "2026-09-30T10:00:00Z",
            "number](recover-your-account-1234.md).",
            "https://host.example/aB3aB3aB3aB3aB3aB3",
            "0123456789",
        ] {
            assert!(!search.is_suspicious(word), "{word}");
        }
    }

    #[test]
    fn a_word_that_cannot_be_searched_is_located() {
        let mut rules = SecretRules::with([]);
        // The script fails at a mixture that it does not know.
        for kind in &mut rules.kinds {
            kind.rest.insert("mixture".to_owned(), "unknown".into());
        }
        let key = format!("AKIA{}", "ABCD2345".repeat(2));
        let source = Source::new("index.md", format!("See\n {key} here"));
        let problem = scan(&rules, &[(&source, 5..5 + key.len())]).expect_err("it fails");
        assert_eq!(
            short(&Diagnostics::from_iter([problem])),
            "index.md:2:2: secret: a page cannot be searched for secrets: not a function\nhint: break this up into shorter lines\n"
        );
    }
}
