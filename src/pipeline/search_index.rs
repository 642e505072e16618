//! The search index of a site: among its files, and for `regain search` and `expect.toml`.
//!
//! In: a site. Out: an index, its files, and something to ask. Ranking is for `search`, and judging the
//! results is for `check`.

use std::path::Path;

use super::{Drafts, LoadedSite, site};
use crate::check::{self, Search};
use crate::diagnostic::{Diagnostics, Error};
use crate::fingerprint::Asset;
use crate::load;
use crate::output::Output;
use crate::search::{self, Engine, Explainer, Names, SearchIndex};
use crate::site::Site;
use crate::theme::Theme;

/// A site that can be searched.
#[derive(Debug)]
pub struct Searchable {
    site: Site,
    theme: Theme,
    index: SearchIndex,
}

/// Reads and indexes a site; `None` if its search is disabled.
///
/// Errors: as those of a build; [`Error::Site`] if the site cannot be read.
pub fn searchable(root: &Path, drafts: Drafts) -> Result<Option<Searchable>, Error> {
    let mut problems = Diagnostics::default();
    let loaded = load::load(root, &mut problems)?;
    let loaded = loaded.map(|loaded| (site(loaded.parts, drafts, &mut problems), loaded.theme));
    let Some((site, theme)) = loaded.filter(|_| !problems.has_errors()) else {
        return Err(Error::Site(problems.sorted()));
    };
    let index = index_of(&site, &theme);
    Ok(index.map(|index| Searchable { site, theme, index }))
}

impl Searchable {
    /// The engine that answers queries.
    ///
    /// # Panics
    /// Never: an index just made can be read.
    pub fn engine(&self) -> Engine<'_> {
        Engine::new(&self.index).expect("what was just made is an index")
    }

    /// Finds where on its pages words occur.
    pub fn explainer(&self) -> Explainer<'_> {
        Explainer::new(&self.site, names(&self.theme))
    }
}

/// Asks the questions of `expect.toml`. Their pages may be drafts, but only the published site is asked.
pub(super) fn ask(site: &Site, index: Option<&SearchIndex>, drafts: Drafts) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    if drafts == Drafts::Shown {
        check::expected_pages(site, &mut diagnostics);
    }
    let shows_drafts = site.guides.iter().any(|guide| guide.meta.draft);
    if let Some(engine) = index.filter(|_| !shows_drafts).and_then(Engine::new) {
        check::expected_answers(site, &Asked(engine), &mut diagnostics);
    }
    diagnostics
}

struct Asked<'a>(Engine<'a>);

impl Search for Asked<'_> {
    fn ask(&self, question: &str) -> Vec<String> {
        let found = self.0.find(question);
        let results = found.results.iter();
        results
            .filter_map(|result| self.0.address(result))
            .collect()
    }

    fn uncovered(&self, text: &str) -> Vec<(String, Vec<String>)> {
        self.0.uncovered(text)
    }
}

/// Indexes a site; `None` if its search is disabled.
pub(super) fn index(loaded: &LoadedSite) -> Option<SearchIndex> {
    index_of(&loaded.site, &loaded.theme)
}

fn index_of(site: &Site, theme: &Theme) -> Option<SearchIndex> {
    let enabled = site.config.search;
    enabled.then(|| search::index(site, names(theme)))
}

fn names(theme: &Theme) -> Names<'_> {
    Names {
        official: theme.string("official_title"),
    }
}

/// Adds the files of an index to the output; gives the one that a query loads first.
pub(super) fn add_files(index: SearchIndex, output: &mut Output) -> Asset {
    for piece in index.pieces {
        output.insert(piece.path, piece.bytes);
    }
    let head = index.head;
    output.insert(head.path.clone(), head.bytes);
    Asset {
        path: head.path,
        integrity: head.integrity,
    }
}
