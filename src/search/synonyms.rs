//! Groups of words and phrases that readers use for the same thing.
//!
//! In: `synonyms.toml`. Out: the phrases as folded words, by group. Where a page holds any phrase of
//! a group the index says so under the group's own number, so a query needs one list for all of
//! them, whichever phrase the reader knows. It looks at no page.

use super::language::Language;
use super::words::{Part, words};

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

    /// For the index: per group its phrases, words apart by a space; none for a group `used` says no
    /// page holds, since it could lead nowhere.
    pub(super) fn as_text(&self, used: impl Fn(usize) -> bool) -> Vec<Vec<String>> {
        let groups = self.groups.iter().enumerate().map(|(number, group)| {
            let phrases = group.iter().filter(|_| used(number));
            phrases.map(|phrase| phrase.join(" ")).collect()
        });
        groups.collect()
    }
}

fn folded(phrase: &str) -> Vec<String> {
    let mut all = Vec::new();
    words(phrase, |word, part| {
        if part != Part::Joined {
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
        assert_eq!(phrases.as_text(|_| true), [["2fa", "two factor"]]);
    }
}
