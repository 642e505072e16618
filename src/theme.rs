//! A theme as a value: templates, styles, scripts, words.
//!
//! In: nothing; `load` makes it from the embedded default and a site's own files. Out: what `render`
//! needs. No file is read here.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::markdown::{CALLOUTS, Strings};
use crate::source::Source;

/// A theme, its files in the order they are joined.
#[derive(Debug, Clone)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Templates by name: `base.html`, `components/notice/notice.html`.
    pub templates: BTreeMap<String, Arc<Source>>,
    /// Style sheets, joined into one.
    pub styles: Vec<Arc<Source>>,
    /// Scripts, each joined from its files.
    pub scripts: Vec<Script>,
    /// The scripts that answer search queries, in their order; they need no page.
    pub query_scripts: Vec<Arc<Source>>,
    /// Icons and other files, by name below `icons/`.
    pub icons: BTreeMap<String, Arc<[u8]>>,
    /// Every visible word, by key.
    pub strings: BTreeMap<String, String>,
}

/// One script file of the built site.
#[derive(Debug, Clone)]
pub struct Script {
    /// Its name, without extension.
    pub name: String,
    /// The kinds of page it is on.
    pub pages: Vec<PageKind>,
    /// Whether browsers run it before anything is shown, and not when the page has been read.
    pub blocking: bool,
    /// Whether browsers check what they get against its hash. One script must also run on pages opened from disk,
    /// where Chromium refuses files with a hash.
    pub integrity: bool,
    /// What it is joined from.
    pub files: Vec<Arc<Source>>,
    /// Keys of the strings it shows.
    pub strings: Vec<String>,
}

/// A kind of page: each has a template, and a script names those it is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageKind {
    /// The page for unknown addresses.
    NotFound,
    /// The checklist.
    Checklist,
    /// A guide.
    Guide,
    /// The home page.
    Home,
    /// The table of official addresses.
    Official,
    /// A page that leads from an old address to the new one.
    Redirect,
    /// The search page.
    Search,
    /// The page of a folder.
    Section,
    /// The triage, its map and its outcomes.
    Triage,
}

impl PageKind {
    /// The kinds that can have scripts.
    pub const WITH_SCRIPTS: [Self; 8] = [
        Self::NotFound,
        Self::Checklist,
        Self::Guide,
        Self::Home,
        Self::Official,
        Self::Search,
        Self::Section,
        Self::Triage,
    ];

    /// Its name in `theme.toml` and in templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotFound => "404",
            Self::Checklist => "checklist",
            Self::Guide => "guide",
            Self::Home => "home",
            Self::Official => "official",
            Self::Redirect => "redirect",
            Self::Search => "search",
            Self::Section => "section",
            Self::Triage => "triage",
        }
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
    /// The word or sentence for a key; the key itself where the theme has none, so that a page
    /// shows what is missing instead of nothing.
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
