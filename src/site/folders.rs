//! Pages for folders that have none of their own.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::{FrontMatter, Guide, GuideKind, Origin};
use crate::ids::{ContentPath, UrlPath};
use crate::markdown::Document;
use crate::source::Source;

/// Makes `a.md` the page of the folder `a/` if it has no `index.md`: otherwise the guides in it would
/// be listed nowhere.
pub(super) fn adopt(guides: &mut [Arc<Guide>]) {
    let folders: HashSet<_> = guides.iter().map(|guide| guide.url.parent()).collect();
    for guide in guides {
        if guide.kind == GuideKind::Page && folders.contains(&guide.url) {
            Arc::make_mut(guide).kind = GuideKind::Section;
        }
    }
}

/// A page for the home and for each folder that has guides and no `index.md`.
pub(super) fn missing(guides: &[Arc<Guide>], site_title: &str) -> Vec<Arc<Guide>> {
    let present: BTreeSet<_> = guides.iter().map(|guide| guide.url.clone()).collect();
    let mut wanted = BTreeSet::from([UrlPath::home()]);
    for guide in guides {
        let mut url = guide.url.parent();
        while url != UrlPath::home() && wanted.insert(url.clone()) {
            url = url.parent();
        }
    }
    let missing = wanted.difference(&present);
    missing
        .map(|url| {
            let (kind, title) = match url.parts().next_back() {
                None => (GuideKind::Home, site_title.to_owned()),
                Some(name) => (GuideKind::Section, title_of_name(name)),
            };
            let file = ContentPath::new(format!("{}index.md", url.as_str()));
            Arc::new(Guide {
                source: Source::new(file.source_path(), ""),
                file,
                url: url.clone(),
                kind,
                title,
                meta: FrontMatter::default(),
                body: 0,
                document: Document::default(),
                origin: Origin::Folder,
            })
        })
        .collect()
}

/// The name of a file or folder as a title: `lost-phone` becomes `Lost phone`.
pub fn title_of_name(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(characters).collect()
    })
}
