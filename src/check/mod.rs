//! Site → what is wrong with it.
//!
//! In: a loaded site and the day. Out: diagnostics, one rule family per file. It changes nothing
//! and reads no file.

mod addresses;
mod asks_for_secret;
mod built_page;
mod characters;
mod checklist;
mod expect;
mod foreign;
mod guides;
mod html_tokens;
mod ids;
mod links;
mod lookalikes;
mod outside;
mod patterns;
mod placeholders;
mod publishing;
mod readability;
mod requests;
mod secrets;
mod svg_safety;
mod triage;

use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Levels};
use crate::ids::UrlPath;
use crate::site::{GeneratedPage, Site, Table};
use crate::theme::Theme;

pub use built_page::built_page;
pub use expect::{Search, Uncovered, expected_answers, expected_pages};
pub use outside::{OutsideLinks, dead_link, outside_links};
pub use patterns::{Matches, compile_pattern};
pub use readability::{Reading, reading};

/// Runs every rule, in parallel: none needs what another finds.
pub fn check(site: &Site, theme: &Theme, today: Date, diagnostics: &mut Diagnostics) {
    let rules: [&(dyn Fn(&mut Diagnostics) + Sync); 11] = [
        &|found| secrets::check(site, theme, found),
        &|found| links::check(site, found),
        &|found| characters::check(site, found),
        &|found| foreign::check(site, found),
        &|found| placeholders::check(site, found),
        &|found| addresses::check(site, found),
        &|found| publishing::check(site, found),
        &|found| guides::check(site, today, found),
        &|found| svg_safety::check(site, found),
        &|found| checklist::check(site, found),
        &|found| triage::check(site, found),
    ];
    let found: Vec<_> = rules
        .par_iter()
        .map(|rule| {
            let mut found = Diagnostics::default();
            rule(&mut found);
            found
        })
        .collect();
    let found = found.into_iter().flatten();
    diagnostics.extend(found.filter(|one| !only_follows(site, one)));
}

/// Gives every problem the level that its page or the site has chosen.
pub fn set_levels(site: &Site, diagnostics: &mut Diagnostics) {
    let pages = site
        .guides
        .iter()
        .filter(|guide| !guide.meta.rules.is_empty());
    let pages: BTreeMap<&str, &Levels> = pages
        .map(|guide| (guide.source.path(), &guide.meta.rules))
        .collect();
    diagnostics.set_levels(|problem| {
        let location = problem.location.as_ref();
        let page = location.and_then(|location| pages.get(location.source.path()));
        page.and_then(|levels| levels.get(&problem.code))
            .or_else(|| site.config.rules.get(&problem.code))
    });
}

/// Whether a name or page might be missing only because its table could not be fully read: then the problem of the table
/// is the one to report.
pub fn only_follows(site: &Site, problem: &Diagnostic) -> bool {
    let table = match problem.code {
        Code::UnknownLinkName => Some(Table::Links),
        Code::UnknownName => Some(Table::Checklist),
        Code::BrokenLink | Code::UnknownPage => problem.subject.as_deref().and_then(table_of),
        _ => None,
    };
    table.is_some_and(|table| site.partial_tables.contains(&table))
}

/// The table that a page at this path is made from.
fn table_of(path: &str) -> Option<Table> {
    let path = UrlPath::of_parts(path.split('/'));
    let mut pages = GeneratedPage::TOP_LEVEL.iter();
    let page = pages.find(|page| path.parts().next() == page.url().parts().next());
    page.map(GeneratedPage::table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_page_belongs_to_the_table_it_is_made_from() {
        for (path, expected) in [
            ("start", Some(Table::Triage)),
            ("/start/ask/", Some(Table::Triage)),
            ("checklist", Some(Table::Checklist)),
            ("starter.md", None),
            ("a/start", None),
            ("", None),
        ] {
            assert_eq!(table_of(path), expected, "{path}");
        }
    }
}
