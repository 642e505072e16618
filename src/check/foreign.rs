//! Markup of other tools that readers would see as literal text.
//!
//! In: the pages. Out: one finding for each kind, with its first location and how often it occurs, so that an author
//! who comes from another tool sees on one screen how much work there is.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::{Document, KINDS};
use crate::site::Site;
use crate::source::Location;

/// Counts every kind.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (index, kind) in KINDS.iter().enumerate() {
        let pages = locations(site, |document| {
            let foreign = document.foreign.iter().filter(|one| one.kind == index);
            foreign.map(|one| one.span.clone()).collect()
        });
        if let Some(first) = pages.first().and_then(|page| page.first()) {
            let message = format!(
                "readers see the raw markup of {}: {}",
                kind.what,
                count(&pages)
            );
            let problem = Diagnostic::warning(Code::ForeignMarkup, message);
            diagnostics.push(problem.at(first.clone()).hint(kind.instead));
        }
    }
    let comments = locations(site, |document| document.comments.clone());
    if let Some(first) = comments.first().and_then(|page| page.first()) {
        let message = format!(
            "HTML comments are left out of the site: {}",
            count(&comments)
        );
        diagnostics.push(Diagnostic::info(Code::ForeignMarkup, message).at(first.clone()));
    }
}

/// Spans of each page that has any.
fn locations(site: &Site, spans: impl Fn(&Document) -> Vec<Range<usize>>) -> Vec<Vec<Location>> {
    let pages = site.guides.iter().map(|guide| {
        let spans = spans(&guide.document).into_iter();
        spans
            .map(|span| Location::new(&guide.source, span))
            .collect::<Vec<_>>()
    });
    pages.filter(|page| !page.is_empty()).collect()
}

/// How many there are, in how many pages.
fn count(pages: &[Vec<Location>]) -> String {
    let plural = |count: usize, what: &str| match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    };
    let all = pages.iter().map(Vec::len).sum();
    format!("{} on {}", plural(all, "time"), plural(pages.len(), "page"))
}
