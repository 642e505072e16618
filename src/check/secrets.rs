//! Secrets in what the author wrote, which would be published.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::recovery::secrets::{Certainty, Match, Scanner};
use crate::site::Site;
use crate::source::{Location, Source};
use crate::theme::Theme;

/// Only words at least as long as the shortest built-in secret are scanned.
const SHORTEST: usize = 16;
/// The site's own secrets may be shorter.
const SHORTEST_OWN: usize = 6;
/// A guess that is reported even in a page: nobody writes one by chance.
const WORTH_A_LOOK: &str = "authenticator-key";

/// Scans guides, checklist, triage and the theme's templates.
pub(super) fn check(site: &Site, theme: &Theme, diagnostics: &mut Diagnostics) {
    let own = site.checklist.as_ref().map_or(&[][..], |one| &one.secrets);
    let scanner = Scanner::new(own, [])
        .only(|kind| kind.certainty == Certainty::Certain || kind.own || kind.id == WORTH_A_LOOK);
    let checklist = site.checklist.iter().map(|one| &one.title.location.source);
    let triage = site.triage.iter().map(|one| &one.title.location.source);
    let guides = site.guides.iter().map(|guide| &guide.source);
    let tables = checklist.chain(triage);
    let sources: Vec<_> = guides
        .chain(tables)
        .chain(theme.templates.values())
        .collect();
    let found: Vec<_> = sources.par_iter().map(|one| scan(&scanner, one)).collect();
    diagnostics.extend(found.into_iter().flatten());
}

fn scan(scanner: &Scanner, source: &Arc<Source>) -> Vec<Diagnostic> {
    let text = source.text();
    // A private key is the one secret with spaces in it.
    let parts = if text.contains("PRIVATE KEY-----") {
        let whole = 0..text.len();
        vec![whole]
    } else {
        let has_own = scanner.rules().kinds.iter().any(|kind| kind.own);
        words(text, if has_own { SHORTEST_OWN } else { SHORTEST }).collect()
    };
    let find = |part: &Range<usize>| {
        let found = scanner.find(&text[part.clone()], "").into_iter();
        let moved = found.map(|found| Match {
            span: part.start + found.span.start..part.start + found.span.end,
            ..found
        });
        moved.collect::<Vec<_>>()
    };
    let mut problems = Vec::new();
    for part in parts {
        let mut found = find(&part);
        if !found.is_empty() {
            // The line can say what it is: a checksum, for example.
            let in_context = find(&line(text, &part));
            found.retain(|one| in_context.iter().any(|other| other.span == one.span));
        }
        let found = found.iter();
        problems
            .extend(found.map(|one| diagnostic(one).at(Location::new(source, one.span.clone()))));
    }
    problems
}

/// The lines that a part of a text is in.
fn line(text: &str, part: &Range<usize>) -> Range<usize> {
    let start = text[..part.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[part.end..].find('\n');
    start..end.map_or(text.len(), |at| part.end + at)
}

fn diagnostic(found: &Match<'_>) -> Diagnostic {
    let message = format!("this looks like {}", found.kind.what);
    if found.certainty == Certainty::Certain {
        Diagnostic::error(Code::Secret, message)
            .hint("remove it and revoke it: everyone who has read this file might have it")
    } else {
        Diagnostic::warning(Code::Secret, message)
            .hint("remove it, or write a sample that cannot be real, such as `xxxx-xxxx`")
    }
}

/// Words long enough to be a secret, with a digit; addresses only if they contain a value.
fn words(text: &str, shortest: usize) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    let stretches = text
        .as_bytes()
        .split(u8::is_ascii_whitespace)
        .map(move |word| {
            let start = at;
            at += word.len() + 1;
            start..start + word.len()
        });
    stretches.filter(move |span| {
        let word = &text[span.clone()];
        word.len() >= shortest
            && word.bytes().any(|byte| byte.is_ascii_digit())
            && (word.contains('=') || !word.contains("://"))
    })
}
