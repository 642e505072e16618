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
    pub(super) fn new<'a>(groups: impl Iterator<Item = &'a [String]>) -> Self {
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

    /// For the index: per group its phrases, words apart by a space.
    pub(super) fn as_text(&self) -> Vec<Vec<String>> {
        let join = |group: &Vec<Vec<String>>| group.iter().map(|phrase| phrase.join(" ")).collect();
        self.groups.iter().map(join).collect()
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
        let phrases = Phrases::new(groups.iter().map(Vec::as_slice));
        assert_eq!(phrases.as_text(), [["2fa", "two factor"]]);
    }
}
