//! What a starter site leaves for its author to fill in.
//!
//! A placeholder is `FILL-IN` in capitals, often with words after it: `FILL-IN-NUMBER-OF-DAYS`. It has no meaning in TOML,
//! in Markdown or in an address, and no sentence contains it by chance.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::site::Site;
use crate::source::Location;

const MARK: &str = "FILL-IN";

/// Warns of each placeholder, wherever in a file it is.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let pages = site.guides.iter().map(|guide| &guide.source);
    for source in site.tables.iter().chain(pages) {
        for span in placeholders(source.text()) {
            let written = &source.text()[span.clone()];
            let message = format!("`{written}` is still to be filled in");
            let problem = Diagnostic::warning(Code::Placeholder, message);
            let problem = problem.hint(hint(&written[MARK.len()..]));
            diagnostics.push(problem.at(Location::new(source, span)));
        }
    }
}

fn hint(words: &str) -> String {
    if words.is_empty() {
        return "write what is true of your service in its place".to_owned();
    }
    let words = words.replace('-', " ").to_lowercase();
    format!("write in its place:{words}")
}

/// The mark as a word of its own, and the words in capitals joined to it.
fn placeholders(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    text.match_indices(MARK).filter_map(move |(start, _)| {
        let rest = &text[start + MARK.len()..];
        let joined = |c: char| c == '-' || c.is_uppercase() || c.is_ascii_digit();
        let after = rest.trim_start_matches(joined);
        let words = rest[..rest.len() - after.len()].trim_end_matches('-');
        let is_whole = !text[..start].ends_with(is_part)
            && !rest[words.len()..].starts_with(is_part)
            && (words.is_empty() || words.starts_with('-'));
        is_whole.then_some(start..start + MARK.len() + words.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_placeholder_is_a_word_of_its_own() {
        let cases: &[(&str, &[&str])] = &[
            ("FILL-IN", &["FILL-IN"]),
            ("your FILL-IN-SERVICE account", &["FILL-IN-SERVICE"]),
            ("FILL-IN-A.FILL-IN-B2", &["FILL-IN-A", "FILL-IN-B2"]),
            ("(FILL-IN-DAYS-)", &["FILL-IN-DAYS"]),
            ("mailto:FILL-IN-BOX@a.example", &["FILL-IN-BOX"]),
            ("**FILL-IN-ÉTÉ**", &["FILL-IN-ÉTÉ"]),
            ("a fill-in form, Fill-in", &[]),
            ("REFILL-IN FILL-INS FILL-IN_A FILL-IN-As FILL IN", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<_> = placeholders(text).map(|span| &text[span]).collect();
            assert_eq!(found, *expected, "{text}");
        }
    }

    #[test]
    fn the_hint_repeats_the_words() {
        assert_eq!(
            hint("-NUMBER-OF-DAYS"),
            "write in its place: number of days"
        );
        assert!(hint("").contains("your service"));
    }
}
