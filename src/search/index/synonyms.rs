//! Groups of words and phrases that mean the same.
//!
//! In: `synonyms.toml` and the groups of the language. Out: phrases as folded words, by group. Each group is
//! indexed as one term, so a query needs one posting list for all its phrases.

use std::collections::BTreeSet;

use super::language::Language;
use super::tokenizer::{TokenKind, tokenize};
use super::vocabulary::Vocabulary;

/// A group that is found on more than a third of the pages is used only if one of its words is on no page.
const TOO_MANY: usize = 3;

/// All groups, the site's own first.
pub(super) struct SynonymGroups {
    /// For each group its phrases, as folded words.
    groups: Vec<Vec<Vec<String>>>,
    /// How many groups are the site's own.
    pub(super) own: usize,
}

impl SynonymGroups {
    /// Folds the phrases. Groups with fewer than two different phrases are left out.
    pub(super) fn new(own: &[Vec<String>], general: &[Vec<String>], language: &Language) -> Self {
        let fold = |groups: &[Vec<String>]| -> Vec<_> {
            let groups = groups.iter().map(|group| {
                let phrases = group.iter().map(|phrase| folded(phrase, language));
                let phrases: BTreeSet<_> = phrases.filter(|phrase| !phrase.is_empty()).collect();
                phrases.into_iter().collect::<Vec<_>>()
            });
            groups.filter(|group| group.len() > 1).collect()
        };
        let mut groups = fold(own);
        let own = groups.len();
        groups.extend(fold(general));
        Self { groups, own }
    }

    /// How many groups.
    pub(super) fn count(&self) -> usize {
        self.groups.len()
    }

    /// Each phrase, with the number of its group.
    pub(super) fn phrases(&self) -> impl Iterator<Item = (&[String], usize)> {
        let groups = self.groups.iter().enumerate();
        groups.flat_map(|(number, group)| group.iter().map(move |phrase| (&**phrase, number)))
    }

    /// The groups for the index, without phrases that differ in their endings only. Of the general groups, only those
    /// that find more than their words do.
    pub(super) fn for_index(&self, vocabulary: &Vocabulary, pages: usize) -> Vec<SynonymGroup> {
        let groups = self.groups.iter().enumerate();
        let useful = groups.filter(|(number, group)| {
            let found = vocabulary.groups[*number].pages;
            let mut words = group.iter().flatten();
            let is_own = *number < self.own;
            let mut finds_more =
                || found * TOO_MANY < pages || words.any(|word| vocabulary.pages_of(word) == 0);
            found > 0 && (is_own || finds_more())
        });
        let groups = useful.map(|(number, group)| {
            let mut known = BTreeSet::new();
            let phrases = group.iter().map(|phrase| phrase.join(" "));
            SynonymGroup {
                number,
                phrases: phrases
                    .filter(|phrase| known.insert(strip_endings(phrase)))
                    .collect(),
            }
        });
        groups.collect()
    }
}

/// A group as the index contains it.
pub(super) struct SynonymGroup {
    /// Its number among all groups, the site's own first.
    pub(super) number: usize,
    pub(super) phrases: Vec<String>,
}

impl SynonymGroup {
    /// For each phrase what all forms of its first word that is not a stop word start with: a query with this phrase
    /// looks for the group there. See [`Self::stop_phrases`] for phrases of stop words.
    pub(super) fn starts<'g>(&'g self, stop_words: &'g [String]) -> impl Iterator<Item = String> {
        self.phrases.iter().map(|phrase| {
            let mut words = phrase.split(' ');
            let first = words.clone().find(|word| !is_stop_word(word, stop_words));
            let mut start = strip_ending(first.or_else(|| words.next()).unwrap_or_default());
            // "copy" and "copies"
            if start.ends_with('i') {
                start.pop();
            }
            start
        })
    }

    /// The phrases of stop words alone, such as "how much".
    pub(super) fn stop_phrases<'g>(
        &'g self,
        stop_words: &'g [String],
    ) -> impl Iterator<Item = &'g str> {
        let phrases = self.phrases.iter().map(String::as_str);
        phrases.filter(|phrase| phrase.split(' ').all(|word| is_stop_word(word, stop_words)))
    }
}

/// The stop words are sorted.
fn is_stop_word(word: &str, stop_words: &[String]) -> bool {
    stop_words
        .binary_search_by(|stop| stop.as_str().cmp(word))
        .is_ok()
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
    use super::super::vocabulary::Stem;
    use super::*;

    /// The first `own` of these groups are the site's.
    fn english(groups: &[&[&str]], own: usize) -> SynonymGroups {
        let groups = groups.iter();
        let groups: Vec<Vec<String>> = groups
            .map(|group| group.iter().map(|phrase| (*phrase).to_owned()).collect())
            .collect();
        SynonymGroups::new(&groups[..own], &groups[own..], &Language::of("en"))
    }

    /// The groups for a site of twelve pages. `words` are the numbers of pages that contain each word, and `any` is the
    /// number of those that contain any word of a group.
    fn for_index(groups: &SynonymGroups, words: &[(&str, usize)], any: usize) -> Vec<SynonymGroup> {
        let stem = |pages| Stem {
            pages,
            rarity: 1,
            list: String::new(),
        };
        let vocabulary = Vocabulary {
            words: words
                .iter()
                .zip(0..)
                .map(|((word, _), at)| (*word, at))
                .collect(),
            stems: words.iter().map(|(_, pages)| stem(*pages)).collect(),
            groups: groups.groups.iter().map(|_| stem(any)).collect(),
        };
        groups.for_index(&vocabulary, 12)
    }

    #[test]
    fn phrases_are_folded_and_equal_ones_merged() {
        let groups = english(
            &[&["2FA", "Two-Factor", "two factor"], &["alone", "Alone"]],
            2,
        );
        let groups = for_index(&groups, &[], 3);
        assert_eq!(groups.len(), 1);
        assert_eq!(groups[0].phrases, ["2fa", "two factor"]);
    }

    #[test]
    fn useless_groups_are_left_out() {
        let all = ["delete", "deleted", "remove", "wipe"].map(|word| (word, 6));
        for (own, words, any, is_useful) in [
            (0, &[][..], 3, true),
            (0, &[], 0, false),
            (0, &[("remove", 7)], 7, true),
            (0, &all, 6, false),
            (1, &all, 6, true),
        ] {
            let groups = english(&[&["remove", "delete", "deleted", "wipe"]], own);
            let found = for_index(&groups, words, any);
            let phrases: Vec<_> = found.iter().flat_map(|group| &group.phrases).collect();
            let expected: &[&str] = if is_useful {
                &["delete", "remove", "wipe"]
            } else {
                &[]
            };
            assert_eq!(phrases, expected, "{own} {words:?}");
        }
    }

    #[test]
    fn a_phrase_starts_with_its_first_word_that_is_not_a_stop_word() {
        let groups = english(&[&["the codes", "how much", "lists"]], 1);
        let [group] = &for_index(&groups, &[], 1)[..] else {
            panic!("one group");
        };
        let stop_words = ["how", "much", "the"].map(str::to_owned);
        let starts: Vec<_> = group.starts(&stop_words).collect();
        assert_eq!(starts, ["how", "list", "cod"]);
        let stop_phrases: Vec<_> = group.stop_phrases(&stop_words).collect();
        assert_eq!(stop_phrases, ["how much"]);
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
