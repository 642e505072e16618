//! Each address has one page, also on systems that ignore capital letters.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::{OutPath, UrlPath};
use crate::site::{HostFile, Site};
use crate::source::{Location, Source};

/// Reports two sources for one address, and names in `nav` that no page has.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let mut taken = Taken::default();
    let host_files = HostFile::ALL.into_iter().map(HostFile::path);
    let generated = site.generated_pages().into_iter();
    for path in host_files.chain(generated.map(|page| page.url().out())) {
        taken.by.insert(path.folded(), None);
    }
    for guide in &site.guides {
        let here = Location::start_of(&guide.source);
        let what = format!("two pages have the address {}", guide.url);
        taken.claim(&guide.url.out(), (here, what), diagnostics);
    }
    for path in site.files.keys() {
        let here = Location::start_of(&Source::new(format!("content/{path}"), ""));
        let what = format!("two files would be published as `{path}`");
        taken.claim(path, (here, what), diagnostics);
    }
    taken.folders(diagnostics);
    navigation(site, diagnostics);
}

/// Every file of the site by its folded path, with the source it comes from; without one, regain makes it.
#[derive(Default)]
struct Taken {
    by: BTreeMap<String, Option<Location>>,
}

impl Taken {
    fn claim(
        &mut self,
        path: &OutPath,
        (here, what): (Location, String),
        diagnostics: &mut Diagnostics,
    ) {
        let key = path.folded();
        match self.by.get(&key) {
            None => drop(self.by.insert(key, Some(here))),
            Some(first) => diagnostics.push(clash((here, what), first.as_ref())),
        }
    }

    /// Reports files with the name of a folder: `a.txt`, and the page of `a.txt.md`.
    fn folders(&self, diagnostics: &mut Diagnostics) {
        for (path, location) in &self.by {
            for (end, _) in path.match_indices('/') {
                let (Some(location), Some(file)) = (location, self.by.get(&path[..end])) else {
                    continue;
                };
                let what = format!("a file and a folder would both be named `{}`", &path[..end]);
                diagnostics.push(clash((location.clone(), what), file.as_ref()));
            }
        }
    }
}

fn clash((here, what): (Location, String), first: Option<&Location>) -> Diagnostic {
    let problem = Diagnostic::error(Code::AddressTaken, what)
        .at(here)
        .hint("rename one of them; names that differ only in capital letters or in how an accent is encoded count as the same");
    match first {
        Some(first) => problem.see(first.clone(), "the other one"),
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
        let known = site
            .pages()
            .keys()
            .map(|url| url.as_str().trim_end_matches('/'));
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
