//! Site → what is wrong with it.
//!
//! In: a loaded site and the day. Out: diagnostics, one rule family per file. It changes nothing
//! and reads no file.

mod addresses;
mod asks_for_secret;
mod characters;
mod expect;
mod freshness;
mod hosts;
mod links;
mod markup;
mod page_policy;
mod pages;
mod patterns;
mod placeholders;
mod reading;
mod recovery;
mod requests;
mod secrets;
mod svg_safety;
mod triage;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::Site;

use recovery::is_torn;

pub use expect::{Search, expected_answers, expected_pages};
pub use markup::markup;
pub use page_policy::page_policy;
pub use reading::{LongestSentence, Reading, reading};
pub use secrets::check_templates;

/// Runs every rule, side by side: none knows what another finds, only what loading found before.
pub fn check(site: &Site, today: Date, diagnostics: &mut Diagnostics) {
    let earlier = &*diagnostics;
    let rules: [&(dyn Fn(&mut Diagnostics) + Sync); 10] = [
        &|told| secrets::check(site, told),
        &|told| links::check(site, told),
        &|told| characters::check(site, told),
        &|told| placeholders::check(site, told),
        &|told| addresses::check(site, told),
        &|told| pages::check(site, told),
        &|told| svg_safety::check(site, told),
        &|told| freshness::check(site, today, told),
        &|told| recovery::check(site, earlier, told),
        &|told| triage::check(site, earlier, told),
    ];
    let told = rules.par_iter().map(|rule| {
        let mut told = Diagnostics::default();
        rule(&mut told);
        told
    });
    let told: Vec<_> = told.collect();
    let told = told.into_iter().flatten();
    let told: Vec<_> = told.filter(|one| !only_follows(one, earlier)).collect();
    diagnostics.extend(told);
}

/// Whether a name or a page is missed elsewhere because its file, or a part of it, could not be read. Told of as
/// well, it would stand before the one fault that there is.
fn only_follows(problem: &Diagnostic, earlier: &Diagnostics) -> bool {
    let names = match (problem.code, missed_folder(problem)) {
        (Code::UnknownLinkName, _) => "links.toml",
        (Code::UnknownName, _) => "checklist.toml",
        (Code::BrokenLink | Code::UnknownPage, folder) => match folder {
            "start" => "triage.toml",
            "checklist" => "checklist.toml",
            "official" => "links.toml",
            _ => return false,
        },
        _ => return false,
    };
    let mut unread = earlier.iter().filter_map(|one| one.location.as_ref());
    let file =
        unread.find(|location| location.source.path().strip_prefix("content/") == Some(names));
    file.is_some_and(|location| is_torn(&location.source, earlier))
}

/// The first folder of the page that a problem could not find.
fn missed_folder(problem: &Diagnostic) -> &str {
    let subject = problem.subject.as_deref().unwrap_or_default();
    let path = subject.trim_start_matches('/');
    path.split_once('/').map_or(path, |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Location, Source};

    #[test]
    fn a_missed_page_is_not_told_where_the_file_it_is_made_from_could_not_be_read() {
        let mut earlier = Diagnostics::default();
        let triage = Source::new("content/triage.toml", "x");
        earlier.push(Diagnostic::error(Code::TomlSyntax, "").at(Location::start_of(&triage)));
        for (path, expected) in [
            ("start", true),
            ("/start/ask/", true),
            ("starter.md", false),
            ("checklist", false),
        ] {
            let missed = Diagnostic::error(Code::BrokenLink, "").about(path);
            assert_eq!(only_follows(&missed, &earlier), expected, "{path}");
        }
    }

    #[test]
    fn a_missed_name_is_not_told_where_the_file_of_names_could_not_be_read() {
        let told = |code, path: &str| {
            Diagnostic::error(code, "").at(Location::start_of(&Source::new(path, "x")))
        };
        let cases = [
            (Code::TomlSyntax, "content/links.toml", true),
            (Code::UnknownKey, "content/links.toml", false),
            (Code::TomlSyntax, "content/triage.toml", false),
        ];
        for (code, path, expected) in cases {
            let mut earlier = Diagnostics::default();
            earlier.push(told(code, path));
            let missed = told(Code::UnknownLinkName, "content/index.md");
            assert_eq!(only_follows(&missed, &earlier), expected, "{path}");
        }
    }
}
