//! What a template may see, typed.
//!
//! In: nothing. Out: plain serialisable values, one struct for each thing a template names. How they
//! are filled is in `chrome` and `pages`.

use serde::Serialize;

use crate::theme::PageKind;

/// The same for every page.
#[derive(Debug, Serialize)]
pub(super) struct SiteView<'a> {
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    pub(super) language: &'a str,
    pub(super) direction: &'static str,
    /// The picture link previews show, as an absolute address.
    pub(super) image: Option<String>,
    pub(super) service_name: Option<&'a str>,
    pub(super) generator: String,
}

/// What every page has around its content.
#[derive(Debug, Serialize)]
pub(super) struct Frame<'a> {
    pub(super) kind: PageKind,
    pub(super) page: PageView<'a>,
    pub(super) root: &'a str,
    pub(super) links: LinksView,
    pub(super) nav: Vec<NavItem<'a>>,
    pub(super) section: Option<SectionView<'a>>,
    pub(super) breadcrumbs: Vec<PageRef<'a>>,
    /// The way through, on pages that are part of it.
    pub(super) steps: Vec<StepView<'a>>,
    /// Who runs the site.
    pub(super) run_by: Option<String>,
    pub(super) styles: Vec<StyleView<'a>>,
    pub(super) scripts: Vec<ScriptView<'a>>,
    /// The strings those scripts show, by key: JSON for a `template` element.
    pub(super) script_strings: String,
    pub(super) search: Option<SearchView<'a>>,
    /// JSON-LD for search engines.
    pub(super) structured_data: Option<String>,
}

/// The page itself.
#[derive(Debug, Serialize)]
pub(super) struct PageView<'a> {
    pub(super) title: &'a str,
    pub(super) document_title: String,
    pub(super) summary: Option<String>,
    pub(super) canonical: Option<String>,
    pub(super) url: String,
}

/// Addresses of the pages regain makes.
#[derive(Debug, Serialize)]
pub(super) struct LinksView {
    pub(super) home: String,
    pub(super) start: Option<String>,
    pub(super) checklist: Option<String>,
    pub(super) search: Option<String>,
    pub(super) official: Option<String>,
    pub(super) service: Option<String>,
    /// The whole site as one file.
    pub(super) offline: Option<String>,
    /// The Atom feed.
    pub(super) feed: Option<String>,
    /// This guide as plain Markdown.
    pub(super) markdown: Option<&'static str>,
}

/// One entry of the navigation.
#[derive(Debug, Serialize)]
pub(super) struct NavItem<'a> {
    pub(super) title: &'a str,
    pub(super) href: String,
    pub(super) current: bool,
    pub(super) open: bool,
}

/// One step of the way through: `find`, `ask` or `wait`.
#[derive(Debug, Serialize)]
pub(super) struct StepView<'a> {
    pub(super) name: &'static str,
    pub(super) href: String,
    /// How long it takes.
    pub(super) takes: Option<&'a str>,
    /// `done`, `current` or `next`.
    pub(super) state: &'static str,
}

/// The folder a guide stands in.
#[derive(Debug, Serialize)]
pub(super) struct SectionView<'a> {
    pub(super) title: &'a str,
    pub(super) href: String,
    pub(super) pages: Vec<NavItem<'a>>,
}

/// A page another one leads to.
#[derive(Debug, Serialize)]
pub(super) struct PageRef<'a> {
    pub(super) title: &'a str,
    pub(super) href: String,
    pub(super) summary: Option<String>,
    pub(super) takes: Option<String>,
}

/// The style sheet.
#[derive(Debug, Serialize)]
pub(super) struct StyleView<'a> {
    pub(super) href: String,
    pub(super) integrity: &'a str,
}

/// A script.
#[derive(Debug, Serialize)]
pub(super) struct ScriptView<'a> {
    pub(super) src: String,
    pub(super) integrity: Option<&'a str>,
    pub(super) blocking: bool,
}

/// The file that names the search index, the head of the index on the search page, and the scripts.
#[derive(Debug, Serialize)]
pub(super) struct SearchView<'a> {
    pub(super) src: String,
    pub(super) head: Option<ScriptView<'a>>,
    pub(super) script: ScriptView<'a>,
    pub(super) list: Option<ScriptView<'a>>,
}

/// A guide, a folder's page or the home page.
#[derive(Debug, Serialize)]
pub(super) struct GuideView<'a> {
    #[serde(flatten)]
    pub(super) frame: Frame<'a>,
    pub(super) body: String,
    pub(super) toc: Vec<TocItem<'a>>,
    pub(super) needs: Vec<String>,
    pub(super) takes: Option<String>,
    pub(super) reviewed: Option<DayView>,
    pub(super) sources: Vec<String>,
    pub(super) edit: Option<String>,
    pub(super) previous: Option<PageRef<'a>>,
    pub(super) next: Option<PageRef<'a>>,
    pub(super) children: Vec<PageRef<'a>>,
    /// Top-level guides and folders, on the home page.
    pub(super) paths: Vec<PageRef<'a>>,
    pub(super) question: Option<QuestionView<'a>>,
}

/// An entry of the table of contents.
#[derive(Debug, Serialize)]
pub(super) struct TocItem<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) level: u8,
}

/// A day, for machines and for people.
#[derive(Debug, Serialize)]
pub(super) struct DayView {
    pub(super) iso: String,
    pub(super) text: String,
}

/// A question of the triage.
#[derive(Debug, Serialize)]
pub(super) struct QuestionView<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    /// Of its heading; none where the page's own heading asks it already.
    pub(super) level: Option<u8>,
    pub(super) hint: Option<String>,
    pub(super) groups: Vec<AnswerGroup<'a>>,
}

/// Answers below one heading, or below none.
#[derive(Debug, Serialize)]
pub(super) struct AnswerGroup<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) answers: Vec<AnswerView<'a>>,
}

/// One answer.
#[derive(Debug, Serialize)]
pub(super) struct AnswerView<'a> {
    pub(super) label: &'a str,
    pub(super) hint: Option<String>,
    pub(super) href: String,
    /// The question it leads to, for scripts.
    pub(super) question: Option<&'a str>,
}

/// The search page, which lists the pages for readers without scripts.
#[derive(Debug, Serialize)]
pub(super) struct SearchPage<'a> {
    #[serde(flatten)]
    pub(super) frame: Frame<'a>,
    pub(super) pages: Vec<PageRef<'a>>,
    /// Whether these are all pages, or of a large site only the top level.
    pub(super) complete: bool,
}

/// The official addresses.
#[derive(Debug, Serialize)]
pub(super) struct OfficialPage<'a> {
    #[serde(flatten)]
    pub(super) frame: Frame<'a>,
    pub(super) groups: Vec<AddressGroup<'a>>,
}

/// Addresses that serve one purpose.
#[derive(Debug, Serialize)]
pub(super) struct AddressGroup<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) addresses: Vec<AddressView<'a>>,
}

/// One official address.
#[derive(Debug, Serialize)]
pub(super) struct AddressView<'a> {
    pub(super) name: &'a str,
    pub(super) title: &'a str,
    pub(super) purpose: &'a str,
    /// As a reader sees it: without `mailto:`.
    pub(super) url: &'a str,
    pub(super) href: &'a str,
    pub(super) host: Option<&'a str>,
}

/// A page that only leads on.
#[derive(Debug, Serialize)]
pub(super) struct RedirectPage<'a> {
    pub(super) target: RedirectTarget,
    pub(super) page: PageView<'a>,
}

/// Where it leads.
#[derive(Debug, Serialize)]
pub(super) struct RedirectTarget {
    pub(super) href: String,
    pub(super) absolute: Option<String>,
}
