//! Characters that show a reviewer one thing and a reader another.

use std::cell::LazyCell;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::invisible::misleading;
use crate::site::{Guide, Site};
use crate::source::{Location, Source};

/// Reports invisible characters and text-direction controls.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    for guide in &site.guides {
        let compared = LazyCell::new(|| compared(guide));
        source(&guide.source, |at| is_within(&compared, at), diagnostics);
    }
    for table in &site.tables {
        // Titles, labels, addresses, the words of a request: all of it is read letter by letter.
        source(table, |_| true, diagnostics);
    }
}

fn source(
    source: &Arc<Source>,
    is_sensitive: impl Fn(usize) -> bool,
    diagnostics: &mut Diagnostics,
) {
    let text = source.text();
    if text.is_ascii() {
        return;
    }
    for (at, character) in text.char_indices() {
        let Some(kind) = misleading(text, at, character) else {
            continue;
        };
        let message = format!("{kind} U+{:04X}", u32::from(character));
        let problem = if is_sensitive(at) {
            let message = format!("{message} in text that readers compare letter by letter");
            Diagnostic::error(Code::HiddenCharacter, message)
        } else {
            Diagnostic::warning(Code::HiddenCharacter, message)
        };
        let location = Location::new(source, at..at + character.len_utf8());
        let hint = "delete it and type the text around it again";
        diagnostics.push(problem.at(location).hint(hint));
    }
}

/// The spans of links, code and titles, which readers compare letter by letter, in order: the start of each, and the
/// furthest end of any span so far.
fn compared(guide: &Guide) -> Vec<(usize, usize)> {
    let document = &guide.document;
    let title = guide.meta.title.iter().map(|title| &title.location.span);
    let headings = document.headings.iter().chain(&document.heading);
    let links = document.links.iter().map(|link| &link.span);
    let mut spans: Vec<_> = title
        .chain(headings.map(|heading| &heading.span))
        .chain(links)
        .chain(&document.code)
        .collect();
    spans.sort_by_key(|span| span.start);
    let mut reach = 0;
    let spans = spans.into_iter().map(|span| {
        reach = reach.max(span.end);
        (span.start, reach)
    });
    spans.collect()
}

fn is_within(spans: &[(usize, usize)], at: usize) -> bool {
    let begun = spans.partition_point(|(start, _)| *start <= at);
    begun > 0 && spans[begun - 1].1 > at
}
