//! Tables of a TOML file → the values of the program.
//!
//! A struct that is read from a table is declared once, within [`from_toml!`], which also declares its raw form:
//! the same keys, filled in by serde, with spans. Serde does not know which file it is reading, so
//! [`FromToml`] then turns spans into locations, parses Markdown and reports values that make no sense.
//! The keys of a file are declared where its structs are; `load` reports syntax errors.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, Deserializer, Error, SeqAccess, Unexpected, Visitor};

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::markdown::{Options, Prose};
use crate::source::{Located, Location, Source};

/// A value that serde has read, and its span in the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(transparent)]
pub struct Spanned<T>(toml::Spanned<T>);

impl<T> Spanned<T> {
    /// The value.
    pub fn get_ref(&self) -> &T {
        self.0.get_ref()
    }

    /// The value without its span.
    pub fn into_inner(self) -> T {
        self.0.into_inner()
    }
}

/// What turning raw values into others needs and gives.
pub struct Reader<'a> {
    /// The file.
    pub source: &'a Arc<Source>,
    /// How its Markdown is parsed.
    pub options: &'a Options,
    /// What is wrong with its values.
    pub diagnostics: &'a mut Diagnostics,
    /// Whether serde could not read all of it, so that keys may be missing that the author wrote.
    pub is_partial: bool,
}

impl Reader<'_> {
    /// Where a value is, with its quotes.
    pub fn location<T>(&self, raw: &Spanned<T>) -> Location {
        Location::new(self.source, raw.0.span())
    }

    /// A value with its location. The location of a text is what is between its quotes, unless that contains
    /// escapes: offsets in one are then offsets in the other.
    pub fn located<T>(&self, raw: Spanned<T>) -> Located<T> {
        let span = inside_quotes(self.source, raw.0.span());
        Located::new(raw.0.into_inner(), Location::new(self.source, span))
    }

    /// A text that has a default.
    pub fn located_or(&self, raw: Option<Spanned<String>>, default: &str) -> Located<String> {
        let unwritten = || Located::new(default.to_owned(), Location::start_of(self.source));
        raw.map_or_else(unwritten, |raw| self.located(raw))
    }

    /// Reports a problem.
    pub fn report(&mut self, problem: Diagnostic) {
        self.diagnostics.push(problem);
    }
}

fn inside_quotes(source: &Source, span: Range<usize>) -> Range<usize> {
    let raw = source.text().get(span.clone()).unwrap_or_default();
    for quote in ["\"\"\"", "'''", "\"", "'"] {
        let inner = raw
            .strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote));
        let Some(inner) = inner else { continue };
        if quote.starts_with('"') && inner.contains('\\') {
            return span;
        }
        // A line break right after the opening quotes is not part of the text.
        let inner = match inner.strip_prefix('\n') {
            Some(rest) if quote.len() == 3 => rest,
            _ => inner,
        };
        let end = span.end - quote.len();
        return end - inner.len()..end;
    }
    span
}

/// A value that can be in a TOML file.
pub trait FromToml: Sized {
    /// What serde reads.
    type Raw: DeserializeOwned;

    /// Converts what serde has read. `None` if there is nothing in it, or if it is so wrong that it was reported instead.
    fn from_toml(raw: Self::Raw, reader: &mut Reader<'_>) -> Option<Self>;
}

impl<T: DeserializeOwned> FromToml for Located<T> {
    type Raw = Spanned<T>;

    fn from_toml(raw: Spanned<T>, reader: &mut Reader<'_>) -> Option<Self> {
        Some(reader.located(raw))
    }
}

/// An empty text counts as missing.
impl FromToml for Prose {
    type Raw = Spanned<String>;

    fn from_toml(raw: Spanned<String>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = reader.located(raw);
        let is_empty = text.value.trim().is_empty();
        (!is_empty).then(|| Self::new(text, reader.options, reader.diagnostics))
    }
}

impl<T: FromToml> FromToml for Option<T> {
    type Raw = Option<T::Raw>;

    fn from_toml(raw: Self::Raw, reader: &mut Reader<'_>) -> Option<Self> {
        Some(raw.and_then(|raw| T::from_toml(raw, reader)))
    }
}

impl<T: FromToml> FromToml for Vec<T> {
    type Raw = Vec<T::Raw>;

    fn from_toml(raw: Self::Raw, reader: &mut Reader<'_>) -> Option<Self> {
        let items = raw.into_iter();
        Some(items.filter_map(|raw| T::from_toml(raw, reader)).collect())
    }
}

/// A table whose keys the author chooses.
impl<K: DeserializeOwned + Ord, V: FromToml> FromToml for Vec<(Located<K>, V)> {
    type Raw = BTreeMap<Spanned<K>, V::Raw>;

    fn from_toml(raw: Self::Raw, reader: &mut Reader<'_>) -> Option<Self> {
        let entries = raw.into_iter();
        let entries = entries
            .filter_map(|(key, raw)| Some((reader.located(key), V::from_toml(raw, reader)?)));
        Some(entries.collect())
    }
}

/// What may be one name or a list of them. Serde's own untagged enums lose spans.
#[derive(Debug)]
pub enum OneOrMore<T> {
    /// A name.
    One(T),
    /// A list of names.
    More(Vec<Spanned<T>>),
}

/// The names, for a field that is read with `= one_or_more(…)`.
pub fn one_or_more<T>(raw: Spanned<OneOrMore<T>>, reader: &mut Reader<'_>) -> Vec<Located<T>> {
    let Located { value, location } = reader.located(raw);
    match value {
        OneOrMore::One(one) => vec![Located::new(one, location)],
        OneOrMore::More(more) => more.into_iter().map(|one| reader.located(one)).collect(),
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for OneOrMore<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Names(PhantomData))
    }
}

struct Names<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for Names<T> {
    type Value = OneOrMore<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the id of an option in quotes, or a list of them")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        T::deserialize(StrDeserializer::new(name)).map(OneOrMore::One)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut names: A) -> Result<Self::Value, A::Error> {
        let mut more = Vec::new();
        while let Some(name) = names.next_element()? {
            more.push(name);
        }
        if more.is_empty() {
            return Err(A::Error::invalid_type(
                Unexpected::Other("an empty list"),
                &self,
            ));
        }
        Ok(OneOrMore::More(more))
    }
}

/// A TOML date, which may also have a time.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(transparent)]
pub struct Day(toml::value::Datetime);

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Implements [`FromToml`] for types that serde reads as they are.
macro_rules! plain {
    ($($type:ty),*) => {
        $(impl $crate::from_toml::FromToml for $type {
            type Raw = Self;

            fn from_toml(raw: Self, _: &mut $crate::from_toml::Reader<'_>) -> Option<Self> {
                Some(raw)
            }
        })*
    };
}
pub(crate) use plain;

plain!(bool, i64, usize, String);

/// Declares structs with their raw form and [`FromToml`].
///
/// Doc comments are also the text of the reference and of the JSON Schema. `field: Type = function(Raw)` reads a
/// field by `function(raw, reader)` instead of by the type's own [`FromToml`]. `from Raw: Trait` derives a trait for the raw form.
macro_rules! from_toml {
    ($(
        $(#[doc = $about:literal])*
        #[derive($($derive:ident),*)]
        pub struct $name:ident from $raw:ident $(: $raw_derive:ident)? {
            $(
                $(#[doc = $doc:literal])*
                $(#[serde($($serde:tt)*)])?
                pub $field:ident: $type:ty $(= $read:ident($raw_type:ty))?,
            )*
        }
    )*) => {$(
        $(#[doc = $about])*
        #[derive($($derive),*)]
        pub struct $name {
            $($(#[doc = $doc])* pub $field: $type,)*
        }

        $(#[doc = $about])*
        #[derive(serde::Deserialize $(, $raw_derive)?)]
        #[cfg_attr(test, derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $raw {
            $(
                $(#[doc = $doc])*
                $(#[serde($($serde)*)])?
                $field: $crate::from_toml::from_toml!(@raw $type $(, $raw_type)?),
            )*
        }

        impl $crate::from_toml::FromToml for $name {
            type Raw = $raw;

            fn from_toml(
                raw: $raw,
                reader: &mut $crate::from_toml::Reader<'_>,
            ) -> Option<Self> {
                Some(Self {
                    $($field: $crate::from_toml::from_toml!(@read raw.$field, reader $(, $read)?),)*
                })
            }
        }
    )*};
    (@raw $type:ty) => { <$type as $crate::from_toml::FromToml>::Raw };
    (@raw $type:ty, $raw_type:ty) => { $raw_type };
    (@read $raw:expr, $reader:ident) => { $crate::from_toml::FromToml::from_toml($raw, $reader)? };
    (@read $raw:expr, $reader:ident, $read:ident) => { $read($raw, $reader) };
}
pub(crate) use from_toml;
