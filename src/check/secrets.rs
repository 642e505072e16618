//! Secrets in what the author wrote, which would be published.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::OnceLock;

use rayon::prelude::*;
use regex_lite::{Regex, RegexBuilder};
use unicode_normalization::UnicodeNormalization as _;

use super::patterns::{Matches, compile_pattern};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::invisible::is_invisible;
use crate::recovery::secret_scanner::{
    Certainty, Match, Scanner, SecretKind, SecretRules, SiteSecret,
};
use crate::site::Site;
use crate::source::Location;
use crate::theme::Theme;

/// Only words at least as long as the shortest built-in secret are scanned.
const SHORTEST: usize = 16;
/// The site's own secrets may be shorter.
const SHORTEST_OWN: usize = 6;
/// A guess that is reported even in a page: nobody writes one by chance.
const WORTH_A_LOOK: &str = "authenticator-key";
/// The scanner needs more than twice as long for twice as long a text, so longer lines are cut.
const LINE: usize = 1_000;
/// The most lines of a site that the scanner searches, a few seconds' worth.
const MOST_LINES: usize = 20_000;

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
        let lines = search.suspicious(source.text()).into_iter();
        lines.map(|line| Location::new(source, line))
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
    /// What those look like that are one word.
    words: Vec<Regex>,
    /// What those look like that may contain spaces.
    phrases: Vec<Regex>,
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
        let (phrases, words): (Vec<&SiteSecret>, Vec<&SiteSecret>) =
            own.iter().partition(|one| one.pattern.value.contains(' '));
        Self {
            words: words.into_iter().flat_map(regexes).collect(),
            phrases: phrases.into_iter().flat_map(regexes).collect(),
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

    /// The lines of a text that may contain a secret; all of a text with a private key, which has several lines.
    fn suspicious(&self, text: &str) -> Vec<Range<usize>> {
        if text.contains("PRIVATE KEY-----") {
            let whole = 0..text.len();
            return vec![whole];
        }
        let mut lines = lines(text);
        lines.retain(|line| {
            let line = &text[line.clone()];
            words_with_digits(line).any(|word| self.is_suspicious(word))
                || !self.phrases.is_empty() && matches(&self.phrases, &visible(line))
        });
        lines
    }

    /// Whether a word may be a secret or part of one: it has a digit.
    fn is_suspicious(&self, word: &str) -> bool {
        let word = visible(word);
        // Addresses only if they contain a value.
        let is_address = word.contains("://") && !word.contains('=');
        let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
        if word.len() < SHORTEST_OWN || !has_digit || is_address {
            return false;
        }
        if matches(&self.words, &word) {
            return true;
        }
        let in_run = |byte: &u8| byte.is_ascii_alphanumeric() || b"_.=-".contains(byte);
        let mut runs = word.as_bytes().split(|byte| !in_run(byte));
        let has_need = || {
            let lower = word.to_lowercase();
            let mut needs = self.rules().kinds.iter().flat_map(|kind| &kind.needs);
            needs.any(|need| lower.contains(need))
        };
        word.len() >= SHORTEST && (runs.any(looks_random) || has_need())
    }
}

/// What a secret of the site looks like, as written and in lower case. `case_insensitive` covers only ASCII, so other
/// letters are compared in lower case as well. `\D` stays as it is.
fn regexes(secret: &SiteSecret) -> impl Iterator<Item = Regex> {
    let pattern = &secret.pattern.value;
    let lower = pattern.chars().map(|one| match one {
        'A'..='Z' => one.to_string(),
        _ => one.to_lowercase().to_string(),
    });
    let regex = |pattern: String| {
        let mut pattern = RegexBuilder::new(&pattern);
        pattern.case_insensitive(secret.ignore_case).build().ok()
    };
    [pattern.clone(), lower.collect()]
        .into_iter()
        .filter_map(regex)
}

fn matches(patterns: &[Regex], text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut patterns = patterns.iter();
    patterns.any(|one| one.is_match(text) || one.is_match(&lower))
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

/// A text as the scanner reads it.
fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.into();
    }
    let is_hidden = |one: &char| is_invisible(*one) || one.is_control();
    text.chars().filter(|one| !is_hidden(one)).nfkc().collect()
}

fn scan(rules: &SecretRules, lines: &[Location]) -> Result<Vec<Diagnostic>, Diagnostic> {
    let failed = |error: String| {
        let message = format!("a page cannot be searched for secrets: {error}");
        Diagnostic::error(Code::Secret, message)
    };
    let scanner = Scanner::new(rules, &[]).map_err(failed)?;
    let mut diagnostics = Vec::new();
    let mut harmless: HashSet<&str> = HashSet::new();
    for line in lines.iter().take(MOST_LINES) {
        let text = &line.source.text()[line.span.clone()];
        if harmless.contains(text) {
            continue;
        }
        let found = scanner.find(text, "").map_err(|error| {
            let hint = "break this up into shorter lines";
            failed(error).at(line).hint(hint)
        })?;
        if found.is_empty() {
            harmless.insert(text);
        }
        diagnostics.extend(found.iter().map(|one| diagnostic(one, line)));
    }
    diagnostics.extend(lines.get(MOST_LINES).map(|line| {
        let message =
            format!("the site has more than {MOST_LINES} lines with what could be keys or codes");
        let hint = "put such lists into a `.txt` or `.csv` file beside the page";
        Diagnostic::error(Code::TooLarge, message)
            .at(line)
            .hint(hint)
    }));
    Ok(diagnostics)
}

fn diagnostic(found: &Match, line: &Location) -> Diagnostic {
    let message = format!("this looks like {}", found.what);
    let start = line.span.start;
    let span = start + found.span.start..start + found.span.end;
    let (problem, hint) = if found.certainty == Certainty::Certain {
        let hint = "remove it and revoke it: everyone who has read this file might have it";
        (Diagnostic::error(Code::Secret, message), hint)
    } else {
        let hint = "remove it, or write a sample that cannot be real, such as `xxxx-xxxx`";
        (Diagnostic::warning(Code::Secret, message), hint)
    };
    problem.at(Location::new(&line.source, span)).hint(hint)
}

/// The lines of a text. Those that are longer than [`LINE`] are cut between two words.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        while end - start > LINE {
            let mut most = text.as_bytes()[start..start + LINE].iter();
            let mut all = text.as_bytes()[start..end].iter();
            let space = most.rposition(u8::is_ascii_whitespace);
            let space = space.or_else(|| all.position(u8::is_ascii_whitespace));
            let cut = space.map_or(end, |at| start + at + 1);
            lines.push(start..cut);
            start = cut;
        }
        if start < end {
            lines.push(start..end);
        }
        start = end;
    }
    lines
}

/// The words that may contain a digit: those with an ASCII digit, or with another character that may stand for one.
fn words_with_digits(line: &str) -> impl Iterator<Item = &str> {
    let bytes = line.as_bytes();
    let may_be_digit = |byte: &u8| byte.is_ascii_digit() || !byte.is_ascii();
    let mut end = 0;
    std::iter::from_fn(move || {
        let digit = end + bytes[end..].iter().position(may_be_digit)?;
        let space = bytes[end..digit].iter().rposition(u8::is_ascii_whitespace);
        let start = space.map_or(end, |at| end + at + 1);
        let space = bytes[digit..].iter().position(u8::is_ascii_whitespace);
        end = space.map_or(bytes.len(), |at| digit + at);
        Some(&line[start..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::short;
    use crate::source::Source;

    #[test]
    fn only_what_may_be_a_secret_goes_to_the_scanner() {
        let search = Search {
            words: vec![Regex::new("vk-[0-9]{4}").expect("a constant")],
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
    fn lines_with_secrets_that_contain_spaces_go_to_the_scanner() {
        let search = Search {
            phrases: vec![Regex::new("vk [0-9]{2} [a-z]+").expect("a constant")],
            ..Search::new([])
        };
        let text = "Use\nvk\u{a0}12 open now\nvk\n";
        let lines = search.suspicious(text);
        let lines: Vec<_> = lines.into_iter().map(|line| &text[line]).collect();
        assert_eq!(lines, ["vk\u{a0}12 open now\n"]);
    }

    #[test]
    fn long_lines_are_cut_between_words() {
        let text = format!("{}\n{}\nshort", "word ".repeat(500), "x".repeat(2 * LINE));
        let lines = lines(&text);
        let all: String = lines.iter().map(|line| &text[line.clone()]).collect();
        assert_eq!(all, text);
        let lengths: Vec<_> = lines.iter().map(Range::len).collect();
        assert_eq!(lengths, [1000, 1000, 501, 2001, 5]);
    }

    #[test]
    fn the_scanner_searches_a_limited_number_of_lines() {
        let source = Source::new("index.md", "aB3".repeat(8));
        let line = Location::start_of(&source);
        let scan = |count: usize| {
            let found = scan(&SecretRules::with([]), &vec![line.clone(); count]);
            short(&found.expect("it works").into_iter().collect())
        };
        assert_eq!(scan(MOST_LINES), "");
        assert_eq!(
            scan(MOST_LINES + 1),
            "index.md:1:1: too-large: the site has more than 20000 lines with what could be keys or codes\n\
             hint: put such lists into a `.txt` or `.csv` file beside the page\n"
        );
    }

    #[test]
    fn only_words_that_may_contain_a_digit_are_found() {
        for (line, expected) in [
            ("", &[][..]),
            ("a b-c\n", &[]),
            ("1", &["1"]),
            ("a b2 3c\t d４\u{a0}e f", &["b2", "3c", "d４\u{a0}e"]),
        ] {
            let found: Vec<_> = words_with_digits(line).collect();
            assert_eq!(found, expected, "{line:?}");
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
        let problem =
            scan(&rules, &[Location::new(&source, 5..5 + key.len())]).expect_err("it fails");
        assert_eq!(
            short(&Diagnostics::from_iter([problem])),
            "index.md:2:2: secret: a page cannot be searched for secrets: not a function\nhint: break this up into shorter lines\n"
        );
    }
}
