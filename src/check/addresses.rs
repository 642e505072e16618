//! One address, one page: on every system, whatever it makes of capitals.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::UrlPath;
use crate::site::Site;
use crate::source::Place;

/// Tells of two sources for one address, and of names that lead nowhere.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let mut taken: HashMap<String, Option<Place>> = site
        .built_pages()
        .map(|(url, _)| (folded(&url), None))
        .collect();
    for guide in &site.guides {
        let here = Place::start_of(&guide.source);
        let key = folded(&guide.url);
        match taken.get(&key) {
            None => drop(taken.insert(key, Some(here))),
            Some(first) => diagnostics.push(clash(&guide.url, here, first.as_ref())),
        }
    }
    for (path, _) in &site.files {
        let stem = path.as_str().trim_end_matches("index.html");
        if taken.contains_key(&format!("{}/", stem.to_lowercase().trim_end_matches('/'))) {
            diagnostics.push(
                Diagnostic::error(
                    Code::AddressTaken,
                    format!("`{path}` stands where a page must go"),
                )
                .hint("rename the file or the page"),
            );
        }
    }
    navigation(site, diagnostics);
}

fn folded(url: &UrlPath) -> String {
    url.as_str().to_lowercase()
}

fn clash(url: &UrlPath, here: Place, first: Option<&Place>) -> Diagnostic {
    let problem = Diagnostic::error(
        Code::AddressTaken,
        format!("two pages want the address {url}"),
    )
    .at(here)
    .hint("rename one of them; capitals and accents written in two ways count as the same");
    match first {
        Some(first) => problem.see(first.clone(), "the other one"),
        None => problem.hint("regain makes this page itself"),
    }
}

fn navigation(site: &Site, diagnostics: &mut Diagnostics) {
    for name in &site.config.nav {
        let url = UrlPath::of_parts(name.value.trim_end_matches(".md").split('/'));
        if site.pages().contains_key(&url) {
            continue;
        }
        let known = site
            .pages()
            .keys()
            .map(|url| url.as_str().trim_end_matches('/'));
        let near = crate::diagnostic::nearest(&name.value, known);
        let problem = Diagnostic::error(
            Code::UnknownPage,
            format!("`{}` is no page of this site", name.value),
        )
        .at(name.place.clone());
        diagnostics.push(match near {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem.hint("name a folder or page of `content/`, or `start`, `checklist`, `search`, `official`"),
        });
    }
}
