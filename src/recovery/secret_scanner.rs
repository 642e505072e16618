//! Secrets: what they look like, and where in a text they are.
//!
//! The built-in rules are in `secrets.toml`, and a site adds its own kinds with `[[secret]]` in `checklist.toml`. The
//! rules are applied by the page's script (`js/lib/secret-scanner.js`), which leaves secrets out of requests; the program runs
//! it as well. Nothing is sent, kept or logged.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::given;
use super::scripts::{Scripts, to_bytes};
use crate::from_toml::from_toml;
use crate::source::Located;

/// All rules.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SecretRules {
    /// Names by which a text announces what follows, as patterns for lower case.
    pub names: BTreeMap<String, String>,
    /// A pattern: a value that contains a match is not a secret.
    pub harmless_values: String,
    /// What `<name>` in a pattern is replaced with.
    #[serde(skip_serializing)]
    parts: BTreeMap<String, String>,
    /// The kinds, in the order they are tried.
    pub kinds: Vec<SecretKind>,
}

/// One kind of secret. `secrets.toml` says what its keys mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretKind {
    /// Its name. Kinds that differ only in how they are written may share one.
    pub id: String,
    /// How sure one match is.
    #[serde(default, skip_serializing_if = "Certainty::is_certain")]
    pub certainty: Certainty,
    /// What it looks like.
    pub patterns: Vec<String>,
    /// The answer contains one of these, in lower case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<String>,
    /// What else the script knows of it.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// How sure a match is, and so what the reader can do about it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Always left out.
    #[default]
    Certain,
    /// Not a secret, so nothing less certain is looked for in the same place.
    Harmless,
    /// Left out until the reader says that it is not a secret.
    Guess,
    /// Not a secret, but private: left out of public requests until the reader says otherwise.
    Personal,
}

impl Certainty {
    #[allow(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes a reference"
    )]
    fn is_certain(&self) -> bool {
        *self == Self::Certain
    }
}

from_toml! {
    /// What a code or key of the service looks like. The page, `check` and `request check` look for it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct SiteSecret from RawSecret {
        /// Its name.
        pub id: Located<String>,
        /// What a request says in its place: `[removed: looks like …]`.
        pub what: String,
        /// What the page calls it. Default: `what`.
        pub name: Option<String>,
        /// A regular expression for text that stands alone. The whole match is the secret.
        pub pattern: Located<String>,
        /// How many matches in one answer are certainly secrets: `1` means every match. For fewer matches, readers may
        /// say that they are not secrets. Default: never.
        pub certain_from: Option<usize>,
        /// Whether upper and lower case are the same.
        pub ignore_case: bool = default,
        /// Whether it may be part of a longer word.
        pub inside_words: bool = default,
        /// Whether it contains both a letter and a digit.
        pub mixed: bool = default,
        /// Whether it counts only outside addresses such as `https://…`.
        pub outside_addresses: bool = default,
        /// Whether it may be broken over several lines.
        pub wraps: bool = default,
        /// Harmless texts that look like it, in lower case.
        pub except: Vec<String> = default,
        /// Whether it can sign the reader in, so that they may not need the request.
        pub signs_in: bool = default,
    }
}

impl SiteSecret {
    /// The kind as the script knows it.
    fn kind(&self) -> SecretKind {
        let is_certain = self.certain_from == Some(1);
        // The words around a guess may show that it is harmless, such as a commit.
        let not_called = if is_certain { None } else { Some(["harmless"]) };
        let except = self.except.iter().map(|one| one.to_lowercase());
        let rest = json!({
            "what": self.what,
            "name": self.name,
            "not_called": not_called,
            "certain_from": self.certain_from,
            "ignore_case": self.ignore_case,
            "except": except.collect::<Vec<_>>(),
            "edges": (!self.inside_words).then_some("alone"),
            "mixture": self.mixed.then_some("digits"),
            "outside_addresses": self.outside_addresses,
            "wraps": self.wraps,
            "signs_in": self.signs_in,
        });
        SecretKind {
            id: self.id.value.clone(),
            certainty: if is_certain {
                Certainty::Certain
            } else {
                Certainty::Guess
            },
            // The whole match is the secret: a group inside another one does not count.
            patterns: vec![format!("({})", self.pattern.value)],
            needs: Vec::new(),
            rest: given(rest),
        }
    }
}

impl SecretRules {
    /// The built-in rules and those of the site, in the order they are tried. The more certain ones come first: among
    /// guesses those with a checksum, and otherwise the site's own.
    pub fn with<'a>(own: impl IntoIterator<Item = &'a SiteSecret>) -> Self {
        let mut rules = built_in();
        let own = own.into_iter().map(SiteSecret::kind);
        rules.kinds.splice(0..0, own);
        let kinds = &mut rules.kinds;
        kinds.sort_by_key(|kind| (kind.certainty, !kind.rest.contains_key("sum")));
        rules
    }
}

/// The built-in rules.
///
/// # Panics
/// If `secrets.toml` is malformed, which a test rules out.
pub fn built_in() -> SecretRules {
    let mut rules: SecretRules =
        toml::from_str(include_str!("secrets.toml")).expect("a test reads the table");
    for pattern in rules.kinds.iter_mut().flat_map(|kind| &mut kind.patterns) {
        // A part can contain others.
        for (name, part) in rules.parts.iter().chain(&rules.parts) {
            *pattern = pattern.replace(&format!("<{name}>"), part);
        }
    }
    rules
}

/// Something in a text that looks like a secret.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Match {
    /// The name of its kind.
    pub kind: String,
    /// What it looks like.
    pub what: String,
    /// How sure that is; several matches of one kind can make it certain.
    pub certainty: Certainty,
    /// Where, in bytes.
    pub span: Range<usize>,
}

/// Finds secrets.
pub struct Scanner(Scripts);

impl Scanner {
    /// Applies these rules. What the site says itself, as [`Checklist::said`](super::Checklist::said) has it, is not a
    /// secret.
    ///
    /// Errors: a pattern that does not compile.
    pub fn new(rules: &SecretRules, said: &[String]) -> Result<Self, String> {
        let scripts = Scripts::new()?;
        let (rules, said) = (json!(rules).to_string(), json!(said).to_string());
        scripts.call::<()>("setRules", (rules, said))?;
        Ok(Self(scripts))
    }

    /// What looks like a secret in `text`, the answer to `question`, in order.
    ///
    /// Errors: it takes too long.
    pub fn find(&self, text: &str, question: &str) -> Result<Vec<Match>, String> {
        let mut found: Vec<Match> = self.0.call("find", (text, question))?;
        found
            .iter_mut()
            .map(|one| &mut one.span)
            .for_each(to_bytes(text));
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_rule_makes_sense() {
        let rules = SecretRules::with([]);
        for kind in &rules.kinds {
            assert!(kind.rest.contains_key("what"), "{}", kind.id);
            for (key, value) in &kind.rest {
                let is_any_of = |known: &[&str]| known.iter().any(|one| value == one);
                let all = |is_fine: &dyn Fn(&str) -> bool| {
                    let mut words = value.as_array().expect("a list").iter();
                    words.all(|word| word.as_str().is_some_and(is_fine))
                };
                let is_fine = match key.as_str() {
                    "what" => value.is_string(),
                    "certain_from" => value.is_u64(),
                    "called" | "not_called" => all(&|name| rules.names.contains_key(name)),
                    "except" | "unless" => all(&|word| word == word.to_lowercase()),
                    "edges" => is_any_of(&["alone", "start", "nopath", "ends"]),
                    "mixture" => is_any_of(&["digits", "random", "cases", "strong"]),
                    "sum" => is_any_of(&["card", "account"]),
                    "ignore_case" | "whole" | "outside_addresses" | "wraps" | "signs_in" => {
                        value.is_boolean()
                    }
                    _ => false,
                };
                assert!(is_fine, "{}: {key} = {value}", kind.id);
            }
            let part = regex_lite::Regex::new("<[a-z]+(-[a-z]+)*>").expect("a constant");
            for pattern in &kind.patterns {
                assert!(!part.is_match(pattern), "{pattern} has an unknown part");
            }
        }
        assert_eq!(Scanner::new(&rules, &[]).err(), None);
    }

    #[test]
    fn matches_are_located_in_bytes() {
        let scanner = Scanner::new(&SecretRules::with([]), &[]).expect("the scripts work");
        let text = "é😀 AKIA\u{200b}IOSFODNN7QWERTYX é";
        let found = scanner.find(text, "").expect("a short text");
        let found: Vec<_> = found.iter().map(|one| &text[one.span.clone()]).collect();
        assert_eq!(found, ["AKIA\u{200b}IOSFODNN7QWERTYX"]);
    }
}
