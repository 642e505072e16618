//! Every path through the triage, as rows.
//!
//! In: a triage, whole or not. Out: one row for each answer, in the order a reader meets them, with how deep
//! it stands; what only a later edit can reach is named apart. A question that several answers lead to is
//! followed once. How rows look is for `cli` and `render`.

use std::collections::BTreeSet;

use super::{Answer, Next, Outcome, Question, Triage};

/// One answer and where it leads. The first row is the first question, which nobody had to answer to see.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'a> {
    /// Questions above it.
    pub depth: usize,
    /// What is answered; none for the first question.
    pub answer: Option<&'a Answer>,
    /// Where that leads.
    pub end: End<'a>,
}

/// Where an answer leads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum End<'a> {
    /// To a question, whose answers are the next rows.
    Question(&'a Question),
    /// To a question that stands further up.
    Above(&'a Question),
    /// To an outcome.
    Outcome(&'a Outcome),
    /// To a name that nothing has.
    Nowhere(&'a str),
}

impl Triage {
    /// All paths from the first question on.
    pub fn paths(&self) -> Vec<Row<'_>> {
        let mut rows = Vec::new();
        let mut seen = BTreeSet::new();
        // A stack of its own, not the machine's: a file may hold a chain of any length.
        let mut waiting = vec![(0, None, self.end_at(self.start.value.as_str()))];
        while let Some((depth, answer, end)) = waiting.pop() {
            let end = match end {
                End::Question(question) if !seen.insert(question.id.value.as_str()) => {
                    End::Above(question)
                }
                end => end,
            };
            rows.push(Row { depth, answer, end });
            if let End::Question(question) = end {
                let answers = question.answers.iter().rev();
                waiting
                    .extend(answers.map(|answer| (depth + 1, Some(answer), self.end_of(answer))));
            }
        }
        rows
    }

    fn end_of<'a>(&'a self, answer: &'a Answer) -> End<'a> {
        match &answer.next {
            Next::Question(id) => self.end_at(id.value.as_str()),
            Next::Outcome(id) => self
                .outcome(id.value.as_str())
                .map_or(End::Nowhere(id.value.as_str()), End::Outcome),
        }
    }

    fn end_at<'a>(&'a self, question: &'a str) -> End<'a> {
        self.question(question)
            .map_or(End::Nowhere(question), End::Question)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recovery::triage::tests::triage;

    fn told(lines: &[&str]) -> Vec<String> {
        let triage = triage(lines);
        let rows = triage.paths().into_iter();
        rows.map(|row| {
            let end = match row.end {
                End::Question(question) => format!("{}?", question.id.value),
                End::Above(question) => format!("{}^", question.id.value),
                End::Outcome(outcome) => format!("{}!", outcome.id.value),
                End::Nowhere(name) => format!("{name} is nowhere"),
            };
            format!("{}{end}", "-".repeat(row.depth))
        })
        .collect()
    }

    #[test]
    fn every_answer_has_its_row_and_a_question_is_followed_once() {
        let cases: [(&[&str], &[&str]); 5] = [
            (
                &["a: b c x!", "b: d", "c: d", "d: y!"],
                &["a?", "-b?", "--d?", "---y!", "-c?", "--d^", "-x!"],
            ),
            (&["a: b", "b: a x!"], &["a?", "-b?", "--a^", "--x!"]),
            (&["a: gone", "b: x!"], &["a?", "-gone is nowhere"]),
            (&["b: x!"], &["a is nowhere"]),
            (&["a:"], &["a?"]),
        ];
        for (lines, expected) in cases {
            assert_eq!(told(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn a_chain_of_any_length_is_walked() {
        let lines: Vec<_> = (0..3000).map(|at| format!("q{at}: q{}", at + 1)).collect();
        let mut lines: Vec<_> = lines.iter().map(String::as_str).collect();
        lines.push("a: q0");
        assert_eq!(told(&lines).len(), 3002);
    }
}
