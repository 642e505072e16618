//! Questions, answers and outcomes.

use crate::ids::{AnswerId, DetailId, OutcomeId, QuestionId, RequestId};
use crate::source::{Located, Prose};

/// `triage.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Triage {
    /// The page's heading.
    pub title: Located<String>,
    /// Above the first question.
    pub intro: Option<Prose>,
    /// The first question.
    pub start: Located<QuestionId>,
    /// All questions.
    pub questions: Vec<Question>,
    /// All outcomes.
    pub outcomes: Vec<Outcome>,
}

/// One question.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Its name.
    pub id: Located<QuestionId>,
    /// The question itself.
    pub title: String,
    /// Below it.
    pub hint: Option<Prose>,
    /// What can be answered, in order.
    pub answers: Vec<Answer>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Its name; `unsure` is "I'm not sure".
    pub id: Located<AnswerId>,
    /// What the reader sees.
    pub label: String,
    /// Below it.
    pub hint: Option<Prose>,
    /// Where it leads.
    pub next: Next,
}

/// Where an answer leads.
#[derive(Debug, Clone, PartialEq)]
pub enum Next {
    /// To another question.
    Question(Located<QuestionId>),
    /// To the end.
    Outcome(Located<OutcomeId>),
}

/// Where a path through the questions ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Its name and the last part of its address.
    pub id: Located<OutcomeId>,
    /// Its heading.
    pub title: String,
    /// What to know first.
    pub text: Option<Prose>,
    /// Guides to read, in order, relative to `content/`.
    pub guides: Vec<Located<String>>,
    /// The request to make, if that is the way.
    pub request: Option<Located<RequestId>>,
    /// Details answered by getting here.
    pub answers: Vec<(Located<DetailId>, Located<AnswerId>)>,
}

impl Triage {
    /// The question by its name.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions
            .iter()
            .find(|question| question.id.value.as_str() == id)
    }

    /// The outcome by its name.
    pub fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.outcomes
            .iter()
            .find(|outcome| outcome.id.value.as_str() == id)
    }
}
