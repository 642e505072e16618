//! A section's text and which of its words matched → the passage that shows them best.
//!
//! In: text, and whether a word was asked for. Out: one line for a terminal. The browser makes its
//! own, with the words marked (`themes/default/js/search/query/snippet.js`).

use std::collections::BTreeSet;

use super::words::words;

/// Letters of a passage, and of what may stand before its first match.
const LENGTH: usize = 160;
const LEAD: usize = 50;

/// The passage with the most different words asked for; the first of equals.
pub(super) fn excerpt(text: &str, asked: impl Fn(&str) -> bool) -> String {
    let all: Vec<&str> = text.split_whitespace().collect();
    let mut matches: Vec<(usize, BTreeSet<String>)> = Vec::new();
    for (at, word) in all.iter().enumerate() {
        let mut found = BTreeSet::new();
        words(word, |word, _| {
            if asked(word) {
                found.insert(word.to_owned());
            }
        });
        if !found.is_empty() {
            matches.push((at, found));
        }
    }
    let best = (0..matches.len())
        .rev()
        .max_by_key(|first| different(&all, &matches[*first..]));
    let first = best.map_or(0, |best| matches[best].0);
    let from = first - lead(&all[..first]);
    let passage = &all[from..from + fitting(&all[from..], LENGTH)];
    let before = if from > 0 { "… " } else { "" };
    let after = if from + passage.len() < all.len() {
        " …"
    } else {
        ""
    };
    format!("{before}{}{after}", passage.join(" "))
}

/// How many different words asked for stand in a passage that begins with the first match, then how
/// many matches.
fn different(all: &[&str], matches: &[(usize, BTreeSet<String>)]) -> (usize, usize) {
    let first = matches.first().map_or(0, |(at, _)| *at);
    let end = first + fitting(&all[first..], LENGTH - LEAD);
    let within = matches.iter().take_while(|(at, _)| *at < end);
    let words: BTreeSet<_> = within.clone().flat_map(|(_, words)| words).collect();
    (words.len(), within.count())
}

/// How many words before a match go into the passage with it.
fn lead(before: &[&str]) -> usize {
    let reversed: Vec<&str> = before.iter().rev().copied().collect();
    fitting(&reversed, LEAD).min(reversed.len())
}

/// How many words from the first on fit, at least one.
fn fitting(words: &[&str], length: usize) -> usize {
    let mut room = length;
    let fits = words.iter().take_while(|word| {
        let letters = word.chars().count();
        let fits = letters <= room;
        room = room.saturating_sub(letters + 1);
        fits
    });
    fits.count().max(usize::from(!words.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_passage_with_most_of_the_words_is_shown() {
        let text = format!(
            "A phone. {} Look for a phone or codes near it. {}",
            "filling words ".repeat(20),
            "and more ".repeat(30)
        );
        let shown = excerpt(&text, |word| matches!(word, "phone" | "codes"));
        assert!(shown.starts_with("… ") && shown.ends_with(" …"), "{shown}");
        assert!(
            shown.contains("Look for a phone or codes near it."),
            "{shown}"
        );
        assert!(shown.chars().count() < LENGTH + 5, "{shown}");
    }

    #[test]
    fn a_text_without_a_match_is_shown_from_its_start() {
        assert_eq!(excerpt("One\n two", |_| false), "One two");
        assert_eq!(excerpt("", |_| true), "");
    }
}
