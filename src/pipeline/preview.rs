//! A build for the preview: unchanged files and pages are kept, and the search index is made on the first search.
//!
//! In: a folder, options and what the last build left. Out: the same as from [`build`](super::build),
//! except that the search page does not name the head of the index, which is not made yet, and that the
//! manifest is missing.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::{BuildCache, BuildOptions, Built, LoadedSite, Sources, search_index};
use crate::diagnostic::Error;
use crate::ids::{OutPath, UrlPath};
use crate::output::Output;
use crate::render::SearchAssets;
use crate::search::POINTER;
use crate::site::{GeneratedPage, Guide, Page, Site};

/// Builds the site in memory, reusing files and pages of the last build. `None` if they are as
/// they were the last time.
///
/// Errors: as [`Sources::read`].
pub fn preview(options: &BuildOptions, cache: &mut BuildCache) -> Result<Option<Built>, Error> {
    let sources = Sources::read_with(options, Some(&mut cache.files));
    let state = match &sources {
        Ok(sources) => {
            let digest = sources.files.as_ref().map(|files| files.digest().clone());
            Ok((digest, sources.diagnostics.clone()))
        }
        Err(error) => Err(error.clone()),
    };
    if cache.state.as_ref() == Some(&state) {
        return Ok(None);
    }
    cache.state = Some(state);
    let checked = sources?.check(cache);
    let search = checked.sound().and_then(|loaded| {
        let pointer = OutPath::new(POINTER).filter(|_| loaded.site.config.search.enabled)?;
        Some(SearchAssets {
            pointer,
            head: None,
        })
    });
    let (rendering, diagnostics) = checked.render_files(|| (Output::new(), search));
    let rendering = rendering.map(|rendering| rendering.for_preview(cache.pages.as_ref()));
    let mut built = checked.built(rendering.as_ref(), diagnostics);
    if let (Some(output), Some(loaded)) = (&built.output, checked.loaded) {
        cache.pages = Some(RenderedPages::of(&loaded, output));
        built.search = LateIndex::of(loaded);
    }
    Ok(Some(built))
}

/// The pages of the last build, and what they were made from.
#[derive(Debug)]
pub(super) struct RenderedPages {
    frame: String,
    guides: Vec<Arc<Guide>>,
    html: HashMap<UrlPath, Arc<[u8]>>,
}

impl RenderedPages {
    fn of(loaded: &LoadedSite, output: &Output) -> Self {
        let pages = loaded.site.pages().keys();
        let html = pages.filter_map(|url| {
            let html = output.get(url.out().as_str())?;
            Some((url.clone(), Arc::clone(html)))
        });
        Self {
            frame: loaded.frame.clone(),
            guides: loaded.site.guides.clone(),
            html: html.collect(),
        }
    }

    /// Whether each page of this site is the same as before unless its own text has changed.
    pub(super) fn fit(&self, loaded: &LoadedSite) -> bool {
        let guides = &loaded.site.guides;
        self.frame == loaded.frame
            && self.guides.len() == guides.len()
            && self.guides.iter().zip(guides).all(|(a, b)| alike(a, b))
    }

    /// The page as it was rendered before, if it would be rendered the same now.
    pub(super) fn page(&self, site: &Site, url: &UrlPath, page: &Page) -> Option<Arc<[u8]>> {
        let same = match page {
            Page::Guide(index) => same_text(self.guides.get(*index)?, site.guides.get(*index)?),
            Page::Generated(GeneratedPage::Print) => false,
            Page::Generated(_) => true,
        };
        self.html.get(url).filter(|_| same).map(Arc::clone)
    }
}

/// Whether other pages show the same things about a guide, so that only its text may differ.
fn alike(a: &Arc<Guide>, b: &Arc<Guide>) -> bool {
    let headings = |guide: &Guide| -> Vec<(u8, String, String)> {
        let document = &guide.document;
        let headings = document.heading.iter().chain(&document.headings);
        headings
            .map(|one| (one.level, one.id.clone(), one.text.clone()))
            .collect()
    };
    Arc::ptr_eq(a, b)
        || (a.url == b.url
            && a.file == b.file
            && a.kind == b.kind
            && a.title == b.title
            && a.origin == b.origin
            && (same_text(a, b)
                || (front_matter(a) == front_matter(b) && headings(a) == headings(b))))
}

/// The front matter as it is written.
fn front_matter(guide: &Guide) -> &str {
    &guide.source.text()[..guide.body]
}

/// Guides read from the same text share it.
fn same_text(a: &Guide, b: &Guide) -> bool {
    Arc::ptr_eq(&a.source, &b.source)
}

/// The search index of a site, made on the first search.
#[derive(Debug, Clone)]
pub struct LateIndex {
    loaded: Arc<LoadedSite>,
    files: Arc<OnceLock<Output>>,
}

impl LateIndex {
    /// `None` if the search of the site is disabled.
    fn of(loaded: LoadedSite) -> Option<Self> {
        let enabled = loaded.site.config.search.enabled;
        enabled.then(|| Self {
            loaded: Arc::new(loaded),
            files: Arc::default(),
        })
    }

    /// The file of the index at a path of the site.
    pub fn get(&self, path: &str) -> Option<Arc<[u8]>> {
        if path != POINTER && !path.starts_with("assets/search/") {
            return None;
        }
        let files = self.files.get_or_init(|| {
            let mut files = Output::new();
            if let Some(index) = search_index::index(&self.loaded) {
                search_index::add_files(index, &mut files);
            }
            files
        });
        files.get(path).map(Arc::clone)
    }
}
