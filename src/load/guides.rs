//! Markdown files → guides, in parallel. A file that has not changed since the last load is not parsed again.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::walk::FileBytes;
use super::{guide, text};
use crate::diagnostic::Diagnostics;
use crate::ids::ContentPath;
use crate::markdown::Options;
use crate::site::Guide;

/// The guides of the last load, with their problems.
#[derive(Debug, Default)]
pub struct GuideCache {
    options: Option<Options>,
    /// With the digest of the file each was read from.
    guides: HashMap<ContentPath, (Arc<str>, Arc<Guide>, Diagnostics)>,
}

/// Reads all pages; the guides are in the order of the files.
pub(super) fn guides(
    pages: Vec<(ContentPath, FileBytes)>,
    options: &Options,
    cache: &mut GuideCache,
    diagnostics: &mut Diagnostics,
) -> Vec<Arc<Guide>> {
    if cache.options.as_ref() != Some(options) {
        *cache = GuideCache {
            options: Some(options.clone()),
            ..GuideCache::default()
        };
    }
    let known = std::mem::take(&mut cache.guides);
    let names: HashSet<_> = pages.iter().map(|(path, _)| path.clone()).collect();
    let read: Vec<_> = pages
        .into_par_iter()
        .map(|(path, file)| {
            let address = address_file(path.as_str(), &names);
            let digest = Arc::clone(&file.digest);
            let kept = known.get(&path).filter(|(known, guide, _)| {
                *known == digest && guide.url == guide::address(&address).0
            });
            let (guide, problems) = match kept {
                Some((_, guide, problems)) => (Some(Arc::clone(guide)), problems.clone()),
                None => read_guide(&path, &address, file.into_vec(), options),
            };
            (path, digest, guide, problems)
        })
        .collect();
    let mut guides = Vec::with_capacity(read.len());
    for (path, digest, guide, problems) in read {
        diagnostics.extend(problems.clone());
        if let Some(guide) = guide {
            guides.push(Arc::clone(&guide));
            cache.guides.insert(path, (digest, guide, problems));
        }
    }
    guides
}

/// The file name that the address comes from. A `README.md`, which code hosts show for a folder, is the
/// page of its folder unless there is an `index.md`.
fn address_file(name: &str, names: &HashSet<ContentPath>) -> String {
    let (folder, file) = name.split_at(name.rfind('/').map_or(0, |at| at + 1));
    let index = format!("{folder}index.md");
    if file.eq_ignore_ascii_case("readme.md") && !names.contains(&*index) {
        index
    } else {
        name.to_owned()
    }
}

fn read_guide(
    path: &ContentPath,
    address: &str,
    bytes: Vec<u8>,
    options: &Options,
) -> (Option<Arc<Guide>>, Diagnostics) {
    let mut problems = Diagnostics::default();
    let source = text::source(&path.source_path(), bytes, &mut problems);
    let guide = source.and_then(|source| guide::guide(address, &source, options, &mut problems));
    (guide.map(Arc::new), problems)
}
