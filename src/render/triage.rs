//! `/start/` and the page of each outcome.
//!
//! In: the triage. Out: all its questions on one page as nested headings and links, which scripts
//! then show one at a time, and one page for each outcome.

use serde::Serialize;

use super::Renderer;
use super::chrome::About;
use super::context::{Frame, PageRef};
use super::links::{Hrefs, Linker};
use super::pages::page_ref;
use crate::diagnostic::Diagnostic;
use crate::ids::{OutcomeId, UrlPath};
use crate::recovery::{Answer, End, Next, Outcome, Question, Triage};
use crate::site::GeneratedPage;
use crate::theme::PageKind;

/// The deepest heading there is.
const LAST_LEVEL: u8 = 6;

#[derive(Debug, Serialize)]
struct TriagePage<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    intro: Option<String>,
    questions: Vec<QuestionView<'a>>,
}

#[derive(Debug, Serialize)]
struct QuestionView<'a> {
    id: &'a str,
    title: &'a str,
    /// Of its heading; none where the page's own heading asks it already.
    level: Option<u8>,
    hint: Option<String>,
    answers: Vec<AnswerView<'a>>,
}

#[derive(Debug, Serialize)]
struct AnswerView<'a> {
    label: &'a str,
    hint: Option<String>,
    href: String,
    /// The question it leads to, for scripts.
    question: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct OutcomePage<'a> {
    #[serde(flatten)]
    frame: Frame<'a>,
    text: Option<String>,
    guides: Vec<PageRef<'a>>,
    request: Option<RequestRef>,
}

#[derive(Debug, Serialize)]
struct RequestRef {
    href: String,
    public: bool,
}

impl Renderer<'_> {
    /// `/start/`
    pub(super) fn triage(&self, url: &UrlPath) -> Result<String, Diagnostic> {
        let Some(triage) = &self.site.triage else {
            return Ok(String::new());
        };
        let hrefs = Hrefs::from_page(url);
        let linker = self.linker(&hrefs);
        let title = &triage.title.value;
        let order = in_order(triage);
        // Headings step down by one: a first question that the page's own heading asks has none below it.
        let asked_above = order
            .first()
            .is_some_and(|(first, _)| first.title == *title);
        let top = if asked_above { 1 } else { 2 };
        let questions = order.into_iter().map(|(question, depth)| QuestionView {
            id: question.id.value.as_str(),
            title: &question.title,
            level: (depth > 0 || !asked_above).then_some(depth.saturating_add(top).min(LAST_LEVEL)),
            hint: question.hint.as_ref().map(|hint| linker.prose(hint)),
            answers: question
                .answers
                .iter()
                .map(|answer| answer_view(answer, &linker))
                .collect(),
        });
        let about = About {
            kind: PageKind::Triage,
            title,
            summary: None,
            url,
        };
        let view = TriagePage {
            intro: triage.intro.as_ref().map(|intro| linker.paragraphs(intro)),
            questions: questions.collect(),
            frame: self.frame(about, &hrefs),
        };
        self.templates.render("triage.html", &view)
    }

    /// `/start/ID/`
    pub(super) fn outcome(&self, url: &UrlPath, id: &OutcomeId) -> Result<String, Diagnostic> {
        let Some(triage) = &self.site.triage else {
            return Ok(String::new());
        };
        let Some(outcome) = triage.outcome(id.as_str()) else {
            return Ok(String::new());
        };
        let hrefs = Hrefs::from_page(url);
        let guides = outcome
            .guides
            .iter()
            .filter_map(|file| self.site.guide_of_file(&file.value));
        let about = About {
            kind: PageKind::Triage,
            title: &outcome.title,
            summary: None,
            url,
        };
        let mut frame = self.frame(about, &hrefs);
        // An outcome is often called like the guide it leads to; in a row of tabs they must differ.
        frame.page.document_title = format!(
            "{} – {} – {}",
            outcome.title, triage.title.value, self.site.config.title
        );
        let view = OutcomePage {
            text: outcome
                .text
                .as_ref()
                .map(|text| self.linker(&hrefs).paragraphs(text)),
            guides: guides.map(|guide| page_ref(guide, &hrefs)).collect(),
            request: self.request_ref(outcome, &hrefs),
            frame,
        };
        self.templates.render("outcome.html", &view)
    }

    fn request_ref(&self, outcome: &Outcome, hrefs: &Hrefs) -> Option<RequestRef> {
        let request = self
            .site
            .checklist
            .as_ref()?
            .request(outcome.request.as_ref()?.value.as_str())?;
        let page = hrefs.page(&GeneratedPage::Checklist.url());
        Some(RequestRef {
            href: format!("{page}#for={}", outcome.id.value),
            public: request.public,
        })
    }
}

fn answer_view<'a>(answer: &'a Answer, linker: &Linker) -> AnswerView<'a> {
    let (href, question) = match &answer.next {
        Next::Question(id) => (format!("#q={}", id.value), Some(id.value.as_str())),
        Next::Outcome(id) => {
            let url = GeneratedPage::Outcome(id.value.clone()).url();
            (linker.hrefs.page(&url), None)
        }
    };
    AnswerView {
        label: &answer.label,
        hint: answer.hint.as_ref().map(|hint| linker.prose(hint)),
        href,
        question,
    }
}

/// Every question once, each before those its answers lead to, with its depth below the first.
fn in_order(triage: &Triage) -> Vec<(&Question, u8)> {
    let rows = triage.paths().into_iter();
    rows.filter_map(|row| match row.end {
        End::Question(question) => Some((question, u8::try_from(row.depth).unwrap_or(u8::MAX))),
        _ => None,
    })
    .collect()
}
