//! The search of a site: its index among the output, and whatever asks it on an author's side
//! (`regain search`, the questions of `expect.toml`).
//!
//! In: a site. Out: an index, files, something to ask. It ranks and judges nothing.

use std::path::Path;

use super::Drafts;
use crate::check::{self, Search};
use crate::diagnostic::{Diagnostics, Error};
use crate::fingerprint::Asset;
use crate::load::{self, Choices, Loaded};
use crate::output::Output;
use crate::search::{self, Engine, Explainer, Names, SearchIndex};
use crate::site::Site;

/// A site that can be searched.
#[derive(Debug)]
pub struct Searchable {
    loaded: Loaded,
    index: SearchIndex,
}

/// Reads and indexes a site. `None` where its search is switched off.
///
/// Errors: as those of a build; [`Failure::Site`] where the site cannot be read.
pub fn searchable(root: &Path, drafts: Drafts) -> Result<Option<Searchable>, Error> {
    let mut problems = Diagnostics::default();
    let choices = Choices {
        base_url: None,
        drafts,
    };
    let loaded = load::load(root, choices, &mut load::Memory::default(), &mut problems)?;
    let Some(loaded) = loaded.filter(|_| !problems.has_errors()) else {
        return Err(Error::Site(problems.sorted()));
    };
    Ok(index(&loaded).map(|index| Searchable { loaded, index }))
}

impl Searchable {
    /// What is asked.
    ///
    /// # Panics
    /// Never: an index just made can be read.
    pub fn engine(&self) -> Engine<'_> {
        Engine::new(&self.index).expect("what was just made is an index")
    }

    /// Where on its pages words stand.
    pub fn explainer(&self) -> Explainer<'_> {
        Explainer::new(&self.loaded.site, names(&self.loaded))
    }
}

/// Asks what `expect.toml` asks: of the site that readers get, which shows no drafts. The pages it
/// names may be drafts.
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

/// Indexes a site, unless its search is switched off.
pub(super) fn index(loaded: &Loaded) -> Option<SearchIndex> {
    let search = loaded.site.config.search;
    search.then(|| search::index(&loaded.site, names(loaded)))
}

fn names(loaded: &Loaded) -> Names<'_> {
    Names {
        official: loaded.theme.string("official_title"),
    }
}

/// Puts the search index into the output; gives the file a query begins with.
pub(super) fn shelve(index: SearchIndex, output: &mut Output) -> Asset {
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
