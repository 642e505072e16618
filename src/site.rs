//! The whole site as one value, names and addresses resolved.
//!
//! In: what `load` made of the files. Out: what checking, rendering and indexing read. It touches
//! no disk and makes no HTML.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::config::Config;
use crate::ids::{LinkName, OutPath, UrlPath};
use crate::markdown::Document;
use crate::recovery::{Checklist, Triage};
use crate::source::{Located, Place, Prose, Source};

/// The site.
#[derive(Debug, Clone)]
pub struct Site {
    /// Settings.
    pub config: Config,
    /// All guides, sorted by address.
    pub guides: Vec<Arc<Guide>>,
    /// Official addresses by name.
    pub links: BTreeMap<LinkName, OfficialLink>,
    /// The recovery details and the requests they make.
    pub checklist: Option<Checklist>,
    /// Questions that lead to an outcome.
    pub triage: Option<Triage>,
    /// Groups of words readers use for the same thing.
    pub synonyms: Vec<Vec<String>>,
    /// Images and other files copied beside the guides.
    pub files: BTreeMap<OutPath, Arc<[u8]>>,
}

/// One Markdown page.
#[derive(Debug, Clone)]
pub struct Guide {
    /// The file.
    pub source: Arc<Source>,
    /// Its address.
    pub url: UrlPath,
    /// What navigation calls it.
    pub title: String,
    /// Front matter.
    pub meta: Meta,
    /// The parsed body.
    pub document: Document,
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
    pub takes: Option<String>,
    /// Place within its folder: lower first; pages without one follow by title.
    pub order: Option<i64>,
    /// When it was last checked against its sources.
    pub reviewed: Option<Located<Date>>,
    /// How long a review holds.
    pub review_every: Option<Located<Period>>,
    /// What it was written from.
    pub sources: Vec<Prose>,
    /// Words readers use, searched with the page.
    pub keywords: Vec<String>,
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
    pub place: Place,
}
