//! `expect.toml` → what the author expects of search.
//!
//! In: its source. Out: questions with what must come of them, words readers may use, and a
//! diagnostic for every question that cannot be asked as it stands. Whether the pages are there and
//! whether search finds them is for `check`.

use std::sync::Arc;

use serde::Deserialize;

use super::toml_file::read_raw;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::from_toml::{Spanned, located};
use crate::site::{Answer, Expectation, Expectations, QUESTION_LIMIT};
use crate::source::{Located, Source};

/// As many results as a phone shows without scrolling.
const WITHIN: usize = 3;

/// What the author expects of search. `regain check` asks every question.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawExpectations {
    /// Words that readers may use. `check` warns about each that no page and no synonym covers.
    #[serde(default)]
    words: Vec<Spanned<String>>,
    /// Questions and what they should find.
    #[serde(default)]
    question: Vec<RawQuestion>,
}

/// A question and what it should find.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct RawQuestion {
    /// What a reader types.
    ask: Spanned<String>,
    /// The page to find: a guide's file, or an address such as `/checklist/`. With `#heading`, that section of it.
    page: Option<Spanned<String>>,
    /// Other pages that answer the question as well.
    #[serde(default)]
    or: Vec<Spanned<String>>,
    /// How far down the page may be in the results. Default: `3`.
    within: Option<Spanned<u32>>,
    /// `true` if nothing should be found.
    nothing: Option<Spanned<bool>>,
}

/// Reads `expect.toml`.
pub(super) fn expectations(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Expectations {
    let before = diagnostics.count(Severity::Error);
    let Some(raw) = read_raw::<RawExpectations>(source, 0..source.text().len(), diagnostics) else {
        return Expectations::default();
    };
    // What a question lacks may be what could not be read and was told already.
    let whole = diagnostics.count(Severity::Error) == before;
    let questions = raw.question.into_iter();
    let questions = questions.filter(|raw| whole || raw.page.is_some() || raw.nothing.is_some());
    let words = raw.words.into_iter();
    let words = words.filter_map(|word| said(located(source, word), diagnostics));
    let words = words.collect();
    Expectations {
        questions: questions
            .filter_map(|question| expectation(source, question, diagnostics))
            .collect(),
        words,
    }
}

fn expectation(
    source: &Arc<Source>,
    raw: RawQuestion,
    diagnostics: &mut Diagnostics,
) -> Option<Expectation> {
    let ask = said(located(source, raw.ask), diagnostics)?;
    let mut problem = |location, message: &str, hint: &str| {
        let problem = Diagnostic::error(Code::Expectation, message);
        diagnostics.push(problem.at(location).hint(hint));
    };
    let within = raw.within.map(|within| located(source, within));
    if let Some(zero) = within.as_ref().filter(|within| within.value == 0) {
        let message = "`within` must be 1 or more";
        problem(zero.location.clone(), message, "`1` means the first result");
    }
    let nothing = raw.nothing.map(|nothing| located(source, nothing));
    let answer = match (raw.page, nothing.filter(|nothing| nothing.value)) {
        (Some(page), None) => Answer::Page {
            pages: std::iter::once(page)
                .chain(raw.or)
                .map(|page| located(source, page))
                .collect(),
            within: within.map_or(WITHIN, |within| within.value as usize),
        },
        (None, Some(_)) => Answer::Nothing,
        (None, None) => {
            let message = "this question expects nothing in particular";
            let hint = "add `page = \"…\"`, or `nothing = true` where no page may be found";
            problem(ask.location, message, hint);
            return None;
        }
        (Some(_), Some(nothing)) => {
            let message = "this question expects a page and that there is none";
            problem(nothing.location, message, "keep `page` or `nothing`");
            return None;
        }
    };
    Some(Expectation { ask, answer })
}

/// A text with words, but not too many.
fn said(text: Located<String>, diagnostics: &mut Diagnostics) -> Option<Located<String>> {
    let problem = if text.value.chars().nth(QUESTION_LIMIT).is_some() {
        let message = format!("the question is longer than {QUESTION_LIMIT} characters");
        Diagnostic::error(Code::TooLarge, message)
    } else if text.value.chars().any(char::is_alphanumeric) {
        return Some(text);
    } else {
        Diagnostic::error(Code::Expectation, "the question contains no word")
    };
    let problem = problem.at(text.location);
    diagnostics.push(problem.hint("write what a reader might type"));
    None
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
        let (read, told) = attempt(
            "words = ['yubikey']\n[[question]]\nask = 'lost phone'\npage = 'a.md#b'\n\
             [[question]]\nask = 'codes'\npage = '/checklist/'\nor = ['b.md']\nwithin = 1\n\
             [[question]]\nask = 'qwxz'\nnothing = true\n",
        );
        assert_eq!(told, "");
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
    fn what_cannot_be_asked_is_told_at_its_place() {
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
            let (_, told) = attempt(&format!("[[question]]\n{lines}\n"));
            assert!(told.starts_with(&format!("e.toml:{expected}")), "{told}");
        }
    }
}
