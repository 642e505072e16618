//! Heading text → the id that links to the heading end with, unique on its page.

use std::collections::{HashMap, HashSet};

use crate::ids::nfc;

/// Part of the ids that the theme gives its own elements (`page--main`, `note--1`), and never of a heading's.
pub const OWN: &str = "--";

/// Lower-case letters and digits of any script, words joined by single hyphens; `section` if
/// nothing is left.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in nfc(text).chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') && separates(character) {
            slug.push('-');
        }
    }
    let kept = slug.trim_end_matches('-').len();
    slug.truncate(kept);
    if slug.is_empty() {
        slug.push_str("section");
    }
    slug
}

/// Apostrophes vanish (`don't` → `dont`); everything else separates words.
fn separates(character: char) -> bool {
    !matches!(character, '\'' | '\u{2019}' | '`' | '"')
}

/// The ids that one page has so far.
#[derive(Debug, Default)]
pub struct UniqueIds {
    used: HashSet<String>,
    next: HashMap<String, usize>,
}

impl UniqueIds {
    /// The id for a heading's text; a repeated one gets `-2`, `-3`, …
    pub fn of_text(&mut self, text: &str) -> String {
        let wanted = slug(text);
        let given = if self.used.contains(&wanted) {
            self.numbered(&wanted)
        } else {
            wanted
        };
        self.used.insert(given.clone());
        given
    }

    /// Takes an id the author chose; `false` if the page has it already.
    pub fn take(&mut self, id: &str) -> bool {
        self.used.insert(id.to_owned())
    }

    /// A counter for each name, never a search from 2 again: 20,000 equal headings stay linear.
    fn numbered(&mut self, wanted: &str) -> String {
        let next = self.next.entry(wanted.to_owned()).or_insert(2);
        loop {
            let candidate = format!("{wanted}-{next}");
            *next += 1;
            if !self.used.contains(&candidate) {
                return candidate;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slugs_keep_words_of_any_script() {
        let cases = [
            ("If this fails", "if-this-fails"),
            ("Don't panic!", "dont-panic"),
            ("  2FA & codes  ", "2fa-codes"),
            ("Für später", "für-später"),
            ("復旧コード", "復旧コード"),
            ("???", "section"),
        ];
        for (text, expected) in cases {
            assert_eq!(slug(text), expected, "{text}");
        }
    }

    #[test]
    fn repeated_names_are_numbered() {
        let mut ids = UniqueIds::default();
        let given: Vec<_> = ["Codes", "Codes", "Codes 2", "Codes", "Search"]
            .map(|text| ids.of_text(text))
            .into();
        assert_eq!(
            given,
            ["codes", "codes-2", "codes-2-2", "codes-3", "search"]
        );
    }

    #[test]
    fn a_chosen_name_is_taken_once() {
        let mut ids = UniqueIds::default();
        let taken = ["codes", "codes", "main"].map(|id| ids.take(id));
        assert_eq!(taken, [true, false, true]);
    }

    proptest! {
        #[test]
        fn no_heading_gets_a_name_of_the_page_s_own(text in "[a-z -]{0,24}") {
            prop_assert!(!slug(&text).contains(OWN));
        }

        #[test]
        fn fragments_of_a_page_differ(texts in prop::collection::vec("[a-c2 -]{0,6}", 0..40)) {
            let mut ids = UniqueIds::default();
            let given: Vec<_> = texts.iter().map(|text| ids.of_text(text)).collect();
            let different: HashSet<_> = given.iter().collect();
            prop_assert_eq!(different.len(), given.len());
        }

        #[test]
        fn a_slug_is_its_own_slug(text in ".{0,24}") {
            let once = slug(&text);
            prop_assert_eq!(slug(&once), once);
        }
    }
}
