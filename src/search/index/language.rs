//! What search knows about a language.
//!
//! In: a BCP 47 tag, and the text of a site. Out: stems, parts of compounds, stop words, endings, spellings and
//! synonyms. The knowledge is data, in `src/search/languages/`. It is used at build time; the browser gets the
//! lists that queries need. A language without data has none.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use foldhash::fast::FixedState;
use rust_stemmers::{Algorithm, Stemmer};
use serde::Deserialize;
use unicode_normalization::char::is_combining_mark;

use super::documents::Document;
use super::tokenizer::{TokenKind, tokenize};
use super::tokens::{Table, number_of};

/// Words shorter than the first are not split, and no part is shorter than the second.
const MIN_COMPOUND: usize = 8;
const MIN_PART: usize = 4;

/// The languages with data: tag, stemmer, words and synonyms.
macro_rules! packs {
    ($($tag:literal $stemmer:ident,)*) => {
        const PACKS: &[(&str, Algorithm, &str, &str)] = &[$((
            $tag,
            Algorithm::$stemmer,
            include_str!(concat!("../languages/", $tag, "/words.toml")),
            include_str!(concat!("../languages/", $tag, "/synonyms.txt")),
        )),*];
    };
}

packs! {
    "ar" Arabic,
    "da" Danish,
    "de" German,
    "el" Greek,
    "en" English,
    "es" Spanish,
    "fi" Finnish,
    "fr" French,
    "hu" Hungarian,
    "it" Italian,
    "nl" Dutch,
    "no" Norwegian,
    "pt" Portuguese,
    "ro" Romanian,
    "ru" Russian,
    "sv" Swedish,
    "ta" Tamil,
    "tr" Turkish,
}

/// `words.toml` of a language.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    /// Words without meaning in a query. A query of stop words alone is searched for as it is.
    stop_words: String,
    /// Other forms of stop words: not stop words themselves, but with the same stems.
    #[serde(default)]
    stop_word_forms: String,
    /// Words that say little on any site, however rare they are on this one.
    common: String,
    /// Groups of endings: words that differ only by two endings of one group mean the same. `-` means none.
    /// For words of a query that no page contains.
    endings: Vec<String>,
    /// What people type for a letter, and that letter folded: `ue` for `ü` is `u`.
    #[serde(default)]
    fold: BTreeMap<String, String>,
    /// What may link the parts of a compound, in languages that write compounds as one word.
    #[serde(default)]
    linking: Vec<String>,
}

/// A language, and what it needs to know of a site.
pub(super) struct Language {
    stemmer: Option<Stemmer>,
    pack: Pack,
    /// The stop words and their forms, folded.
    stop_words: HashSet<String, FixedState>,
    synonyms: &'static str,
    /// Folded words as they are written, if that differs: stemmers need accents.
    written: HashMap<String, String, FixedState>,
    /// The folded words of the site, if the language splits compounds.
    known: HashSet<String, FixedState>,
}

impl Language {
    /// By the first part of a tag: `en` for `en-GB`.
    pub(super) fn of(tag: &str) -> Self {
        let main = tag.split(['-', '_']).next().unwrap_or(tag);
        let main = match main.to_ascii_lowercase().as_str() {
            "nb" | "nn" => "no".to_owned(),
            other => other.to_owned(),
        };
        let pack = PACKS.iter().find(|(tag, ..)| *tag == main);
        let (stemmer, words, synonyms) = match pack {
            Some((_, algorithm, words, synonyms)) => {
                (Some(Stemmer::create(*algorithm)), *words, *synonyms)
            }
            None => (None, "", ""),
        };
        let mut language = Self {
            stemmer,
            // A test reads all of them.
            pack: toml::from_str(words).unwrap_or_default(),
            stop_words: HashSet::default(),
            synonyms,
            written: HashMap::default(),
            known: HashSet::default(),
        };
        let forms = language.folded(&language.pack.stop_word_forms);
        language.stop_words = language.stop_words().into_iter().chain(forms).collect();
        language
    }

    /// Groups of words that mean the same on any site.
    pub(super) fn synonyms(&self) -> Vec<Vec<String>> {
        let lines = self.synonyms.lines().filter(|line| !line.starts_with('#'));
        let groups = lines.map(|line| line.split(", ").map(str::to_owned).collect());
        groups.collect()
    }

    /// Reads how the words of a site are written. English words are stemmed without accents, and are not split.
    pub(super) fn learn<'t>(
        &mut self,
        documents: &'t [Document],
        phrases: impl Iterator<Item = &'t String>,
    ) {
        let is_ascii = self.pack.stop_words.is_ascii();
        if self.stemmer.is_none() || self.pack.linking.is_empty() && is_ascii {
            return;
        }
        for document in documents {
            self.learn_text(document.title);
            for keyword in &document.keywords {
                self.learn_text(keyword);
            }
            self.learn_text(&document.summary);
            for section in &document.sections {
                self.learn_text(section.heading);
                self.learn_text(&section.text);
            }
        }
        phrases.for_each(|phrase| self.learn_text(phrase));
        self.learn_text(&self.pack.common.clone());
    }

    fn learn_text(&mut self, text: &str) {
        let splits = !self.pack.linking.is_empty();
        for run in
            text.split(|letter: char| letter.is_whitespace() || letter.is_ascii_punctuation())
        {
            if run.is_ascii() && !splits {
                continue;
            }
            let mut words = Vec::new();
            tokenize(run, |word, kind, _| {
                words.push((self.respell(word).into_owned(), kind));
            });
            let [(word, TokenKind::Word)] = words.as_slice() else {
                continue;
            };
            if splits {
                self.known.insert(word.clone());
            }
            let written: String = run.chars().filter(|letter| is_letter(*letter)).collect();
            let written = written.to_lowercase();
            // Of two ways to write a word, the one with accents.
            let better = self.written.get(word).is_none_or(|other| written > *other);
            if written != *word && better {
                self.written.insert(word.clone(), written);
            }
        }
    }

    /// The stem of a word. Numbers and identifiers have none. A stop word shares its stem with stop words only:
    /// "Sicherheit" must not find every "sich". [`Pack::stop_word_forms`] share it too.
    pub(super) fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        let stem = self.stem_of(word);
        if self.stop_words.contains(word) {
            return Cow::Owned(stem.into_owned() + " ");
        }
        stem
    }

    fn stem_of<'w>(&self, word: &'w str) -> Cow<'w, str> {
        let Some(stemmer) = &self.stemmer else {
            return Cow::Borrowed(word);
        };
        if let Some(written) = self.written.get(word) {
            let mut stem = String::new();
            tokenize(&stemmer.stem(written), |part, _, _| stem.push_str(part));
            return Cow::Owned(self.respell(&stem).into_owned());
        }
        if word.chars().all(is_letter) {
            stemmer.stem(word)
        } else {
            Cow::Borrowed(word)
        }
    }

    /// The parts of a compound of two words of the site; none if it is not one.
    pub(super) fn parts<'w>(&self, word: &'w str) -> Option<[&'w str; 2]> {
        if self.pack.linking.is_empty() || word.len() < MIN_COMPOUND {
            return None;
        }
        let known = |part: &str| part.len() >= MIN_PART && self.known.contains(part);
        let starts = word.char_indices().map(|(at, _)| word.split_at(at));
        let mut splits = starts.flat_map(|(first, rest)| {
            let links = self.pack.linking.iter();
            links.filter_map(move |link| Some([first, rest.strip_prefix(link.as_str())?]))
        });
        splits.find(|parts| parts.iter().all(|part| known(part)))
    }

    /// A folded word with the spellings of the language made equal.
    pub(super) fn respell<'w>(&self, word: &'w str) -> Cow<'w, str> {
        let mut respelled = Cow::Borrowed(word);
        // Most languages have none, and every word of the site goes through here.
        if self.pack.fold.is_empty() {
            return respelled;
        }
        for (typed, letter) in &self.pack.fold {
            if respelled.contains(typed.as_str()) {
                respelled = Cow::Owned(replace(&respelled, typed, letter));
            }
        }
        respelled
    }

    /// The stems of words that say little on any site.
    pub(super) fn common(&self) -> Vec<String> {
        let words = self.folded(&self.pack.common);
        words
            .iter()
            .map(|word| self.stem(word).into_owned())
            .collect()
    }

    /// Words that are no misspellings even if they are on no page, each with a number.
    pub(super) fn everyday_words(&self) -> Table<u32> {
        let synonyms = self.synonyms().into_iter().flatten();
        let one_word = synonyms.filter(|phrase| !phrase.contains(' '));
        let mut words = Table::default();
        for text in one_word.chain([self.pack.common.clone(), self.pack.stop_word_forms.clone()]) {
            for word in self.folded(&text) {
                number_of(&word, &mut words);
            }
        }
        words
    }

    /// Groups of endings, each separated by spaces.
    pub(super) fn endings(&self) -> Vec<String> {
        let groups = self.pack.endings.iter();
        let folded = |group: &String| {
            let endings = group.split(' ').map(|ending| match ending {
                "-" => ending.to_owned(),
                _ => self.folded(ending).concat(),
            });
            endings.collect::<Vec<_>>().join(" ")
        };
        groups.map(folded).collect()
    }

    /// What people type for a letter, and that letter folded.
    pub(super) fn spellings(&self) -> &BTreeMap<String, String> {
        &self.pack.fold
    }

    /// What may link two words written as one.
    pub(super) fn linking(&self) -> Vec<&str> {
        match self.pack.linking.as_slice() {
            [] => vec![""],
            linking => linking.iter().map(String::as_str).collect(),
        }
    }

    /// Stop words, folded, in alphabetical order.
    pub(super) fn stop_words(&self) -> Vec<String> {
        let mut words = self.folded(&self.pack.stop_words);
        words.sort_unstable();
        words.dedup();
        words
    }

    fn folded(&self, text: &str) -> Vec<String> {
        let mut words = Vec::new();
        tokenize(text, |word, _, _| {
            words.push(self.respell(word).into_owned());
        });
        words
    }
}

/// Letters and their marks: Tamil words end in a mark as often as in a letter.
fn is_letter(letter: char) -> bool {
    letter.is_alphabetic() || is_combining_mark(letter)
}

/// Replaces letters unless a vowel or q comes before them: `neue`, `quelle`. `tokenizer.js` does the same.
fn replace(word: &str, typed: &str, letter: &str) -> String {
    let mut replaced = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(at) = rest.find(typed) {
        let (before, after) = rest.split_at(at);
        replaced.push_str(before);
        let keep = replaced.ends_with(['a', 'e', 'i', 'o', 'u', 'q']);
        replaced.push_str(if keep { typed } else { letter });
        rest = &after[typed.len()..];
    }
    replaced + rest
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
    fn the_data_of_every_language_can_be_read() {
        for (tag, _, words, _) in PACKS {
            let pack: Pack = toml::from_str(words).expect(tag);
            assert!(
                pack.stop_words.len() > 100 && !pack.endings.is_empty(),
                "{tag}"
            );
            let language = Language::of(tag);
            for word in language.stop_words() {
                assert!(!word.contains(' '), "{tag}: {word}");
            }
            let synonyms = language.synonyms();
            assert!(synonyms.iter().all(|group| group.len() > 1), "{tag}");
            assert_eq!(language.endings().len(), pack.endings.len());
        }
    }

    #[test]
    fn words_are_stemmed_as_written() {
        let mut french = Language::of("fr");
        french.learn_text("récupérées récupérer");
        assert_eq!(french.stem("recuperees"), "recuper");
        assert_eq!(french.stem("recuperer"), "recuper");
    }

    #[test]
    fn words_do_not_share_the_stem_of_a_stop_word() {
        let mut german = Language::of("de");
        german.learn_text("ändern");
        for (word, stop_word) in [("sicherheit", "sich"), ("andern", "andere")] {
            assert_ne!(german.stem(word), german.stem(stop_word), "{word}");
        }
        assert_eq!(german.stem("andere"), german.stem("anderes"));
    }

    #[test]
    fn marks_belong_to_the_letters_of_a_word() {
        let mut tamil = Language::of("ta");
        let forms = ["கோப்புகள்", "கோப்புகளை", "கோப்பு"];
        let stems = |tamil: &Language| forms.map(|form| tamil.stem(form).into_owned());
        let expected = ["கோப்பு"; 3].map(str::to_owned);
        assert_eq!(stems(&tamil), expected);
        tamil.learn_text(&forms.join(" "));
        assert_eq!(stems(&tamil), expected);
    }

    #[test]
    fn forms_of_a_stop_word_share_its_stem() {
        for (tag, form, stop_word) in [
            ("en", "uses", "used"),
            ("en", "wanting", "want"),
            ("en", "ways", "way"),
            ("en", "taking", "take"),
            ("en", "tries", "try"),
            ("de", "bekommen", "bekomme"),
            ("pt", "todos", "toda"),
        ] {
            let language = Language::of(tag);
            assert_eq!(language.stem(form), language.stem(stop_word), "{form}");
        }
    }

    #[test]
    fn compounds_of_known_words_are_split() {
        let mut german = Language::of("de");
        german.learn_text("Wiederherstellung Codes Neue Straße");
        assert_eq!(
            german.parts("wiederherstellungscodes"),
            Some(["wiederherstellung", "codes"])
        );
        assert_eq!(german.parts("wiederherstellung"), None);
        for (typed, folded) in [
            ("groesse", "grosse"),
            ("neue", "neue"),
            ("quelle", "quelle"),
        ] {
            assert_eq!(german.respell(typed), folded);
        }
    }
}
