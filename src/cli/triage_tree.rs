//! The triage as text: `regain check --tree`.
//!
//! In: the triage. Out: questions (`?`), their answers, and what follows (`→` an outcome, `↑` a question that is
//! further up), with what an outcome fills in on the checklist.

use crate::recovery::{End, Outcome, Row, Triage};

/// The most levels that are drawn. A chain of thousands is a mistake, and must not print millions of bars.
const DRAWN: usize = 32;

/// Draws the triage.
pub(super) fn tree(triage: &Triage) -> String {
    let rows = triage.paths();
    let last = last_of_their_parent(&rows);
    let mut text = String::new();
    let mut bars: Vec<&str> = Vec::new();
    for (row, last) in rows.iter().zip(last) {
        bars.truncate(row.depth.saturating_sub(1));
        let left: String = bars.iter().take(DRAWN).copied().collect();
        let mut below = left.clone();
        if let Some(answer) = row.answer {
            let corner = if last { "└─" } else { "├─" };
            push(&mut text, &format!("{left}{corner} {}", answer.label));
            bars.push(if last { "   " } else { "│  " });
            below = bars.iter().take(DRAWN).copied().collect();
        }
        push(&mut text, &format!("{below}{}", words(row.end)));
        if let End::Outcome(outcome) = row.end
            && let Some(settled) = settled(outcome)
        {
            push(&mut text, &format!("{below}  {settled}"));
        }
    }
    let reached = triage.reached();
    let questions = triage.questions.iter();
    let questions = questions.map(|one| (one.id.value.as_str(), End::Question(one)));
    let outcomes = triage.outcomes.iter();
    let outcomes = outcomes.map(|one| (one.id.value.as_str(), End::Outcome(one)));
    let ends = questions.chain(outcomes);
    let mut unreached = ends.filter(|(id, _)| !reached.contains(id)).peekable();
    if unreached.peek().is_some() {
        push(&mut text, "no answer leads to:");
    }
    for (_, end) in unreached {
        push(&mut text, &format!("  {}", words(end)));
    }
    text
}

fn push(text: &mut String, line: &str) {
    text.push_str(line.replace('\n', " ").trim_end());
    text.push('\n');
}

fn words(end: End<'_>) -> String {
    match end {
        End::Question(question) => format!("? {}: {}", question.id.value, question.title),
        End::Above(question) => {
            let id = &question.id.value;
            format!("↑ {id}: {} (see above)", question.title)
        }
        End::Outcome(outcome) => format!("→ {}: {}", outcome.id.value, outcome.title),
        End::Nowhere(name) => format!("! `{name}` is missing"),
        End::Unclear(how) => format!("! {how}"),
    }
}

/// `request recovery; lost = phone`
fn settled(outcome: &Outcome) -> Option<String> {
    let request = outcome
        .request
        .iter()
        .map(|id| format!("request {}", id.value));
    let answers = outcome.answers.iter();
    let answers = answers.map(|(detail, answer)| format!("{} = {}", detail.value, answer.value));
    let all: Vec<_> = request.chain(answers).collect();
    (!all.is_empty()).then(|| all.join("; "))
}

/// For each row, whether no answer of the same question follows.
fn last_of_their_parent(rows: &[Row<'_>]) -> Vec<bool> {
    let mut followed: Vec<bool> = Vec::new();
    let mut last = Vec::new();
    for row in rows.iter().rev() {
        followed.resize(row.depth + 1, false);
        last.push(!followed[row.depth]);
        followed[row.depth] = true;
    }
    last.reverse();
    last
}
