//! Tables of a TOML file → the values of the program.
//!
//! A struct that is read from a table is declared within [`from_toml!`]: its fields are the keys. Values of a wrong type,
//! unknown keys and missing keys are reported at their location, and the rest is read all the same. Syntax errors are
//! for `load`.

use std::num::ParseIntError;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::ids::{AnswerId, DetailId, GroupId, LinkName, OutcomeId, QuestionId, RequestId};
use crate::markdown::{Options, Prose};
use crate::source::{Located, Location, Source};
use crate::yaml::{is_nothing, switch};

/// The most unknown keys of a table that are reported.
const UNKNOWN_LIMIT: usize = 20;

/// The most bytes of a number in YAML.
const NUMBER_LIMIT: usize = 32;

/// A value as it is in the file, with its span.
pub type Value<'i> = toml::Spanned<DeValue<'i>>;

/// Reads the values of one file.
pub struct Reader<'a> {
    /// The file.
    pub source: &'a Arc<Source>,
    /// How its Markdown is parsed.
    pub options: &'a Options,
    /// What is wrong with its values.
    pub diagnostics: &'a mut Diagnostics,
    /// Whether the file is YAML. Its values are all text, which can be a number, a switch, a date or a list of one.
    is_yaml: bool,
    /// The key whose value is being read.
    key: String,
    /// Whether that is a list, and one of its items is being read.
    is_item: bool,
}

impl<'a> Reader<'a> {
    /// Begins to read a file.
    pub fn new(
        source: &'a Arc<Source>,
        options: &'a Options,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            source,
            options,
            diagnostics,
            is_yaml: false,
            key: "this file".to_owned(),
            is_item: false,
        }
    }

    /// Reads the values of a YAML file, which are all text.
    #[must_use]
    pub fn of_yaml(self) -> Self {
        Self {
            is_yaml: true,
            ..self
        }
    }

    /// The number or switch that a text is. Longer texts and brackets are not parsed: they could be nested too deeply.
    fn typed<'i>(&self, value: &'i DeValue<'_>) -> Option<DeValue<'i>> {
        let text = value.as_str().filter(|_| self.is_yaml)?;
        let starts_number = |sign: char| sign.is_ascii_digit() || sign == '+' || sign == '-';
        if text.len() <= NUMBER_LIMIT && text.starts_with(starts_number) {
            return DeValue::parse(text).ok().map(toml::Spanned::into_inner);
        }
        switch(text).map(DeValue::Boolean)
    }

    /// The key whose value is being read.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// A text that has a default.
    pub fn located_or(&self, text: Option<Located<String>>, default: &str) -> Located<String> {
        let unwritten = || Located::new(default.to_owned(), Location::start_of(self.source));
        text.unwrap_or_else(unwritten)
    }

    /// Reports a problem.
    pub fn report(&mut self, problem: Diagnostic) {
        self.diagnostics.push(problem);
    }

    /// Reports a value that is not what its key needs, and reads nothing.
    pub fn wrong_type<T>(
        &mut self,
        span: Range<usize>,
        value: &DeValue<'_>,
        wanted: &str,
    ) -> Option<T> {
        // Texts need no quotes in YAML, and lists no brackets.
        let wanted = match wanted {
            "text in quotes" if self.is_yaml => "text",
            "a list in square brackets" if self.is_yaml => "a list",
            "a table" if self.is_yaml => "a map of keys",
            wanted => wanted,
        };
        let subject = if self.is_item { "each item of " } else { "" };
        let given = match value {
            DeValue::Table(_) if self.is_yaml => "a map of keys",
            DeValue::Table(_) => "a table",
            DeValue::Array(items) if items.is_empty() => "an empty list",
            DeValue::Array(_) => "a list",
            DeValue::Integer(number) => &format!("`{number}`"),
            DeValue::Float(_) => "a number with a point",
            DeValue::String(_) => "text",
            DeValue::Boolean(_) => "`true` or `false`",
            DeValue::Datetime(_) => "a date",
        };
        let message = format!("{subject}`{}` must be {wanted}, not {given}", self.key);
        let location = Location::new(self.source, span);
        self.report(Diagnostic::error(Code::WrongType, message).at(location));
        None
    }

    /// The one of several values that a text names.
    pub fn choice<T>(
        &mut self,
        value: Value<'_>,
        choices: impl IntoIterator<Item = (&'static str, T)>,
    ) -> Option<T> {
        let location = Location::new(self.source, value.span());
        let name = String::from_toml(value, self)?;
        let mut names = Vec::new();
        for (known, choice) in choices {
            if known == name {
                return Some(choice);
            }
            names.push(known);
        }
        let message = format!("`{}` cannot be `{name}`", self.key);
        let problem = Diagnostic::error(Code::UnknownValue, message).at(location);
        let all = format!("it can be: `{}`", names.join("`, `"));
        self.report(problem.suggest(&name, names, &all));
        None
    }

    fn entries<'i>(&mut self, value: Value<'i>) -> Option<DeTable<'i>> {
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(entries) => Some(entries),
            other => self.wrong_type(span, &other, "a table"),
        }
    }

    /// A table. Unknown keys are reported; one that is probably a misspelt key counts as that one.
    pub fn table<'i>(&mut self, value: Value<'i>, keys: &[&'static str]) -> Option<Table<'i>> {
        let span = value.span();
        let mut entries = self.entries(value)?;
        // A field that is not a key has no name.
        let keys = keys.iter().copied().filter(|key| !key.is_empty());
        let keys: Vec<_> = keys.collect();
        let written = entries.keys().cloned();
        let unknown = written.filter(|key| !keys.contains(&&**key.get_ref()));
        let mut unknown: Vec<_> = unknown.collect();
        unknown.sort_by_key(|key| key.span().start);
        for key in unknown.into_iter().take(UNKNOWN_LIMIT) {
            let name = key.get_ref();
            let meant = nearest(name, keys.iter().copied());
            let hint = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("known here: `{}`", keys.join("`, `")),
            };
            let problem = Diagnostic::error(Code::UnknownKey, format!("unknown key `{name}`"))
                .at(Location::new(self.source, key.span()));
            self.report(problem.hint(hint));
            let value = entries.remove(&**name);
            if let Some(meant) = meant.filter(|meant| !entries.contains_key(*meant)) {
                let meant = toml::Spanned::new(key.span(), meant.into());
                entries.extend(value.map(|value| (meant, value)));
            }
        }
        Some(Table { entries, span })
    }
}

/// The entries of a table that have not been read yet.
pub struct Table<'i> {
    entries: DeTable<'i>,
    span: Range<usize>,
}

impl<'i> Table<'i> {
    /// The value of a key, which the next messages are about.
    pub fn take(&mut self, key: &str, reader: &mut Reader<'_>) -> Option<Value<'i>> {
        let value = self.entries.remove(key)?;
        if reader.is_yaml && is_nothing(value.get_ref()) {
            return None;
        }
        key.clone_into(&mut reader.key);
        reader.is_item = false;
        Some(value)
    }

    /// The table of a key, without entries if there is none.
    pub fn table(
        &mut self,
        key: &str,
        keys: &[&'static str],
        reader: &mut Reader<'_>,
    ) -> Option<Self> {
        let nothing = toml::Spanned::new(self.span.clone(), DeValue::Table(DeTable::new()));
        let value = self.take(key, reader).unwrap_or(nothing);
        reader.table(value, keys)
    }

    /// The value of a key that is required.
    pub fn need(&mut self, key: &str, reader: &mut Reader<'_>) -> Option<Value<'i>> {
        let value = self.take(key, reader);
        if value.is_none() {
            let problem = Diagnostic::error(Code::MissingKey, format!("`{key}` is missing"))
                .at(Location::new(reader.source, self.span.clone()));
            let sign = if reader.is_yaml { ":" } else { " =" };
            reader.report(problem.hint(format!("add a line `{key}{sign} …`")));
        }
        value
    }

    /// Reads the value of a key. Without one, or with one that was reported, it is the default.
    pub fn read<T: FromToml>(
        &mut self,
        key: &str,
        default: Option<T>,
        reader: &mut Reader<'_>,
    ) -> Option<T> {
        match default.or_else(T::missing) {
            Some(default) => match self.take(key, reader) {
                Some(value) => T::from_toml(value, reader).or(Some(default)),
                None => Some(default),
            },
            None => T::from_toml(self.need(key, reader)?, reader),
        }
    }
}

/// A value that can be in a TOML file.
pub trait FromToml: Sized {
    /// What the JSON Schema and the reference are made from.
    #[cfg(test)]
    type Raw: schemars::JsonSchema;

    /// The keys of a table.
    const KEYS: &'static [&'static str] = &[];

    /// Reads a value. `None` if there is nothing in it, or if it is so wrong that it was reported instead.
    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// What a missing key means, if it can be missing.
    fn missing() -> Option<Self> {
        None
    }
}

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

/// A TOML date, which may also have a time.
impl FromToml for Date {
    #[cfg(test)]
    type Raw = RawDate;

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let date = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) if reader.is_yaml => text.trim().to_owned(),
            other => {
                let wanted = "a date such as `2026-09-30`, without quotes";
                return reader.wrong_type(value.span(), other, wanted);
            }
        };
        let parsed = date.parse().ok();
        if parsed.is_none() {
            let problem = Diagnostic::error(Code::BadDate, format!("`{date}` is not a date"))
                .at(Location::new(reader.source, value.span()));
            reader.report(problem.hint("write year, month and day: `2026-09-30`"));
        }
        parsed
    }
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

/// Implements [`FromToml`] for enums whose values have names.
macro_rules! choice {
    ($($type:ty),*) => {$(
        impl $crate::from_toml::FromToml for $type {
            #[cfg(test)]
            type Raw = Self;

            fn from_toml(
                value: $crate::from_toml::Value<'_>,
                reader: &mut $crate::from_toml::Reader<'_>,
            ) -> Option<Self> {
                reader.choice(value, Self::ALL.map(|one| (one.name(), one)))
            }
        }
    )*};
}
pub(crate) use choice;

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

/// What may be one name or a list of them, for a field that is read with `= one_or_more(…)`.
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

/// The schema of a date.
#[cfg(test)]
pub struct RawDate;

/// Declares structs, with [`FromToml`] and a raw form that only the JSON Schema and the reference are made from.
///
/// Doc comments are also the text of both. `field: Type = function(Raw)` reads a `Raw` and gives it to
/// `function(raw, reader)`. `from Raw: Trait` derives a trait for the raw form.
macro_rules! from_toml {
    ($(
        $(#[doc = $about:literal])*
        #[derive($($derive:ident),*)]
        pub struct $name:ident from $raw:ident $(: $raw_derive:ident)? {
            $(
                $(#[doc = $doc:literal])*
                $(#[serde($($serde:tt)*)])?
                pub $field:ident: $type:ty $(= $read:ident $raw_type:tt)?,
            )*
        }
    )*) => {$(
        $(#[doc = $about])*
        #[derive($($derive),*)]
        pub struct $name {
            $($(#[doc = $doc])* pub $field: $type,)*
        }

        $(#[doc = $about])*
        #[cfg(test)]
        #[derive(schemars::JsonSchema $(, $raw_derive)?)]
        #[serde(deny_unknown_fields)]
        #[allow(dead_code, reason = "only the schema is made from it")]
        pub struct $raw {
            $(
                $(#[doc = $doc])*
                $(#[serde($($serde)*)])?
                $field: $crate::from_toml::from_toml!(@raw $type $(, $raw_type)?),
            )*
        }

        impl $crate::from_toml::FromToml for $name {
            #[cfg(test)]
            type Raw = $raw;

            const KEYS: &'static [&'static str] =
                &[$($crate::from_toml::from_toml!(@key $field $($($serde)*)?)),*];

            fn from_toml(
                value: $crate::from_toml::Value<'_>,
                reader: &mut $crate::from_toml::Reader<'_>,
            ) -> Option<Self> {
                let mut table = reader.table(value, Self::KEYS)?;
                $(let $field = $crate::from_toml::from_toml!(
                    @read (table, reader, $field) [$($($serde)*)?] $type $(, $read $raw_type)?
                );)*
                Some(Self { $($field: $field?,)* })
            }
        }
    )*};
    (@raw $type:ty) => { <$type as $crate::from_toml::FromToml>::Raw };
    (@raw $type:ty, (())) => { () };
    (@raw $type:ty, ($raw_type:ty)) => { <$raw_type as $crate::from_toml::FromToml>::Raw };
    (@key $field:ident skip) => { "" };
    (@key $field:ident rename = $key:literal $($more:tt)*) => { $key };
    (@key $field:ident $($more:tt)*) => { stringify!($field) };
    (@default rename = $key:literal, default) => { Some(Default::default()) };
    (@default default) => { Some(Default::default()) };
    (@default $($more:tt)*) => { None };
    (@read ($table:ident, $reader:ident, $field:ident) [skip] $type:ty) => {
        Some(<$type>::default())
    };
    (@read ($table:ident, $reader:ident, $field:ident) [skip] $type:ty, $read:ident(())) => {
        Some($read((), $reader))
    };
    (@read ($table:ident, $reader:ident, $field:ident) [$($serde:tt)*] $type:ty) => {
        $table.read::<$type>(
            $crate::from_toml::from_toml!(@key $field $($serde)*),
            $crate::from_toml::from_toml!(@default $($serde)*),
            $reader,
        )
    };
    (@read ($table:ident, $reader:ident, $field:ident) [$($serde:tt)*] $type:ty, $read:ident($raw_type:ty)) => {
        $crate::from_toml::from_toml!(@read ($table, $reader, $field) [$($serde)*] $raw_type)
            .map(|raw| $read(raw, $reader))
    };
}
pub(crate) use from_toml;
