//! Every path through the triage, as rows in the order a reader meets them. `cli` and `render` decide how rows look.

use std::collections::BTreeSet;

use super::{Answer, Next, Outcome, Question, Triage};
use crate::ids::QuestionId;
use crate::source::Located;

/// One answer and what follows it. The first row is the first question, which follows no answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'a> {
    /// How many questions are above it.
    pub depth: usize,
    /// What is answered; none for the first question.
    pub answer: Option<&'a Answer>,
    /// What follows.
    pub end: End<'a>,
}

/// What follows an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum End<'a> {
    /// A question, whose answers are the next rows.
    Question(&'a Question),
    /// A question that is further up.
    Above(&'a Question),
    /// An outcome.
    Outcome(&'a Outcome),
    /// A name that nothing has.
    Nowhere(&'a str),
    /// Neither a question nor an outcome, or both; the text says which.
    Unclear(&'static str),
}

impl Triage {
    /// All paths from the first question on.
    pub fn paths(&self) -> Vec<Row<'_>> {
        self.paths_from(self.start.value.as_str(), &mut BTreeSet::new())
    }

    /// All paths from a question on, without following questions that have been `seen`.
    fn paths_from<'a>(&'a self, question: &'a str, seen: &mut BTreeSet<&'a str>) -> Vec<Row<'a>> {
        let mut rows = Vec::new();
        // Not recursive: the questions of a file can be a chain of any length.
        let mut waiting = vec![(0, None, self.end_at(question))];
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

    /// The names of all questions and outcomes that answers lead to from the first question on.
    pub fn reached(&self) -> BTreeSet<&str> {
        let rows = self.paths().into_iter();
        rows.filter_map(|row| match row.end {
            End::Question(question) | End::Above(question) => Some(question.id.value.as_str()),
            End::Outcome(outcome) => Some(outcome.id.value.as_str()),
            End::Nowhere(_) | End::Unclear(_) => None,
        })
        .collect()
    }

    /// Answers that lead back to a question already answered on the way: at least one in every circle.
    pub fn circles(&self) -> Vec<&Located<QuestionId>> {
        let mut back = Vec::new();
        let mut seen = BTreeSet::new();
        for first in &self.questions {
            // The questions on the way to a row.
            let mut open: Vec<&str> = Vec::new();
            for row in self.paths_from(first.id.value.as_str(), &mut seen) {
                open.truncate(row.depth);
                match (row.end, row.answer.map(Answer::next)) {
                    (End::Question(question), _) => open.push(question.id.value.as_str()),
                    (End::Above(_), Some(Ok(Next::Question(next))))
                        if open.contains(&next.value.as_str()) =>
                    {
                        back.push(next);
                    }
                    _ => {}
                }
            }
        }
        back
    }

    fn end_of<'a>(&'a self, answer: &'a Answer) -> End<'a> {
        match answer.next() {
            Ok(Next::Question(id)) => self.end_at(id.value.as_str()),
            Ok(Next::Outcome(id)) => self
                .outcome(id.value.as_str())
                .map_or(End::Nowhere(id.value.as_str()), End::Outcome),
            Err(how) => End::Unclear(how),
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

    fn rows(lines: &[&str]) -> Vec<String> {
        let triage = triage(lines);
        let rows = triage.paths().into_iter();
        rows.map(|row| {
            let end = match row.end {
                End::Question(question) => format!("{}?", question.id.value),
                End::Above(question) => format!("{}^", question.id.value),
                End::Outcome(outcome) => format!("{}!", outcome.id.value),
                End::Nowhere(name) => format!("{name} is nowhere"),
                End::Unclear(how) => how.to_owned(),
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
            assert_eq!(rows(lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn a_chain_of_any_length_is_walked() {
        let lines: Vec<_> = (0..3000).map(|at| format!("q{at}: q{}", at + 1)).collect();
        let mut lines: Vec<_> = lines.iter().map(String::as_str).collect();
        lines.push("a: q0");
        assert_eq!(rows(&lines).len(), 3002);
    }

    #[test]
    fn what_no_answer_leads_to_is_not_reached() {
        let triage = triage(&["a: b x!", "b: y!", "c: z! b"]);
        let reached: Vec<_> = triage.reached().into_iter().collect();
        assert_eq!(reached, ["a", "b", "x", "y"]);
    }

    #[test]
    fn each_circle_is_found_once_and_a_joined_way_is_none() {
        let cases: [(&[&str], &[&str]); 6] = [
            (&["a: b c", "b: d", "c: d", "d: x!"], &[]),
            (&["a: a"], &["a"]),
            (&["a: b", "b: c", "c: b"], &["b"]),
            (&["a: x!", "b: c", "c: b"], &["b"]),
            (&["a: b", "b: a a"], &["a", "a"]),
            (&["a: gone"], &[]),
        ];
        for (lines, expected) in cases {
            let triage = triage(lines);
            let found: Vec<_> = triage
                .circles()
                .into_iter()
                .map(|id| id.value.as_str())
                .collect();
            assert_eq!(found, expected, "{lines:?}");
        }
    }
}
