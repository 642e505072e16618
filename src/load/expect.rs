//! `expect.toml` → what the author expects of search.
//!
//! In: its source. Out: questions with what they should find, words that readers may use, and a diagnostic for each that
//! cannot be searched for. `check` looks for the pages and asks the questions.

use std::sync::Arc;

use super::toml_file::read;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::Options;
use crate::site::{Expectations, QUESTION_LIMIT};
use crate::source::{Located, Source};

/// Reads `expect.toml`.
pub(super) fn expectations(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Expectations {
    let read: Option<Expectations> = read(source, &Options::default(), diagnostics);
    let mut expectations = read.unwrap_or_default();
    let Expectations { words, questions } = &mut expectations;
    words.retain(|word| is_searchable(word, diagnostics));
    questions.retain(|question| is_searchable(&question.ask, diagnostics));
    expectations
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
            .map(|question| {
                let pages: Vec<_> = question.pages().map(|page| page.value.as_str()).collect();
                let nothing = question.nothing().is_some();
                format!("{} {} {nothing}", question.ask.value, pages.join("|"))
            })
            .collect();
        let expected = [
            "lost phone a.md#b false",
            "codes /checklist/|b.md false",
            "qwxz  true",
        ];
        assert_eq!(shown, expected);
        assert_eq!(read.words[0].value, "yubikey");
    }

    #[test]
    fn questions_that_cannot_be_asked_are_reported_at_their_locations() {
        let cases = [
            (
                "ask = ' ? '\npage = 'a.md'",
                "2:8: expectation: the question contains no word",
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
