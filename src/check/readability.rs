//! How easily each page reads, as information for its authors.
//!
//! LIX counts long words and long sentences, so one measure serves every language in Latin, Greek or Cyrillic
//! letters; texts in other scripts get no score. A score is never a problem: it cannot tell whether a page is true,
//! complete or in the right order.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use crate::markdown::{Passage, Prose};
use crate::site::{Origin, Site};

/// A shorter page has no score: one long name would decide it.
const MIN_WORDS: usize = 50;
/// LIX calls a word long if it has more letters than this.
const LONG_WORD: usize = 6;

/// How easily one file reads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reading {
    /// The file, such as `content/a/b.md`.
    pub file: String,
    /// LIX (läsbarhetsindex), with one decimal: from 20, very easy, to 60 and more, very hard.
    pub lix: f64,
    /// Words of running text.
    pub words: usize,
    /// Sentences; a list item without a full stop is one too.
    pub sentences: usize,
    /// The longest sentence: the first to look at.
    pub longest_sentence: LongestSentence,
}

/// The longest sentence of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct LongestSentence {
    /// How many words it has.
    pub words: usize,
    /// The line its paragraph begins on.
    pub line: usize,
}

impl Reading {
    /// The score in a word.
    pub fn level(&self) -> &'static str {
        match self.lix {
            ..=30.0 => "easy",
            ..=40.0 => "plain",
            ..=50.0 => "fairly hard",
            ..=60.0 => "hard",
            _ => "very hard",
        }
    }
}

/// Every file with enough running text, the hardest first.
pub fn reading(site: &Site) -> Vec<Reading> {
    let mut files: BTreeMap<&str, Counts> = BTreeMap::new();
    let guides = site.guides.iter();
    for guide in guides.filter(|guide| guide.origin == Origin::File) {
        let counts = files.entry(guide.source.path()).or_default();
        for passage in &guide.document.passages {
            counts.add(passage, || guide.source.line_column(passage.at).0);
        }
    }
    // Front matter is not running text.
    let is_in_table = |prose: &&Prose| {
        let file = Path::new(prose.location.source.path());
        file.extension() == Some("toml".as_ref())
    };
    for prose in site.proses().filter(is_in_table) {
        let counts = files.entry(prose.location.source.path()).or_default();
        for passage in &prose.document.passages {
            counts.add(passage, || prose.location.line_column().0);
        }
    }
    let files = files.into_iter();
    let readings = files.filter_map(|(file, counts)| counts.reading(file));
    let mut readings: Vec<_> = readings.collect();
    readings.sort_by(|a, b| b.lix.total_cmp(&a.lix));
    readings
}

#[derive(Default)]
struct Counts {
    words: usize,
    sentences: usize,
    long_words: usize,
    letters: usize,
    /// Letters of the scripts that LIX fits.
    alphabetic: usize,
    longest: LongestSentence,
}

impl Counts {
    fn add(&mut self, passage: &Passage, line: impl Fn() -> usize) {
        for sentence in sentences(&passage.text) {
            let mut words = 0;
            for word in sentence.split_whitespace() {
                // Punctuation of its own is not a word.
                if word.contains(char::is_alphanumeric) {
                    words += 1;
                    self.word(word);
                }
            }
            self.words += words;
            self.sentences += usize::from(words > 0);
            if words > self.longest.words {
                let line = line();
                self.longest = LongestSentence { words, line };
            }
        }
    }

    fn word(&mut self, word: &str) {
        let letters = || word.chars().filter(|letter| letter.is_alphabetic());
        let count = letters().count();
        self.long_words += usize::from(count > LONG_WORD);
        self.letters += count;
        self.alphabetic += letters().filter(|letter| is_alphabetic(*letter)).count();
    }

    fn reading(self, file: &str) -> Option<Reading> {
        if self.words < MIN_WORDS || self.alphabetic * 2 < self.letters {
            return None;
        }
        let words_per_sentence = ratio(self.words, self.sentences);
        let lix = words_per_sentence + 100.0 * ratio(self.long_words, self.words);
        Some(Reading {
            file: file.to_owned(),
            lix: (lix * 10.0).round() / 10.0,
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

    fn measured(text: &str) -> Option<Reading> {
        let text = text.to_owned();
        let passage = Passage { text, at: 0 };
        let mut counts = Counts::default();
        for _ in 0..20 {
            counts.add(&passage, || 1);
        }
        counts.reading("")
    }

    #[test]
    fn the_score_follows_the_formula() {
        // 6 words in 2 sentences; only "verloren" has more than six letters.
        let reading = measured("Du hast es verloren. Suche es.").expect("enough words");
        assert_eq!((reading.words, reading.sentences), (120, 40));
        assert!((reading.lix - 19.7).abs() < 0.01, "{}", reading.lix);
    }

    #[test]
    fn harder_text_gets_a_harder_level() {
        let cases = [
            ("You lost it. Find a token.", "easy"),
            (
                "Support staff can reset your second factor after they have checked that the account belongs to you and nobody else.",
                "plain",
            ),
            (
                "Verification of ownership necessitates repository modification authorization.",
                "very hard",
            ),
            ("Du hast es verloren. Suche es.", "easy"),
            (
                "Wiederherstellungscodes ersetzen Authentifizierungsanwendungen vorübergehend.",
                "very hard",
            ),
        ];
        for (text, expected) in cases {
            let reading = measured(text).expect("enough words");
            assert_eq!(reading.level(), expected, "{text}: {}", reading.lix);
        }
    }

    #[test]
    fn other_scripts_and_short_pages_have_no_score() {
        for text in [
            "パスワードを忘れた。",
            "비밀번호를 잊었습니다.",
            "نسيت كلمة المرور.",
            "# A\n\n`a`\n",
        ] {
            assert_eq!(measured(text), None, "{text}");
        }
    }
}
