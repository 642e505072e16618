//! What is published at an address: a guide, or a page generated from a table.

use super::Table;
use crate::ids::{OutcomeId, UrlPath};
use crate::theme::PageKind;

/// What is published at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// A guide, as an index into the site's guides.
    Guide(usize),
    /// A page that regain makes.
    Generated(GeneratedPage),
}

/// A page that regain makes from a table, with no Markdown file behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GeneratedPage {
    /// `/start/`: the questions of the triage.
    Triage,
    /// `/start/map/`: every path through the questions.
    Map,
    /// `/start/ID/`: one outcome of the triage.
    Outcome(OutcomeId),
    /// `/checklist/`: the details and the request.
    Checklist,
    /// `/search/`
    Search,
    /// `/official/`: the table of official addresses.
    Official,
    /// `/print/`: all guides on one page.
    Print,
}

impl GeneratedPage {
    /// The generated pages of the top level, which `nav` in `site.toml` may name.
    pub const TOP_LEVEL: [Self; 4] = [Self::Triage, Self::Checklist, Self::Search, Self::Official];

    /// The last part of the address of `/start/map/`, which no outcome can have as its id.
    pub const MAP: &str = "map";

    /// Its address.
    pub fn url(&self) -> UrlPath {
        match self {
            Self::Triage => UrlPath::of_parts(["start"]),
            Self::Map => UrlPath::of_parts(["start", Self::MAP]),
            Self::Outcome(id) => UrlPath::of_parts(["start", id.as_str()]),
            Self::Checklist => UrlPath::of_parts(["checklist"]),
            Self::Search => UrlPath::of_parts(["search"]),
            Self::Official => UrlPath::of_parts(["official"]),
            Self::Print => UrlPath::of_parts(["print"]),
        }
    }

    /// The kind of page it is to a theme.
    pub fn kind(&self) -> PageKind {
        match self {
            Self::Triage | Self::Map | Self::Outcome(_) => PageKind::Triage,
            Self::Checklist => PageKind::Checklist,
            Self::Search => PageKind::Search,
            Self::Official => PageKind::Official,
            Self::Print => PageKind::Print,
        }
    }

    /// The table it is made from.
    pub fn table(&self) -> Table {
        match self {
            Self::Triage | Self::Map | Self::Outcome(_) => Table::Triage,
            Self::Checklist => Table::Checklist,
            Self::Search | Self::Print => Table::Site,
            Self::Official => Table::Links,
        }
    }
}
