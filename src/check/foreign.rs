//! Markup of other tools that readers would see as literal text: one finding for each kind, so that an author who comes
//! from another tool sees on one screen how much work there is.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::markdown::{Document, KINDS};
use crate::site::Site;
use crate::source::Location;

/// Counts every kind.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for (index, kind) in KINDS.iter().enumerate() {
        let found = count(site, |document| {
            let foreign = document.foreign.iter().filter(|one| one.kind == index);
            foreign.map(|one| one.span.clone()).collect()
        });
        diagnostics.extend(found.map(|(first, count)| {
            let message = format!("readers see the raw markup of {}: {count}", kind.what);
            let problem = Diagnostic::warning(Code::ForeignMarkup, message);
            problem.at(first).hint(kind.instead)
        }));
    }
    let comments = count(site, |document| document.comments.clone());
    diagnostics.extend(comments.map(|(first, count)| {
        let message = format!("HTML comments are left out of the site: {count}");
        Diagnostic::info(Code::ForeignMarkup, message).at(first)
    }));
}

/// The first location, and `3 times on 2 pages`.
fn count(
    site: &Site,
    spans: impl Fn(&Document) -> Vec<Range<usize>>,
) -> Option<(Location, String)> {
    let plural = |count: usize, what: &str| match count {
        1 => format!("1 {what}"),
        count => format!("{count} {what}s"),
    };
    let (mut first, mut all, mut pages) = (None, 0, 0);
    for guide in &site.guides {
        let spans = spans(&guide.document);
        if let Some(span) = spans.first() {
            first.get_or_insert_with(|| Location::new(&guide.source, span.clone()));
            all += spans.len();
            pages += 1;
        }
    }
    let count = format!("{} on {}", plural(all, "time"), plural(pages, "page"));
    Some((first?, count))
}
