//! `triage.toml`: every question and outcome can be reached, every answer goes somewhere, and nobody goes in
//! circles.

use super::ids::{self, missing, missing_guide};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::{AnswerId, DetailId};
use crate::recovery::{
    Checklist, Detail, DetailKind, Entry, Next, Outcome, Question, Request, Triage, find,
};
use crate::site::{GeneratedPage, Site, Table};
use crate::source::Located;

/// The answer every question must offer.
const UNSURE: &str = "unsure";

/// Checks `triage.toml`.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let Some(triage) = &site.triage else { return };
    if site.partial_tables.contains(&Table::Triage) {
        return;
    }
    ids::check(&triage.questions, diagnostics);
    ids::check(&triage.outcomes, diagnostics);
    let no_start = missing("question", &triage.start, &triage.questions);
    let mut answers = triage.questions.iter().flat_map(|one| &one.answers);
    let is_whole = no_start.is_none() && answers.all(|answer| answer.next().is_ok());
    let reached = is_whole.then(|| triage.reached());
    diagnostics.extend(no_start);
    let is_lost = |entry: &dyn Entry| {
        reached
            .as_ref()
            .is_some_and(|all| !all.contains(entry.id()))
    };
    for question in &triage.questions {
        diagnostics.extend(is_lost(question).then(|| unreachable(question)));
        check_question(triage, question, diagnostics);
    }
    for id in triage.circles() {
        let message = format!("this leads back to `{}`", id.value);
        let hint = "send this answer somewhere else, because a reader who answers the same way again never gets out";
        let problem = Diagnostic::error(Code::Circle, message).hint(hint);
        diagnostics.push(problem.at(&id.location));
    }
    for outcome in &triage.outcomes {
        diagnostics.extend(is_lost(outcome).then(|| unreachable(outcome)));
        check_outcome(site, outcome, diagnostics);
    }
}

fn unreachable(entry: &dyn Entry) -> Diagnostic {
    let message = format!("no answer leads to `{}`", entry.id());
    let problem = Diagnostic::error(Code::Unreachable, message).at(entry.location());
    problem.hint("make an answer lead to it, or remove it")
}

fn check_question(triage: &Triage, question: &Question, diagnostics: &mut Diagnostics) {
    let id = question.id();
    ids::check(&question.answers, diagnostics);
    if question.answers.is_empty() {
        let message = format!("the question `{id}` has no answers");
        let problem = Diagnostic::error(Code::DeadEnd, message).at(question.location());
        diagnostics.push(problem.hint("add `[[question.answer]]` tables"));
    } else if find(UNSURE, &question.answers).is_none() {
        let message = format!("the question `{id}` has no answer for readers who do not know");
        let problem = Diagnostic::error(Code::NoUnsure, message).at(question.location());
        let hint = "add a `[[question.answer]]` with `id = \"unsure\"`";
        diagnostics.push(problem.hint(hint));
    }
    diagnostics.extend(without_text("question", question, &question.title));
    for answer in &question.answers {
        diagnostics.extend(without_text("answer", answer, &answer.label));
        diagnostics.extend(match answer.next() {
            Ok(Next::Question(next)) => missing("question", next, &triage.questions),
            Ok(Next::Outcome(next)) => missing("outcome", next, &triage.outcomes),
            // `load` has reported it.
            Err(_) => None,
        });
    }
}

/// A question, answer or outcome that readers could not see.
fn without_text(what: &str, entry: &impl Entry, text: &str) -> Option<Diagnostic> {
    let message = format!("the {what} `{}` has no text", entry.id());
    let problem = Diagnostic::error(Code::EmptyTitle, message).at(entry.location());
    let is_empty = text.trim().is_empty();
    is_empty.then(|| problem.hint("write it as a reader would say it"))
}

fn check_outcome(site: &Site, outcome: &Outcome, diagnostics: &mut Diagnostics) {
    diagnostics.extend(without_text("outcome", outcome, &outcome.title));
    let (id, map) = (outcome.id(), GeneratedPage::MAP);
    if id == map {
        let message = format!("no outcome can be called `{map}`: `/start/{map}/` shows all paths");
        let problem = Diagnostic::error(Code::BadName, message).at(outcome.location());
        diagnostics.push(problem.hint("give it another id"));
    }
    if outcome.guides.is_empty() && outcome.request.is_none() && outcome.text.is_none() {
        let message = format!("the outcome `{id}` says nothing");
        let problem = Diagnostic::error(Code::DeadEnd, message).at(outcome.location());
        diagnostics.push(problem.hint("give it a `text`, `guides` or a `request`"));
    }
    for guide in outcome.guides.iter().chain(&outcome.then) {
        diagnostics.extend(missing_guide(site, guide));
    }
    let checklist = site.checklist.as_ref();
    let requests = checklist.map_or(&[][..], |one| &one.requests);
    let named = outcome.request.as_ref();
    diagnostics.extend(named.and_then(|id| missing("request", id, requests)));
    let request = named.and_then(|id| find(id.value.as_str(), requests));
    let answers = Answers {
        checklist,
        outcome,
        request,
    };
    for hidden in &outcome.hide {
        diagnostics.extend(answers.fault_of_hiding(hidden));
    }
    for index in 0..outcome.answers.len() {
        diagnostics.extend(answers.fault_of_answer(index));
    }
}

/// An outcome with the request whose details it answers or hides.
struct Answers<'a> {
    checklist: Option<&'a Checklist>,
    outcome: &'a Outcome,
    request: Option<&'a Request>,
}

impl Answers<'_> {
    fn details(&self) -> &[Detail] {
        self.checklist.map_or(&[], |checklist| &checklist.details)
    }

    /// An outcome may hide details of its request, but none that the request needs.
    fn fault_of_hiding(&self, hidden: &Located<DetailId>) -> Option<Diagnostic> {
        let name = hidden.value.as_str();
        let Some(detail) = find(name, self.details()) else {
            return missing("detail", hidden, self.details());
        };
        let fault = |message: String, hint: &str| {
            let problem = Diagnostic::error(Code::Condition, message).hint(hint);
            Some(problem.at(&hidden.location))
        };
        let mut answered = self.outcome.answers.iter().map(|(detail, _)| detail);
        if answered.any(|one| one.value == hidden.value) {
            let message = format!("this outcome both answers and hides `{name}`");
            return fault(message, "remove it from `answers` or from `hide`");
        }
        let Some(request) = self.request else {
            // A request that does not exist has been reported.
            if self.outcome.request.is_some() {
                return None;
            }
            let message = format!("this outcome hides `{name}` and has no request");
            return fault(message, "name a `request`, or remove `hide`");
        };
        if detail.required && request.gaps().any(|gap| gap == name) {
            let message = format!("the request `{}` needs `{name}`", request.id());
            return fault(message, "remove it from `hide`, or answer it in `answers`");
        }
        None
    }

    /// An outcome may answer details with choices, a `choice` once, and only those its request uses.
    fn fault_of_answer(&self, index: usize) -> Option<Diagnostic> {
        let (detail, answer): &(_, Located<AnswerId>) = &self.outcome.answers[index];
        let name = detail.value.as_str();
        let Some(known) = find(name, self.details()) else {
            return missing("detail", detail, self.details());
        };
        let what = format!("option of `{name}` called");
        let unknown = missing(&what, answer, &known.options);
        if unknown.is_some() {
            return unknown;
        }
        let mut earlier = self.outcome.answers[..index].iter();
        if known.kind == DetailKind::Choice && earlier.any(|one| one.0.value == detail.value) {
            let message = format!("`{name}` takes one answer");
            let problem = Diagnostic::error(Code::WrongType, message).at(&answer.location);
            return Some(problem.hint("keep one, or let the detail be of the kind `choices`"));
        }
        let is_used = match self.request {
            Some(request) => self.checklist?.details_for(request).contains(&known),
            // A request that does not exist has been reported.
            None => self.outcome.request.is_some(),
        };
        let message = format!(
            "no request of `{}` uses its answer to `{name}`",
            self.outcome.id()
        );
        let problem = Diagnostic::warning(Code::UnusedAnswer, message).at(&detail.location);
        (!is_used).then(|| problem.hint("name a `request` that uses it, or remove the answer"))
    }
}
