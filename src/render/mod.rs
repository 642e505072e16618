//! Site → HTML.
//!
//! In: a site without errors, its theme and the names of the built assets. Out: the HTML of each
//! page. It writes no file and decides no address but those inside a page.

mod checklist;
mod checklist_data;
mod context;
mod fields;
mod frame;
mod image_size;
mod linker;
mod map;
mod pages;
mod plain_markdown;
mod print;
mod structured_data;
mod templates;
#[cfg(test)]
mod tests;
mod triage;

use std::collections::BTreeMap;

use serde::Serialize;

use self::context::SiteView;
use self::frame::{NavItems, TopEntry};
use self::linker::Linker;
use self::templates::Templates;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::fingerprint::Asset;
use crate::ids::{OutPath, UrlPath, encode_path};
use crate::site::{GeneratedPage, Page, Site};
use crate::theme::{PageKind, Script, Theme};

/// Languages written from right to left.
const RIGHT_TO_LEFT: [&str; 8] = ["ar", "dv", "fa", "he", "ps", "sd", "ur", "yi"];

/// The names of built files that pages refer to.
#[derive(Debug, Clone, Default)]
pub struct Assets<'a> {
    /// The style sheet.
    pub style: Option<Asset>,
    /// The scripts of the theme.
    pub scripts: Vec<(&'a Script, Asset)>,
    /// The script with the rules for secrets, which those of the checklist apply.
    pub rules: Option<Asset>,
}

/// The files of the search index that pages name.
#[derive(Debug, Clone)]
pub struct SearchAssets {
    /// Names the head of the index. Every page names this file, which is called the same in every build.
    pub pointer: OutPath,
    /// The head, which only the search page names. A preview leaves it out, because it makes the index later.
    pub head: Option<Asset>,
}

/// Renders the pages of one site.
#[derive(Debug)]
pub struct Renderer<'a> {
    site: &'a Site,
    theme: &'a Theme,
    assets: Assets<'a>,
    search: Option<SearchAssets>,
    templates: Templates<'a>,
    top: Vec<TopEntry>,
    nav_items: NavItems,
    /// The strings of the scripts on each kind of page.
    script_strings: BTreeMap<&'static str, String>,
    has_feed: bool,
}

/// What every template can use.
#[derive(Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Globals<'a> {
    /// The site.
    site: SiteView<'a>,
    /// The texts of the theme, by key.
    strings: &'a BTreeMap<String, String>,
    /// The page policy, for a `meta` element.
    policy: &'a str,
}

impl<'a> Renderer<'a> {
    /// Reads the theme's templates. `policy` is the policy of every page.
    pub fn new(
        site: &'a Site,
        theme: &'a Theme,
        assets: Assets<'a>,
        policy: &str,
    ) -> Result<Self, Diagnostics> {
        let config = &site.config;
        let primary = config.language.value.split('-').next().unwrap_or_default();
        let globals =
            Globals {
                site: SiteView {
                    title: &config.title,
                    description: &config.description,
                    language: &config.language.value,
                    direction: if RIGHT_TO_LEFT.contains(&primary) {
                        "rtl"
                    } else {
                        "ltr"
                    },
                    image: config.publish.image.as_ref().and_then(|image| {
                        config.base_url.absolute(&encode_path(image.value.as_str()))
                    }),
                    service_name: config.service.as_ref().map(|service| service.name.as_str()),
                    generator: format!("regain {}", env!("CARGO_PKG_VERSION")),
                },
                strings: &theme.strings,
                policy,
            };
        let mut renderer = Self {
            templates: Templates::new(theme, &globals)?,
            top: Vec::new(),
            nav_items: NavItems::default(),
            script_strings: BTreeMap::new(),
            has_feed: site
                .guides
                .iter()
                .any(|guide| guide.meta.reviewed.is_some()),
            site,
            theme,
            assets,
            search: None,
        };
        renderer.top = renderer.top_level();
        let kinds = PageKind::with_scripts();
        renderer.script_strings = kinds
            .map(|kind| (kind.name(), renderer.script_strings(kind)))
            .collect();
        Ok(renderer)
    }

    /// For a site with search.
    #[must_use]
    pub fn with_search(self, search: Option<SearchAssets>) -> Self {
        Self { search, ..self }
    }

    /// The HTML of a page.
    pub fn page(&self, url: &UrlPath, page: &Page) -> Result<String, Diagnostic> {
        let linker = Linker::from_page(self.site, url);
        let page = match page {
            Page::Guide(index) => return self.guide(*index, &linker),
            Page::Generated(page) => page,
        };
        let title = self.page_title(url).unwrap_or_default();
        let frame = self.frame(page.kind(), title, url, &linker);
        match (page, &self.site.triage, &self.site.checklist) {
            (GeneratedPage::Triage, Some(triage), _) => self.triage(triage, &frame, &linker),
            (GeneratedPage::Map, Some(triage), _) => self.map(triage, &frame, &linker),
            (GeneratedPage::Outcome(id), Some(triage), _) => {
                self.outcome(triage, id, frame, &linker)
            }
            (GeneratedPage::Checklist, _, Some(checklist)) => {
                self.checklist(checklist, &frame, &linker)
            }
            (GeneratedPage::Search, ..) => self.search_page(&frame, &linker),
            (GeneratedPage::Official, ..) => self.official(&frame),
            (GeneratedPage::Print, ..) => self.print(&frame, &linker),
            // A site without `triage.toml` or `checklist.toml` does not have the pages made from it.
            (_, None, _) | (_, _, None) => Ok(String::new()),
        }
    }
}
