//! Phrases of the synonyms in a query.
//!
//! In: the phrases of an index and the words of a query. Out: which words are which group's phrase.
//! The browser does the same in `themes/default/js/search/query/terms.js`.

/// From this word up to that one, and the group.
pub(super) type Span = (usize, usize, usize);

/// A phrase and its group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    words: Vec<String>,
    group: usize,
}

/// All phrases.
pub(super) fn of(synonyms: &[Vec<String>]) -> Vec<Phrase> {
    let all = synonyms.iter().enumerate().flat_map(|(group, phrases)| {
        phrases.iter().map(move |phrase| Phrase {
            words: bare_words(phrase),
            group,
        })
    });
    all.collect()
}

/// Letters that double before an ending: `stop`, `stopped`.
const DOUBLED: [char; 8] = ['b', 'd', 'g', 'm', 'n', 'p', 'r', 't'];

/// The words of a phrase, bare.
pub(super) fn bare_words(phrase: &str) -> Vec<String> {
    phrase.split(' ').map(bare).collect()
}

/// `deleted`, `deleting` and `deletes` are one phrase word with `delete`: a reader's device has no
/// stemmer. Only the commonest endings are taken off; both sides are, so that no word need come out
/// as one of the language.
fn bare(word: &str) -> String {
    let letters = word.chars().count();
    let ending = |ending: &str| word.strip_suffix(ending).filter(|_| letters > 4);
    let plural = || {
        let rest = word.strip_suffix('s')?;
        (letters > 3 && !rest.ends_with('s')).then_some(rest)
    };
    let rest = ending("ing").or_else(|| ending("ed"));
    let rest = rest.or_else(|| ending("es")).or_else(plural);
    let mut bare: Vec<char> = rest.unwrap_or(word).chars().collect();
    if bare.len() > 3 && bare.ends_with(&['e']) {
        bare.pop();
    }
    let doubled = |letter: &char| bare.ends_with(&[*letter; 2]);
    if rest.is_some() && bare.len() > 3 && DOUBLED.iter().any(doubled) {
        bare.pop();
    }
    match bare.last_mut() {
        Some(last @ 'y') if letters > 2 => *last = 'i',
        _ => {}
    }
    bare.into_iter().collect()
}

/// Where phrases stand among words, fillers between their words or not. A span within a longer one
/// means nothing. Each word says whether it is a filler.
pub(super) fn spans(said: &[(&str, bool)], known: &[Phrase]) -> Vec<Span> {
    let words = said.iter().enumerate();
    let all: Vec<_> = words
        .map(|(at, (word, filler))| (at, bare(word), *filler))
        .collect();
    let content = all.iter().filter(|(_, _, filler)| !filler);
    let content: Vec<_> = content.cloned().collect();
    let mut spans = Vec::new();
    for words in [&all, &content] {
        for phrase in known {
            for window in words.windows(phrase.words.len()) {
                let fits = window
                    .iter()
                    .zip(&phrase.words)
                    .all(|((_, word, _), wanted)| word == wanted);
                if let (true, Some(first), Some(last)) = (fits, window.first(), window.last()) {
                    spans.push((first.0, last.0 + 1, phrase.group));
                }
            }
        }
    }
    spans.sort_unstable();
    spans.dedup();
    let within = |a: &Span, b: &Span| b.0 <= a.0 && a.1 <= b.1 && b.1 - b.0 > a.1 - a.0;
    let longest = spans
        .iter()
        .filter(|span| !spans.iter().any(|other| within(span, other)));
    longest.copied().collect()
}

/// Groups with a single word that begins so.
pub(super) fn begun<'a>(word: &'a str, known: &'a [Phrase]) -> impl Iterator<Item = usize> + 'a {
    let fits = move |phrase: &&Phrase| {
        word.chars().count() >= 3 && phrase.words.len() == 1 && phrase.words[0].starts_with(word)
    };
    known.iter().filter(fits).map(|phrase| phrase.group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_endings_make_no_difference() {
        for (one, other) in [
            ("codes", "code"),
            ("deleted", "delete"),
            ("storing", "stores"),
            ("stopped", "stop"),
            ("copied", "copy"),
            ("classes", "class"),
            ("selling", "sells"),
        ] {
            assert_eq!(bare(one), bare(other), "{one}, {other}");
        }
        for (one, other) in [("bed", "be"), ("sing", "s"), ("address", "addres")] {
            assert_ne!(bare(one), bare(other), "{one}, {other}");
        }
    }

    #[test]
    fn the_longest_phrase_counts_and_fillers_may_stand_between() {
        let known = of(&[
            vec!["code".to_owned(), "token".to_owned()],
            vec!["recovery code".to_owned(), "backup code".to_owned()],
            vec!["close account".to_owned(), "delete account".to_owned()],
        ]);
        let of = |said: &[(&str, bool)]| spans(said, &known);
        assert_eq!(of(&[("recovery", false), ("codes", false)]), [(0, 2, 1)]);
        assert_eq!(
            of(&[("close", false), ("my", true), ("account", false)]),
            [(0, 3, 2)]
        );
    }
}
