//! `links.toml` → the official addresses, and the checklist with them filled in.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::toml_file::{read, too_many};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::LinkName;
use crate::markdown::Options;
use crate::recovery::{Checklist, Request};
use crate::site::{OfficialLink, fill_link_gaps};
use crate::source::{Located, Source};

/// Reads `links.toml`.
pub(super) fn links(
    source: &Arc<Source>,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<LinkName, OfficialLink> {
    let links: Option<Vec<(Located<LinkName>, OfficialLink)>> =
        read(source, &Options::default(), diagnostics);
    let links = links.unwrap_or_default();
    let keys = links.iter().map(|(name, _)| &name.location);
    if too_many(1_000, "addresses", keys, diagnostics) {
        return BTreeMap::new();
    }
    let links = links.into_iter().map(|(name, link)| {
        let Located { value, location } = name;
        (value, OfficialLink { location, ..link })
    });
    links.collect()
}

/// Gives a checklist the official addresses that it uses.
pub(super) fn add_links(
    checklist: &mut Checklist,
    links: &BTreeMap<LinkName, OfficialLink>,
    diagnostics: &mut Diagnostics,
) {
    let mailboxes = links
        .values()
        .filter_map(|link| link.url.strip_prefix("mailto:"));
    checklist.mailboxes = mailboxes.map(str::to_owned).collect();
    for request in &mut checklist.requests {
        fill_links(request, links, diagnostics);
    }
}

/// Replaces each `{link:NAME}` in what a request writes into the form.
fn fill_links(
    request: &mut Request,
    links: &BTreeMap<LinkName, OfficialLink>,
    diagnostics: &mut Diagnostics,
) {
    for field in &mut request.fields {
        let value = field.value.as_mut();
        for text in [Some(&mut field.text.value), value].into_iter().flatten() {
            match fill_link_gaps(text, links) {
                Ok(filled) => *text = filled,
                Err(name) => {
                    let message = format!("`links.toml` has no address named `{name}`");
                    let problem = Diagnostic::error(Code::UnknownLinkName, message)
                        .at(field.text.location.clone());
                    let known = links.keys().map(LinkName::as_str);
                    let hint = format!("add a table `[{name}]` to `links.toml`");
                    diagnostics.push(problem.suggest(&name, known, &hint));
                }
            }
        }
    }
}
