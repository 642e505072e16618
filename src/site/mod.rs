//! The whole site as one value, names and addresses resolved.
//!
//! In: what `load` made of the files. Out: what checking, rendering and indexing read. It touches
//! no disk and makes no HTML.

mod address;
mod expect;
mod link_gaps;
mod prose;
mod resolve;
mod tree;

use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::sync::Arc;

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization as _;

use crate::config::Config;
use crate::ids::{LinkName, OutPath, OutcomeId, UrlPath};
use crate::markdown::{Document, Prose};
use crate::recovery::{Checklist, Triage};
use crate::source::{Located, Location, Source};

pub use address::{OutsideAddress, outside};
pub use expect::{Answer, Expectation, Expectations};
pub use link_gaps::fill_link_gaps;
pub use resolve::Target;
pub use tree::{Folder, Tree};

/// What `load` found, before addresses are resolved.
#[derive(Debug, Clone)]
pub struct Parts {
    /// Settings.
    pub config: Config,
    /// All guides, in any order.
    pub guides: Vec<Arc<Guide>>,
    /// Official addresses by name.
    pub links: BTreeMap<LinkName, OfficialLink>,
    /// The recovery details and the requests they make.
    pub checklist: Option<Checklist>,
    /// Questions that lead to an outcome.
    pub triage: Option<Triage>,
    /// Groups of words readers use for the same thing.
    pub synonyms: Vec<Vec<String>>,
    /// What the author expects of search.
    pub expectations: Expectations,
    /// Images and other files copied beside the guides.
    pub files: BTreeMap<OutPath, Arc<[u8]>>,
    /// Local copies of support teams' forms, by path below `content/`; not published.
    pub forms: BTreeMap<String, Arc<Source>>,
    /// The TOML files as they were written.
    pub tables: Vec<Arc<Source>>,
}

/// The site: its parts, put in order, and where everything is.
#[derive(Debug, Clone)]
pub struct Site {
    /// Read through [`Deref`], so that callers say `site.guides`; the guides are sorted by address.
    parts: Parts,
    /// Folders and the order of what they hold.
    pub tree: Tree,
    pages: BTreeMap<UrlPath, Page>,
    by_file: HashMap<String, usize>,
}

/// The files regain writes at the top of every site, besides pages; nothing else can have their
/// names.
pub const OWN_FILES: [&str; 7] = [
    "404.html",
    "_headers",
    "_redirects",
    ".nojekyll",
    "manifest.json",
    "robots.txt",
    "sitemap.xml",
];

/// The part of `/start/map/` that no outcome can be called by.
pub const MAP: &str = "map";

/// What answers at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// An index into [`Site::guides`].
    Guide(usize),
    /// `/start/`: the questions.
    Triage,
    /// `/start/map/`: every path through them.
    Map,
    /// `/start/ID/`: where the questions end.
    Outcome(OutcomeId),
    /// `/checklist/`: the details and the request.
    Checklist,
    /// `/search/`
    Search,
    /// `/official/`: the table of official addresses.
    Official,
}

impl Deref for Site {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl Site {
    /// Sorts the guides, finds the folders and gives every page its address. A page without a
    /// place of its own (two files for one address) is left for `check` to tell.
    pub fn new(mut parts: Parts) -> Self {
        let guides = &mut parts.guides;
        guides.sort_by(|a, b| (&a.url, a.source.path()).cmp(&(&b.url, b.source.path())));
        let by_file = guides
            .iter()
            .enumerate()
            .map(|(index, guide)| (guide.file().nfc().collect(), index))
            .collect();
        let mut site = Self {
            tree: Tree::new(guides),
            pages: BTreeMap::new(),
            by_file,
            parts,
        };
        let pages: Vec<_> = site
            .built_pages()
            .chain(
                site.guides
                    .iter()
                    .enumerate()
                    .map(|(index, guide)| (guide.url.clone(), Page::Guide(index))),
            )
            .collect();
        site.pages.extend(pages);
        site
    }

    /// The pages regain makes besides the guides, with their addresses.
    pub fn built_pages(&self) -> impl Iterator<Item = (UrlPath, Page)> {
        let outcomes = self.triage.iter().flat_map(|triage| {
            triage.outcomes.iter().map(|outcome| {
                let id = outcome.id.value.clone();
                (UrlPath::of_parts(["start", id.as_str()]), Page::Outcome(id))
            })
        });
        let at = |name, page| (UrlPath::of_parts([name]), page);
        let mut pages: Vec<_> = outcomes.collect();
        if self.triage.is_some() {
            pages.push(at("start", Page::Triage));
            pages.push((UrlPath::of_parts(["start", MAP]), Page::Map));
        }
        if self.checklist.is_some() {
            pages.push(at("checklist", Page::Checklist));
        }
        if self.config.search {
            pages.push(at("search", Page::Search));
        }
        if !self.links.is_empty() {
            pages.push(at("official", Page::Official));
        }
        pages.into_iter()
    }

    /// All pages by address.
    pub fn pages(&self) -> &BTreeMap<UrlPath, Page> {
        &self.pages
    }

    /// The guide at an address.
    pub fn guide_at(&self, url: &UrlPath) -> Option<&Arc<Guide>> {
        match self.pages.get(url)? {
            Page::Guide(index) => Some(&self.guides[*index]),
            _ => None,
        }
    }

    /// The guide of a file below `content/`, such as `a/b.md`.
    pub fn guide_of_file(&self, file: &str) -> Option<&Arc<Guide>> {
        self.by_file.get(file).map(|index| &self.guides[*index])
    }
}

/// One Markdown page.
#[derive(Debug, Clone)]
pub struct Guide {
    /// The file.
    pub source: Arc<Source>,
    /// Its address.
    pub url: UrlPath,
    /// Home, a folder's page, or a page in a folder.
    pub kind: GuideKind,
    /// What navigation calls it.
    pub title: String,
    /// Front matter.
    pub meta: Meta,
    /// Where the body begins, in bytes of the source.
    pub body: usize,
    /// The parsed body.
    pub document: Document,
    /// Whether a file stands behind it; a folder without `index.md` has a page all the same.
    pub origin: Origin,
}

/// Whether an author wrote a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It is a file below `content/`.
    File,
    /// It stands for a folder that has no `index.md`.
    Folder,
}

impl Guide {
    /// The file below `content/`: `a/b.md`.
    pub fn file(&self) -> &str {
        let path = self.source.path();
        path.strip_prefix("content/").unwrap_or(path)
    }

    /// Whether it is the page of a folder, the home page among them.
    pub fn is_folder(&self) -> bool {
        self.kind != GuideKind::Page
    }

    /// What the page's own heading says.
    pub fn heading(&self) -> &str {
        self.document
            .heading
            .as_ref()
            .map(|heading| heading.text.as_str())
            .filter(|text| !text.is_empty())
            .unwrap_or(&self.title)
    }
}

/// What kind of page a Markdown file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuideKind {
    /// `content/index.md`
    Home,
    /// `index.md` of a folder.
    Section,
    /// Any other page.
    Page,
}

/// Front matter of a guide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meta {
    /// `title`, where given.
    pub title: Option<Located<String>>,
    /// Two lines at most on what the page gets the reader.
    pub summary: Option<Prose>,
    /// What the reader needs at hand.
    pub needs: Vec<Prose>,
    /// How long it takes.
    pub takes: Option<Located<String>>,
    /// Place within its folder: lower first; pages without one follow by title.
    pub order: Option<i64>,
    /// When it was last checked against its sources.
    pub reviewed: Option<Located<Date>>,
    /// How long a review holds.
    pub review_every: Option<Located<Period>>,
    /// What it was written from.
    pub sources: Vec<Prose>,
    /// Words readers use, searched with the page.
    pub keywords: Vec<Located<String>>,
    /// Old addresses that lead here.
    pub aliases: Vec<Located<String>>,
    /// Not published unless asked for.
    pub draft: bool,
}

/// A stretch of calendar time: `6 months`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Whole months.
    pub months: i32,
    /// Whole days.
    pub days: i32,
}

impl Period {
    /// The day a review of `from` runs out; the last day of the calendar where it would lie beyond.
    pub fn after(self, from: Date) -> Date {
        let span = jiff::Span::new().months(self.months).days(self.days);
        from.saturating_add(span)
    }
}

/// One row of `links.toml`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficialLink {
    /// `https:` or `mailto:`.
    pub url: String,
    /// What it is called where a link has no text of its own.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// Its key in `links.toml`.
    pub location: Location,
}
