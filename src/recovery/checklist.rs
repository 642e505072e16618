//! Details in groups, and which of them are needed when.
//!
//! In: values `load` made, and the answers given so far. Out: what is asked, what is missing, how far
//! the reader has come. How answers read in a request is for `request`.

use super::secrets::{Audience, OwnSecret, Scanner};
use super::{Answers, Detail, Given, Problem, Request};
use crate::ids::{DetailId, GroupId};
use crate::markdown::Prose;
use crate::source::Located;

/// `checklist.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Checklist {
    /// The page's heading.
    pub title: Located<String>,
    /// Above the first field.
    pub intro: Option<Prose>,
    /// Parts of the page, in order.
    pub groups: Vec<Group>,
    /// What is asked, in order.
    pub details: Vec<Detail>,
    /// Sets of details of which one must be given.
    pub at_least_one: Vec<AtLeastOne>,
    /// Where the answers go.
    pub requests: Vec<Request>,
    /// What secrets of the service look like.
    pub secrets: Vec<OwnSecret>,
    /// Guides for a reader who typed a secret: a pattern of `secrets` and a page, relative to `content/`.
    pub secret_guides: Vec<(Located<String>, Located<String>)>,
}

/// A part of the checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its name.
    pub id: Located<GroupId>,
    /// Its heading.
    pub title: String,
    /// Below the heading.
    pub intro: Option<Prose>,
}

/// A set of details of which one must be given.
#[derive(Debug, Clone, PartialEq)]
pub struct AtLeastOne {
    /// The set.
    pub details: Vec<Located<DetailId>>,
    /// What to say when none is.
    pub message: String,
}

/// How far a reader has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Needed and answered well.
    pub done: usize,
    /// Needed.
    pub all: usize,
}

impl Checklist {
    /// The detail by its name.
    pub fn detail(&self, id: &str) -> Option<&Detail> {
        self.details
            .iter()
            .find(|detail| detail.id.value.as_str() == id)
    }

    /// Whether a detail is asked: its condition holds, and so does that of the detail it looks at.
    pub fn is_asked(&self, detail: &Detail, answers: &Answers) -> bool {
        let mut detail = detail;
        // Each step goes to another detail; more steps than details would be a circle.
        for _ in 0..=self.details.len() {
            let Some(condition) = &detail.only_if else {
                return true;
            };
            let Some(Given::Chosen(chosen)) = answers.get(&condition.detail.value) else {
                return false;
            };
            let Some(other) = self.detail(condition.detail.value.as_str()) else {
                return false;
            };
            if !condition
                .answers
                .iter()
                .any(|one| chosen.contains(&one.value))
            {
                return false;
            }
            detail = other;
        }
        false
    }

    /// Whether the request cannot do without an answer to this detail as things stand: it is required,
    /// or one of a set of which none is given yet.
    pub fn is_needed(&self, detail: &Detail, answers: &Answers) -> bool {
        let in_unmet_set = || {
            let sets = self
                .at_least_one
                .iter()
                .filter(|set| set.holds(&detail.id.value));
            sets.into_iter().any(|set| !self.is_met(set, answers))
        };
        self.is_asked(detail, answers) && (detail.required || in_unmet_set())
    }

    fn is_met(&self, set: &AtLeastOne, answers: &Answers) -> bool {
        let members = set
            .details
            .iter()
            .filter_map(|id| self.detail(id.value.as_str()));
        members.into_iter().any(|detail| {
            self.is_asked(detail, answers) && !detail.is_empty(answers.get(&detail.id.value))
        })
    }

    /// What is wrong with the answers to one request, in the order of the page. A set of which none
    /// is given is told at the first of it that is asked.
    pub fn problems(
        &self,
        request: &Request,
        answers: &Answers,
        scanner: &Scanner,
    ) -> Vec<(&DetailId, Problem)> {
        let details = self.details_for(request);
        let asked = details
            .into_iter()
            .filter(|detail| self.is_asked(detail, answers));
        asked
            .filter_map(|detail| {
                let problem = self.problem(detail, answers, (scanner, detail.audience(request)))?;
                Some((&detail.id.value, problem))
            })
            .collect()
    }

    fn problem(
        &self,
        detail: &Detail,
        answers: &Answers,
        (scanner, audience): (&Scanner, Audience),
    ) -> Option<Problem> {
        let id = &detail.id.value;
        let given = answers.get(id);
        if detail.is_empty(given) {
            let first_of_unmet = self.at_least_one.iter().any(|set| {
                !self.is_met(set, answers) && self.first_asked(set, answers) == Some(id)
            });
            return (detail.required || first_of_unmet).then_some(Problem::Empty);
        }
        if let Some(Given::Text(text)) = given {
            let text = detail.tidied(text);
            if scanner.clean(&text, &detail.label.value, audience, &[]) != text {
                return Some(Problem::Secret);
            }
        }
        detail.misshapen(given?)
    }

    fn first_asked<'a>(&self, set: &'a AtLeastOne, answers: &Answers) -> Option<&'a DetailId> {
        let mut members = set.details.iter().map(|id| &id.value);
        members.find(|id| {
            self.detail(id.as_str())
                .is_some_and(|detail| self.is_asked(detail, answers))
        })
    }

    /// Each required detail counts, and each set of which one must be given counts once.
    pub fn progress(&self, request: &Request, answers: &Answers, scanner: &Scanner) -> Progress {
        let details = self.details_for(request);
        let here = |id: &DetailId| details.iter().any(|detail| detail.id.value == *id);
        let problems = self.problems(request, answers, scanner);
        let has_problem = |id: &DetailId| problems.iter().any(|(other, _)| *other == id);
        let required = details
            .iter()
            .filter(|detail| detail.required && self.is_asked(detail, answers));
        let required: Vec<_> = required.collect();
        let sets = self
            .at_least_one
            .iter()
            .filter(|set| set.details.iter().any(|id| here(&id.value)));
        let sets: Vec<_> = sets.collect();
        let done = required
            .iter()
            .filter(|detail| !has_problem(&detail.id.value))
            .count()
            + sets.iter().filter(|set| self.is_met(set, answers)).count();
        Progress {
            done,
            all: required.len() + sets.len(),
        }
    }
}

impl AtLeastOne {
    fn holds(&self, id: &DetailId) -> bool {
        self.details.iter().any(|member| member.value == *id)
    }
}
