//! Questions and outcomes: every one reached, every way leads on, nobody goes in circles.

use std::borrow::Borrow;

use super::recovery::names;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::ids::{AnswerId, DetailId};
use crate::recovery::{Checklist, DetailKind, Next, Outcome, Question, Triage};
use crate::site::{GeneratedPage, Site, Table};
use crate::source::Located;

/// The answer every question must offer.
const UNSURE: &str = "unsure";

/// Looks at `triage.toml`.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let Some(triage) = &site.triage else { return };
    if site.partial_tables.contains(&Table::Triage) {
        return;
    }
    let questions = triage
        .questions
        .iter()
        .map(|one| (one.id.value.as_str(), &one.id.location));
    names(questions.collect(), diagnostics);
    let outcomes = triage
        .outcomes
        .iter()
        .map(|one| (one.id.value.as_str(), &one.id.location));
    names(outcomes.collect(), diagnostics);
    if triage.question(triage.start.value.as_str()).is_none() {
        diagnostics.push(unknown(
            "question",
            (triage.start.value.as_str(), &triage.start),
            question_names(triage),
        ));
    } else {
        check_reached(triage, diagnostics);
    }
    for question in &triage.questions {
        check_question(triage, question, diagnostics);
    }
    for id in triage.circles() {
        diagnostics.push(
            Diagnostic::error(Code::Circle, format!("this leads back to `{}`", id.value))
                .at(id.location.clone())
                .hint(
                    "send this answer somewhere else, because a reader who answers the same way again never gets out",
                ),
        );
    }
    for outcome in &triage.outcomes {
        check_outcome(site, outcome, diagnostics);
    }
}

/// Every question and every outcome is led to by some answer.
fn check_reached(triage: &Triage, diagnostics: &mut Diagnostics) {
    let reached = triage.reached();
    let lost_questions = triage
        .questions
        .iter()
        .map(|one| (one.id.value.as_str(), &one.id.location));
    let lost_outcomes = triage
        .outcomes
        .iter()
        .map(|one| (one.id.value.as_str(), &one.id.location));
    for (id, location) in lost_questions
        .chain(lost_outcomes)
        .filter(|(id, _)| !reached.contains(id))
    {
        diagnostics.push(
            Diagnostic::error(Code::Unreachable, format!("no answer leads to `{id}`"))
                .at(location.clone())
                .hint("let an answer lead to it, or remove it"),
        );
    }
}

fn check_question(triage: &Triage, question: &Question, diagnostics: &mut Diagnostics) {
    let id = question.id.value.as_str();
    let answers = question
        .answers
        .iter()
        .map(|one| (one.id.value.as_str(), &one.id.location));
    names(answers.collect(), diagnostics);
    if question.answers.is_empty() {
        diagnostics.push(
            Diagnostic::error(Code::DeadEnd, format!("the question `{id}` has no answers"))
                .at(question.id.location.clone())
                .hint("add `[[question.answer]]` tables"),
        );
    } else if !question
        .answers
        .iter()
        .any(|answer| answer.id.value.as_str() == UNSURE)
    {
        diagnostics.push(
            Diagnostic::error(
                Code::NoUnsure,
                format!("the question `{id}` has no answer for readers who do not know"),
            )
            .at(question.id.location.clone())
            .hint("add a `[[question.answer]]` with `id = \"unsure\"` that leads on"),
        );
    }
    has_words(("question", &question.id, &question.title), diagnostics);
    for answer in &question.answers {
        has_words(("answer", &answer.id, &answer.label), diagnostics);
        match &answer.next {
            Next::Question(next) if triage.question(next.value.as_str()).is_none() => {
                diagnostics.push(unknown(
                    "question",
                    (next.value.as_str(), next),
                    question_names(triage),
                ));
            }
            Next::Outcome(next) if triage.outcome(next.value.as_str()).is_none() => {
                let known = triage.outcomes.iter().map(|one| one.id.value.as_str());
                diagnostics.push(unknown("outcome", (next.value.as_str(), next), known));
            }
            Next::Question(_) | Next::Outcome(_) => {}
        }
    }
}

/// A question, answer or outcome that readers could not see.
fn has_words<T: Borrow<str>>(
    (what, id, words): (&str, &Located<T>, &str),
    diagnostics: &mut Diagnostics,
) {
    if words.trim().is_empty() {
        let name: &str = id.value.borrow();
        diagnostics.push(
            Diagnostic::error(
                Code::EmptyTitle,
                format!("the {what} `{name}` has no words"),
            )
            .at(id.location.clone())
            .hint("say it as a reader would"),
        );
    }
}

fn question_names(triage: &Triage) -> impl Iterator<Item = &str> {
    triage.questions.iter().map(|one| one.id.value.as_str())
}

/// `what` of a name that nothing has, with the nearest one that something has.
pub(super) fn unknown<'a, T>(
    what: &str,
    (name, written): (&str, &Located<T>),
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let problem = Diagnostic::error(Code::UnknownName, format!("there is no {what} `{name}`"))
        .at(written.location.clone());
    match nearest(name, known) {
        Some(near) => problem.hint(format!("did you mean `{near}`?")),
        None => problem.hint("correct the name, or add what it names"),
    }
}

fn check_outcome(site: &Site, outcome: &Outcome, diagnostics: &mut Diagnostics) {
    has_words(("outcome", &outcome.id, &outcome.title), diagnostics);
    let map = GeneratedPage::MAP;
    if outcome.id.value.as_str() == map {
        let message = format!("no outcome can be called `{map}`: `/start/{map}/` shows all paths");
        diagnostics.push(
            Diagnostic::error(Code::BadName, message)
                .at(outcome.id.location.clone())
                .hint("give it another id"),
        );
    }
    if outcome.guides.is_empty() && outcome.request.is_none() && outcome.text.is_none() {
        diagnostics.push(
            Diagnostic::error(
                Code::DeadEnd,
                format!("the outcome `{}` says nothing", outcome.id.value),
            )
            .at(outcome.id.location.clone())
            .hint("give it a `text`, `guides` or a `request`"),
        );
    }
    for guide in &outcome.guides {
        if site.guide_of_file(&guide.value).is_none() {
            diagnostics.push(unknown_guide(site, guide));
        }
    }
    let checklist = site.checklist.as_ref();
    if let Some(request) = &outcome.request {
        let id = request.value.as_str();
        let requests = checklist.map_or(&[][..], |checklist| &checklist.requests);
        if !requests.iter().any(|one| one.id.value == request.value) {
            let known = requests.iter().map(|one| one.id.value.as_str());
            diagnostics.push(unknown("request", (id, request), known));
        }
    }
    diagnostics.extend(checklist.and_then(|checklist| two_for_one(checklist, outcome)));
    for hidden in &outcome.hide {
        diagnostics.extend(fault_of_hiding(checklist, outcome, hidden));
    }
    for (detail, answer) in &outcome.answers {
        if let Some(problem) = fault_of_answer(checklist, outcome, (detail, answer)) {
            diagnostics.push(problem);
        }
    }
}

/// An outcome may leave out details of its request, but none that the request cannot do without.
fn fault_of_hiding(
    checklist: Option<&Checklist>,
    outcome: &Outcome,
    hidden: &Located<DetailId>,
) -> Option<Diagnostic> {
    let name = hidden.value.as_str();
    let details = checklist.map_or(&[][..], |checklist| &checklist.details);
    let Some(detail) = details.iter().find(|one| one.id.value == hidden.value) else {
        let names = details.iter().map(|one| one.id.value.as_str());
        return Some(unknown("detail", (name, hidden), names));
    };
    let fault = |message: String, hint: &str| {
        let problem = Diagnostic::error(Code::Condition, message).hint(hint);
        Some(problem.at(hidden.location.clone()))
    };
    if outcome
        .answers
        .iter()
        .any(|(one, _)| one.value == hidden.value)
    {
        return fault(
            format!("this outcome both answers and hides `{name}`"),
            "keep one of the two",
        );
    }
    let requests = checklist.map_or(&[][..], |checklist| &checklist.requests);
    let request = requests.iter().find(|one| {
        outcome
            .request
            .as_ref()
            .is_some_and(|id| id.value == one.id.value)
    });
    let Some(request) = request else {
        return fault(
            format!("this outcome hides `{name}` and has no request"),
            "name a `request`, or remove `hide`",
        );
    };
    if detail.required && request.gaps().any(|gap| gap == name) {
        return fault(
            format!("the request `{}` needs `{name}`", request.id.value),
            "remove it from `hide`, or settle it in `answers`",
        );
    }
    None
}

/// A file that is no guide of this site.
pub(super) fn unknown_guide(site: &Site, written: &Located<String>) -> Diagnostic {
    let known = site.guides.iter().map(|guide| guide.file.as_str());
    unknown("guide", (&written.value, written), known)
}

/// Of a `choice` only one answer can be true.
fn two_for_one(checklist: &Checklist, outcome: &Outcome) -> Option<Diagnostic> {
    let answers = outcome.answers.iter().enumerate();
    let twice = answers.into_iter().find(|(at, (detail, _))| {
        let earlier = &outcome.answers[..*at];
        let known = checklist.detail(detail.value.as_str());
        known.is_some_and(|known| matches!(known.kind, DetailKind::Choice(_)))
            && earlier.iter().any(|(other, _)| other.value == detail.value)
    });
    let (_, (detail, answer)) = twice?;
    let message = format!("`{}` takes one answer", detail.value);
    Some(
        Diagnostic::error(Code::WrongType, message)
            .at(answer.location.clone())
            .hint("keep one, or let the detail be of the kind `choices`"),
    )
}

/// An outcome may answer details with choices, and only those its request uses.
fn fault_of_answer(
    checklist: Option<&Checklist>,
    outcome: &Outcome,
    (detail, answer): (&Located<DetailId>, &Located<AnswerId>),
) -> Option<Diagnostic> {
    let name = detail.value.as_str();
    let details = checklist.map_or(&[][..], |checklist| &checklist.details);
    let Some(known) = details.iter().find(|one| one.id.value == detail.value) else {
        let names = details.iter().map(|one| one.id.value.as_str());
        return Some(unknown("detail", (name, detail), names));
    };
    let options = known.kind.options();
    if !options.iter().any(|option| option.id.value == answer.value) {
        let names = options.iter().map(|option| option.id.value.as_str());
        let what = format!("option of `{name}` called");
        return Some(unknown(&what, (answer.value.as_str(), answer), names));
    }
    let request = outcome
        .request
        .as_ref()
        .and_then(|id| checklist?.request(id.value.as_str()));
    let used = request.is_some_and(|request| {
        let details = checklist
            .map(|checklist| checklist.details_for(request))
            .unwrap_or_default();
        details.iter().any(|one| one.id.value == detail.value)
    });
    if outcome.request.is_some() && request.is_none() {
        // The request itself is told.
        return None;
    }
    (!used).then(|| {
        Diagnostic::warning(
            Code::UnusedAnswer,
            format!(
                "no request of `{}` uses its answer to `{name}`",
                outcome.id.value
            ),
        )
        .at(detail.location.clone())
        .hint("name a `request` that uses it, or remove the answer")
    })
}
