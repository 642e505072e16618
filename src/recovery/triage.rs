//! Questions, answers and outcomes.

use super::find;
use crate::from_toml::{OneOrMore, Reader, Written, from_toml, one_or_more};
use crate::ids::{AnswerId, DetailId, OutcomeId, QuestionId, RequestId};
use crate::markdown::Prose;
use crate::source::Located;

from_toml! {
    /// The questions that lead readers to the right guide.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Triage from RawTriage {
        /// The heading of `/start/`.
        pub title: Located<String>,
        /// The text below the heading, in Markdown.
        pub intro: Option<Prose>,
        /// The `id` of the first question.
        pub start: Located<QuestionId>,
        /// The questions.
        pub questions as "question": Vec<Question> = default,
        /// The outcomes that answers lead to.
        pub outcomes as "outcome": Vec<Outcome> = default,
    }

    /// A question.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Question from RawQuestion {
        /// Its name.
        pub id: Located<QuestionId>,
        /// The question.
        pub title: String,
        /// The text below it, in Markdown.
        pub hint: Option<Prose>,
        /// The answers. One of them has the id `unsure`: "I am not sure".
        pub answers as "answer": Vec<Answer> = default,
    }

    /// An answer. It has either `question` or `outcome`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Answer from RawAnswer {
        /// Its name.
        pub id: Located<AnswerId>,
        /// What readers see.
        pub label: String,
        /// The text below it, in Markdown.
        pub hint: Option<Prose>,
        /// The heading above it and the answers beside it that name the same one.
        pub group: Option<String>,
        /// The `id` of the next question.
        pub question: Option<Written<Located<QuestionId>>>,
        /// The `id` of the outcome.
        pub outcome: Option<Written<Located<OutcomeId>>>,
    }

    /// Where a path through the questions ends: the page `/start/ID/`.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Outcome from RawOutcome {
        /// Its name. It is part of the address, so it names nothing personal.
        pub id: Located<OutcomeId>,
        /// Its heading.
        pub title: String,
        /// What to do, in Markdown.
        pub text: Option<Prose>,
        /// Guides to follow, in order: files below `content/`.
        pub guides: Vec<Located<String>> = default,
        /// Guides to read after those, and after the request.
        pub then: Vec<Located<String>> = default,
        /// Whether the reader has made a request already.
        pub filed: bool = default,
        /// The `id` of the request to make.
        pub request: Option<Located<RequestId>>,
        /// Details that are answered by getting here: a detail's `id` and the `id` of an option, or a list of them, as
        /// in `{ lost = ["phone"] }`.
        pub answers: Vec<(Located<DetailId>, Located<AnswerId>)> = default => answered(Vec<(Located<DetailId>, OneOrMore<AnswerId>)>),
        /// The `id`s of details that make no sense here. Readers who come from this outcome are not asked them.
        pub hide: Vec<Located<DetailId>> = default,
    }
}

/// What follows an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Next<'a> {
    /// Another question.
    Question(&'a Located<QuestionId>),
    /// The end of the path.
    Outcome(&'a Located<OutcomeId>),
}

impl Answer {
    /// What follows.
    ///
    /// Errors: it names neither a question nor an outcome, both, or one that cannot be read, which `load` reports.
    pub fn next(&self) -> Result<Next<'_>, &'static str> {
        match (&self.question, &self.outcome) {
            (Some(Written(Some(question))), None) => Ok(Next::Question(question)),
            (None, Some(Written(Some(outcome)))) => Ok(Next::Outcome(outcome)),
            (Some(Written(None)), None) | (None, Some(Written(None))) => Err("cannot be read"),
            (None, None) => Err("goes nowhere"),
            (Some(_), Some(_)) => Err("has both `question` and `outcome`"),
        }
    }
}

/// Each answer with the detail that it answers.
fn answered(
    details: Vec<(Located<DetailId>, OneOrMore<AnswerId>)>,
    reader: &mut Reader<'_>,
) -> Vec<(Located<DetailId>, Located<AnswerId>)> {
    let mut pairs = Vec::new();
    for (detail, answers) in details {
        let answers = one_or_more(answers, reader).into_iter();
        pairs.extend(answers.map(|answer| (detail.clone(), answer)));
    }
    pairs
}

impl Triage {
    /// The question by its name.
    pub fn question(&self, id: &str) -> Option<&Question> {
        find(id, &self.questions)
    }

    /// The outcome by its name.
    pub fn outcome(&self, id: &str) -> Option<&Outcome> {
        find(id, &self.outcomes)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::source::{Location, Source};

    /// `a: b c!` is a question `a` with answers to the question `b` and the outcome `c`.
    pub(in crate::recovery) fn triage(lines: &[&str]) -> Triage {
        let source = Source::new("t.toml", "");
        let at = |name: &str| (name.to_owned(), Location::start_of(&source));
        let questions = lines.iter().map(|line| {
            let (id, answers) = line.split_once(':').expect("a colon");
            let (id, location) = at(id);
            let answers = answers.split_whitespace().map(|next| {
                let (name, location) = at(next.trim_end_matches('!'));
                let (question, outcome) = if next.ends_with('!') {
                    (None, Some(OutcomeId::new(name.clone())))
                } else {
                    (Some(QuestionId::new(name.clone())), None)
                };
                Answer {
                    id: Located::new(AnswerId::new(name.clone()), location.clone()),
                    label: name,
                    hint: None,
                    group: None,
                    question: question.map(|id| Written(Some(Located::new(id, location.clone())))),
                    outcome: outcome.map(|id| Written(Some(Located::new(id, location)))),
                }
            });
            Question {
                id: Located::new(QuestionId::new(id.clone()), location),
                title: id,
                hint: None,
                answers: answers.collect(),
            }
        });
        let (start, location) = at("a");
        Triage {
            title: Located::new(String::new(), location.clone()),
            intro: None,
            start: Located::new(QuestionId::new(start), location),
            questions: questions.collect(),
            outcomes: outcomes(lines),
        }
    }

    /// Every outcome that an answer names, once.
    fn outcomes(lines: &[&str]) -> Vec<Outcome> {
        let words = lines.iter().flat_map(|line| line.split_whitespace());
        let names: BTreeSet<_> = words.filter_map(|word| word.strip_suffix('!')).collect();
        let location = Location::start_of(&Source::new("t.toml", ""));
        let outcome = |name: &str| Outcome {
            id: Located::new(OutcomeId::new(name), location.clone()),
            title: name.to_owned(),
            text: None,
            guides: Vec::new(),
            then: Vec::new(),
            filed: false,
            request: None,
            answers: Vec::new(),
            hide: Vec::new(),
        };
        names.into_iter().map(outcome).collect()
    }
}
