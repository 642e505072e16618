//! `expect.toml` → what the author expects of search.
//!
//! In: its source. Out: questions with the pages they should find, words that readers may use, and a diagnostic for
//! every question that cannot be asked. `check` looks for the pages and asks the questions.

use std::sync::Arc;

use super::toml_file::read;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::from_toml::{FromToml, Reader, Value, from_toml};
use crate::markdown::Options;
use crate::site::{Answer, Expectation, Expectations, QUESTION_LIMIT};
use crate::source::{Located, Location, Source};

/// As many results as a phone shows without scrolling.
const WITHIN: usize = 3;

from_toml! {
    /// A question and what it should find.
    #[derive(Debug)]
    pub struct QuestionTable from RawQuestion {
        /// What a reader types.
        pub ask: Located<String>,
        /// The page to find: a guide's file, or an address such as `/checklist/`. With `#heading`, that section of it.
        pub page: Option<Located<String>>,
        /// Other pages that answer the question as well.
        #[serde(default)]
        pub or: Vec<Located<String>>,
        /// How far down the page may be in the results. Default: `3`.
        pub within: Option<Located<usize>>,
        /// `true` if nothing should be found.
        pub nothing: Option<Located<bool>>,
    }
}

/// Reads `expect.toml`.
pub(super) fn expectations(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Expectations {
    let read: Option<Expectations> = read(source, &Options::default(), diagnostics);
    let mut expectations = read.unwrap_or_default();
    let words = &mut expectations.words;
    words.retain(|word| is_searchable(word, diagnostics));
    expectations
}

impl FromToml for Expectation {
    #[cfg(test)]
    type Raw = RawQuestion;

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let before = reader.diagnostics.iter().count();
        let question = QuestionTable::from_toml(value, reader)?;
        let is_partial = reader.diagnostics.iter().count() > before;
        let ask = question.ask;
        if !is_searchable(&ask, reader.diagnostics) {
            return None;
        }
        let mut problem = |location: &Location, message: &str, hint: &str| {
            let problem = Diagnostic::error(Code::Expectation, message);
            reader.report(problem.at(location).hint(hint));
        };
        if let Some(zero) = question.within.as_ref().filter(|one| one.value == 0) {
            let message = "`within` must be 1 or more";
            problem(&zero.location, message, "`1` means the first result");
        }
        let answer = match (question.page, question.nothing.filter(|one| one.value)) {
            (Some(page), None) => Answer::Page {
                pages: std::iter::once(page).chain(question.or).collect(),
                within: question.within.map_or(WITHIN, |within| within.value),
            },
            (None, Some(_)) => Answer::Nothing,
            // A page that could not be read has been reported.
            (None, None) if is_partial => return None,
            (None, None) => {
                let message = "this question expects nothing in particular";
                let hint = "add `page = \"…\"`, or `nothing = true` where no page may be found";
                problem(&ask.location, message, hint);
                return None;
            }
            (Some(_), Some(nothing)) => {
                let message = "this question expects a page and that there is none";
                problem(&nothing.location, message, "keep `page` or `nothing`");
                return None;
            }
        };
        Some(Self { ask, answer })
    }
}

/// Whether a text has words, but not too many.
fn is_searchable(text: &Located<String>, diagnostics: &mut Diagnostics) -> bool {
    let problem = if text.value.chars().nth(QUESTION_LIMIT).is_some() {
        let message = format!("the question is longer than {QUESTION_LIMIT} characters");
        Diagnostic::error(Code::TooLarge, message)
    } else if text.value.chars().any(char::is_alphanumeric) {
        return true;
    } else {
        Diagnostic::error(Code::Expectation, "the question contains no word")
    };
    let problem = problem.at(&text.location);
    diagnostics.push(problem.hint("write what a reader might type"));
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::short;

    fn attempt(text: &str) -> (Expectations, String) {
        let source = Source::new("e.toml", text);
        let mut diagnostics = Diagnostics::default();
        let read = expectations(&source, &mut diagnostics);
        (read, short(&diagnostics.sorted()))
    }

    #[test]
    fn questions_are_read_with_what_is_expected_of_them() {
        let (read, reported) = attempt(
            "words = ['yubikey']\n[[question]]\nask = 'lost phone'\npage = 'a.md#b'\n\
             [[question]]\nask = 'codes'\npage = '/checklist/'\nor = ['b.md']\nwithin = 1\n\
             [[question]]\nask = 'qwxz'\nnothing = true\n",
        );
        assert_eq!(reported, "");
        let shown: Vec<_> = read
            .questions
            .iter()
            .map(|question| match &question.answer {
                Answer::Page { pages, within } => {
                    let pages: Vec<_> = pages.iter().map(|page| page.value.as_str()).collect();
                    format!("{} {} {within}", question.ask.value, pages.join("|"))
                }
                Answer::Nothing => format!("{} -", question.ask.value),
            })
            .collect();
        assert_eq!(
            shown,
            ["lost phone a.md#b 3", "codes /checklist/|b.md 1", "qwxz -"]
        );
        assert_eq!(read.words[0].value, "yubikey");
    }

    #[test]
    fn questions_that_cannot_be_asked_are_reported_at_their_locations() {
        let cases = [
            (
                "ask = 'a'",
                "2:8: expectation: this question expects nothing in particular",
            ),
            (
                "ask = 'a'\nnothing = false",
                "2:8: expectation: this question expects nothing",
            ),
            (
                "ask = 'a'\npage = 'a.md'\nnothing = true",
                "4:11: expectation: this question expects a page and",
            ),
            (
                "ask = ' ? '\npage = 'a.md'",
                "2:8: expectation: the question contains no word",
            ),
            (
                "ask = 'a'\npage = 'a.md'\nwithin = 0",
                "4:10: expectation: `within` must be 1 or more",
            ),
            (
                "ask = 'a'\npgae = 'a.md'",
                "3:1: unknown-key: unknown key `pgae`\nhint: did you mean `page`?",
            ),
        ];
        for (lines, expected) in cases {
            let (_, reported) = attempt(&format!("[[question]]\n{lines}\n"));
            assert!(
                reported.starts_with(&format!("e.toml:{expected}")),
                "{reported}"
            );
        }
    }
}
