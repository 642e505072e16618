//! Groups of words and phrases that readers use for the same thing.
//!
//! In: `synonyms.toml`. Out: the phrases as folded words, by group. Where a page holds any phrase of
//! a group the index says so under the group's own number, so a query needs one list for all of
//! them, whichever phrase the reader knows. It looks at no page.

use std::collections::BTreeSet;

use super::language::Language;
use super::phrases::bare_words;
use super::vocabulary::synonym_name;
use super::words::{TokenKind, words};

/// A group that one of so many pages holds tells pages apart too little.
const TOO_MANY: usize = 3;

/// All groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Phrases {
    /// Per group its phrases, each as folded words.
    groups: Vec<Vec<Vec<String>>>,
}

impl Phrases {
    /// Folds the phrases. Groups that name nothing twice mean nothing and are left out.
    pub(super) fn new<'a>(groups: impl Iterator<Item = &'a Vec<String>>) -> Self {
        let groups = groups.map(|group| {
            let mut phrases: Vec<_> = group.iter().map(|phrase| folded(phrase)).collect();
            phrases.retain(|phrase| !phrase.is_empty());
            phrases.sort();
            phrases.dedup();
            phrases
        });
        Self {
            groups: groups.filter(|group| group.len() > 1).collect(),
        }
    }

    /// These groups, then those.
    pub(super) fn and(mut self, mut others: Self) -> Self {
        self.groups.append(&mut others.groups);
        self
    }

    /// How many groups.
    pub(super) fn groups(&self) -> usize {
        self.groups.len()
    }

    /// Each phrase with its group, words replaced by their stems.
    pub(super) fn by_stem(&self, language: &Language) -> Vec<(Vec<String>, usize)> {
        let mut all = Vec::new();
        for (number, group) in self.groups.iter().enumerate() {
            for phrase in group {
                let stems = phrase.iter().map(|word| language.stem(word).into_owned());
                all.push((stems.collect(), number));
            }
        }
        // `code` and `codes` are one phrase to a page.
        all.sort();
        all.dedup();
        all
    }

    /// For the index: per group its phrases, words apart by a space. Every reader fetches this, so
    /// phrases that come to the same are left out, and of groups past the `own` first those that lead
    /// nowhere.
    pub(super) fn as_text(&self, own: usize, held: &Held) -> Vec<Vec<String>> {
        let groups = self.groups.iter().enumerate().map(|(number, group)| {
            let pages = (held.pages_of)(&synonym_name(number));
            let phrases: Vec<String> = group.iter().map(|phrase| phrase.join(" ")).collect();
            let leads = pages > 0 && (number < own || held.leads(&phrases, pages));
            let mut known = BTreeSet::new();
            let new = |phrase: &String| leads && known.insert(bare_words(phrase));
            phrases.into_iter().filter(new).collect()
        });
        groups.collect()
    }
}

/// What the pages of a site hold.
pub(super) struct Held<'v> {
    /// How many pages hold a word, or any phrase of a group by its name.
    pub(super) pages_of: &'v dyn Fn(&str) -> usize,
    /// How many pages there are.
    pub(super) pages: usize,
}

impl Held<'_> {
    /// Whether a group that so many pages hold finds more than its words do: where a good part of the
    /// site holds it, only if the site lacks one of them.
    fn leads(&self, phrases: &[String], pages: usize) -> bool {
        let mut words = phrases.iter().flat_map(|phrase| phrase.split(' '));
        pages * TOO_MANY < self.pages || words.any(|word| (self.pages_of)(word) == 0)
    }
}

fn folded(phrase: &str) -> Vec<String> {
    let mut all = Vec::new();
    words(phrase, |word, part| {
        if part != TokenKind::Compound {
            all.push(word.to_owned());
        }
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_folded_and_equal_ones_merged() {
        let groups = [
            vec![
                "2FA".to_owned(),
                "Two-Factor".to_owned(),
                "two factor".to_owned(),
            ],
            vec!["alone".to_owned(), "Alone".to_owned()],
        ];
        let phrases = Phrases::new(groups.iter());
        assert_eq!(text(&phrases, 1, &[]), ["2fa", "two factor"]);
    }

    /// On a site of twelve pages of which three hold any group; `words` on as many as they say.
    fn text(phrases: &Phrases, own: usize, words: &[(&str, usize)]) -> Vec<String> {
        let pages_of = |name: &str| {
            let found = words.iter().find(|(word, _)| *word == name);
            found.map_or(3 * usize::from(name.starts_with('~')), |(_, pages)| *pages)
        };
        let held = Held {
            pages_of: &pages_of,
            pages: 12,
        };
        phrases.as_text(own, &held).concat()
    }

    #[test]
    fn what_leads_a_reader_nowhere_is_left_out() {
        let group = ["remove", "delete", "deleted", "wipe"].map(str::to_owned);
        let phrases = Phrases::new([group.to_vec()].iter());
        let all = ["remove", "delete", "deleted", "wipe", "~0"].map(|word| (word, 6));
        for (own, words, expected) in [
            (0, &[][..], &["delete", "remove", "wipe"][..]),
            (0, &[("~0", 0)], &[]),
            (
                0,
                &[("~0", 7), ("remove", 7)],
                &["delete", "remove", "wipe"],
            ),
            (0, &all, &[]),
            (1, &all, &["delete", "remove", "wipe"]),
        ] {
            assert_eq!(text(&phrases, own, words), expected, "{own} {words:?}");
        }
    }
}
