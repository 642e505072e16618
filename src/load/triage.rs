//! `triage.toml` → the recovery domain.
//!
//! In: its source. Out: a triage, and a diagnostic for every key that makes no sense. Whether every question can be
//! reached, and every path ends, is for `check`.

use std::sync::Arc;

use serde::Deserialize;

use super::toml_file::{read, too_many};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::from_toml::{FromToml, Reader, Spanned};
use crate::ids::{AnswerId, OutcomeId, QuestionId};
use crate::markdown::Options;
use crate::recovery::{Answer, Next, Triage};
use crate::source::{Location, Source};

/// Reads `triage.toml`. `None` if its syntax is wrong, it has no title or start, or it is too large.
pub(super) fn triage(
    source: &Arc<Source>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Triage> {
    let triage: Triage = read(source, options, diagnostics)?;
    let Triage {
        questions,
        outcomes,
        ..
    } = &triage;
    let answers = questions.iter().flat_map(|question| &question.answers);
    let mut too_many = |limit, what, entries: &mut dyn Iterator<Item = &Location>| {
        too_many(limit, what, entries, diagnostics)
    };
    let is_too_large = too_many(
        1_000,
        "questions",
        &mut questions.iter().map(|one| &one.id.location),
    ) || too_many(
        1_000,
        "outcomes",
        &mut outcomes.iter().map(|one| &one.id.location),
    ) || too_many(10_000, "answers", &mut answers.map(|one| &one.id.location));
    (!is_too_large).then_some(triage)
}

/// An answer. It has either `question` or `outcome`.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawAnswer {
    /// Its name.
    id: Spanned<AnswerId>,
    /// What readers see.
    label: String,
    /// The text below it, in Markdown.
    hint: Option<Spanned<String>>,
    /// The heading above it and the answers beside it that name the same one.
    group: Option<String>,
    /// The `id` of the next question.
    question: Option<Spanned<QuestionId>>,
    /// The `id` of the outcome.
    outcome: Option<Spanned<OutcomeId>>,
}

impl FromToml for Answer {
    type Raw = RawAnswer;

    fn from_toml(raw: RawAnswer, reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.located(raw.id);
        let next = match (raw.question, raw.outcome) {
            (Some(question), None) => Next::Question(reader.located(question)),
            (None, Some(outcome)) => Next::Outcome(reader.located(outcome)),
            (question, _) => {
                let (how, hint) = if question.is_some() {
                    ("to two places", "keep `question` or `outcome`")
                } else {
                    ("nowhere", "give it a `question` or an `outcome`")
                };
                let message = format!("the answer `{}` goes {how}", id.value);
                let problem = Diagnostic::error(Code::DeadEnd, message);
                reader.report(problem.at(id.location).hint(hint));
                return None;
            }
        };
        Some(Self {
            hint: Option::from_toml(raw.hint, reader)?,
            group: raw.group,
            label: raw.label,
            id,
            next,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::short;

    fn read_triage(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Option<Triage> {
        triage(source, &Options::default(), diagnostics)
    }

    const TRIAGE: &str = r#"
title = "What do you have?"
start = "site"
[[question]]
id = "site"
title = "Where?"
  [[question.answer]]
  id = "one"
  label = "One"
  outcome = "end"
[[outcome]]
id = "end"
title = "The end"
guides = ["a/b.md"]
request = "account-recovery"
answers = { lost = "phone" }
"#;

    #[test]
    fn a_triage_is_read_whole() {
        let source = Source::new("content/triage.toml", TRIAGE);
        let mut diagnostics = Diagnostics::default();
        let triage = read_triage(&source, &mut diagnostics).expect("a triage");
        assert_eq!(short(&diagnostics), "");
        assert!(
            matches!(&triage.questions[0].answers[0].next, Next::Outcome(id) if id.value.as_str() == "end")
        );
        assert_eq!(triage.outcomes[0].answers[0].1.value.as_str(), "phone");
    }

    #[test]
    fn an_answer_has_exactly_one_next_step() {
        for (line, expected) in [
            ("", "the answer `one` goes nowhere"),
            (
                "outcome = \"end\"\nquestion = \"site\"",
                "the answer `one` goes to two places",
            ),
        ] {
            let source = Source::new("t.toml", TRIAGE.replacen("outcome = \"end\"", line, 1));
            let mut diagnostics = Diagnostics::default();
            read_triage(&source, &mut diagnostics);
            let reported = short(&diagnostics);
            assert!(
                reported.starts_with(&format!("t.toml:8:9: dead-end: {expected}")),
                "{reported}"
            );
        }
    }
}
