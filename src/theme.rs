//! A theme as a value: templates, styles, scripts and strings.
//!
//! `load` makes it from the embedded default and a site's own files, and `render` uses it. No file is read here.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::markdown::{CALLOUTS, Strings};
use crate::named::named;
use crate::source::Source;

/// A theme, its files in the order they are joined.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Templates by name: `base.html`, `components/notice/notice.html`.
    pub templates: BTreeMap<String, Arc<Source>>,
    /// The names of the templates that the author of the site wrote.
    pub own_templates: Vec<String>,
    /// Style sheets, joined into one.
    pub styles: Vec<Arc<Source>>,
    /// Scripts, each joined from its files.
    pub scripts: Vec<Script>,
    /// The scripts that answer search queries, in their order; they need no page.
    pub query_scripts: Vec<Arc<Source>>,
    /// Icons and other files, by name below `icons/`.
    pub icons: BTreeMap<String, Arc<[u8]>>,
    /// Every string that readers see, by key.
    pub strings: BTreeMap<String, String>,
}

/// One script file of the built site.
#[derive(Debug, Clone)]
pub struct Script {
    /// Its name, without extension.
    pub name: String,
    /// The kinds of page it is on.
    pub pages: Vec<PageKind>,
    /// Whether browsers run it before anything is shown, instead of after the page has been parsed.
    pub blocking: bool,
    /// Whether browsers check what they get against its hash. One script must also run on pages opened from disk,
    /// where Chromium refuses files with a hash.
    pub integrity: bool,
    /// What it is joined from.
    pub files: Vec<Arc<Source>>,
    /// Keys of the strings it shows.
    pub strings: Vec<String>,
}

named! {
    /// A kind of page: each has a template, and a script names those it is on.
    pub enum PageKind {
        /// The page for unknown addresses.
        NotFound = "404",
        /// The checklist.
        Checklist = "checklist",
        /// A guide.
        Guide = "guide",
        /// The home page.
        Home = "home",
        /// The table of official addresses.
        Official = "official",
        /// All guides on one page.
        Print = "print",
        /// A page that redirects from an old address to the new one.
        Redirect = "redirect",
        /// The search page.
        Search = "search",
        /// The page of a folder.
        Section = "section",
        /// The triage, its map and its outcomes.
        Triage = "triage",
    }
}

impl PageKind {
    /// The kinds that can have scripts.
    pub fn with_scripts() -> impl Iterator<Item = Self> {
        let kinds = Self::ALL.into_iter();
        kinds.filter(|kind| *kind != Self::Redirect)
    }
}

impl Serialize for PageKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl Script {
    /// Whether pages of a kind have it.
    pub fn is_on(&self, kind: PageKind) -> bool {
        self.pages.contains(&kind)
    }
}

impl Theme {
    /// The string for a key; the key itself if the theme has none, so that a page shows what is missing
    /// instead of nothing.
    pub fn string<'a>(&'a self, key: &'a str) -> &'a str {
        self.strings.get(key).map_or(key, String::as_str)
    }

    /// The strings in the HTML of a page's text.
    pub fn markdown_strings(&self) -> Strings {
        let word = |key: &str| self.string(key).to_owned();
        Strings {
            callouts: CALLOUTS.map(|kind| word(&format!("callout_{kind}"))),
            anchor: word("anchor"),
            table: word("table"),
            footnotes: word("footnotes"),
            back: word("footnote_back"),
        }
    }
}
