//! Ids in the tables: each is well formed and unique, and every reference is defined.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::{LinkName, is_plain_name};
use crate::recovery::{Entry, find};
use crate::site::Site;
use crate::source::{Located, Location};

/// Reports ids that are not well formed, and those used twice.
pub(super) fn check(entries: &[impl Entry], diagnostics: &mut Diagnostics) {
    let mut first: BTreeMap<&str, &Location> = BTreeMap::new();
    for entry in entries {
        let (id, location) = (entry.id(), entry.location());
        if !is_plain_name(id) {
            let problem = Diagnostic::error(Code::BadName, format!("`{id}` cannot be an id"));
            let hint = "use lower-case letters, digits and hyphens, such as `lost-phone`";
            diagnostics.push(problem.at(location).hint(hint));
        }
        if let Some(earlier) = first.insert(id, location) {
            let problem = Diagnostic::error(Code::DuplicateName, format!("`{id}` is used twice"));
            let problem = problem.see(earlier, "the first one").at(location);
            diagnostics.push(problem.hint("give one of them another id"));
        }
    }
}

/// Reports an id that no entry has.
pub(super) fn missing<T: Borrow<str>>(
    what: &str,
    written: &Located<T>,
    entries: &[impl Entry],
) -> Option<Diagnostic> {
    let id = written.value.borrow();
    let is_missing = find(id, entries).is_none();
    is_missing.then(|| unknown(what, id, entries.iter().map(Entry::id)).at(&written.location))
}

/// Reports a file that is not a guide of this site.
pub(super) fn missing_guide(site: &Site, file: &Located<String>) -> Option<Diagnostic> {
    let known = site.guides.iter().map(|guide| guide.file.as_str());
    let is_missing = site.guide_of_file(&file.value).is_none();
    is_missing.then(|| unknown("guide", &file.value, known).at(&file.location))
}

/// Reports a name that does not exist, and suggests the nearest one that does.
pub(super) fn unknown<'a>(
    what: &str,
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    Diagnostic::error(Code::UnknownName, format!("there is no {what} `{name}`")).suggest(
        name,
        known,
        "correct the name, or add what it names",
    )
}

/// Reports a name that is not in `links.toml`.
pub(super) fn missing_link(site: &Site, name: &Located<LinkName>) -> Option<Diagnostic> {
    let known = site.links.keys().map(LinkName::as_str);
    let message = format!("`links.toml` has no entry `{}`", name.value);
    let problem = Diagnostic::error(Code::UnknownLinkName, message).at(&name.location);
    let hint = "write the name of an entry in `links.toml`";
    let is_missing = !site.links.contains_key(&name.value);
    is_missing.then(|| problem.suggest(name.value.as_str(), known, hint))
}
