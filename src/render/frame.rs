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

use super::Renderer;
use super::checklist_data::embed;
use super::context::{
    Frame, LinksView, NavItem, PageRef, PageView, ScriptView, SearchView, SectionView, StepView,
    StyleView,
};
use super::linker::Linker;
use super::pages::summary;

use crate::fingerprint::Asset;
use crate::ids::{BaseUrl, UrlPath};
use crate::recovery::Request;
use crate::site::{GeneratedPage, HostFile, MARKDOWN, Page};
use crate::theme::{PageKind, Script};

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

impl Renderer<'_> {
    /// The frame of a page, with addresses made by `linker`.
    pub(super) fn frame<'f>(
        &'f self,
        kind: PageKind,
        title: &'f str,
        url: &UrlPath,
        linker: &'f Linker<'_>,
    ) -> Frame<'f> {
        let (section, edit) = match self.site.pages().get(url) {
            Some(Page::Guide(index)) => (
                self.section(*index, linker),
                self.edit(&self.site.guides[*index]),
            ),
            _ => (None, None),
        };
        let run_by = self.site.run_by.as_ref();
        let script_strings = self.script_strings.get(kind.name());
        Frame {
            kind,
            page: self.page_view(title, url),
            root: linker.root(),
            links: self.links(url, linker),
            nav: self.nav(url, linker),
            section,
            breadcrumbs: self.breadcrumbs(url, linker),
            steps: self.steps(url, linker),
            run_by: run_by.map(|text| linker.prose(text)),
            feedback: self.feedback(url),
            edit,
            styles: self.styles(linker),
            scripts: self.scripts(kind, linker),
            script_strings: script_strings.map_or("", String::as_str),
            search: self.search(kind, linker),
            structured_data: self.structured_data(url),
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
        let searches = self.site.config.search.enabled;
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

    pub(super) fn page_view<'f>(&self, title: &'f str, url: &UrlPath) -> PageView<'f> {
        let site = &self.site.config.title;
        PageView {
            document_title: if title == site {
                site.clone()
            } else {
                format!("{title} – {site}")
            },
            title,
            summary: self.site.guide_at(url).and_then(|guide| summary(guide)),
            canonical: canonical(&self.site.config.base_url, url),
            url: url.to_string(),
        }
    }

    /// The three steps, with the reader's place among them. None on pages outside the steps.
    fn steps(&self, here: &UrlPath, linker: &Linker) -> Vec<StepView<'_>> {
        let Some(steps) = &self.site.config.steps else {
            return Vec::new();
        };
        let after = UrlPath::of_parts(steps.after.value.trim_end_matches(".md").split('/'));
        let mut request = None;
        let place = match self.site.pages().get(here) {
            Some(Page::Guide(_)) if *here == UrlPath::home() => 0,
            Some(Page::Guide(_)) if here.as_str().starts_with(after.as_str()) => 2,
            Some(Page::Generated(GeneratedPage::Triage)) => 0,
            Some(Page::Generated(GeneratedPage::Checklist)) => 1,
            Some(Page::Generated(GeneratedPage::Outcome(id))) => {
                let triage = self.site.triage.as_ref();
                let outcome = triage.and_then(|triage| triage.outcome(id.as_str()));
                request = outcome.and_then(|outcome| self.request_of(outcome));
                if outcome.is_some_and(|outcome| outcome.filed) {
                    2
                } else {
                    0
                }
            }
            _ => return Vec::new(),
        };
        let wait = match request {
            Some(request) => self.wait(request),
            None => steps.wait.as_deref(),
        };
        let all = [
            ("find", GeneratedPage::Triage.url(), steps.find.as_deref()),
            ("ask", GeneratedPage::Checklist.url(), steps.ask.as_deref()),
            ("wait", after, wait),
        ];
        let pages = self.site.pages();
        let all = all.into_iter().enumerate();
        all.filter(|(_, (_, url, _))| pages.contains_key(url))
            .map(|(at, (name, url, takes))| StepView {
                name,
                href: linker.page(&url),
                takes,
                state: match at.cmp(&place) {
                    Ordering::Less => "done",
                    Ordering::Equal => "current",
                    Ordering::Greater => "next",
                },
            })
            .collect()
    }

    /// How long the answer to a request takes, if anyone can say.
    pub(super) fn wait<'a>(&'a self, request: &'a Request) -> Option<&'a str> {
        let usual = self.site.config.steps.as_ref()?.wait.as_ref();
        let wait = request.wait.as_ref().or(usual)?;
        (!wait.is_empty()).then_some(wait)
    }

    fn links(&self, here: &UrlPath, linker: &Linker) -> LinksView {
        let generated = |page: GeneratedPage| {
            let url = page.url();
            self.site
                .pages()
                .contains_key(&url)
                .then(|| linker.page(&url))
        };
        LinksView {
            home: linker.page(&UrlPath::home()),
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
                .then(|| linker.file(&HostFile::Offline.path())),
            feed: self.has_feed.then(|| linker.file(&HostFile::Feed.path())),
            markdown: self.site.guide_at(here).map(|_| MARKDOWN),
        }
    }

    fn service_href(&self) -> Option<String> {
        let service = self.site.config.service.as_ref()?;
        let link = self.site.links.get(&service.link.value)?;
        Some(link.url.clone())
    }

    /// The top level; of one too long to list, the entries `nav` names and the reader's own.
    fn nav(&self, here: &UrlPath, linker: &Linker) -> Vec<Value> {
        let long = self.top.len() > TOP_LIMIT;
        let is_open = |entry: &TopEntry| here.as_str().starts_with(entry.url.as_str());
        let all = self.top.iter();
        let links = all.map(|entry| (entry.title.as_str(), &entry.url));
        let items = self.nav_items(&UrlPath::home(), linker, links);
        let entries = self.top.iter().zip(items.iter());
        entries
            .filter(|(entry, _)| !long || entry.named || is_open(entry))
            .map(|(entry, item)| {
                if is_open(entry) {
                    let href = linker.page(&entry.url);
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
        linker: &Linker,
        pages: impl Iterator<Item = (&'p str, &'p UrlPath)>,
    ) -> Arc<Vec<Value>> {
        let make = || {
            let items = pages.map(|(title, url)| nav_item(title, linker.page(url), false, false));
            Arc::new(items.collect())
        };
        let key = (linker.root().to_owned(), folder.clone());
        let known = self.nav_items.lock();
        let mut known = known.unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(key).or_insert_with(make))
    }

    /// The reader's own folder; of a long one, the pages around the reader's.
    fn section(&self, index: usize, linker: &Linker) -> Option<SectionView<'_>> {
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
        let items = self.nav_items(&url, linker, pages);
        let pages = folder.entries.iter().zip(items.iter());
        let pages = pages.skip(from).take(SECTION_LIMIT);
        let pages = pages.map(|(entry, item)| {
            if *entry == index {
                nav_item(&guide.title, linker.page(&guide.url), true, false)
            } else {
                item.clone()
            }
        });
        Some(SectionView {
            title: &self.site.guides[folder.index?].title,
            href: linker.page(&url),
            pages: pages.collect(),
        })
    }

    fn breadcrumbs(&self, here: &UrlPath, linker: &Linker) -> Vec<PageRef<'_>> {
        let ancestors = self.ancestors(here).into_iter();
        let breadcrumbs = ancestors.map(|(url, title)| PageRef {
            title,
            href: linker.page(&url),
            ..PageRef::default()
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

    fn styles(&self, linker: &Linker) -> Vec<StyleView<'_>> {
        let styles = self.assets.style.iter().map(|asset| StyleView {
            href: linker.file(&asset.path),
            integrity: &asset.integrity,
        });
        styles.collect()
    }

    fn scripts(&self, kind: PageKind, linker: &Linker) -> Vec<ScriptView<'_>> {
        // On pages opened from disk, the checklist's script starts as soon as it is there.
        let rules = self.assets.rules.iter();
        let rules = rules.filter(|_| kind == PageKind::Checklist);
        let rules = rules.map(|asset| script_view(asset, linker));
        let scripts = self.assets.scripts.iter();
        let scripts = scripts.filter(|(script, _)| script.is_on(kind));
        let scripts = scripts.map(|(script, asset)| theme_script(script, asset, linker));
        rules.chain(scripts).collect()
    }

    /// What the search field needs: nothing where the site has no search, or the theme no script for it.
    fn search(&self, kind: PageKind, linker: &Linker) -> Option<SearchView<'_>> {
        let index = self.search.as_ref()?;
        let head = index.head.as_ref().filter(|_| kind == PageKind::Search);
        Some(SearchView {
            src: linker.file(&index.pointer),
            head: head.map(|head| script_view(head, linker)),
            script: self.named_script("search", linker)?,
            list: self.named_script("search-list", linker),
        })
    }

    /// A script that a page loads when it is needed.
    pub(super) fn named_script(&self, name: &str, linker: &Linker) -> Option<ScriptView<'_>> {
        let mut scripts = self.assets.scripts.iter();
        let (script, asset) = scripts.find(|(script, _)| script.name == name)?;
        Some(theme_script(script, asset, linker))
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

fn script_view<'a>(asset: &'a Asset, linker: &Linker) -> ScriptView<'a> {
    ScriptView {
        src: linker.file(&asset.path),
        integrity: Some(&asset.integrity),
        blocking: false,
    }
}

fn theme_script<'a>(script: &Script, asset: &'a Asset, linker: &Linker) -> ScriptView<'a> {
    ScriptView {
        integrity: script.integrity.then_some(asset.integrity.as_str()),
        blocking: script.blocking,
        ..script_view(asset, linker)
    }
}
