//! `triage.toml` → the recovery domain.
//!
//! In: its source. Out: a triage, and a diagnostic for every key that makes no sense. `check` decides whether
//! every question can be reached and every path ends.

use std::sync::Arc;

use super::toml_file::{locations, read, too_many};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::from_toml::{FromToml, Reader, Value, from_toml};
use crate::ids::{AnswerId, OutcomeId, QuestionId};
use crate::markdown::{Options, Prose};
use crate::recovery::{Answer, Entry, Next, Triage};
use crate::source::{Located, Source};

/// Reads `triage.toml`. `None` if its syntax is wrong, it has no title or start, or it is too large.
pub(super) fn triage(
    source: &Arc<Source>,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<Triage> {
    let triage: Triage = read(source, options, diagnostics)?;
    let questions = &triage.questions;
    let answers = questions.iter().flat_map(|one| &one.answers);
    let answers = answers.map(Entry::location);
    let is_too_large = too_many(1_000, "questions", locations(questions), diagnostics)
        || too_many(1_000, "outcomes", locations(&triage.outcomes), diagnostics)
        || too_many(10_000, "answers", answers, diagnostics);
    (!is_too_large).then_some(triage)
}

from_toml! {
    /// An answer. It has either `question` or `outcome`.
    #[derive(Debug)]
    pub struct AnswerTable from RawAnswer {
        /// Its name.
        pub id: Located<AnswerId>,
        /// What readers see.
        pub label: String,
        /// The text below it, in Markdown.
        pub hint: Option<Prose>,
        /// The heading above it and the answers beside it that name the same one.
        pub group: Option<String>,
        /// The `id` of the next question.
        pub question: Option<Located<QuestionId>>,
        /// The `id` of the outcome.
        pub outcome: Option<Located<OutcomeId>>,
    }
}

impl FromToml for Answer {
    #[cfg(test)]
    type Raw = RawAnswer;

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let answer = AnswerTable::from_toml(value, reader)?;
        let next = match (answer.question, answer.outcome) {
            (Some(question), None) => Next::Question(question),
            (None, Some(outcome)) => Next::Outcome(outcome),
            (question, _) => {
                let (how, hint) = if question.is_some() {
                    ("to two places", "keep `question` or `outcome`")
                } else {
                    ("nowhere", "give it a `question` or an `outcome`")
                };
                let message = format!("the answer `{}` goes {how}", answer.id.value);
                let problem = Diagnostic::error(Code::DeadEnd, message);
                reader.report(problem.at(answer.id.location).hint(hint));
                return None;
            }
        };
        Some(Self {
            id: answer.id,
            label: answer.label,
            hint: answer.hint,
            group: answer.group,
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
