//! All pages of a folder → guides.
//!
//! In: names and bytes. Out: a guide for each, those whose text is the same as last time kept, and
//! one for each folder that has none of its own.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::{guide, text};
use crate::config::Drafts;
use crate::diagnostic::Diagnostics;
use crate::ids::UrlPath;
use crate::markdown::{Document, Options};
use crate::site::{Guide, GuideKind, Meta, Origin};
use crate::source::Source;

/// Guides kept from the last time: a page whose text and settings are the same is the same guide.
#[derive(Debug, Default)]
pub struct Memory {
    options: Option<Options>,
    guides: HashMap<String, (Arc<Guide>, Diagnostics)>,
}

/// Reads all pages, those that changed anew; the order of the result is that of the files.
pub(super) fn guides(
    pages: Vec<(String, Vec<u8>)>,
    options: Options,
    drafts: Drafts,
    (memory, diagnostics): (&mut Memory, &mut Diagnostics),
) -> Vec<Arc<Guide>> {
    if memory.options.as_ref() != Some(&options) {
        memory.guides.clear();
    }
    let known = std::mem::take(&mut memory.guides);
    let indexes: BTreeSet<_> = pages
        .iter()
        .filter_map(|(name, _)| index_of(name))
        .collect();
    let read: Vec<_> = pages
        .into_par_iter()
        .map(|(name, bytes)| {
            let location = location(&name, &indexes);
            let kept = known.get(&location).filter(|(guide, _)| {
                guide.file() == name && guide.source.text().as_bytes() == bytes
            });
            let (guide, told) = match kept {
                Some((guide, told)) => (Some(Arc::clone(guide)), told.clone()),
                None => read_guide((&name, &location), bytes, &options),
            };
            (location, guide, told)
        })
        .collect();
    let mut guides = Vec::with_capacity(read.len());
    for (location, guide, told) in read {
        diagnostics.extend(told.clone());
        if let Some(guide) = guide {
            if drafts == Drafts::Shown || !guide.meta.draft {
                guides.push(Arc::clone(&guide));
            }
            memory.guides.insert(location, (guide, told));
        }
    }
    memory.options = Some(options);
    guides
}

/// The folder whose `index.md` this is, with a slash at its end.
fn index_of(name: &str) -> Option<String> {
    let folder = name.strip_suffix("index.md")?;
    (folder.is_empty() || folder.ends_with('/')).then(|| folder.to_owned())
}

/// The file name an address is made of. A `README.md`, as code hosts show it, is the page of its
/// folder unless there is an `index.md`.
fn location(name: &str, indexes: &BTreeSet<String>) -> String {
    let (folder, file) = name.split_at(name.rfind('/').map_or(0, |at| at + 1));
    if file.eq_ignore_ascii_case("readme.md") && !indexes.contains(folder) {
        format!("{folder}index.md")
    } else {
        name.to_owned()
    }
}

fn read_guide(
    (name, location): (&str, &str),
    bytes: Vec<u8>,
    options: &Options,
) -> (Option<Arc<Guide>>, Diagnostics) {
    let mut told = Diagnostics::default();
    let source = text::source(&format!("content/{name}"), bytes, &mut told);
    let guide = source.and_then(|source| guide::guide(location, &source, options, &mut told));
    (guide.map(Arc::new), told)
}

/// The name of a site that does not say it: what its home page is called.
pub(super) fn site_title(guides: &[Arc<Guide>]) -> String {
    let home = guides.iter().find(|guide| guide.kind == GuideKind::Home);
    home.map_or("Help", |home| home.heading()).to_owned()
}

/// Makes `a.md` the page of the folder `a/` where it has no other: the guides in it would else be
/// listed nowhere.
pub(super) fn adopt_folders(guides: &mut [Arc<Guide>]) {
    let folders: HashSet<_> = guides.iter().map(|guide| guide.url.parent()).collect();
    for guide in guides {
        if guide.kind == GuideKind::Page && folders.contains(&guide.url) {
            Arc::make_mut(guide).kind = GuideKind::Section;
        }
    }
}

/// A page for the home and for each folder that has guides and no `index.md`.
pub(super) fn missing_folders(guides: &[Arc<Guide>], title: &str) -> Vec<Arc<Guide>> {
    let there: BTreeSet<_> = guides.iter().map(|guide| guide.url.clone()).collect();
    let mut wanted = BTreeSet::from([UrlPath::home()]);
    for guide in guides {
        let mut url = guide.url.parent();
        while url != UrlPath::home() && wanted.insert(url.clone()) {
            url = url.parent();
        }
    }
    wanted
        .difference(&there)
        .map(|url| {
            let (kind, title) = match url.parts().next_back() {
                None => (GuideKind::Home, title.to_owned()),
                Some(name) => (GuideKind::Section, guide::spoken(name)),
            };
            Arc::new(Guide {
                source: Source::new(format!("content/{}index.md", url.as_str()), ""),
                url: url.clone(),
                kind,
                title,
                meta: Meta::default(),
                body: 0,
                document: Document::default(),
                origin: Origin::Folder,
            })
        })
        .collect()
}
