//! Front matter → what a page says of itself.
//!
//! In: a page's source and where its block stands. Out: [`FrontMatter`]. TOML and YAML say the same keys;
//! a key of another tool in YAML is passed over with a remark, so that its guides can be brought
//! over as they are.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Deserialize;
use serde_saphyr as yaml;
use toml::Spanned;

use super::toml_file::{located, read_block};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::markdown::FrontMatter as Block;
use crate::markdown::{FrontFormat, Options, Prose};
use crate::site::{FrontMatter, Period};
use crate::source::{Located, Location, Source};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    title: Option<Spanned<String>>,
    summary: Option<Spanned<String>>,
    #[serde(default)]
    needs: Vec<Spanned<String>>,
    takes: Option<Spanned<String>>,
    order: Option<i64>,
    reviewed: Option<Spanned<toml::value::Datetime>>,
    review_every: Option<Spanned<String>>,
    #[serde(default)]
    sources: Vec<Spanned<String>>,
    #[serde(default)]
    keywords: Vec<Spanned<String>>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    #[serde(default)]
    draft: bool,
}

/// The keys of [`Raw`], for YAML.
const KEYS: [&str; 11] = [
    "title",
    "summary",
    "needs",
    "takes",
    "order",
    "reviewed",
    "review_every",
    "sources",
    "keywords",
    "aliases",
    "draft",
];

/// Reads a block.
pub(super) fn meta(
    source: &Arc<Source>,
    front: &Block,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> FrontMatter {
    let meta = match front.format {
        FrontFormat::Toml => from_toml(source, front, options, diagnostics),
        FrontFormat::Yaml => from_yaml(source, front, options, diagnostics),
    };
    if let Some(title) = meta
        .title
        .as_ref()
        .filter(|title| title.value.trim().is_empty())
    {
        diagnostics.push(
            Diagnostic::error(Code::EmptyTitle, "the title is empty")
                .at(title.location.clone())
                .hint("write a title, or remove the key to use the first heading"),
        );
    }
    meta
}

fn from_toml(
    source: &Arc<Source>,
    front: &Block,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> FrontMatter {
    let Some(raw) = read_block::<Raw>(source, front.span.clone(), diagnostics) else {
        return FrontMatter::default();
    };
    let here = |value: Spanned<String>| located(source, value);
    let all = |values: Vec<Spanned<String>>| values.into_iter().map(here).collect();
    let mut prose = |value| Prose::new(here(value), options, diagnostics);
    let summary = raw.summary.map(&mut prose);
    let needs = raw.needs.into_iter().map(&mut prose).collect();
    let sources = raw.sources.into_iter().map(&mut prose).collect();
    FrontMatter {
        title: raw.title.map(here),
        summary,
        needs,
        takes: raw.takes.map(here),
        order: raw.order,
        reviewed: raw.reviewed.and_then(|value| {
            let value = located(source, value);
            date(&value.value.to_string(), value.location, diagnostics)
        }),
        review_every: raw
            .review_every
            .and_then(|value| period(here(value), diagnostics)),
        sources,
        keywords: all(raw.keywords),
        aliases: all(raw.aliases),
        draft: raw.draft,
    }
}

/// A value of YAML as it was written.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum YamlValue {
    Flag(bool),
    Whole(i64),
    Fraction(f64),
    Text(String),
    List(Vec<YamlValue>),
    #[expect(
        dead_code,
        clippy::zero_sized_map_values,
        reason = "only that it is one matters: no key takes a table"
    )]
    Table(BTreeMap<String, serde::de::IgnoredAny>),
    Nothing(()),
}

fn from_yaml(
    source: &Arc<Source>,
    front: &Block,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> FrontMatter {
    let text = &source.text()[front.span.clone()];
    if text.trim().is_empty() {
        return FrontMatter::default();
    }
    let entries: BTreeMap<String, yaml::Spanned<YamlValue>> = match yaml::from_str(text) {
        Ok(entries) => entries,
        Err(error) => {
            diagnostics.push(yaml_problem(source, front, &error));
            return FrontMatter::default();
        }
    };
    let mut reader = YamlReader {
        source,
        front,
        entries,
        options,
        diagnostics,
    };
    reader.unknown_keys();
    let reviewed = reader.text("reviewed");
    let review_every = reader.text("review_every");
    FrontMatter {
        title: reader.text("title"),
        summary: reader.text("summary").map(|text| reader.prose(text)),
        needs: reader.proses("needs"),
        takes: reader.text("takes"),
        order: reader.whole("order"),
        reviewed: reviewed.and_then(|value| date(&value.value, value.location, reader.diagnostics)),
        review_every: review_every.and_then(|value| period(value, reader.diagnostics)),
        sources: reader.proses("sources"),
        keywords: reader.list("keywords"),
        aliases: reader.list("aliases"),
        draft: reader.flag("draft"),
    }
}

fn yaml_problem(source: &Arc<Source>, front: &Block, error: &yaml::Error) -> Diagnostic {
    let at = error.location().map_or(front.span.start, |location| {
        offset(source, front, location.line(), location.column())
    });
    let message = error.without_snippet().to_string();
    // The parser counts lines within the block; the place says where in the page.
    let first = message.lines().next().unwrap_or("cannot be read");
    let message = first.split(" at line ").next().unwrap_or(first);
    Diagnostic::error(Code::YamlSyntax, message)
        .at(Location::new(source, at..at))
        .hint("write `key: value` lines, and put text that contains a colon in quotes")
}

/// Line and column of a block (both from 1) → offset in the page.
fn offset(source: &Source, front: &Block, line: u64, column: u64) -> usize {
    let text = &source.text()[front.span.clone()];
    let lines = usize::try_from(line.saturating_sub(1)).unwrap_or(0);
    let columns = usize::try_from(column.saturating_sub(1)).unwrap_or(0);
    let start: usize = text.split_inclusive('\n').take(lines).map(str::len).sum();
    let within: usize = text[start..]
        .chars()
        .take(columns)
        .map(char::len_utf8)
        .sum();
    front.span.start + start + within
}

/// Takes values out of a YAML block, telling those of a wrong kind.
struct YamlReader<'a> {
    source: &'a Arc<Source>,
    front: &'a Block,
    entries: BTreeMap<String, yaml::Spanned<YamlValue>>,
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
}

impl YamlReader<'_> {
    /// A slip of the pen is worth a warning; a key of another tool only a remark.
    fn unknown_keys(&mut self) {
        let mut foreign = Vec::new();
        for (key, value) in &self.entries {
            if KEYS.contains(&key.as_str()) {
                continue;
            }
            match nearest(key, KEYS) {
                Some(near) => self.diagnostics.push(
                    Diagnostic::warning(Code::UnknownKey, format!("`{key}` has no effect here"))
                        .at(self.location(value))
                        .hint(format!("did you mean `{near}`?")),
                ),
                None => foreign.push(format!("`{key}`")),
            }
        }
        if !foreign.is_empty() {
            let start = self.front.span.start;
            let remark = format!(
                "keys of another tool are passed over: {}",
                foreign.join(", ")
            );
            self.diagnostics.push(
                Diagnostic::info(Code::UnknownKey, remark)
                    .at(Location::new(self.source, start..start)),
            );
        }
    }

    fn location(&self, value: &yaml::Spanned<YamlValue>) -> Location {
        let location = value.referenced;
        let at = offset(self.source, self.front, location.line(), location.column());
        let end = self.source.text()[at..]
            .find('\n')
            .map_or(at, |length| at + length);
        Location::new(self.source, at..end)
    }

    fn take(&mut self, key: &str) -> Option<(YamlValue, Location)> {
        let value = self.entries.remove(key)?;
        let location = self.location(&value);
        Some((value.value, location))
    }

    fn wrong<T>(&mut self, key: &str, wanted: &str, location: Location) -> Option<T> {
        self.diagnostics.push(
            Diagnostic::error(Code::WrongType, format!("`{key}` must be {wanted}")).at(location),
        );
        None
    }

    fn text(&mut self, key: &str) -> Option<Located<String>> {
        let (value, location) = self.take(key)?;
        match scalar(&value) {
            Some(_) if !matches!(value, YamlValue::Text(_)) => {
                Some(Located::new(as_written(&location), location))
            }
            Some(text) => Some(Located::new(text, location)),
            None if matches!(value, YamlValue::Nothing(())) => None,
            None => self.wrong(key, "text", location),
        }
    }

    fn prose(&mut self, text: Located<String>) -> Prose {
        Prose::new(text, self.options, self.diagnostics)
    }

    fn proses(&mut self, key: &str) -> Vec<Prose> {
        let texts = self.list(key).into_iter();
        texts.map(|text| self.prose(text)).collect()
    }

    fn list(&mut self, key: &str) -> Vec<Located<String>> {
        let Some((value, location)) = self.take(key) else {
            return Vec::new();
        };
        let items = match &value {
            YamlValue::List(items) => items.iter().map(scalar).collect::<Option<Vec<_>>>(),
            YamlValue::Nothing(()) => Some(Vec::new()),
            other => scalar(other).map(|one| vec![one]),
        };
        let items = items.or_else(|| self.wrong(key, "a list of texts", location.clone()));
        items
            .unwrap_or_default()
            .into_iter()
            .map(|text| Located::new(text, location.clone()))
            .collect()
    }

    fn whole(&mut self, key: &str) -> Option<i64> {
        match self.take(key)? {
            (YamlValue::Whole(number), _) => Some(number),
            (_, location) => self.wrong(key, "a whole number", location),
        }
    }

    fn flag(&mut self, key: &str) -> bool {
        match self.take(key) {
            None => false,
            Some((YamlValue::Flag(flag), _)) => flag,
            Some((_, location)) => self
                .wrong(key, "`true` or `false`", location)
                .unwrap_or_default(),
        }
    }
}

/// What looks like a number to YAML, letter by letter: `1.10` is a title, and not `1.1`.
fn as_written(location: &Location) -> String {
    let line = &location.source.text()[location.span.clone()];
    let value = line.split(" #").next().unwrap_or_default();
    value.trim().to_owned()
}

fn scalar(value: &YamlValue) -> Option<String> {
    match value {
        YamlValue::Text(text) => Some(text.clone()),
        YamlValue::Whole(number) => Some(number.to_string()),
        YamlValue::Fraction(number) => Some(number.to_string()),
        YamlValue::Flag(flag) => Some(flag.to_string()),
        YamlValue::List(_) | YamlValue::Table(_) | YamlValue::Nothing(()) => None,
    }
}

fn date(text: &str, location: Location, diagnostics: &mut Diagnostics) -> Option<Located<Date>> {
    if let Ok(date) = text.trim().parse::<Date>() {
        return Some(Located::new(date, location));
    }
    diagnostics.push(
        Diagnostic::error(Code::BadDate, format!("`{text}` is not a date"))
            .at(location)
            .hint("write year, month and day: `2026-09-30`"),
    );
    None
}

/// `90 days`, `6 weeks`, `6 months`, `1 year`.
fn period(given: Located<String>, diagnostics: &mut Diagnostics) -> Option<Located<Period>> {
    let parsed = given
        .value
        .trim()
        .split_once(' ')
        .and_then(|(count, unit)| {
            let count: i32 = count
                .parse()
                .ok()
                .filter(|count| (1..=1000).contains(count))?;
            let (months, days) = match unit.trim().trim_end_matches('s') {
                "day" => (0, count),
                "week" => (0, 7 * count),
                "month" => (count, 0),
                "year" => (12 * count, 0),
                _ => return None,
            };
            Some(Period { months, days })
        });
    if parsed.is_none() {
        diagnostics.push(
            Diagnostic::error(
                Code::BadDate,
                format!("`{}` is not a duration", given.value),
            )
            .at(given.location.clone())
            .hint("write a number and a unit: `90 days`, `6 weeks`, `6 months`, `1 year`"),
        );
    }
    Some(Located::new(parsed?, given.location))
}
