//! `/start/map/`: every path through the questions, for people who help others.
//!
//! In: the triage. Out: one page with all paths as a tree that unfolds.

use serde::Serialize;

use super::Renderer;
use super::context::Frame;
use super::linker::Linker;
use crate::diagnostic::Diagnostic;
use crate::recovery::{End, Outcome, Row, Triage};
use crate::site::GeneratedPage;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct MapPage<'a> {
    paths: Vec<PathView<'a>>,
}

/// What an answer leads to.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(super) enum PathKind {
    /// A question whose answers follow.
    Question,
    /// A question that is further up.
    Above,
    /// An outcome.
    Outcome,
}

/// One answer in the tree, and what to open or close after it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct PathView<'a> {
    answer: Option<&'a str>,
    kind: PathKind,
    title: &'a str,
    href: String,
    /// The title of the request to send.
    request: Option<&'a str>,
    /// Answers that follow from getting there.
    settled: Vec<Settled<'a>>,
    /// Whether its own answers follow, one step further in.
    opens: bool,
    /// How many lists end after it.
    closes: Vec<()>,
}

/// One detail and the choice an outcome makes for it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Settled<'a> {
    label: &'a str,
    answer: &'a str,
}

impl Renderer<'_> {
    /// `/start/map/`
    pub(super) fn map(
        &self,
        triage: &Triage,
        frame: &Frame<'_>,
        linker: &Linker<'_>,
    ) -> Result<String, Diagnostic> {
        let view = MapPage {
            paths: self.path_views(&triage.paths(), linker),
        };
        self.templates.render_in(frame, "map.html", &view)
    }

    fn path_views<'a>(&'a self, rows: &[Row<'a>], linker: &Linker) -> Vec<PathView<'a>> {
        let start = GeneratedPage::Triage.url();
        let depths = rows.iter().skip(1).map(|row| row.depth).chain([0]);
        rows.iter()
            .zip(depths)
            .map(|(row, next)| {
                let (href, outcome) = match row.end {
                    End::Question(question) | End::Above(question) => {
                        let start = linker.page(&start);
                        (format!("{start}#q={}", question.id.value), None)
                    }
                    End::Outcome(outcome) => {
                        let url = GeneratedPage::Outcome(outcome.id.value.clone()).url();
                        (linker.page(&url), Some(outcome))
                    }
                    End::Nowhere(_) | End::Unclear(_) => (linker.page(&start), None),
                };
                PathView {
                    answer: row.answer.map(|answer| answer.label.as_str()),
                    kind: kind(row.end),
                    title: title(row.end),
                    href,
                    request: outcome
                        .and_then(|outcome| self.request_of(outcome))
                        .map(|request| request.title.as_str()),
                    settled: outcome
                        .map(|outcome| self.settled(outcome))
                        .unwrap_or_default(),
                    opens: next > row.depth,
                    closes: vec![(); row.depth.saturating_sub(next)],
                }
            })
            .collect()
    }

    fn settled<'a>(&'a self, outcome: &'a Outcome) -> Vec<Settled<'a>> {
        let settled = outcome.answers.iter().filter_map(|(detail, answer)| {
            let checklist = self.site.checklist.as_ref()?;
            let detail = checklist.detail(detail.value.as_str())?;
            let mut options = detail.options.iter();
            let option = options.find(|option| option.id.value == answer.value)?;
            Some(Settled {
                label: &detail.label.value,
                answer: &option.label,
            })
        });
        settled.collect()
    }
}

fn title(end: End<'_>) -> &str {
    match end {
        End::Question(question) | End::Above(question) => &question.title,
        End::Outcome(outcome) => &outcome.title,
        End::Nowhere(text) | End::Unclear(text) => text,
    }
}

fn kind(end: End<'_>) -> PathKind {
    match end {
        End::Question(_) => PathKind::Question,
        End::Above(_) => PathKind::Above,
        End::Outcome(_) | End::Nowhere(_) | End::Unclear(_) => PathKind::Outcome,
    }
}
