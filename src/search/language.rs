//! What search knows about a language: which words belong together and which ones only fill.
//!
//! In: a BCP 47 tag and folded words. Out: the stem a word is grouped by, and the filler words.
//! It runs at build only; the browser gets the outcome. A language without rules has none.

use std::borrow::Cow;

use rust_stemmers::{Algorithm, Stemmer};

/// Words that questions are made of. They are looked up only when a query holds nothing else.
const ENGLISH_FILLERS: &str = "a about after again all also although am an and any anyone anything are aren as at \
    be because been before being but by can cannot could couldn d did didn do does doesn doing don dont during each \
    either else etc ever every few for from get gets getting give given go goes going got had has have having he \
    hello help her here hers hi him his how however i if im in into is isn it its itself just kindly let like ll m \
    make makes many may maybe me might mine more most much must my myself need needed needs no nor not now of off ok \
    on once one only or other our ours out over own please possible problem really s same say says see shall she \
    should shouldn since so some somehow someone something still such t take tell than thank thanks that the their \
    them then there these they thing things this those though to too tried try trying under until up us use used \
    using ve very via want wanted wants was wasn way we well went were weren what whatever when whenever where \
    whether which while who whom whose why will wish with within without won wont would wouldn yes yet you your \
    yours re arent cant couldnt didnt doesnt hadnt hasnt havent im isnt ive shouldnt thats theres theyre wasnt \
    werent whats wheres wouldnt youre";

/// Words that say little on any site, however rare they are on this one. They count, but not as rare
/// words do.
const ENGLISH_COMMON: &str = "able across actually allow alone along already always anybody anymore around ask asks asked away back \
    bad become believe best better big bit bring came certain cause come comes complete completely correct \
    correctly currently day days despite different difficult directly earlier early easy else enough entire \
    everybody everyone everything everywhere exactly exist existing exists far fast find finding finds found full \
    fully future general generally good great half happen happened happening happens hard hear hold idea \
    immediately important inside instead keep keeps kept kind knew know known knows last late later least leave left \
    less long longer look looking looks lot main matter mean means minute missing moment near never new \
    next nice nobody normal normally nothing number old oneself outside particular past people perhaps person \
    place plain point previous probably properly put quick quickly quite rather reach ready reason receive recently \
    result right round run sad saw seem seems seen several short show shows showing side simple simply single small \
    somebody somewhere soon sort special start started starting starts stay still stop stopped stops sudden suddenly \
    sure think thought time times today told tomorrow toward true turn type under understand unless usual usually \
    various want wanting way week weeks whole wonder wondering wrong year years yesterday";

/// Endings a word may lose or take and still mean the same: for words of a query that no page holds.
const ENGLISH_ENDINGS: &str = "able age al d e ed er ers es ication ications ied ies ing ings ion ions ly ment \
    ments or ors s y";

/// Groups of words help pages use for the same thing.
const ENGLISH_SYNONYMS: &str = include_str!("english.txt");

/// The rules of one language.
pub(super) struct Language {
    stemmer: Option<Stemmer>,
    fillers: &'static str,
    common: &'static str,
    endings: &'static str,
    synonyms: &'static str,
}

impl Language {
    /// By the first part of a tag: `en` for `en-GB`.
    pub(super) fn of(tag: &str) -> Self {
        let main = tag.split(['-', '_']).next().unwrap_or(tag);
        let main = main.to_ascii_lowercase();
        let (fillers, common, endings, synonyms) = match main.as_str() {
            "en" => (
                ENGLISH_FILLERS,
                ENGLISH_COMMON,
                ENGLISH_ENDINGS,
                ENGLISH_SYNONYMS,
            ),
            _ => ("", "", "", ""),
        };
        Self {
            stemmer: algorithm(&main).map(Stemmer::create),
            fillers,
            common,
            endings,
            synonyms,
        }
    }

    /// Groups of words that mean the same on any site.
    pub(super) fn synonyms(&self) -> Vec<Vec<String>> {
        let lines = self.synonyms.lines().filter(|line| !line.starts_with('#'));
        let group = |line: &str| {
            line.split(',')
                .map(|phrase| phrase.trim().to_owned())
                .collect()
        };
        lines.map(group).collect()
    }

    /// What words of the same meaning share: `codes` and `code`. Numbers and identifiers stand for
    /// themselves.
    pub(super) fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        match &self.stemmer {
            Some(stemmer) if word.chars().all(char::is_alphabetic) => stemmer.stem(word),
            _ => Cow::Borrowed(word),
        }
    }

    /// Stems of the words that say little on any site.
    pub(super) fn common(&self) -> Vec<String> {
        let words = self.common.split_whitespace();
        words.map(|word| self.stem(word).into_owned()).collect()
    }

    /// Endings, apart by a space.
    pub(super) fn endings(&self) -> &'static str {
        self.endings
    }

    /// Filler words of a site: also what says little, is on none of its pages, and would be read as
    /// two words run together (`somebody`).
    pub(super) fn fillers_of(&self, held: impl Fn(&str) -> bool) -> Vec<&'static str> {
        let fillers = self.fillers();
        let known = |half: &str| fillers.binary_search(&half).is_ok() || held(half);
        let splits = |word: &str| {
            let mut places = 3..word.len().saturating_sub(2);
            places.any(|at| known(&word[..at]) && known(&word[at..]))
        };
        let common = self.common.split_whitespace();
        let more: Vec<_> = common.filter(|word| !held(word) && splits(word)).collect();
        fillers.iter().copied().chain(more).collect()
    }

    /// Filler words in alphabetical order.
    pub(super) fn fillers(&self) -> Vec<&'static str> {
        let mut fillers: Vec<_> = self.fillers.split_whitespace().collect();
        fillers.sort_unstable();
        fillers
    }
}

fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "nl" => Algorithm::Dutch,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_one_meaning_share_a_stem() {
        let english = Language::of("en-GB");
        for (one, other) in [
            ("codes", "code"),
            ("publishing", "published"),
            ("2fa", "2fa"),
        ] {
            assert_eq!(english.stem(one), english.stem(other), "{one}, {other}");
        }
        assert_eq!(Language::of("ja").stem("codes"), "codes");
    }

    #[test]
    fn a_common_word_that_seems_two_is_a_filler_where_no_page_holds_it() {
        let english = Language::of("en");
        let of = |held: &[&str]| {
            english
                .fillers_of(|word| held.contains(&word))
                .contains(&"somebody")
        };
        assert!(of(&["body"]));
        assert!(!of(&["body", "somebody"]) && !of(&[]));
    }

    #[test]
    fn fillers_are_folded_words() {
        for filler in Language::of("en").fillers() {
            assert_eq!(super::super::words::list(filler).len(), 1, "{filler}");
        }
    }
}
