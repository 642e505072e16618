//! `triage.toml` → the recovery domain.
//!
//! In: its source. Out: a triage. `check` decides whether every question can be reached and every path ends.

use std::sync::Arc;

use super::toml_file::{locations, read, too_many};
use crate::diagnostic::Diagnostics;
use crate::markdown::Options;
use crate::recovery::{Entry, Triage};
use crate::source::Source;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::short;
    use crate::recovery::Next;

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
            matches!(triage.questions[0].answers[0].next(), Some(Next::Outcome(id)) if id.value.as_str() == "end")
        );
        assert_eq!(triage.outcomes[0].answers[0].1.value.as_str(), "phone");
    }
}
