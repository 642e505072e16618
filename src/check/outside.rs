//! Links to other sites. Looking them up is left to `outside_links`.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::site::{LinkTarget, Site};
use crate::source::Location;

/// How many other locations of a link are shown.
const SHOWN: usize = 3;

/// The outside addresses of a site, each with the locations of its links.
pub type OutsideLinks = BTreeMap<String, Vec<Location>>;

/// The addresses of `links.toml`, and those of all other links to web pages.
pub fn outside_links(site: &Site) -> OutsideLinks {
    let mut found = OutsideLinks::new();
    let mut add = |address: &str, location: Location| {
        // The server does not see what follows a `#`.
        let address = address.split('#').next().unwrap_or_default();
        if address.starts_with("https://") {
            found.entry(address.to_owned()).or_default().push(location);
        }
    };
    for link in site.links.values() {
        add(&link.url, link.location.clone());
    }
    for (source, document) in site.documents() {
        for link in &document.links {
            if let Ok(LinkTarget::Outside(_)) = site.resolve(source, &link.target) {
                add(&link.target, Location::new(source, link.span.clone()));
            }
        }
    }
    found
}

/// A link that readers cannot open.
pub fn dead_link(address: &str, reason: &str, locations: &[Location]) -> Option<Diagnostic> {
    let (first, others) = locations.split_first()?;
    let message = format!("`{address}` cannot be opened: {reason}");
    let problem = Diagnostic::warning(Code::DeadLink, message).at(first);
    let others = others.iter().take(SHOWN);
    let problem = others.fold(problem, |problem, location| {
        problem.see(location.clone(), "also here")
    });
    Some(problem.hint("write the new address, or remove the link"))
}
