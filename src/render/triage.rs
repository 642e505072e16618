//! `/start/` and the page of each outcome.
//!
//! In: the triage. Out: all its questions on one page as nested headings and links, which scripts
//! then show one at a time, and one page for each outcome.

use serde::Serialize;

use super::Renderer;
use super::context::{AnswerGroup, AnswerView, Frame, PageRef, QuestionView};
use super::linker::Linker;
use super::pages::page_ref;
use crate::diagnostic::Diagnostic;
use crate::ids::OutcomeId;
use crate::recovery::{Answer, Channel, End, Next, Outcome, Question, Request, Stage, Triage};
use crate::site::GeneratedPage;
use crate::source::Located;

/// The deepest heading there is.
const LAST_LEVEL: u8 = 6;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct TriagePage<'a> {
    intro: Option<String>,
    questions: Vec<QuestionView<'a>>,
}

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct OutcomePage<'a> {
    text: Option<String>,
    guides: Vec<PageRef<'a>>,
    then: Vec<PageRef<'a>>,
    request: Option<RequestRef<'a>>,
}

/// The request of an outcome.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct RequestRef<'a> {
    href: String,
    public: bool,
    mail: bool,
    caution: Option<String>,
    timeline: &'a [Stage],
}

impl Renderer<'_> {
    /// `/start/`
    pub(super) fn triage(
        &self,
        triage: &Triage,
        frame: &Frame<'_>,
        linker: &Linker<'_>,
    ) -> Result<String, Diagnostic> {
        let order = in_order(triage);
        // Headings step down by one: a first question that the page's own heading asks has none below it.
        let asked_above = order
            .first()
            .is_some_and(|(first, _)| first.title == frame.page.title);
        let top = if asked_above { 1 } else { 2 };
        let questions = order.into_iter().map(|(question, depth)| {
            let level = depth.saturating_add(top).min(LAST_LEVEL);
            let level = (depth > 0 || !asked_above).then_some(level);
            question_view(question, level, linker, "")
        });
        let view = TriagePage {
            intro: triage.intro.as_ref().map(|intro| linker.paragraphs(intro)),
            questions: questions.collect(),
        };
        self.templates.render_in(frame, "triage.html", &view)
    }

    /// `/start/ID/`
    pub(super) fn outcome(
        &self,
        triage: &Triage,
        id: &OutcomeId,
        mut frame: Frame<'_>,
        linker: &Linker<'_>,
    ) -> Result<String, Diagnostic> {
        let Some(outcome) = triage.outcome(id.as_str()) else {
            return Ok(String::new());
        };
        let pages = |files: &[Located<String>]| {
            let guides = files
                .iter()
                .filter_map(|file| self.site.guide_of_file(&file.value));
            guides.map(|guide| page_ref(guide, linker)).collect()
        };
        // An outcome often has the title of its guide, and browser tabs must be told apart.
        frame.page.document_title = format!(
            "{} – {} – {}",
            outcome.title, triage.title.value, self.site.config.title
        );
        let view = OutcomePage {
            text: outcome.text.as_ref().map(|text| linker.paragraphs(text)),
            guides: pages(&outcome.guides),
            then: pages(&outcome.then),
            request: self.request_ref(outcome, linker),
        };
        self.templates.render_in(&frame, "outcome.html", &view)
    }

    fn request_ref(&self, outcome: &Outcome, linker: &Linker) -> Option<RequestRef<'_>> {
        let request = self.request_of(outcome)?;
        let page = linker.page(&GeneratedPage::Checklist.url());
        Some(RequestRef {
            href: format!("{page}#for={}", outcome.id.value),
            public: request.is_public(),
            mail: request.channel == Channel::Mail,
            caution: request.caution.as_ref().map(|text| linker.prose(text)),
            timeline: &request.timeline,
        })
    }

    /// The request that an outcome continues with.
    pub(super) fn request_of(&self, outcome: &Outcome) -> Option<&Request> {
        let checklist = self.site.checklist.as_ref()?;
        checklist.request(outcome.request.as_ref()?.value.as_str())
    }

    /// The first question, for the home page.
    pub(super) fn first_question<'a>(&'a self, linker: &Linker) -> Option<QuestionView<'a>> {
        let triage = self.site.triage.as_ref()?;
        let question = triage.question(triage.start.value.as_str())?;
        let start = linker.page(&GeneratedPage::Triage.url());
        Some(question_view(question, None, linker, &start))
    }
}

/// A question with its answers in their groups. `start` is the address of the page with all questions.
fn question_view<'a>(
    question: &'a Question,
    level: Option<u8>,
    linker: &Linker,
    start: &str,
) -> QuestionView<'a> {
    let groups = question
        .answers
        .chunk_by(|one, next| one.group == next.group);
    QuestionView {
        id: question.id.value.as_str(),
        title: &question.title,
        level,
        hint: question.hint.as_ref().map(|hint| linker.prose(hint)),
        groups: groups
            .map(|answers| AnswerGroup {
                title: answers[0].group.as_deref(),
                answers: answers
                    .iter()
                    .filter_map(|answer| answer_view(answer, linker, start))
                    .collect(),
            })
            .collect(),
    }
}

fn answer_view<'a>(answer: &'a Answer, linker: &Linker, start: &str) -> Option<AnswerView<'a>> {
    let (href, question) = match answer.next().ok()? {
        Next::Question(id) => (format!("{start}#q={}", id.value), Some(id.value.as_str())),
        Next::Outcome(id) => {
            let url = GeneratedPage::Outcome(id.value.clone()).url();
            (linker.page(&url), None)
        }
    };
    Some(AnswerView {
        label: &answer.label,
        hint: answer.hint.as_ref().map(|hint| linker.prose(hint)),
        href,
        question,
    })
}

/// Every question once, before the questions that follow its answers, with its depth below the first.
fn in_order(triage: &Triage) -> Vec<(&Question, u8)> {
    let rows = triage.paths().into_iter();
    rows.filter_map(|row| match row.end {
        End::Question(question) => Some((question, u8::try_from(row.depth).unwrap_or(u8::MAX))),
        _ => None,
    })
    .collect()
}
