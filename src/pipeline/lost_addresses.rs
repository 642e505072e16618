//! Addresses that the last build had and this one lacks.
//!
//! In: the manifest of the last build and the new site. Out: a warning for each page, and each heading, that links
//! from elsewhere would no longer find.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::OutPath;
use crate::output::{Files, Manifest};
use crate::site::{Guide, Site};
use crate::source::Location;

/// The ids of the headings of every guide that has any, for the manifest.
pub(super) fn headings(site: &Site) -> BTreeMap<OutPath, Vec<String>> {
    let guides = site.guides.iter().map(|guide| {
        let headings = guide.document.headings.iter();
        let ids: Vec<_> = headings.map(|heading| heading.id.clone()).collect();
        (guide.url.out(), ids)
    });
    guides.filter(|(_, ids)| !ids.is_empty()).collect()
}

/// Reports the addresses of the `previous` build that the new site lacks.
pub(super) fn lost_addresses(previous: &Manifest, site: &Site, files: &impl Files) -> Diagnostics {
    let present = files.paths();
    let mut lost = Diagnostics::default();
    let pages = previous.iter().map(|(path, _)| path);
    for path in pages.filter(|path| path.as_str().ends_with("index.html")) {
        if present.binary_search(&path).is_err() {
            lost.push(lost_page(path, previous, site));
        }
    }
    for guide in &site.guides {
        let old = previous.headings(&guide.url.out());
        for id in old.iter().filter(|id| !has_heading(guide, id)) {
            let message = format!(
                "{} no longer has the heading `#{id}`, which others may link to",
                guide.url
            );
            lost.push(
                Diagnostic::warning(Code::LostAddress, message)
                    .at(Location::start_of(&guide.source))
                    .hint(format!(
                        "give the heading that replaces it this id: `## … {{#{id}}}`"
                    )),
            );
        }
    }
    lost
}

fn has_heading(guide: &Guide, id: &str) -> bool {
    let document = &guide.document;
    let headings = document.headings.iter().chain(&document.heading);
    headings.into_iter().any(|heading| heading.id == id)
}

fn lost_page(path: &OutPath, previous: &Manifest, site: &Site) -> Diagnostic {
    let address = path.as_str().trim_end_matches("index.html");
    let message = format!("the last build had the page /{address}, and this one has nothing there");
    let problem = Diagnostic::warning(Code::LostAddress, message);
    let name = address.trim_end_matches('/').rsplit('/').next();
    let mut new = site.guides.iter();
    let moved = new.find(|guide| {
        guide.url.parts().next_back() == name && previous.get(guide.url.out().as_str()).is_none()
    });
    problem.hint(match moved {
        Some(guide) => format!(
            "if it moved to `{}`, add `aliases = [\"/{address}\"]` to the front matter there",
            guide.file.source_path()
        ),
        None => format!(
            "add `aliases = [\"/{address}\"]` to the front matter of the page that replaces it"
        ),
    })
}
