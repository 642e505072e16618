//! What each kind of secret looks like, and what people call it.
//!
//! The built-in rules are in `kinds.toml`, and a site adds its own kinds with `[[secret]]` in `checklist.toml`. The browser
//! gets all of them as JSON, without default values.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::source::Located;

/// All rules.
#[derive(Debug, Clone, Serialize)]
pub struct SecretRules {
    /// Names by which a text announces what follows, as patterns for lower case.
    pub names: BTreeMap<String, String>,
    /// A pattern: a value that contains a match is not a secret.
    pub harmless_values: String,
    /// The kinds, in the order they are tried.
    pub kinds: Vec<SecretKind>,
}

/// One kind of secret.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a property of its own, and a kind names only those it has"
)]
pub struct SecretKind {
    /// Its name. Kinds that differ only in how they are written may share one.
    pub id: String,
    /// What a request says in its place: `[removed: looks like …]`.
    pub what: String,
    /// What the page calls it, if not by `what`; for built-in kinds the theme's strings say it.
    #[serde(skip_serializing_if = "is_default")]
    pub name: Option<String>,
    /// How sure one match is.
    #[serde(skip_serializing_if = "is_default")]
    pub certainty: Certainty,
    /// How many matches in one answer make all of them certain.
    #[serde(skip_serializing_if = "is_default")]
    pub certain_from: Option<usize>,
    /// What it looks like. Each group is a secret of its own, unless it is inside another one.
    pub patterns: Vec<String>,
    /// Whether the patterns are for a text in lower case.
    #[serde(skip_serializing_if = "is_default")]
    pub ignore_case: bool,
    /// Whether the whole match is left out, and the groups only say what must not be harmless.
    #[serde(skip_serializing_if = "is_default")]
    pub whole: bool,
    /// The answer contains one of these, in lower case: a quick test before the slow one.
    #[serde(skip_serializing_if = "is_default")]
    pub needs: Vec<String>,
    /// The text calls it by one of these names.
    #[serde(skip_serializing_if = "is_default")]
    pub called: Vec<String>,
    /// The text calls it by none of these names.
    #[serde(skip_serializing_if = "is_default")]
    pub not_called: Vec<String>,
    /// Values that look like it and are harmless, in lower case.
    #[serde(skip_serializing_if = "is_default")]
    pub except: Vec<String>,
    /// Words it does not contain, in lower case; `-ed` means every longer word that ends in `ed`.
    #[serde(skip_serializing_if = "is_default")]
    pub unless: Vec<String>,
    /// What can be beside it.
    #[serde(skip_serializing_if = "is_default")]
    pub edges: Edges,
    /// What it is a mixture of.
    #[serde(skip_serializing_if = "is_default")]
    pub mixture: Mixture,
    /// Whether it counts only outside addresses such as `https://…`.
    #[serde(skip_serializing_if = "is_default")]
    pub outside_addresses: bool,
    /// The checksum its digits have.
    #[serde(skip_serializing_if = "is_default")]
    pub sum: Sum,
    /// Whether line breaks in it are ignored: it is long, and terminals break it.
    #[serde(skip_serializing_if = "is_default")]
    pub wraps: bool,
    /// Whether its owner can sign in with it, so that they might not need the request.
    #[serde(skip_serializing_if = "is_default")]
    pub signs_in: bool,
    /// Whether the site defines it.
    #[serde(skip)]
    pub own: bool,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
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

/// What can be beside a match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Edges {
    /// Anything.
    #[default]
    Any,
    /// Nothing that makes it part of a longer word, number, path or version.
    Alone,
    /// No letter or digit before it.
    Start,
    /// No `:path` after it.
    NoPath,
    /// The end of a sentence, a line or a quotation after it.
    Ends,
}

/// What a match is a mixture of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mixture {
    /// Anything.
    #[default]
    Any,
    /// Letters and digits.
    Digits,
    /// Random characters: letters and digits take turns.
    Random,
    /// The same, with lower and upper case.
    Cases,
    /// As passwords are: lower and upper case in two words or more, with a digit or a sign among them.
    Strong,
}

impl Mixture {
    /// Whether a text is this mixture.
    pub(super) fn holds(self, text: &str) -> bool {
        let has = |class: fn(&u8) -> bool| text.bytes().any(|byte| class(&byte));
        let digits = has(u8::is_ascii_digit);
        match self {
            Self::Any => true,
            Self::Digits => digits && has(u8::is_ascii_alphabetic),
            Self::Random => is_random(text),
            Self::Cases => {
                digits
                    && has(u8::is_ascii_lowercase)
                    && has(u8::is_ascii_uppercase)
                    && is_random(text)
            }
            Self::Strong => is_strong(text.trim_end_matches(['.', '?', '!'])),
        }
    }
}

/// Whether lower case, upper case and digits take turns as they do in nothing that people write.
fn is_random(text: &str) -> bool {
    let class = |one: u8| match one {
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        b'0'..=b'9' => 3,
        _ => 0,
    };
    let (mut length, mut digits, mut changes, mut last) = (0, 0, 0, 0);
    for now in text.bytes().map(class) {
        length += usize::from(now > 0);
        digits += usize::from(now == 3);
        changes += usize::from(now > 0 && last > 0 && now != last);
        last = now;
    }
    changes * 6 >= length && (digits >= 2 || changes * 3 >= length)
}

fn is_strong(text: &str) -> bool {
    let has = |class: fn(&u8) -> bool| text.bytes().any(|byte| class(&byte));
    let words = text.split(|one: char| !one.is_alphabetic());
    let words = words.filter(|word| word.chars().count() > 2).count();
    let signs = has(|byte| b"&!*$^#?".contains(byte));
    has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_uppercase)
        && if words > 1 {
            signs || has(u8::is_ascii_digit)
        } else {
            signs && has(u8::is_ascii_digit)
        }
}

/// A checksum of digits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sum {
    /// None.
    #[default]
    Any,
    /// The one of payment cards (Luhn).
    Card,
    /// The one of bank account numbers (ISO 13616).
    Account,
}

impl Sum {
    /// Whether the letters and digits of a text have it.
    pub(super) fn holds(self, text: &str) -> bool {
        let values: Vec<u32> = text.chars().filter_map(|one| one.to_digit(36)).collect();
        match self {
            Self::Any => true,
            Self::Card => {
                let doubled = |(at, digit): (usize, &u32)| match (at % 2, *digit * 2) {
                    (0, _) => *digit,
                    (_, twice) if twice > 9 => twice - 9,
                    (_, twice) => twice,
                };
                values.iter().rev().enumerate().map(doubled).sum::<u32>() % 10 == 0
            }
            Self::Account => {
                let turned = values.iter().cycle().skip(4).take(values.len());
                let rest = turned.fold(0, |rest, value| match value {
                    0..=9 => (rest * 10 + value) % 97,
                    _ => (rest * 100 + value) % 97,
                });
                rest == 1
            }
        }
    }
}

/// A kind that a site defines, with the locations of what can be wrong in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteSecret {
    /// The kind itself.
    pub kind: SecretKind,
    /// Its name, which `secret_guides` can use.
    pub id: Located<String>,
    /// Its pattern as the author wrote it.
    pub pattern: Located<String>,
}

#[derive(Deserialize)]
struct BuiltIn {
    harmless_values: String,
    names: BTreeMap<String, String>,
    parts: BTreeMap<String, String>,
    kind: Vec<SecretKind>,
}

impl SecretRules {
    /// The built-in rules and those of the site, in the order they are tried. The more certain ones come first: among
    /// guesses those with a checksum, and otherwise the site's own.
    pub fn with(own: &[SiteSecret]) -> Self {
        let mut rules = built_in();
        let own = own.iter().map(|one| one.kind.clone());
        rules.kinds.splice(0..0, own);
        let kinds = &mut rules.kinds;
        kinds.sort_by_key(|kind| (kind.certainty, kind.sum == Sum::Any));
        rules
    }
}

/// The built-in rules.
///
/// # Panics
/// If `kinds.toml` is malformed, which a test rules out.
pub fn built_in() -> SecretRules {
    let mut rules: BuiltIn =
        toml::from_str(include_str!("kinds.toml")).expect("a test reads the table");
    for pattern in rules.kind.iter_mut().flat_map(|kind| &mut kind.patterns) {
        // A part can contain others.
        for (name, part) in rules.parts.iter().chain(&rules.parts) {
            *pattern = pattern.replace(&format!("<{name}>"), part);
        }
    }
    SecretRules {
        names: rules.names,
        harmless_values: rules.harmless_values,
        kinds: rules.kind,
    }
}
