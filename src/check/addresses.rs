//! Each address has one page, also on systems that ignore capital letters.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::{OutPath, UrlPath};
use crate::site::{HostFile, Site};
use crate::source::{Location, Source};

/// Reports two sources for one address, and names in `nav` that no page has.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let mut taken: BTreeMap<String, Option<Location>> = BTreeMap::new();
    let host_files = HostFile::ALL.into_iter().map(HostFile::path);
    let generated = site.generated_pages().into_iter();
    for path in host_files.chain(generated.map(|page| page.url().out())) {
        taken.insert(path.folded(), None);
    }
    let mut claim = |path: &OutPath, source: &Arc<Source>, what: String| {
        let here = Location::start_of(source);
        match taken.entry(path.folded()) {
            Entry::Vacant(free) => drop(free.insert(Some(here))),
            Entry::Occupied(first) => diagnostics.push(clash(here, what, first.get().as_ref())),
        }
    };
    for guide in &site.guides {
        let what = format!("two pages have the address {}", guide.url);
        claim(&guide.url.out(), &guide.source, what);
    }
    for path in site.files.keys() {
        let source = Source::new(format!("content/{path}"), "");
        claim(
            path,
            &source,
            format!("two files would be published as `{path}`"),
        );
    }
    files_named_as_folders(&taken, diagnostics);
    navigation(site, diagnostics);
}

/// Reports files with the name of a folder: `a.txt`, and the page of `a.txt.md`. Files that regain makes have no
/// location.
fn files_named_as_folders(
    taken: &BTreeMap<String, Option<Location>>,
    diagnostics: &mut Diagnostics,
) {
    for (path, location) in taken {
        for (end, _) in path.match_indices('/') {
            let folder = &path[..end];
            if let (Some(location), Some(file)) = (location, taken.get(folder)) {
                let what = format!("a file and a folder would both be named `{folder}`");
                diagnostics.push(clash(location.clone(), what, file.as_ref()));
            }
        }
    }
}

fn clash(here: Location, what: String, first: Option<&Location>) -> Diagnostic {
    let problem = Diagnostic::error(Code::AddressTaken, what)
        .at(here)
        .hint("rename one of them; names that differ only in capital letters or in how an accent is encoded count as the same");
    match first {
        Some(first) => problem.see(first, "the other one"),
        None => problem.hint("rename it: regain makes a page with this address"),
    }
}

fn navigation(site: &Site, diagnostics: &mut Diagnostics) {
    let steps = site.config.steps.iter().map(|steps| &steps.after);
    for name in site.config.nav.iter().chain(steps) {
        let url = UrlPath::of_parts(name.value.trim_end_matches(".md").split('/'));
        if site.pages().contains_key(&url) {
            continue;
        }
        let urls = site.pages().keys();
        let known = urls.map(|url| url.as_str().trim_end_matches('/'));
        let message = format!("this site has no page `{}`", name.value);
        let problem = Diagnostic::error(Code::UnknownPage, message).about(name.value.as_str());
        let hint = match diagnostics.nearest(&name.value, known) {
            Some(near) => &format!("did you mean `{near}`?"),
            None => {
                "name a folder or page of `content/`, or `start`, `checklist`, `search`, `official`"
            }
        };
        diagnostics.push(problem.at(&name.location).hint(hint));
    }
}
