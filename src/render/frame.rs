//! What every page has around its content: navigation, breadcrumbs, styles and scripts.
//!
//! In: the site and one page's address. Out: its [`Frame`]. Only the entries of the top level and of
//! the reader's own folder are listed: a list of every page on every page would grow with its square.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use tera::Value;

use super::checklist_data::embed;
use super::context::{
    Frame, LinksView, NavItem, PageRef, PageView, ScriptView, SearchView, SectionView, StepView,
    StyleView,
};
use super::hrefs::Hrefs;
use super::{Assets, Renderer, ScriptAsset};
use crate::ids::{BaseUrl, UrlPath};
use crate::site::{GeneratedPage, HostFile, MARKDOWN, Page};
use crate::theme::PageKind;

/// Entries of the top level a page lists at most, and of its own folder. A list of hundreds helps
/// nobody, and every page would grow with the site.
const TOP_LIMIT: usize = 24;
const SECTION_LIMIT: usize = 60;

/// One entry of the top level, the same on every page.
#[derive(Debug)]
pub(super) struct TopEntry {
    title: String,
    pub(super) url: UrlPath,
    /// Whether `nav` names it, or regain makes it.
    named: bool,
}

/// Entries of the navigation as templates see them, by the way to the root and by folder. Pages of a folder share
/// them, because making them anew for every page takes as long as rendering it.
pub(super) type NavItems = Mutex<BTreeMap<(String, UrlPath), Arc<Vec<Value>>>>;

/// What a page says of itself for its frame.
#[derive(Debug, Clone)]
pub(super) struct About<'p> {
    pub(super) kind: PageKind,
    pub(super) title: &'p str,
    pub(super) summary: Option<String>,
    pub(super) url: &'p UrlPath,
}

impl Renderer<'_> {
    /// The frame of the page `about`, with addresses made by `hrefs`.
    pub(super) fn frame<'f>(&'f self, about: About<'f>, hrefs: &'f Hrefs) -> Frame<'f> {
        let (section, edit) = match self.site.pages().get(about.url) {
            Some(Page::Guide(index)) => (
                self.section(*index, hrefs),
                self.edit(&self.site.guides[*index]),
            ),
            _ => (None, None),
        };
        Frame {
            kind: about.kind,
            root: hrefs.root(),
            links: self.links(about.url, hrefs),
            nav: self.nav(about.url, hrefs),
            section,
            breadcrumbs: self.breadcrumbs(about.url, hrefs),
            steps: self.steps(about.url, hrefs),
            run_by: self
                .site
                .run_by
                .as_ref()
                .map(|text| self.linker(hrefs).prose(text)),
            feedback: self.feedback(about.url),
            edit,
            styles: styles(&self.assets, hrefs),
            scripts: scripts(&self.assets, about.kind, hrefs),
            script_strings: self
                .script_strings
                .get(about.kind.name())
                .map_or("", String::as_str),
            search: search(&self.assets, about.kind, hrefs),
            structured_data: self.structured_data(about.url),
            page: self.page_view(about),
        }
    }

    /// Where to say whether the page helped. The link names the page.
    fn feedback(&self, url: &UrlPath) -> Option<String> {
        let config = &self.site.config;
        let page = canonical(&config.base_url, url).unwrap_or_else(|| url.to_string());
        let page = utf8_percent_encode(&page, NON_ALPHANUMERIC).to_string();
        Some(config.feedback_url.as_ref()?.replace("{page}", &page))
    }

    /// The strings of the scripts on this kind of page, including those that load when they are needed.
    pub(super) fn script_strings(&self, kind: PageKind) -> String {
        let searches = self.assets.search.is_some();
        let on_demand = |name: &str| match name {
            "search" | "search-list" => searches,
            "submitted" => kind == PageKind::Checklist,
            _ => false,
        };
        let scripts = self.theme.scripts.iter();
        let keys = scripts
            .filter(|script| script.is_on(kind) || on_demand(&script.name))
            .flat_map(|script| &script.strings);
        let strings: BTreeMap<_, _> = keys.map(|key| (key, self.theme.string(key))).collect();
        embed(&json!(strings))
    }

    pub(super) fn page_view<'f>(&'f self, about: About<'f>) -> PageView<'f> {
        let site = &self.site.config.title;
        PageView {
            document_title: if about.title == site {
                site.clone()
            } else {
                format!("{} – {site}", about.title)
            },
            title: about.title,
            summary: about.summary,
            canonical: canonical(&self.site.config.base_url, about.url),
            url: about.url.to_string(),
        }
    }

    /// The three steps, with the reader's place among them. None on pages outside the steps.
    fn steps(&self, here: &UrlPath, hrefs: &Hrefs) -> Vec<StepView<'_>> {
        let Some(steps) = &self.site.config.steps else {
            return Vec::new();
        };
        let after = UrlPath::of_parts(steps.after.value.trim_end_matches(".md").split('/'));
        let place = match self.site.pages().get(here) {
            Some(Page::Guide(_)) if *here == UrlPath::home() => 0,
            Some(Page::Guide(_)) if here.as_str().starts_with(after.as_str()) => 2,
            Some(Page::Generated(GeneratedPage::Triage)) => 0,
            Some(Page::Generated(GeneratedPage::Checklist)) => 1,
            Some(Page::Generated(GeneratedPage::Outcome(id))) => {
                let triage = self.site.triage.as_ref();
                let outcome = triage.and_then(|triage| triage.outcome(id.as_str()));
                if outcome.is_some_and(|outcome| outcome.filed) {
                    2
                } else {
                    0
                }
            }
            _ => return Vec::new(),
        };
        let all = [
            ("find", GeneratedPage::Triage.url(), &steps.find),
            ("ask", GeneratedPage::Checklist.url(), &steps.ask),
            ("wait", after, &steps.wait),
        ];
        let pages = self.site.pages();
        let all = all.into_iter().enumerate();
        all.filter(|(_, (_, url, _))| pages.contains_key(url))
            .map(|(at, (name, url, takes))| StepView {
                name,
                href: hrefs.page(&url),
                takes: takes.as_deref(),
                state: match at.cmp(&place) {
                    Ordering::Less => "done",
                    Ordering::Equal => "current",
                    Ordering::Greater => "next",
                },
            })
            .collect()
    }

    fn links(&self, here: &UrlPath, hrefs: &Hrefs) -> LinksView {
        let generated = |page: GeneratedPage| {
            let url = page.url();
            self.site
                .pages()
                .contains_key(&url)
                .then(|| hrefs.page(&url))
        };
        LinksView {
            home: hrefs.page(&UrlPath::home()),
            start: generated(GeneratedPage::Triage),
            checklist: generated(GeneratedPage::Checklist),
            search: generated(GeneratedPage::Search),
            official: generated(GeneratedPage::Official),
            print: generated(GeneratedPage::Print),
            service: self.service_href(),
            offline: self
                .site
                .config
                .publish
                .offline
                .then(|| hrefs.file(&HostFile::Offline.path())),
            feed: self.has_feed.then(|| hrefs.file(&HostFile::Feed.path())),
            markdown: self.site.guide_at(here).map(|_| MARKDOWN),
        }
    }

    fn service_href(&self) -> Option<String> {
        let service = self.site.config.service.as_ref()?;
        let link = self.site.links.get(&service.link.value)?;
        Some(link.url.clone())
    }

    /// The top level; of one too long to list, the entries `nav` names and the reader's own.
    fn nav(&self, here: &UrlPath, hrefs: &Hrefs) -> Vec<Value> {
        let long = self.top.len() > TOP_LIMIT;
        let is_open = |entry: &TopEntry| here.as_str().starts_with(entry.url.as_str());
        let all = self.top.iter();
        let links = all.map(|entry| (entry.title.as_str(), &entry.url));
        let items = self.nav_items(&UrlPath::home(), hrefs, links);
        let entries = self.top.iter().zip(items.iter());
        entries
            .filter(|(entry, _)| !long || entry.named || is_open(entry))
            .map(|(entry, item)| {
                if is_open(entry) {
                    let href = hrefs.page(&entry.url);
                    nav_item(&entry.title, href, entry.url == *here, true)
                } else {
                    item.clone()
                }
            })
            .collect()
    }

    /// The entries of a folder, none of them marked.
    fn nav_items<'p>(
        &self,
        folder: &UrlPath,
        hrefs: &Hrefs,
        pages: impl Iterator<Item = (&'p str, &'p UrlPath)>,
    ) -> Arc<Vec<Value>> {
        let make = || {
            let items = pages.map(|(title, url)| nav_item(title, hrefs.page(url), false, false));
            Arc::new(items.collect())
        };
        let key = (hrefs.root().to_owned(), folder.clone());
        let known = self.nav_items.lock();
        let mut known = known.unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(key).or_insert_with(make))
    }

    /// The reader's own folder; of a long one, the pages around the reader's.
    fn section(&self, index: usize, hrefs: &Hrefs) -> Option<SectionView<'_>> {
        let guide = &self.site.guides[index];
        let (url, folder) = self.site.tree.folder_of(guide)?;
        if url == UrlPath::home() {
            return None;
        }
        let at = if guide.is_folder() {
            0
        } else {
            self.site.tree.position(index)
        };
        let from = if folder.entries.len() > SECTION_LIMIT {
            at.saturating_sub(SECTION_LIMIT / 2)
        } else {
            0
        };
        let pages = folder.entries.iter().map(|entry| {
            let page = &self.site.guides[*entry];
            (page.title.as_str(), &page.url)
        });
        let items = self.nav_items(&url, hrefs, pages);
        let pages = folder.entries.iter().zip(items.iter());
        let pages = pages.skip(from).take(SECTION_LIMIT);
        let pages = pages.map(|(entry, item)| {
            if *entry == index {
                nav_item(&guide.title, hrefs.page(&guide.url), true, false)
            } else {
                item.clone()
            }
        });
        Some(SectionView {
            title: &self.site.guides[folder.index?].title,
            href: hrefs.page(&url),
            pages: pages.collect(),
        })
    }

    fn breadcrumbs(&self, here: &UrlPath, hrefs: &Hrefs) -> Vec<PageRef<'_>> {
        let ancestors = self.ancestors(here).into_iter();
        let breadcrumbs = ancestors.map(|(url, title)| PageRef {
            title,
            href: hrefs.page(&url),
            summary: None,
            takes: None,
        });
        breadcrumbs.collect()
    }

    /// The pages above a page, from the home page down, with their titles.
    pub(super) fn ancestors(&self, here: &UrlPath) -> Vec<(UrlPath, &str)> {
        let mut ancestors = Vec::new();
        let mut url = here.clone();
        while url != UrlPath::home() {
            url = url.parent();
            if let Some(title) = self.page_title(&url) {
                let is_home = url == UrlPath::home();
                let title = if is_home {
                    self.theme.string("home")
                } else {
                    title
                };
                ancestors.push((url.clone(), title));
            }
        }
        ancestors.reverse();
        ancestors
    }

    /// What navigation calls a page.
    pub fn page_title(&self, url: &UrlPath) -> Option<&str> {
        let page = match self.site.pages().get(url)? {
            Page::Guide(index) => return Some(&self.site.guides[*index].title),
            Page::Generated(page) => page,
        };
        Some(match page {
            GeneratedPage::Triage => &self.site.triage.as_ref()?.title.value,
            GeneratedPage::Map => self.theme.string("map_title"),
            GeneratedPage::Outcome(id) => {
                let outcomes = &self.site.triage.as_ref()?.outcomes;
                &outcomes
                    .iter()
                    .find(|outcome| outcome.id.value == *id)?
                    .title
            }
            GeneratedPage::Checklist => &self.site.checklist.as_ref()?.title.value,
            GeneratedPage::Search => self.theme.string("search_title"),
            GeneratedPage::Official => self.theme.string("official_title"),
            GeneratedPage::Print => self.theme.string("print_title"),
        })
    }

    /// The top level in order: as `nav` says, and the guides it does not name after that.
    pub(super) fn top_level(&self) -> Vec<TopEntry> {
        let nav = &self.site.config.nav;
        let mut named: Vec<UrlPath> = nav
            .iter()
            .map(|name| UrlPath::of_parts(name.value.trim_end_matches(".md").split('/')))
            .filter(|url| *url != UrlPath::home())
            .collect();
        let mut last = None;
        if nav.is_empty() {
            named.extend([GeneratedPage::Triage, GeneratedPage::Checklist].map(|page| page.url()));
            last = Some(GeneratedPage::Official.url());
        }
        let root = self.site.tree.folder(&UrlPath::home());
        let known: BTreeSet<_> = named.iter().cloned().collect();
        let rest = root
            .into_iter()
            .flat_map(|root| &root.entries)
            .map(|index| self.site.guides[*index].url.clone())
            .filter(|url| !known.contains(url))
            .map(|url| (url, false));
        let named = named.into_iter().map(|url| (url, true));
        named
            .chain(rest)
            .chain(last.map(|url| (url, true)))
            .filter_map(|(url, named)| {
                let title = self.page_title(&url)?.to_owned();
                Some(TopEntry { title, url, named })
            })
            .collect()
    }
}

impl TopEntry {
    /// Its address.
    pub(super) fn url(&self) -> &UrlPath {
        &self.url
    }
}

fn nav_item(title: &str, href: String, current: bool, open: bool) -> Value {
    Value::from_serializable(&NavItem {
        title,
        href,
        current,
        open,
    })
}

fn canonical(base: &BaseUrl, url: &UrlPath) -> Option<String> {
    base.absolute(&crate::ids::encode_path(url.as_str()))
}

fn styles<'a>(assets: &'a Assets, hrefs: &Hrefs) -> Vec<StyleView<'a>> {
    assets
        .styles
        .iter()
        .map(|asset| StyleView {
            href: hrefs.file(&asset.path),
            integrity: &asset.integrity,
        })
        .collect()
}

/// What the search field needs: nothing where the site has no search, or the theme no script for it.
fn search<'a>(assets: &'a Assets, kind: PageKind, hrefs: &Hrefs) -> Option<SearchView<'a>> {
    let index = assets.search.as_ref()?;
    let head = index.head.as_ref().map(|head| ScriptView {
        src: hrefs.file(&head.path),
        integrity: Some(&head.integrity),
        blocking: false,
    });
    Some(SearchView {
        src: hrefs.file(&index.pointer),
        head: head.filter(|_| kind == PageKind::Search),
        script: named_script(assets, "search", hrefs)?,
        list: named_script(assets, "search-list", hrefs),
    })
}

fn scripts<'a>(assets: &'a Assets, kind: PageKind, hrefs: &Hrefs) -> Vec<ScriptView<'a>> {
    assets
        .scripts
        .iter()
        .filter(|script| script.pages.contains(&kind))
        .map(|script| script_view(script, hrefs))
        .collect()
}

/// A script that a page loads when it is needed.
pub(super) fn named_script<'a>(
    assets: &'a Assets,
    name: &str,
    hrefs: &Hrefs,
) -> Option<ScriptView<'a>> {
    let script = assets.scripts.iter().find(|script| script.name == name)?;
    Some(script_view(script, hrefs))
}

fn script_view<'a>(script: &'a ScriptAsset, hrefs: &Hrefs) -> ScriptView<'a> {
    ScriptView {
        src: hrefs.file(&script.asset.path),
        integrity: script.integrity.then_some(script.asset.integrity.as_str()),
        blocking: script.blocking,
    }
}
