//! `triage.toml` → the recovery domain.
//!
//! In: its source. Out: a triage, and a diagnostic for every key that cannot be taken as it stands.
//! Whether every question is reached and leads on is for `check`.

use std::sync::Arc;

use super::checklist::{ProseParser, Reader};
use super::checklist_raw::{RawAnswer, RawOutcome, RawQuestion, RawTriage};
use super::toml_file::{Spanned, read, too_many};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::{AnswerId, DetailId, OutcomeId, QuestionId, RequestId};
use crate::recovery::{Answer, Next, Outcome, Question, Triage};
use crate::source::{Located, Source};

type Text = Spanned<String>;

/// Reads `triage.toml`; without a value only where its syntax is wrong or it has no title or start.
pub(super) fn triage(
    source: &Arc<Source>,
    parser: &mut ProseParser,
    diagnostics: &mut Diagnostics,
) -> Option<Triage> {
    let raw: RawTriage = read(source, diagnostics)?;
    let mut too_many = |limit, entries: &mut dyn Iterator<Item = &Text>| {
        too_many(source, limit, entries, diagnostics)
    };
    let answers = raw.question.iter().flat_map(|question| &question.answer);
    if too_many(
        (1_000, "questions"),
        &mut raw.question.iter().map(|one| &one.id),
    ) || too_many(
        (1_000, "outcomes"),
        &mut raw.outcome.iter().map(|one| &one.id),
    ) || too_many((10_000, "answers"), &mut answers.map(|one| &one.id))
    {
        return None;
    }
    let mut reader = Reader {
        source,
        parser,
        diagnostics,
    };
    Some(Triage {
        title: reader.text(raw.title),
        intro: reader.prose(raw.intro),
        start: reader.name(raw.start, QuestionId::new),
        questions: raw
            .question
            .into_iter()
            .map(|question| reader.question(question))
            .collect(),
        outcomes: raw
            .outcome
            .into_iter()
            .map(|outcome| reader.outcome(outcome))
            .collect(),
    })
}

impl Reader<'_> {
    fn question(&mut self, raw: RawQuestion) -> Question {
        let answers = raw.answer.into_iter();
        Question {
            id: self.name(raw.id, QuestionId::new),
            title: raw.title,
            hint: self.prose(raw.hint),
            answers: answers.filter_map(|answer| self.answer(answer)).collect(),
        }
    }

    fn answer(&mut self, raw: RawAnswer) -> Option<Answer> {
        let id = self.name(raw.id, AnswerId::new);
        let next = match (raw.question, raw.outcome) {
            (Some(question), None) => Next::Question(self.name(question, QuestionId::new)),
            (None, Some(outcome)) => Next::Outcome(self.name(outcome, OutcomeId::new)),
            (question, _) => {
                let (how, hint) = if question.is_some() {
                    ("to two places", "keep `question` or `outcome`")
                } else {
                    ("nowhere", "give it a `question` or an `outcome`")
                };
                let message = format!("the answer `{}` goes {how}", id.value);
                self.diagnostics.push(
                    Diagnostic::error(Code::DeadEnd, message)
                        .at(id.location)
                        .hint(hint),
                );
                return None;
            }
        };
        Some(Answer {
            hint: self.prose(raw.hint),
            group: raw.group,
            label: raw.label,
            id,
            next,
        })
    }

    fn outcome(&mut self, raw: RawOutcome) -> Outcome {
        Outcome {
            id: self.name(raw.id, OutcomeId::new),
            title: raw.title,
            text: self.prose(raw.text),
            guides: self.texts(raw.guides),
            then: self.texts(raw.then),
            filed: raw.filed,
            request: raw
                .request
                .map(|request| self.name(request, RequestId::new)),
            answers: raw
                .answers
                .into_iter()
                .flat_map(|(detail, answers)| self.established(detail, answers))
                .collect(),
            hide: raw
                .hide
                .into_iter()
                .map(|detail| self.name(detail, DetailId::new))
                .collect(),
        }
    }

    fn texts(&self, texts: Vec<Text>) -> Vec<Located<String>> {
        texts.into_iter().map(|text| self.text(text)).collect()
    }

    /// What an outcome answers of one detail: one option, or several of a detail that takes them.
    fn established(
        &mut self,
        detail: Text,
        answers: Spanned<toml::Value>,
    ) -> Vec<(Located<DetailId>, Located<AnswerId>)> {
        let detail = self.name(detail, DetailId::new);
        let answers = self.chosen(&detail, answers).into_iter();
        answers.map(|answer| (detail.clone(), answer)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::short;

    fn read_triage(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Option<Triage> {
        triage(source, &mut ProseParser::default(), diagnostics)
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
    fn an_answer_leads_exactly_one_way() {
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
            let told = short(&diagnostics);
            assert!(
                told.starts_with(&format!("t.toml:8:9: dead-end: {expected}")),
                "{told}"
            );
        }
    }
}
