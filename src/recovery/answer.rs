//! Typed answers: the stray characters that are removed from them, and what makes one invalid.
//!
//! The browser tidies and validates what a reader types in the same way (`js/lib/request.js`). Rust does it for the
//! examples that an author gives.

use jiff::civil::Date;
use regex_lite::Regex;

use super::offset_map::cleaned;
use super::{Detail, DetailKind, Tidy};

/// Patterns are matched with no more characters than this: browsers take long for long texts.
pub(super) const LONGEST: usize = 10_000;

/// Why an answer is invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Invalid {
    /// It is longer than the detail allows.
    TooLong,
    /// It does not have the format the detail asks for.
    Format,
}

impl Invalid {
    /// Its name in the page's scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::TooLong => "too-long",
            Self::Format => "format",
        }
    }
}

impl Detail {
    /// A typed answer without stray characters; a list becomes one item per line.
    fn tidied(&self, text: &str) -> String {
        let text = cleaned(text);
        if self.kind == DetailKind::List {
            return self.items(&text).join("\n");
        }
        if self.kind == DetailKind::Paragraph {
            return text.trim().to_owned();
        }
        self.tidied_item(&text)
    }

    /// The items of a list, which are separated by line breaks or commas.
    fn items(&self, text: &str) -> Vec<String> {
        text.split(['\n', ','])
            .map(|item| self.tidied_item(item))
            .filter(|item| !item.is_empty())
            .collect()
    }

    fn tidied_item(&self, text: &str) -> String {
        let rules = self.tidy.iter();
        rules.fold(text.trim().to_owned(), |text, rule| {
            rule.apply(&text).trim().to_owned()
        })
    }

    /// Why an answer is invalid; an empty answer never is.
    pub fn invalid(&self, text: &str) -> Option<Invalid> {
        let text = self.tidied(text);
        if text.is_empty() {
            return None;
        }
        if self
            .max_length
            .is_some_and(|most| text.chars().count() > most)
        {
            return Some(Invalid::TooLong);
        }
        let fits = match self.kind {
            DetailKind::List => self.items(&text).iter().all(|item| self.matches(item)),
            DetailKind::Address => is_address(&text) && self.matches(&text),
            DetailKind::Date => text.parse::<Date>().is_ok(),
            _ => self.matches(&text),
        };
        (!fits).then_some(Invalid::Format)
    }

    /// Whether the whole answer matches the pattern. `check` reports a pattern that does not compile.
    fn matches(&self, text: &str) -> bool {
        let pattern = self.pattern.as_ref();
        pattern
            .and_then(|pattern| Regex::new(&whole(&pattern.value)).ok())
            .is_none_or(|expression| is_short(text) && expression.is_match(text))
    }
}

impl Tidy {
    fn apply(&self, text: &str) -> String {
        let rest = match self {
            Self::Backticks => text.trim_matches(['`', '\'', '"', '´', '‘', '’', '“', '”']),
            Self::At => text.trim_start_matches('@'),
            // `check` reports a pattern that does not compile.
            Self::Extract(pattern) => Regex::new(&whole(&pattern.value))
                .ok()
                .filter(|_| is_short(text))
                .and_then(|pattern| pattern.captures(text)?.iter().last()?)
                .map_or(text, |group| group.as_str()),
        };
        rest.to_owned()
    }
}

fn is_short(text: &str) -> bool {
    text.chars().nth(LONGEST).is_none()
}

/// The expression anchored at both ends.
pub fn whole(expression: &str) -> String {
    format!("^(?:{expression})$")
}

/// Whether a text is an `https:` address with a dot in its host and no spaces.
fn is_address(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .map(|rest| rest.split('/').next().unwrap_or_default());
    host.is_some_and(|host| host.trim_matches('.').contains('.'))
        && !text.chars().any(char::is_whitespace)
}
