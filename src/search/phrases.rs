//! The endings that readers' browsers take off phrases of synonyms.
//!
//! `themes/default/js/search/query/synonyms.js` does the same.

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
}
