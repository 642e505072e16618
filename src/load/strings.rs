//! `strings/en.toml` and `strings/LANGUAGE.toml` → every string the theme shows, and a diagnostic for each that is
//! never shown or has a gap that nothing fills.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::toml_file::read;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::markdown::Options;
use crate::source::{Located, Source};

pub(super) type Table = BTreeMap<String, Located<String>>;

/// The files below `strings/`.
pub(super) struct Strings {
    /// The default's English.
    pub(super) default: Table,
    /// The theme's own English, which may have strings that the default does not have.
    pub(super) english: Table,
    /// The site's language, unless it is English or has no file.
    pub(super) translated: Option<Table>,
}

impl Strings {
    /// All strings: those of the site's language, else the theme's own English, else the default's.
    pub(super) fn merge(
        self,
        theme: &str,
        language: &Located<String>,
        diagnostics: &mut Diagnostics,
    ) -> BTreeMap<String, String> {
        let own = self.english.iter().chain(self.translated.iter().flatten());
        for (key, string) in own {
            diagnostics.extend(self.default.get(key).and_then(|known| gap(string, known)));
        }
        let mut known = self.default;
        known.extend(self.english);
        let translated = self.translated.iter().flatten();
        let strange = translated.filter(|(key, _)| !known.contains_key(*key));
        diagnostics.extend(strange.map(|(key, string)| unknown(key, string, &known)));
        let primary = primary(&language.value);
        if self.translated.is_none() && primary != "en" && is_language(primary) {
            let message = format!(
                "the theme has no strings in `{primary}`, so buttons and headings stay English"
            );
            let problem = Diagnostic::info(Code::Language, message).at(&language.location);
            diagnostics.push(problem.hint(format!(
                "add the ones you need to `themes/{theme}/strings/{primary}.toml`: `menu = \"…\"`"
            )));
        }
        known.extend(self.translated.into_iter().flatten());
        let strings = known.into_iter();
        strings.map(|(key, string)| (key, string.value)).collect()
    }
}

/// `de` of `de-CH`.
pub(super) fn primary(language: &str) -> &str {
    language.split('-').next().unwrap_or(language)
}

/// Anything else is reported as an invalid language tag.
fn is_language(primary: &str) -> bool {
    (2..=8).contains(&primary.len()) && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The strings of one file.
pub(super) fn table(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Table {
    let strings: Option<Vec<(Located<String>, Located<String>)>> =
        read(source, &Options::default(), diagnostics);
    let strings = strings.into_iter().flatten();
    strings.map(|(key, string)| (key.value, string)).collect()
}

fn unknown(key: &str, string: &Located<String>, known: &Table) -> Diagnostic {
    let family = key.split('_').next().unwrap_or(key);
    let names = known.keys().map(String::as_str);
    let alike = names.filter(|one| one.split('_').any(|part| part == family));
    let otherwise = match alike.collect::<Vec<_>>().join("`, `") {
        none if none.is_empty() => {
            "remove it, or add it to the theme's `strings/en.toml` too".to_owned()
        }
        alike => format!("there are: `{alike}`"),
    };
    let message = format!("this theme has no string `{key}`");
    Diagnostic::error(Code::UnknownKey, message)
        .at(&string.location)
        .suggest(key, known.keys().map(String::as_str), &otherwise)
}

/// A gap that the default string does not have, so nothing fills it.
fn gap(string: &Located<String>, known: &Located<String>) -> Option<Diagnostic> {
    let mut known: Vec<_> = gaps(&known.value).collect();
    // Some languages capitalize nouns within a sentence too.
    if known.contains(&"lower_label") {
        known.push("label");
    }
    let strange = gaps(&string.value).find(|gap| !known.contains(gap))?;
    let message = format!("nothing fills the gap `{{{strange}}}` here");
    let problem = Diagnostic::error(Code::UnknownName, message).at(&string.location);
    let all: Vec<_> = known.iter().map(|gap| format!("`{{{gap}}}`")).collect();
    Some(match nearest(strange, known.iter().copied()) {
        Some(near) => problem.hint(format!("did you mean `{{{near}}}`?")),
        None if all.is_empty() => problem.hint("this string has no gaps"),
        None => problem.hint(format!("the gaps are: {}", all.join(", "))),
    })
}

/// The names between braces.
fn gaps(text: &str) -> impl Iterator<Item = &str> {
    let openings = text.split('{').skip(1);
    let names = openings.filter_map(|rest| Some(rest.split_once('}')?.0));
    let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    names.filter(move |name| !name.is_empty() && name.bytes().all(is_letter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::short;
    use crate::source::Location;

    fn reported(english: &str, translated: Option<&str>, language: &str) -> String {
        let words = |name: &str, text: &str| {
            let source = Source::new(name, text);
            table(&source, &mut Diagnostics::default())
        };
        let site = Source::new("site.toml", "language");
        let language = Located::new(language.to_owned(), Location::start_of(&site));
        let default = "error_enter = \"Enter {lower_label}\"\ncopied = \"{count}: {labels}\"\nsearch_button = \"Search\"\nmenu = \"Menu\"\n";
        let mut diagnostics = Diagnostics::default();
        Strings {
            default: words("en.toml", default),
            english: words("own.toml", english),
            translated: translated.map(|text| words("de.toml", text)),
        }
        .merge("mine", &language, &mut diagnostics);
        short(&diagnostics.sorted())
    }

    #[test]
    fn gaps_that_nothing_fills_and_unused_keys_are_reported_with_the_nearest() {
        for (english, translated, expected) in [
            (
                "menu = \"All\"\nown = \"{any}\"",
                "error_enter = \"{label} eingeben\"",
                "",
            ),
            (
                "error_enter = \"{lable} …\"",
                "",
                "own.toml:1:16: unknown-name: nothing fills the gap `{lable}` here\nhint: did you mean `{label}`?\n",
            ),
            (
                "menu = \"{x}\"",
                "",
                "own.toml:1:9: unknown-name: nothing fills the gap `{x}` here\nhint: this string has no gaps\n",
            ),
            (
                "",
                "copied = \"{anzahl}\"",
                "de.toml:1:11: unknown-name: nothing fills the gap `{anzahl}` here\nhint: the gaps are: `{count}`, `{labels}`\n",
            ),
            (
                "",
                "search_knopf = \"Suchen\"",
                "de.toml:1:17: unknown-key: this theme has no string `search_knopf`\nhint: there are: `search_button`\n",
            ),
            (
                "",
                "knopf = \"Suchen\"",
                "de.toml:1:10: unknown-key: this theme has no string `knopf`\nhint: remove it, or add it to the theme's `strings/en.toml` too\n",
            ),
        ] {
            assert_eq!(reported(english, Some(translated), "de"), expected);
        }
    }

    #[test]
    fn a_language_without_strings_is_reported_once() {
        assert_eq!(reported("", None, "en-GB"), "");
        assert_eq!(
            reported("", None, "de-CH"),
            "site.toml:1:1: info: language: the theme has no strings in `de`, so buttons and headings stay English\nhint: add the ones you need to `themes/mine/strings/de.toml`: `menu = \"…\"`\n"
        );
    }
}
