//! Words the site does not hold → words it does: other endings, then the fewest typing errors.
//!
//! In: a word and lists of words. Out: the nearest of them. `themes/default/js/search/query/spelling.js` does
//! the same.

use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Shorter words are too near to one another: for any error, for a letter that is another one, for the
/// first letter to be one. Two errors need room and a right first letter.
const ONE_ERROR: usize = 4;
const CHANGED_LETTER: usize = 5;
const CHANGED_FIRST: usize = 6;
const TWO_ERRORS: usize = 8;
const HALF_TYPED: usize = 6;
const MOST: usize = 4;
/// More errors than are told apart, and than anyone asks about.
pub(super) const MOST_ERRORS: usize = 4;
const FAR: usize = 9;
/// Cells of a row that so many errors can reach, and one past them.
const DIAGONAL: usize = 2 * MOST_ERRORS + 2;
/// By kind: one error, one error in a half-typed word, two errors.
const WEIGHTS: [u64; 3] = [70, 55, 50];

/// Whether a word is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Typed {
    /// It is followed by something.
    Whole,
    /// The reader may not be done with it.
    Half,
}

/// A word that may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Nearest {
    /// The word.
    pub(super) word: String,
    /// How much it counts, of 100.
    pub(super) weight: u64,
}

/// The same beginning with two endings of the language: `recoverable`, `recovery`.
pub(super) fn related(one: &str, other: &str, endings: &BTreeSet<&str>) -> bool {
    let letters = one.char_indices().zip(other.char_indices());
    let mut shared: Vec<(usize, usize)> = letters
        .take_while(|((_, a), (_, b))| a == b)
        .map(|((at, _), (other_at, _))| (at, other_at))
        .collect();
    let count = shared.len();
    shared.push(match shared.last() {
        Some((at, other_at)) => (next_start(one, *at), next_start(other, *other_at)),
        None => (0, 0),
    });
    let fits = |at: usize| {
        let (one_at, other_at) = shared[at];
        endings.contains(&one[one_at..]) && endings.contains(&other[other_at..])
    };
    (4..=count).rev().any(fits)
}

fn next_start(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

/// Letters added, dropped, changed, or two swapped, if no more than `limit`; else [`FAR`]. For a
/// half-typed word, the distance to the beginning of `other` that is nearest.
///
/// Only the diagonal is worked out that so few errors can reach: a cell `k` of a row stands for the
/// letter of `other` that is `k - limit` past that of `one`.
pub(super) fn distance(one: &[char], other: &[char], limit: usize, typed: Typed) -> usize {
    let limit = limit.min(MOST_ERRORS);
    let end = match typed {
        Typed::Half => other.len().min(one.len() + limit),
        Typed::Whole => other.len(),
    };
    if one.len().abs_diff(end) > limit {
        return FAR;
    }
    let mut before;
    let (mut last, mut row) = ([FAR; DIAGONAL], [FAR; DIAGONAL]);
    for (errors, cell) in row[limit..=2 * limit].iter_mut().enumerate() {
        *cell = errors;
    }
    for i in 1..=one.len() {
        (before, last, row) = (last, row, [FAR; DIAGONAL]);
        for k in limit.saturating_sub(i)..=(2 * limit).min(end + limit - i) {
            let j = i + k - limit;
            if j == 0 {
                row[k] = i;
                continue;
            }
            let changed = usize::from(one[i - 1] != other[j - 1]);
            let mut cost = (last[k] + changed).min(last[k + 1] + 1);
            if k > 0 {
                cost = cost.min(row[k - 1] + 1);
            }
            if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                cost = cost.min(before[k] + 1);
            }
            row[k] = cost;
        }
        if row.iter().all(|cost| *cost > limit) {
            return FAR;
        }
    }
    let errors = match typed {
        Typed::Half => row.iter().copied().min().unwrap_or(FAR),
        Typed::Whole => row[end + limit - one.len()],
    };
    if errors > limit { FAR } else { errors }
}

/// The cheapest kind of error only, and of it the most common words.
pub(super) fn nearest<'a>(
    word: &str,
    candidates: impl Iterator<Item = &'a (String, u64)>,
    typed: Typed,
) -> Vec<Nearest> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < ONE_ERROR {
        return Vec::new();
    }
    let mut kinds: [Vec<(Reverse<bool>, u64, &str)>; 3] = Default::default();
    let mut found: Vec<char> = Vec::new();
    for (other, rarity) in candidates {
        found.clear();
        found.extend(other.chars());
        let begins = found.first() == letters.first();
        if let Some(kind) = kind(&letters, &found, typed) {
            kinds[kind].push((Reverse(begins), *rarity, other));
        }
    }
    let Some(kind) = kinds.iter().position(|found| !found.is_empty()) else {
        return Vec::new();
    };
    let found = &mut kinds[kind];
    found.sort_unstable();
    // The first letter is seldom wrong: where any word has it, others are not meant.
    let Reverse(begins) = found[0].0;
    found.retain(|(Reverse(other), ..)| *other == begins);
    let words = found.iter().take(MOST).map(|(_, _, other)| Nearest {
        word: (*other).to_owned(),
        weight: WEIGHTS[kind],
    });
    words.collect()
}

fn kind(letters: &[char], found: &[char], typed: Typed) -> Option<usize> {
    let begins = found.first() == letters.first();
    if !resembles(letters, found) {
        return None;
    }
    let limit = if begins && letters.len() >= TWO_ERRORS {
        2
    } else {
        1
    };
    let errors = distance(letters, found, limit, Typed::Whole);
    let half = typed == Typed::Half && begins && letters.len() >= HALF_TYPED;
    if errors == 1 {
        Some(0)
    } else if half && distance(letters, found, 1, Typed::Half) <= 1 {
        Some(1)
    } else {
        (errors == 2).then_some(2)
    }
}

/// Whether a short word is not simply another one.
fn resembles(letters: &[char], found: &[char]) -> bool {
    let swapped = letters[..2].iter().rev().eq(found.iter().take(2));
    let first = letters.len() >= CHANGED_FIRST || found.first() == letters.first() || swapped;
    let mut sorted = [letters.to_vec(), found.to_vec()];
    for word in &mut sorted {
        word.sort_unstable();
    }
    let changed = letters.len() == found.len() && sorted[0] != sorted[1];
    first && (letters.len() >= CHANGED_LETTER || !changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_are_not_taken_for_others() {
        let of = |word: &str, other: &str| {
            let known = [(other.to_owned(), 1)];
            !nearest(word, known.iter(), Typed::Whole).is_empty()
        };
        for (word, other) in [("best", "test"), ("fell", "fill"), ("cover", "lover")] {
            assert!(!of(word, other), "{word}, {other}");
        }
        for (word, other) in [
            ("tset", "test"),
            ("etst", "test"),
            ("tets", "test"),
            ("fone", "fonte"),
            ("covr", "cover"),
        ] {
            assert!(of(word, other), "{word}, {other}");
        }
        let known = [("account".to_owned(), 3), ("count".to_owned(), 1)];
        let found = nearest("acount", known.iter(), Typed::Whole);
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(found[0].word, "account");
    }

    fn errors(one: &str, other: &str, typed: Typed) -> usize {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        distance(&letters(one), &letters(other), 2, typed)
    }

    #[test]
    fn a_swap_is_one_error() {
        for typed in ["recvoery", "recovry", "recoovery", "recobery"] {
            assert_eq!(errors(typed, "recovery", Typed::Whole), 1, "{typed}");
        }
        assert_eq!(errors("recvory", "recovery", Typed::Whole), 2);
        assert_eq!(errors("authentci", "authenticator", Typed::Half), 1);
        assert_eq!(errors("authentci", "authenticator", Typed::Whole), FAR);
    }

    #[test]
    fn more_errors_than_the_limit_are_far() {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        for (one, other, limit) in [
            ("wlan", "want", 1),
            ("drucker", "ducked", 1),
            ("tinte", "title", 1),
            ("authentci", "passwords", 1),
        ] {
            let found = distance(&letters(one), &letters(other), limit, Typed::Whole);
            assert_eq!(found, FAR, "{one}, {other}");
        }
    }

    /// Every cell of the table worked out, as the definition says.
    fn slowly(one: &[char], other: &[char], limit: usize, typed: Typed) -> usize {
        let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
        for i in 1..=one.len() {
            let mut row = vec![i];
            for j in 1..=other.len() {
                let changed = usize::from(one[i - 1] != other[j - 1]);
                let up = &rows[i - 1];
                let mut cost = (up[j] + 1).min(row[j - 1] + 1).min(up[j - 1] + changed);
                if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                    cost = cost.min(rows[i - 2][j - 2] + 1);
                }
                row.push(cost);
            }
            rows.push(row);
        }
        let row = &rows[one.len()];
        let least = match typed {
            Typed::Half => *row.iter().min().expect("never empty"),
            Typed::Whole => row[other.len()],
        };
        if least > limit { FAR } else { least }
    }

    proptest::proptest! {
        #[test]
        fn the_diagonal_is_enough(one in "[a-c]{1,7}", other in "[a-c]{1,9}", limit in 1..5_usize) {
            let (one, other): (Vec<_>, Vec<_>) = (one.chars().collect(), other.chars().collect());
            for typed in [Typed::Whole, Typed::Half] {
                let found = distance(&one, &other, limit, typed);
                proptest::prop_assert_eq!(found, slowly(&one, &other, limit, typed));
            }
        }
    }

    #[test]
    fn only_endings_may_differ() {
        let endings = BTreeSet::from(["", "s", "ing", "y", "able"]);
        for (one, other, expected) in [
            ("recoverable", "recovery", true),
            ("signing", "sign", true),
            ("note", "notion", false),
            ("passing", "passport", false),
            ("is", "ing", false),
        ] {
            assert_eq!(related(one, other, &endings), expected, "{one}, {other}");
        }
    }
}
