//! Secrets in what the author wrote: a token in a guide would be published.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::recovery::secrets::{Certainty, Finding, Pattern, Scanner};
use crate::site::Site;
use crate::source::{Location, Source};
use crate::theme::Theme;

/// No secret is shorter, so only longer words are looked at.
const SHORTEST: usize = 16;
/// The site's own may be.
const SHORTEST_OWN: usize = 6;
/// Guesses that are worth a look even in a page: nobody writes these by chance.
const WORTH_A_LOOK: [&str; 2] = ["recovery-code", "authenticator-key"];

/// Looks through guides, checklist and triage.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let own = site.checklist.as_ref().map(|one| &*one.secrets);
    let scanner = Scanner::new([]).up_to_last(may_be_told);
    let scanner = scanner.with(own.unwrap_or_default());
    let checklist = site.checklist.iter().map(|one| &one.title.location.source);
    let triage = site.triage.iter().map(|one| &one.title.location.source);
    let guides = site.guides.iter().map(|guide| &guide.source);
    let sources: Vec<_> = guides.chain(checklist).chain(triage).collect();
    let told = sources.par_iter().map(|source| {
        let mut told = Diagnostics::default();
        scan(&scanner, source, &mut told);
        told
    });
    diagnostics.extend(told.collect::<Vec<_>>().into_iter().flatten());
}

/// Looks through a theme's templates.
pub fn check_templates(theme: &Theme, diagnostics: &mut Diagnostics) {
    let scanner = Scanner::new([]).up_to_last(may_be_told);
    for source in theme.templates.values() {
        scan(&scanner, source, diagnostics);
    }
}

fn scan(scanner: &Scanner, source: &Arc<Source>, diagnostics: &mut Diagnostics) {
    let text = source.text();
    // A private key is the one secret with spaces in it.
    if text.contains("PRIVATE KEY-----") {
        tell_all(scanner, (source, 0..text.len()), diagnostics);
        return;
    }
    let shortest = if scanner.has_own() {
        SHORTEST_OWN
    } else {
        SHORTEST
    };
    for word in words(text, shortest) {
        tell_all(scanner, (source, word), diagnostics);
    }
}

fn tell_all(
    scanner: &Scanner,
    (source, stretch): (&Arc<Source>, Range<usize>),
    diagnostics: &mut Diagnostics,
) {
    let found = scanner.find(&source.text()[stretch.clone()], "");
    for one in found.into_iter().filter(|one| worth_telling(scanner, one)) {
        let span = stretch.start + one.span.start..stretch.start + one.span.end;
        diagnostics.push(tell(&one, Location::new(source, span)));
    }
}

/// Whether what it finds is ever worth telling.
fn may_be_told(pattern: &Pattern<'_>) -> bool {
    pattern.certainty == Certainty::Certain
        || pattern.certain_from < usize::MAX
        || WORTH_A_LOOK.contains(&pattern.id)
}

fn worth_telling(scanner: &Scanner, one: &Finding<'_>) -> bool {
    one.certainty == Certainty::Certain
        || WORTH_A_LOOK.contains(&one.pattern.id)
        || scanner.owns(one.pattern.id)
}

fn tell(one: &Finding<'_>, location: Location) -> Diagnostic {
    let what = one.pattern.what;
    if one.certainty == Certainty::Certain {
        Diagnostic::error(Code::Secret, format!("this looks like {what}"))
            .at(location)
            .hint("take it out and revoke it: whoever has read this file may have it")
    } else {
        Diagnostic::warning(Code::Secret, format!("this looks like {what}"))
            .at(location)
            .hint(
                "take it out, or write a sample that nobody could use, such as `badc0ffee0ddf00d`",
            )
    }
}

/// Words long enough to be a secret, with a digit; addresses only where they carry a value.
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
