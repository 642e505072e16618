//! The search index of a site: among its files, and for `regain search` and `expect.toml`.
//!
//! In: a site and its theme. Out: an index, its files, and engines that answer queries. The theme's
//! scripts rank, and `check` judges the results.

use std::sync::Arc;

use rayon::prelude::*;

use super::{BuildOptions, Drafts, LoadedSite, Sources};
use crate::check::{self, Search};
use crate::diagnostic::{Diagnostic, Diagnostics, Error};
use crate::ids::OutPath;
use crate::load::GuideCache;
use crate::markdown::Passages;
use crate::output::Output;
use crate::render::SearchAssets;
use crate::search::{self, Engine, Explainer, POINTER, SearchIndex};
use crate::source::Source;
use crate::theme::Theme;

/// How many queries make it worth starting one more engine.
const QUERIES_PER_ENGINE: usize = 64;

/// A site that can be searched.
#[derive(Debug)]
pub struct Searchable {
    loaded: LoadedSite,
    index: Arc<SearchIndex>,
}

/// Reads and indexes a site; `None` if its search is disabled.
///
/// Errors: as those of a build; [`Error::Site`] if the site cannot be read.
pub fn searchable(options: &BuildOptions) -> Result<Option<Searchable>, Error> {
    let sources = Sources::read(options)?;
    let (loaded, mut problems) = sources.parse(Passages::Skipped, &mut GuideCache::default());
    let loaded = loaded.map(|loaded| LoadedSite::new(loaded, options, &mut problems));
    let Some(loaded) = loaded.filter(|_| !problems.has_errors()) else {
        return Err(Error::Site(problems.sorted()));
    };
    let index = index(&loaded).map(Arc::new);
    Ok(index.map(|index| Searchable { loaded, index }))
}

impl Searchable {
    /// Answers queries.
    ///
    /// Errors: a script of the theme fails.
    pub fn engine(&self) -> Result<Engine, Diagnostic> {
        Engine::new(&self.loaded.theme.query_scripts, &self.index)
    }

    /// Finds where on its pages words occur.
    pub fn explainer(&self) -> Explainer<'_> {
        Explainer::new(&self.loaded.site, official_title(&self.loaded.theme))
    }
}

/// Asks the questions of `expect.toml`. Their pages may be drafts, but only the published site is asked.
pub(super) fn ask(
    LoadedSite { site, theme, .. }: &LoadedSite,
    index: Option<&Arc<SearchIndex>>,
    drafts: Drafts,
) -> Diagnostics {
    let mut diagnostics = Diagnostics::default();
    if drafts == Drafts::Shown {
        check::expected_pages(site, &mut diagnostics);
    }
    let shows_drafts = site.guides.iter().any(|guide| guide.meta.draft);
    if let Some(index) = index.filter(|_| !shows_drafts) {
        let scripts = &theme.query_scripts;
        check::expected_answers(site, &Engines { scripts, index }, &mut diagnostics);
    }
    diagnostics
}

/// An engine on each thread: there may be hundreds of questions.
struct Engines<'a> {
    scripts: &'a [Arc<Source>],
    index: &'a Arc<SearchIndex>,
}

impl Engines<'_> {
    fn ask<T: Send>(
        &self,
        queries: &[&str],
        ask: impl Fn(&Engine, &str) -> Result<T, Diagnostic> + Sync,
    ) -> Result<Vec<T>, Diagnostic> {
        let start = || Engine::new(self.scripts, self.index);
        let queries = queries.par_iter().with_min_len(QUERIES_PER_ENGINE);
        let answers = queries.map_init(start, |engine, query| match engine {
            Ok(engine) => ask(engine, query),
            Err(problem) => Err(problem.clone()),
        });
        // All of them, so that the first failure does not depend on threads.
        let answers: Vec<_> = answers.collect();
        answers.into_iter().collect()
    }
}

impl Search for Engines<'_> {
    fn answers(&self, questions: &[&str]) -> Result<Vec<Vec<String>>, Diagnostic> {
        self.ask(questions, Engine::answers)
    }

    fn uncovered(&self, texts: &[&str]) -> Result<Vec<Vec<check::Uncovered>>, Diagnostic> {
        self.ask(texts, Engine::uncovered)
    }
}

/// Indexes a site; `None` if its search is disabled.
pub(super) fn index(LoadedSite { site, theme, .. }: &LoadedSite) -> Option<SearchIndex> {
    let enabled = site.config.search.enabled;
    enabled.then(|| search::index(site, official_title(theme)))
}

fn official_title(theme: &Theme) -> &str {
    theme.string("official_title")
}

/// Adds the files of an index to the output, and returns those that pages name.
pub(super) fn add_files(index: SearchIndex, output: &mut Output) -> SearchAssets {
    for shard in index.shards {
        output.insert(shard.path, shard.bytes.into());
    }
    SearchAssets {
        pointer: OutPath::new(POINTER).expect("a plain path"),
        head: Some(index.head),
    }
}
