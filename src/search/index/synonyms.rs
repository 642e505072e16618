//! Groups of words and phrases that mean the same.
//!
//! In: `synonyms.toml` and the groups of the language. Out: phrases as folded words, by group. Each group is
//! indexed as one term, so a query needs one posting list for all its phrases.

use std::collections::BTreeSet;

use super::language::Language;
use super::tokenizer::{TokenKind, tokenize};
use super::vocabulary::synonym_name;

/// A group that one page in so many contains distinguishes pages too little.
const TOO_MANY: usize = 3;

/// The stems of a phrase, and the number of its group.
pub(super) type Phrase = (Vec<String>, usize);

/// All groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SynonymGroups {
    /// For each group its phrases, as folded words.
    groups: Vec<Vec<Vec<String>>>,
}

impl SynonymGroups {
    /// Folds the phrases. Groups with fewer than two different phrases are left out.
    pub(super) fn new<'a>(
        groups: impl Iterator<Item = &'a Vec<String>>,
        language: &Language,
    ) -> Self {
        let groups = groups.map(|group| {
            let mut phrases: Vec<_> = group
                .iter()
                .map(|phrase| folded(phrase, language))
                .collect();
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

    /// Each phrase as stems, with its group.
    pub(super) fn by_stem(&self, language: &Language) -> Vec<Phrase> {
        let mut all = Vec::new();
        for (number, group) in self.groups.iter().enumerate() {
            for phrase in group {
                let stems = phrase.iter().map(|word| language.stem(word).into_owned());
                all.push((stems.collect(), number));
            }
        }
        all.sort();
        all.dedup();
        all
    }

    /// The phrases of each group for the index. Every reader loads them, so they leave out phrases that differ in
    /// their endings only, and useless groups after the first `own`.
    pub(super) fn for_index(&self, own: usize, coverage: &Coverage) -> Vec<Vec<String>> {
        let groups = self.groups.iter().enumerate().map(|(number, group)| {
            let pages = (coverage.pages_of)(&synonym_name(number));
            let phrases: Vec<String> = group.iter().map(|phrase| phrase.join(" ")).collect();
            let useful = pages > 0 && (number < own || coverage.is_useful(&phrases, pages));
            let mut known = BTreeSet::new();
            let new = |phrase: &String| useful && known.insert(strip_endings(phrase));
            phrases.into_iter().filter(new).collect()
        });
        groups.collect()
    }
}

/// How many pages of a site contain a term.
pub(super) struct Coverage<'v> {
    /// The number of pages that contain a word, or any phrase of a group of synonyms.
    pub(super) pages_of: &'v dyn Fn(&str) -> usize,
    /// The number of all pages.
    pub(super) pages: usize,
}

impl Coverage<'_> {
    /// Whether a group on so many pages finds more than its words do. If a good part of the site contains it, it
    /// does so only if no page contains one of the words.
    fn is_useful(&self, phrases: &[String], pages: usize) -> bool {
        let mut words = phrases.iter().flat_map(|phrase| phrase.split(' '));
        pages * TOO_MANY < self.pages || words.any(|word| (self.pages_of)(word) == 0)
    }
}

fn folded(phrase: &str, language: &Language) -> Vec<String> {
    let mut all = Vec::new();
    tokenize(phrase, |word, kind, _| {
        if kind != TokenKind::Compound {
            all.push(language.respell(word).into_owned());
        }
    });
    all
}

/// Letters that double before an ending: `stop`, `stopped`.
const DOUBLED: [char; 8] = ['b', 'd', 'g', 'm', 'n', 'p', 'r', 't'];

fn strip_endings(phrase: &str) -> Vec<String> {
    phrase.split(' ').map(strip_ending).collect()
}

/// Takes off the most common endings, as `synonyms.js` does in the browser, which has no stemmer.
fn strip_ending(word: &str) -> String {
    let letters = word.chars().count();
    let ending = |ending: &str| word.strip_suffix(ending).filter(|_| letters > 4);
    let plural = || {
        let rest = word.strip_suffix('s')?;
        (letters > 3 && !rest.ends_with('s')).then_some(rest)
    };
    let rest = ending("ing").or_else(|| ending("ed"));
    let rest = rest.or_else(|| ending("es")).or_else(plural);
    let mut stripped: Vec<char> = rest.unwrap_or(word).chars().collect();
    if stripped.len() > 3 && stripped.ends_with(&['e']) {
        stripped.pop();
    }
    let doubled = |letter: &char| stripped.ends_with(&[*letter; 2]);
    if rest.is_some() && stripped.len() > 3 && DOUBLED.iter().any(doubled) {
        stripped.pop();
    }
    match stripped.last_mut() {
        Some(last @ 'y') if letters > 2 => *last = 'i',
        _ => {}
    }
    stripped.into_iter().collect()
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
        let phrases = SynonymGroups::new(groups.iter(), &Language::of("en"));
        assert_eq!(text(&phrases, 1, &[]), ["2fa", "two factor"]);
    }

    /// For a site of twelve pages, of which three contain any group, and so many the `words`.
    fn text(phrases: &SynonymGroups, own: usize, words: &[(&str, usize)]) -> Vec<String> {
        let pages_of = |name: &str| {
            let found = words.iter().find(|(word, _)| *word == name);
            found.map_or(3 * usize::from(name.starts_with('~')), |(_, pages)| *pages)
        };
        let coverage = Coverage {
            pages_of: &pages_of,
            pages: 12,
        };
        phrases.for_index(own, &coverage).concat()
    }

    #[test]
    fn useless_groups_are_left_out() {
        let group = ["remove", "delete", "deleted", "wipe"].map(str::to_owned);
        let phrases = SynonymGroups::new([group.to_vec()].iter(), &Language::of("en"));
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

    #[test]
    fn common_endings_make_no_difference() {
        for (one, other) in [
            ("codes", "code"),
            ("deleted", "delete"),
            ("storing", "stores"),
            ("stopped", "stop"),
            ("copied", "copy"),
            ("classes", "class"),
            ("selling", "sells"),
        ] {
            assert_eq!(strip_ending(one), strip_ending(other), "{one}, {other}");
        }
        for (one, other) in [("bed", "be"), ("sing", "s"), ("address", "addres")] {
            assert_ne!(strip_ending(one), strip_ending(other), "{one}, {other}");
        }
    }
}
