//! The whole site as one value, names and addresses resolved.
//!
//! In: what `load` made of the files. Out: what checking, rendering and indexing read. It touches
//! no disk and makes no HTML.

mod address;
mod expect;
mod folders;
mod front_matter;
mod guide;
mod host_file;
mod link_gaps;
mod page;
mod prose;
mod resolve;
mod table;
mod tree;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Deref;
use std::sync::Arc;

use crate::config::{Config, Drafts};
use crate::from_toml::{Reader, from_toml};
use crate::ids::{ContentPath, LinkName, OutPath, UrlPath, nfc};
use crate::markdown::Prose;
use crate::recovery::{Checklist, Triage};
use crate::source::{Location, Source};

pub use address::{OutsideAddress, outside};
pub use expect::{Expectation, Expectations, QUESTION_LIMIT};
pub use folders::title_of_name;
pub use front_matter::FrontMatter;
pub use guide::{Guide, GuideKind, MARKDOWN, Origin};
pub use host_file::HostFile;
pub use link_gaps::fill_link_gaps;
pub use page::{GeneratedPage, Page};
pub use resolve::{LinkTarget, relative};
pub use table::Table;
pub use tree::Tree;

/// What `load` found, before addresses are resolved.
#[derive(Debug, Clone)]
pub struct Parts {
    /// Settings.
    pub config: Config,
    /// Who runs the site.
    pub run_by: Option<Prose>,
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
    pub forms: BTreeMap<ContentPath, Arc<Source>>,
    /// The TOML files as they were written.
    pub tables: Vec<Arc<Source>>,
    /// Tables with a value that could not be read, so that something may be missing elsewhere.
    pub partial_tables: BTreeSet<Table>,
}

/// The site: its parts in order, and the addresses of its pages.
#[derive(Debug, Clone)]
pub struct Site {
    /// Read through [`Deref`], so that callers say `site.guides`; the guides are sorted by address.
    parts: Parts,
    /// Folders and the order of what is in them.
    pub tree: Tree,
    pages: BTreeMap<UrlPath, Page>,
    by_file: HashMap<ContentPath, usize>,
}

impl Deref for Site {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl Site {
    /// Sorts the guides, adds pages for folders without one, and gives every page its address. If two
    /// files have the same address, one of them gets no page; `check` reports that.
    pub fn new(mut parts: Parts, drafts: Drafts) -> Self {
        let Parts { config, guides, .. } = &mut parts;
        guides.retain(|guide| drafts == Drafts::Shown || !guide.meta.draft);
        if config.title.is_empty() {
            let home = guides.iter().find(|guide| guide.kind == GuideKind::Home);
            let title = home.map_or("Help", |home| home.heading());
            config.title.push_str(title);
        }
        folders::adopt(guides);
        guides.extend(folders::missing(guides, &config.title));
        guides.sort_by(|a, b| (&a.url, a.source.path()).cmp(&(&b.url, b.source.path())));
        let by_file = guides
            .iter()
            .enumerate()
            .map(|(index, guide)| (ContentPath::new(nfc(guide.file.as_str())), index));
        let mut site = Self {
            by_file: by_file.collect(),
            tree: Tree::new(guides),
            pages: BTreeMap::new(),
            parts,
        };
        let generated = site.generated_pages().into_iter();
        let generated = generated.map(|page| (page.url(), Page::Generated(page)));
        let guides = site.guides.iter().enumerate();
        let guides = guides.map(|(index, guide)| (guide.url.clone(), Page::Guide(index)));
        site.pages = generated.chain(guides).collect();
        site
    }

    /// The pages regain makes besides the guides.
    pub fn generated_pages(&self) -> Vec<GeneratedPage> {
        let mut pages = Vec::new();
        if let Some(triage) = &self.triage {
            let outcomes = triage
                .outcomes
                .iter()
                .map(|outcome| outcome.id.value.clone());
            pages.extend(outcomes.map(GeneratedPage::Outcome));
            pages.extend([GeneratedPage::Triage, GeneratedPage::Map]);
        }
        pages.extend(self.checklist.is_some().then_some(GeneratedPage::Checklist));
        pages.extend(self.config.search.enabled.then_some(GeneratedPage::Search));
        pages.extend((!self.links.is_empty()).then_some(GeneratedPage::Official));
        pages.extend(self.config.publish.print.then_some(GeneratedPage::Print));
        pages
    }

    /// All pages by address.
    pub fn pages(&self) -> &BTreeMap<UrlPath, Page> {
        &self.pages
    }

    /// What a link may call each page: the file of a guide, or the address of a generated page.
    pub fn page_names(&self) -> impl Iterator<Item = &str> {
        self.pages.iter().map(|(url, page)| match page {
            Page::Guide(index) => self.guides[*index].file.as_str(),
            Page::Generated(_) => url.as_str(),
        })
    }

    /// The guide at an address.
    pub fn guide_at(&self, url: &UrlPath) -> Option<&Arc<Guide>> {
        match self.pages.get(url)? {
            Page::Guide(index) => Some(&self.guides[*index]),
            Page::Generated(_) => None,
        }
    }

    /// The guide of a file below `content/`, such as `a/b.md`.
    pub fn guide_of_file(&self, file: &str) -> Option<&Arc<Guide>> {
        self.by_file.get(file).map(|index| &self.guides[*index])
    }
}

from_toml! {
    /// An official address. `/official/` lists all of them.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct OfficialLink from RawOfficialLink {
        /// The address: `https:` or `mailto:`.
        pub url: String,
        /// The text of links that have none of their own.
        pub title: String,
        /// What it is for, as `/official/` says.
        pub purpose: String = default,
        /// The heading that `/official/` lists it under.
        pub group: Option<String>,
        /// Where its key is in `links.toml`.
        #[serde(skip)]
        pub location: Location => start_of_file(()),
    }

    /// Words that mean the same to readers.
    #[derive(Debug)]
    pub struct Synonyms from RawSynonyms {
        /// Groups of words and phrases. A search for one of a group finds the others.
        pub groups: Vec<Vec<String>> = default,
    }
}

impl OfficialLink {
    /// The host of an `https:` address.
    pub fn host(&self) -> Option<&str> {
        let rest = self.url.strip_prefix("https://")?;
        rest.split(['/', '?', '#']).next()
    }
}

/// A stand-in for the location of a key, which only the table around it knows.
fn start_of_file((): (), reader: &mut Reader<'_>) -> Location {
    Location::start_of(reader.source)
}
