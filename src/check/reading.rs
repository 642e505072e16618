//! Site → how easily each of its pages reads, as information for its authors.
//!
//! In: a loaded site. Out: a figure for each page and for each TOML file with texts. English gets
//! Flesch's reading ease; other languages in Latin, Greek or Cyrillic letters get LIX, which needs no
//! syllables; the rest get none, because no formula fits. A figure is never a problem: it cannot see
//! whether a page is true, complete or in the right order.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::syllables::syllables;
use crate::markdown::{Passage, passages};
use crate::site::{Origin, Site};

/// A page with fewer words has no figure: one long name in it would decide it.
const FEWEST_WORDS: usize = 50;
/// A long word, for LIX: more letters than this.
const LIX_LONG: usize = 6;

/// How easily one file reads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// The file, such as `content/a/b.md`.
    pub file: String,
    /// What the score is.
    pub measure: Measure,
    /// The score, with one decimal.
    pub score: f64,
    /// Words of running text.
    pub words: usize,
    /// Sentences; a list item without a full stop is one too.
    pub sentences: usize,
    /// The longest sentence: the first to look at.
    pub longest_sentence: Longest,
}

/// A formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Flesch reading ease: from 0, very hard, to 100, very easy; plain language from 60.
    FleschReadingEase,
    /// Läsbarhetsindex: from 20, very easy, to 60 and more, very hard; plain language below 40.
    Lix,
}

/// The longest sentence of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Longest {
    /// How many words it has.
    pub words: usize,
    /// The line its paragraph begins on.
    pub line: usize,
}

impl Reading {
    /// The score in a word.
    pub fn level(&self) -> &'static str {
        const LEVELS: [&str; 5] = ["easy", "plain", "fairly hard", "hard", "very hard"];
        // Flesch counts down and LIX up.
        let (score, limits) = match self.measure {
            Measure::FleschReadingEase => (-self.score, [-80.0, -60.0, -50.0, -30.0]),
            Measure::Lix => (self.score, [30.0, 40.0, 50.0, 60.0]),
        };
        LEVELS[limits.iter().filter(|limit| score > **limit).count()]
    }

    /// How hard it is, to compare with others of the same measure.
    fn hardness(&self) -> f64 {
        match self.measure {
            Measure::FleschReadingEase => -self.score,
            Measure::Lix => self.score,
        }
    }
}

/// Every file with running text enough, the hardest first.
pub fn reading(site: &Site) -> Vec<Reading> {
    let mut files: BTreeMap<String, Counts> = BTreeMap::new();
    let guides = site
        .guides
        .iter()
        .filter(|guide| guide.origin == Origin::File);
    for guide in guides {
        let source = &guide.source;
        let counts = files.entry(source.path().to_owned()).or_default();
        for passage in passages(source.text()) {
            counts.add(&passage, || source.line_column(passage.at).0);
        }
    }
    for prose in site.proses() {
        let file = prose.location.source.path();
        // Front matter is not running text.
        if Path::new(file).extension() == Some("toml".as_ref()) {
            let counts = files.entry(file.to_owned()).or_default();
            for passage in passages(&prose.value) {
                counts.add(&passage, || prose.location.line_column().0);
            }
        }
    }
    let language = site.config.language.to_ascii_lowercase();
    let english = language.split('-').next() == Some("en");
    let mut readings: Vec<_> = files
        .into_iter()
        .filter_map(|(file, counts)| counts.reading(file, english))
        .collect();
    readings.sort_by(|a, b| b.hardness().total_cmp(&a.hardness()));
    readings
}

#[derive(Default)]
struct Counts {
    words: usize,
    sentences: usize,
    syllables: usize,
    long_words: usize,
    letters: usize,
    /// Letters of scripts that LIX was made for or carries over to.
    alphabetic: usize,
    longest: Longest,
}

impl Counts {
    fn add(&mut self, passage: &Passage, line: impl Fn() -> usize) {
        for sentence in sentences(&passage.text) {
            let mut words = 0;
            for word in sentence.split_whitespace().map(trim) {
                if word.is_empty() {
                    continue;
                }
                words += 1;
                self.word(word);
            }
            self.words += words;
            self.sentences += usize::from(words > 0);
            if words > self.longest.words {
                let line = line();
                self.longest = Longest { words, line };
            }
        }
    }

    fn word(&mut self, word: &str) {
        let letters = || word.chars().filter(|letter| letter.is_alphabetic());
        let count = letters().count();
        self.syllables += syllables(word);
        self.long_words += usize::from(count > LIX_LONG);
        self.letters += count;
        self.alphabetic += letters().filter(|letter| is_alphabetic(*letter)).count();
    }

    fn reading(self, file: String, english: bool) -> Option<Reading> {
        if self.words < FEWEST_WORDS || self.alphabetic * 2 < self.letters {
            return None;
        }
        let words_a_sentence = ratio(self.words, self.sentences);
        let (measure, score) = if english {
            let ease =
                206.835 - 1.015 * words_a_sentence - 84.6 * ratio(self.syllables, self.words);
            (Measure::FleschReadingEase, ease)
        } else {
            let lix = words_a_sentence + 100.0 * ratio(self.long_words, self.words);
            (Measure::Lix, lix)
        };
        Some(Reading {
            file,
            measure,
            score: (score * 10.0).round() / 10.0,
            words: self.words,
            sentences: self.sentences,
            longest_sentence: self.longest,
        })
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a page has fewer words than 2^52"
)]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// Latin, Greek and Cyrillic.
fn is_alphabetic(letter: char) -> bool {
    matches!(letter, 'A'..='z' | '\u{c0}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}')
}

/// A word without the punctuation around it.
fn trim(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

/// Cuts at a full stop, question or exclamation mark that a space and no small letter follows.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut from = 0;
    let cuts: Vec<usize> = text
        .match_indices(['.', '!', '?', '…'])
        .map(|(at, mark)| at + mark.len())
        .filter(|end| {
            let rest = text[*end..].trim_start_matches(['"', '\'', '”', '’', ')', ']', '»']);
            let next = rest.trim_start();
            // The word before is looked for last: in a text without spaces it is the whole text.
            rest.len() > next.len()
                && !next.starts_with(char::is_lowercase)
                && !is_abbreviation(text[..*end].rsplit(char::is_whitespace).next())
        })
        .chain([text.len()])
        .collect();
    cuts.into_iter().map(move |end| {
        let sentence = &text[from..end];
        from = end;
        sentence
    })
}

/// `e.g.`, `U.S.`, `J.`, and the few whose next word often has a capital.
fn is_abbreviation(word: Option<&str>) -> bool {
    let word = word
        .unwrap_or_default()
        .trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let inner = word.strip_suffix('.').unwrap_or_default();
    let initials = !inner.is_empty() && inner.split('.').all(|part| part.chars().count() == 1);
    let is_initial = initials && inner != "I" && !inner.chars().all(char::is_numeric);
    is_initial || ["Dr.", "Mr.", "Mrs.", "No.", "vs.", "approx."].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_would_pause() {
        let cases = [
            ("One. Two! Three? Four", 4),
            ("Use version 1.2.3 of it.", 1),
            ("Say e.g. PyPI, or U.S. English.", 1),
            ("They said \"stop.\" Then they left.", 2),
            ("It is I. You know me.", 2),
            ("Wait … and see", 1),
            ("You need 2. Then go.", 2),
        ];
        for (text, expected) in cases {
            assert_eq!(
                sentences(text).filter(|part| !part.is_empty()).count(),
                expected,
                "{text}"
            );
        }
    }

    fn measured(text: &str, english: bool) -> Option<Reading> {
        let mut counts = Counts::default();
        for passage in passages(&format!("{text}\n\n").repeat(20)) {
            counts.add(&passage, || 1);
        }
        counts.reading(String::new(), english)
    }

    #[test]
    fn the_scores_are_those_of_the_formulas() {
        // Of 6 words in 2 sentences: 7 syllables; "verloren" alone has more than six letters.
        let english = measured("You lost it. Find a token.", true).expect("words");
        assert_eq!((english.words, english.sentences), (120, 40));
        assert!((english.score - 105.1).abs() < 0.05, "{}", english.score);
        let other = measured("Du hast es verloren. Suche es.", false).expect("words");
        assert!(
            (other.score - (3.0 + 100.0 / 6.0)).abs() < 0.05,
            "{}",
            other.score
        );
    }

    #[test]
    fn harder_texts_get_harder_words() {
        let cases = [
            ("You lost it. Find a token.", true, "easy"),
            (
                "Staff can reset your second factor after they have checked that the account belongs to you.",
                true,
                "plain",
            ),
            (
                "Verification of ownership necessitates repository modification authorization.",
                true,
                "very hard",
            ),
            ("Du hast es verloren. Suche es.", false, "easy"),
            (
                "Wiederherstellungscodes ersetzen Authentifizierungsanwendungen vorübergehend.",
                false,
                "very hard",
            ),
        ];
        for (text, english, expected) in cases {
            assert_eq!(
                measured(text, english).expect("words").level(),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn a_script_that_no_formula_fits_and_a_page_of_few_words_have_no_figure() {
        for text in [
            "パスワードを忘れた。",
            "비밀번호를 잊었습니다.",
            "نسيت كلمة المرور.",
            "# A\n\n`a`\n",
        ] {
            assert_eq!(measured(text, false), None, "{text}");
        }
    }
}
