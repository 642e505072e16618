//! What templates are given, as types.
//!
//! Plain serializable values, one struct for each thing a template names. `frame` and `pages` fill them.

use serde::Serialize;
use tera::Value;

use crate::theme::PageKind;

/// The same for every page.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct SiteView<'a> {
    /// The name of the site.
    pub(super) title: &'a str,
    /// What the site is for.
    pub(super) description: &'a str,
    /// The BCP 47 tag of the language.
    pub(super) language: &'a str,
    /// `ltr` or `rtl`.
    pub(super) direction: &'static str,
    /// The absolute address of the image that link previews show.
    pub(super) image: Option<String>,
    /// The name of the service.
    pub(super) service_name: Option<&'a str>,
    /// The name and version of regain.
    pub(super) generator: String,
}

/// What every page has around its content.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Frame<'a> {
    /// The kind of page, such as `guide`.
    #[cfg_attr(test, schemars(with = "String"))]
    pub(super) kind: PageKind,
    /// The page itself.
    pub(super) page: PageView<'a>,
    /// The relative path from the page to the root of the site, such as `../../`.
    pub(super) root: &'a str,
    /// Addresses of the pages that regain makes.
    pub(super) links: LinksView,
    /// The navigation.
    #[cfg_attr(test, schemars(with = "Vec<NavItem<'a>>"))]
    pub(super) nav: Vec<Value>,
    /// The folder that the guide is in.
    pub(super) section: Option<SectionView<'a>>,
    /// The folders above the page, from the home page down.
    pub(super) breadcrumbs: Vec<PageRef<'a>>,
    /// The way through, on pages that are part of it.
    pub(super) steps: Vec<StepView<'a>>,
    /// Who runs the site.
    pub(super) run_by: Option<String>,
    /// Where to say whether the page helped.
    pub(super) feedback: Option<String>,
    /// The address to edit the page at.
    pub(super) edit: Option<String>,
    /// The style sheets.
    pub(super) styles: Vec<StyleView<'a>>,
    /// The scripts of this kind of page.
    pub(super) scripts: Vec<ScriptView<'a>>,
    /// The strings those scripts show, by key: JSON for a `template` element.
    pub(super) script_strings: &'a str,
    /// What the search field loads.
    pub(super) search: Option<SearchView<'a>>,
    /// JSON-LD for search engines.
    pub(super) structured_data: Option<String>,
}

/// The page itself.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct PageView<'a> {
    /// The heading.
    pub(super) title: &'a str,
    /// The text for `title` in the head.
    pub(super) document_title: String,
    /// The summary.
    pub(super) summary: Option<String>,
    /// The whole address, if the host is known.
    pub(super) canonical: Option<String>,
    /// The address below the root.
    pub(super) url: String,
}

/// Addresses of the pages regain makes.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct LinksView {
    pub(super) home: String,
    pub(super) start: Option<String>,
    pub(super) checklist: Option<String>,
    pub(super) search: Option<String>,
    pub(super) official: Option<String>,
    /// All guides on one page.
    pub(super) print: Option<String>,
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct NavItem<'a> {
    pub(super) title: &'a str,
    pub(super) href: String,
    /// Whether it is this page.
    pub(super) current: bool,
    /// Whether this page is below it.
    pub(super) open: bool,
}

/// One step of the way through: `find`, `ask` or `wait`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct StepView<'a> {
    pub(super) name: &'static str,
    pub(super) href: String,
    /// How long it takes.
    pub(super) takes: Option<&'a str>,
    /// `done`, `current` or `next`.
    pub(super) state: &'static str,
}

/// The folder of a guide.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct SectionView<'a> {
    pub(super) title: &'a str,
    pub(super) href: String,
    #[cfg_attr(test, schemars(with = "Vec<NavItem<'a>>"))]
    pub(super) pages: Vec<Value>,
}

/// A link to another page.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct PageRef<'a> {
    pub(super) title: &'a str,
    pub(super) href: String,
    pub(super) summary: Option<String>,
    pub(super) takes: Option<String>,
}

/// The style sheet.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct StyleView<'a> {
    pub(super) href: String,
    pub(super) integrity: &'a str,
}

/// A script.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ScriptView<'a> {
    pub(super) src: String,
    pub(super) integrity: Option<&'a str>,
    pub(super) blocking: bool,
}

/// The file that names the search index, the head of the index on the search page, and the scripts.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct SearchView<'a> {
    pub(super) src: String,
    pub(super) head: Option<ScriptView<'a>>,
    pub(super) script: ScriptView<'a>,
    pub(super) list: Option<ScriptView<'a>>,
}

/// A guide, a folder's page or the home page.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct GuideView<'a> {
    /// The text, as HTML.
    pub(super) body: String,
    /// The headings of the page.
    pub(super) toc: Vec<TocItem<'a>>,
    /// What readers need, as HTML.
    pub(super) needs: Vec<String>,
    /// How long it takes.
    pub(super) takes: Option<String>,
    /// The day of the last review.
    pub(super) reviewed: Option<DayView>,
    /// What the page was written from, as HTML.
    pub(super) sources: Vec<String>,
    /// The guide before this one.
    pub(super) previous: Option<PageRef<'a>>,
    /// The guide after this one.
    pub(super) next: Option<PageRef<'a>>,
    /// The guides of the folder.
    pub(super) children: Vec<PageRef<'a>>,
    /// Top-level guides and folders, on the home page.
    pub(super) paths: Vec<PageRef<'a>>,
    /// The first question of the triage, on the home page.
    pub(super) question: Option<QuestionView<'a>>,
}

/// An entry of the table of contents.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct TocItem<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) level: u8,
}

/// A day, for machines and for people.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct DayView {
    pub(super) iso: String,
    pub(super) text: String,
}

/// A question of the triage.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct QuestionView<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    /// The level of its heading; none if the page's own heading already asks the question.
    pub(super) level: Option<u8>,
    pub(super) hint: Option<String>,
    pub(super) groups: Vec<AnswerGroup<'a>>,
}

/// Answers below one heading, or below none.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct AnswerGroup<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) answers: Vec<AnswerView<'a>>,
}

/// One answer.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct AnswerView<'a> {
    pub(super) label: &'a str,
    pub(super) hint: Option<String>,
    pub(super) href: String,
    /// The question that follows, for scripts.
    pub(super) question: Option<&'a str>,
}

/// The search page, which lists the pages for readers without scripts.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct SearchPage<'a> {
    pub(super) pages: Vec<PageRef<'a>>,
    /// Whether these are all pages; on a large site, they are only the top level.
    pub(super) complete: bool,
}

/// The official addresses.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct OfficialPage<'a> {
    pub(super) groups: Vec<AddressGroup<'a>>,
}

/// Addresses that serve one purpose.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct AddressGroup<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) addresses: Vec<AddressView<'a>>,
}

/// One official address.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct AddressView<'a> {
    pub(super) name: &'a str,
    pub(super) title: &'a str,
    pub(super) purpose: &'a str,
    /// As a reader sees it: without `mailto:`.
    pub(super) url: &'a str,
    pub(super) href: &'a str,
    pub(super) host: Option<&'a str>,
}

/// A page that redirects to another.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct RedirectPage<'a> {
    pub(super) target: RedirectTarget,
    pub(super) page: PageView<'a>,
}

/// Where it redirects to.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct RedirectTarget {
    pub(super) href: String,
    pub(super) absolute: Option<String>,
}
