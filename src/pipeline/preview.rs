//! A build for who edits: pages that cannot have changed are kept, and the search index is made when
//! somebody searches.
//!
//! In: a folder, options and what the last build left. Out: what [`build`](super::build) gives, but
//! for two things: pages name the index without its digest, since it is not known yet, and there is no
//! manifest.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::{BuildOptions, Built, Checked, Materials, Memory, bundle, check, make, searchable};
use crate::diagnostic::Error;
use crate::fingerprint::Asset;
use crate::ids::{OutPath, UrlPath};
use crate::load::Loaded;
use crate::output::Output;
use crate::site::{Guide, Page, Site};

/// Where pages find the index: its name without the digest.
const HEAD: &str = "assets/search/head.js";

/// Builds the site in memory, all pages right and most of them kept.
///
/// Errors: as [`build`](super::build).
pub fn preview(options: &BuildOptions, memory: &mut Memory) -> Result<Built, Error> {
    let Checked {
        loaded,
        redirects,
        mut diagnostics,
    } = check(options, memory)?;
    let mut built = Built::without_output(loaded.as_ref());
    if let Some(loaded) = loaded.filter(|_| !diagnostics.has_errors()) {
        let loaded = Arc::new(loaded);
        built.search = LateIndex::of(&loaded);
        let mut output = Output::default();
        let mut assets = bundle::assets(&loaded.theme, &mut output);
        assets.search = built.search.as_ref().and_then(|_| head());
        let known = memory.pages.take().filter(|known| known.serves(&loaded));
        let materials = Materials {
            loaded: &loaded,
            redirects: &redirects,
            assets: &assets,
            known: known.as_ref(),
        };
        built.output =
            make(&materials, output, &mut diagnostics).filter(|_| !diagnostics.has_errors());
        memory.pages = built.output.as_ref().map(|made| Pages::of(&loaded, made));
    }
    built.diagnostics = diagnostics.sorted();
    Ok(built)
}

fn head() -> Option<Asset> {
    Some(Asset {
        path: OutPath::new(HEAD)?,
        integrity: String::new(),
    })
}

/// The pages of the last build, and what they were made from.
#[derive(Debug)]
pub(super) struct Pages {
    frame: String,
    guides: Vec<Arc<Guide>>,
    html: HashMap<UrlPath, Arc<[u8]>>,
}

impl Pages {
    fn of(loaded: &Loaded, output: &Output) -> Self {
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

    /// Whether a page of this site is the same as before unless its own text has changed.
    fn serves(&self, loaded: &Loaded) -> bool {
        let guides = &loaded.site.guides;
        self.frame == loaded.frame
            && self.guides.len() == guides.len()
            && self.guides.iter().zip(guides).all(|(a, b)| alike(a, b))
    }

    /// The page as it was made before, where that is how it would be made now.
    pub(super) fn kept(&self, site: &Site, (url, page): (&UrlPath, &Page)) -> Option<Arc<[u8]>> {
        let same = match page {
            Page::Guide(index) => same_text(self.guides.get(*index)?, site.guides.get(*index)?),
            _ => true,
        };
        self.html.get(url).filter(|_| same).map(Arc::clone)
    }
}

/// Whether other pages say the same of a guide: its text alone may differ.
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
            && a.file() == b.file()
            && a.kind == b.kind
            && a.title == b.title
            && a.origin == b.origin
            && (same_text(a, b) || (front(a) == front(b) && headings(a) == headings(b))))
}

/// What a page says of itself, as it is written.
fn front(guide: &Guide) -> &str {
    &guide.source.text()[..guide.body]
}

/// Guides read from the same text share it.
fn same_text(a: &Guide, b: &Guide) -> bool {
    Arc::ptr_eq(&a.source, &b.source)
}

/// The search index of a site, made when it is first asked for.
#[derive(Debug, Clone)]
pub struct LateIndex(Arc<Late>);

#[derive(Debug)]
struct Late {
    loaded: Arc<Loaded>,
    files: OnceLock<Output>,
}

impl LateIndex {
    /// `None` where the site's search is switched off.
    fn of(loaded: &Arc<Loaded>) -> Option<Self> {
        let late = Late {
            loaded: Arc::clone(loaded),
            files: OnceLock::new(),
        };
        loaded.site.config.search.then(|| Self(Arc::new(late)))
    }

    /// The file of the index at a path of the site.
    pub fn get(&self, path: &str) -> Option<Arc<[u8]>> {
        if !path.starts_with("assets/search/") {
            return None;
        }
        let files = self.0.files.get_or_init(|| self.0.files());
        files.get(path).map(Arc::clone)
    }
}

impl Late {
    fn files(&self) -> Output {
        let mut files = Output::default();
        if let Some(index) = searchable::index(&self.loaded) {
            let named = searchable::shelve(index, &mut files);
            let head = files.get(named.path.as_str()).map(Arc::clone);
            if let Some((path, head)) = OutPath::new(HEAD).zip(head) {
                files.insert(path, head);
            }
        }
        files
    }
}
