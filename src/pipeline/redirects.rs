//! `aliases` of guides and `[[publish.redirect]]` → redirects.
//!
//! In: the site. Out: redirects to pages of the site, sorted by old address, and a problem for each that
//! cannot be. There are no chains of redirects, because an old address cannot be that of a page.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};

use crate::check::only_follows;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::{OutPath, UrlPath};
use crate::output::Redirect;
use crate::site::{HostFile, LinkTarget, Site};
use crate::source::{Located, Location};

/// Gathers the redirects of a site.
pub(super) fn redirects(site: &Site, diagnostics: &mut Diagnostics) -> Vec<Redirect> {
    let mut redirects = Redirects {
        taken: taken(site),
        by_path: BTreeMap::new(),
    };
    for guide in &site.guides {
        for alias in &guide.meta.aliases {
            diagnostics.extend(redirects.add(alias, guide.url.clone(), None));
        }
    }
    for rule in &site.config.publish.redirects {
        let to = &rule.to;
        let problem = match site.resolve(&to.location.source, &to.value) {
            Ok(LinkTarget::Page { url, fragment }) => redirects.add(&rule.from, url, fragment),
            _ => Some(no_page(to)).filter(|problem| !only_follows(site, problem)),
        };
        diagnostics.extend(problem);
    }
    let redirects = redirects.by_path.into_values();
    redirects.map(|(redirect, _)| redirect).collect()
}

struct Redirects<'a> {
    /// The folded paths of all pages and files.
    taken: HashSet<String>,
    by_path: BTreeMap<OutPath, (Redirect, &'a Location)>,
}

impl<'a> Redirects<'a> {
    /// Adds a redirect, or says why it cannot be.
    fn add(
        &mut self,
        from: &'a Located<String>,
        to: UrlPath,
        fragment: Option<String>,
    ) -> Option<Diagnostic> {
        let location = &from.location;
        let problem = |message: String, hint: &str| {
            let problem = Diagnostic::error(Code::Redirect, message);
            Some(problem.at(location.clone()).hint(hint))
        };
        let Some(path) = stub_path(&from.value) else {
            return problem(
                format!("`{}` is not an address on this site", from.value),
                "write an old address such as `/old/page/` or `/old.html`",
            );
        };
        let folded = path.folded();
        let mut parents = folded.match_indices('/').map(|(end, _)| &folded[..end]);
        if self.taken.contains(&folded) || parents.any(|file| self.taken.contains(file)) {
            return problem(
                format!("`{}` is already a page or file of this site", from.value),
                "remove the redirect, or give that page another address",
            );
        }
        match self.by_path.entry(path) {
            Entry::Vacant(entry) => {
                let from = entry.key().clone();
                entry.insert((Redirect { from, to, fragment }, location));
                None
            }
            Entry::Occupied(entry) => {
                let (Redirect { to: first_to, .. }, first) = entry.get();
                let message = format!("`{}` redirects to {first_to} and to {to}", from.value);
                let problem = problem(message, "remove one of them");
                problem.map(|problem| problem.see((*first).clone(), "the first one"))
            }
        }
    }
}

/// The paths of all pages and files, folded, because some systems ignore capital letters.
fn taken(site: &Site) -> HashSet<String> {
    let host_files = HostFile::ALL.into_iter().map(HostFile::path);
    let pages = site.pages().keys().map(UrlPath::out);
    let paths = host_files.chain(pages).chain(site.files.keys().cloned());
    paths.map(|path| path.folded()).collect()
}

fn no_page(to: &Located<String>) -> Diagnostic {
    let message = format!("this site has no page `{}`", to.value);
    Diagnostic::error(Code::BrokenLink, message)
        .at(to.location.clone())
        .about(&*to.value)
        .hint("write the address of a page, such as `/request/`")
}

/// The file of an old address as authors write it: `old/index.html` for `/old/` and `/old`, `old.html` for
/// `/old.html`. `None` for the home page, and if it is not a path of the site.
fn stub_path(from: &str) -> Option<OutPath> {
    let path = from.strip_prefix('/').unwrap_or(from);
    let last = path.rsplit('/').next().unwrap_or_default();
    if matches!(last.rsplit_once('.'), Some((_, "html" | "htm"))) {
        return OutPath::new(path);
    }
    let folder = path.strip_suffix('/').unwrap_or(path);
    let clean = !folder.is_empty() && !last.contains(['?', '#']);
    clean.then(|| OutPath::new(format!("{folder}/index.html")))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_address_has_one_file() {
        let cases = [
            ("/old/", Some("old/index.html")),
            ("/old", Some("old/index.html")),
            ("old/page/", Some("old/page/index.html")),
            ("/old.html", Some("old.html")),
            ("/", None),
            ("", None),
            ("/../old/", None),
            ("//host/", None),
            ("/old?x", None),
        ];
        for (from, expected) in cases {
            let stub = stub_path(from);
            assert_eq!(stub.as_ref().map(OutPath::as_str), expected, "{from}");
        }
    }
}
