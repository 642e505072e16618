//! The values that are not tables: texts, numbers, names, lists.

use std::num::ParseIntError;
use std::ops::Range;

use toml::de::DeValue;

use super::{FromToml, Reader, Value};
use crate::ids::{AnswerId, DetailId, GroupId, LinkName, OutcomeId, QuestionId, RequestId};
use crate::markdown::Prose;
use crate::source::{Located, Location, Source};

/// Implements [`FromToml`] for values that are one word in a file.
macro_rules! scalars {
    ($($type:ty: $wanted:literal = $read:expr,)*) => {$(
        impl FromToml for $type {
            #[cfg(test)]
            type Raw = Self;

            fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                let read: fn(&DeValue<'_>) -> Option<Self> = $read;
                let typed = reader.typed(value.get_ref());
                let found = read(value.get_ref()).or_else(|| read(typed.as_ref()?));
                let given = typed.as_ref().unwrap_or(value.get_ref());
                found.or_else(|| reader.wrong_type(value.span(), given, $wanted))
            }
        }
    )*};
}

scalars! {
    String: "text in quotes" = |value| value.as_str().map(str::to_owned),
    bool: "`true` or `false`" = |value| value.as_bool(),
    usize: "a whole number from 0 up" = |value| number(value, Self::from_str_radix),
    i64: "a whole number" = |value| number(value, Self::from_str_radix),
}

fn number<T>(value: &DeValue<'_>, parse: fn(&str, u32) -> Result<T, ParseIntError>) -> Option<T> {
    let number = value.as_integer()?;
    parse(number.as_str(), number.radix()).ok()
}

/// Implements [`FromToml`] for names, which are text.
macro_rules! names {
    ($($type:ty),*) => {$(
        impl FromToml for $type {
            #[cfg(test)]
            type Raw = String;

            fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                String::from_toml(value, reader).map(Self::new)
            }
        }
    )*};
}

names!(
    AnswerId, DetailId, GroupId, LinkName, OutcomeId, QuestionId, RequestId
);

/// The location of a text is what is between its quotes, unless that contains escapes: offsets in one are then offsets
/// in the other.
impl<T: FromToml> FromToml for Located<T> {
    #[cfg(test)]
    type Raw = T::Raw;

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let span = inside_quotes(reader.source, value.span());
        let location = Location::new(reader.source, span);
        Some(Self::new(T::from_toml(value, reader)?, location))
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

/// An empty text counts as missing.
impl FromToml for Prose {
    #[cfg(test)]
    type Raw = String;

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = Located::<String>::from_toml(value, reader)?;
        let is_empty = text.value.trim().is_empty();
        (!is_empty).then(|| Self::new(text, reader.options, reader.diagnostics))
    }
}

impl<T: FromToml> FromToml for Option<T> {
    #[cfg(test)]
    type Raw = Option<T::Raw>;

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        Some(T::from_toml(value, reader))
    }

    fn missing() -> Option<Self> {
        Some(None)
    }
}

/// What was written for a key, `None` if it was reported instead of read. Then the key is not missing all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<T>(pub Option<T>);

impl<T: FromToml> FromToml for Written<T> {
    #[cfg(test)]
    type Raw = T::Raw;

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self(T::from_toml(value, reader)))
    }
}

impl<T: FromToml> FromToml for Vec<T> {
    #[cfg(test)]
    type Raw = Vec<T::Raw>;

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let span = value.span();
        let items = match value.into_inner() {
            DeValue::Array(items) => items,
            one @ DeValue::String(_) if reader.is_yaml => {
                [toml::Spanned::new(span, one)].into_iter().collect()
            }
            other => return reader.wrong_type(span, &other, "a list in square brackets"),
        };
        let key = reader.key.clone();
        let items = items.into_iter().filter_map(|item| {
            reader.key.clone_from(&key);
            reader.is_item = true;
            T::from_toml(item, reader)
        });
        Some(items.collect())
    }
}

/// A table whose keys the author chooses.
impl<K: FromToml, V: FromToml> FromToml for Vec<(Located<K>, V)> {
    #[cfg(test)]
    type Raw = std::collections::BTreeMap<String, V::Raw>;

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let entries = reader.entries(value)?;
        let entries = entries.into_iter().filter_map(|(key, value)| {
            reader.key = key.get_ref().to_string();
            reader.is_item = false;
            let key = toml::Spanned::new(key.span(), DeValue::String(key.into_inner()));
            let key = Located::from_toml(key, reader)?;
            Some((key, V::from_toml(value, reader)?))
        });
        Some(entries.collect())
    }
}

/// Reads a boolean that is true by default.
pub fn unless_false(raw: Option<bool>, _: &mut Reader<'_>) -> bool {
    raw.unwrap_or(true)
}

/// What may be one name or a list of them, for a field that is read with `=> one_or_more(…)`.
pub struct OneOrMore<T>(Vec<Located<T>>);

/// The names.
pub fn one_or_more<T>(names: OneOrMore<T>, _: &mut Reader<'_>) -> Vec<Located<T>> {
    names.0
}

impl<T: FromToml> FromToml for OneOrMore<T> {
    #[cfg(test)]
    type Raw = RawOneOrMore<T::Raw>;

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match value.get_ref() {
            DeValue::Array(items) if !items.is_empty() => Vec::from_toml(value, reader).map(Self),
            DeValue::String(_) => Located::from_toml(value, reader).map(|one| Self(vec![one])),
            other => {
                let wanted = "the id of an option in quotes, or a list of them";
                reader.wrong_type(value.span(), other, wanted)
            }
        }
    }
}

/// The schema of [`OneOrMore`].
#[cfg(test)]
pub struct RawOneOrMore<T>(std::marker::PhantomData<T>);
