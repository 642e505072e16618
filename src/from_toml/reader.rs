//! Reads the tables of one file, key by key.

use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::FromToml;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::markdown::Options;
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
    pub(super) is_yaml: bool,
    /// The key whose value is being read.
    pub key: String,
    /// Whether that is a list, and one of its items is being read.
    pub(super) is_item: bool,
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
    pub fn of_yaml(&mut self) -> &mut Self {
        self.is_yaml = true;
        self
    }

    /// The number or switch that a text is. Longer texts and brackets are not parsed: they could be nested too deeply.
    pub(super) fn typed<'i>(&self, value: &'i DeValue<'_>) -> Option<DeValue<'i>> {
        let text = value.as_str().filter(|_| self.is_yaml)?;
        let starts_number = |c: char| c.is_ascii_digit() || c == '+' || c == '-';
        if text.len() <= NUMBER_LIMIT && text.starts_with(starts_number) {
            return DeValue::parse(text).ok().map(toml::Spanned::into_inner);
        }
        switch(text).map(DeValue::Boolean)
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

    pub(super) fn entries<'i>(&mut self, value: Value<'i>) -> Option<DeTable<'i>> {
        let span = value.span();
        match value.into_inner() {
            DeValue::Table(entries) => Some(entries),
            other => self.wrong_type(span, &other, "a table"),
        }
    }

    /// A table. Unknown keys are reported; one that is probably a misspelled key counts as that one.
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
            let equals = if reader.is_yaml { ":" } else { " =" };
            reader.report(problem.hint(format!("add a line `{key}{equals} …`")));
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
