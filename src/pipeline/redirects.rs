//! `aliases` of guides and `[[publish.redirect]]` → redirects.
//!
//! In: the site. Out: redirects that lead somewhere and contradict nothing, or why not.

use std::collections::{BTreeMap, HashSet};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::{OutPath, UrlPath};
use crate::output::Redirect;
use crate::output::redirects::{Clash, resolve, stub_path};
use crate::site::{OWN_FILES, Site, Target};
use crate::source::{Located, Location};

/// Gathers the redirects of a site; none where one of them is wrong.
pub(super) fn redirects(site: &Site, diagnostics: &mut Diagnostics) -> Vec<Redirect> {
    let taken = taken(site);
    let mut locations = BTreeMap::new();
    let mut redirects = Vec::new();
    let mut add = |from: &Located<String>, to: UrlPath, diagnostics: &mut Diagnostics| match stub(
        &taken, from,
    ) {
        Ok(path) => {
            let told: &mut Vec<Location> = locations.entry(path.clone()).or_default();
            told.push(from.location.clone());
            redirects.push(Redirect { from: path, to });
        }
        Err(problem) => diagnostics.push(*problem),
    };
    for guide in &site.guides {
        for alias in &guide.meta.aliases {
            add(alias, guide.url.clone(), diagnostics);
        }
    }
    for rule in &site.config.redirects {
        match site.resolve("", &rule.to.value) {
            Ok(Target::Page { url, .. }) => add(&rule.from, url, diagnostics),
            _ => diagnostics.push(
                Diagnostic::error(
                    Code::BrokenLink,
                    format!("this site has no page `{}`", rule.to.value),
                )
                .at(rule.to.location.clone())
                .hint("write the address of a page, such as `/request/`"),
            ),
        }
    }
    match resolve(redirects) {
        Ok(redirects) => redirects,
        Err(clashes) => {
            diagnostics.extend(clashes.iter().map(|clash| problem(clash, &locations)));
            Vec::new()
        }
    }
}

/// What pages and files there are; capitals make no other address, as on some systems they do not.
fn taken(site: &Site) -> HashSet<String> {
    let own = OWN_FILES.into_iter().filter_map(OutPath::new);
    let pages = site.pages().keys().map(UrlPath::out);
    let paths = own.chain(pages).chain(site.files.keys().cloned());
    paths.map(|path| path.folded()).collect()
}

fn stub(taken: &HashSet<String>, from: &Located<String>) -> Result<OutPath, Box<Diagnostic>> {
    let fail = |message: String, hint: &str| {
        Box::new(
            Diagnostic::error(Code::Redirect, message)
                .at(from.location.clone())
                .hint(hint),
        )
    };
    let Some(path) = stub_path(&from.value) else {
        return Err(fail(
            format!("`{}` is not an address on this site", from.value),
            "write an old address such as `/old/page/` or `/old.html`",
        ));
    };
    let folded = path.folded();
    let mut above = folded.match_indices('/').map(|(end, _)| &folded[..end]);
    if taken.contains(&folded) || above.any(|file| taken.contains(file)) {
        return Err(fail(
            format!("`{}` is already a page or file of this site", from.value),
            "remove the redirect, or give that page another address",
        ));
    }
    Ok(path)
}

fn problem(clash: &Clash, locations: &BTreeMap<OutPath, Vec<Location>>) -> Diagnostic {
    let (message, redirect, other) = match clash {
        Clash::Twice(first, second) => {
            let from = shown(&first.from);
            let message = format!("`{from}` redirects to {} and to {}", first.to, second.to);
            (message, first, second)
        }
        Clash::Loop(first, second) => {
            let message = format!("`{}` redirects to itself", shown(&first.from));
            (message, first, second)
        }
    };
    let problem = Diagnostic::error(Code::Redirect, message).hint("remove one of them");
    let mut locations = [redirect, other]
        .into_iter()
        .filter_map(|redirect| locations.get(&redirect.from))
        .flatten();
    let Some(first) = locations.next() else {
        return problem;
    };
    let problem = problem.at(first.clone());
    match locations.find(|location| *location != first) {
        Some(location) => problem.see(location.clone(), "the other one"),
        None => problem,
    }
}

/// The address as an author would write it.
fn shown(from: &OutPath) -> String {
    format!("/{}", from.as_str().trim_end_matches("index.html"))
}
