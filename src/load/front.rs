//! Front matter → what a page says of itself.
//!
//! In: a page's source and where its block stands. Out: [`FrontMatter`]. TOML and YAML say the same keys;
//! a key of another tool in YAML is passed over with a remark, so that its guides can be brought
//! over as they are.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Deserialize;

use super::rules::{self, Rule};
use super::toml_file::read_raw;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Levels, nearest};
use crate::from_toml::{Spanned, located};
use crate::markdown::FrontMatter as Block;
use crate::markdown::{FrontFormat, Options, Prose};
use crate::site::{FrontMatter, Period};
use crate::source::{Located, Location, Source};
use crate::yaml::{Entry, Node, parse, switch};

/// The front matter of a page.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    /// The page's title. Default: its first heading, or its file name.
    title: Option<Spanned<String>>,
    /// What the page gets the reader, in at most two lines of Markdown.
    summary: Option<Spanned<String>>,
    /// What readers need, in Markdown.
    #[serde(default)]
    needs: Vec<Spanned<String>>,
    /// How long it takes.
    takes: Option<Spanned<String>>,
    /// Its place in the folder, lower first. Pages without one follow by title.
    order: Option<i64>,
    /// The day it was last checked against its sources.
    #[cfg_attr(test, schemars(with = "Option<super::schema::Day>"))]
    reviewed: Option<Spanned<toml::value::Datetime>>,
    /// How often it must be checked: `"6 months"`, `"90 days"`. `check` warns when a review is overdue.
    review_every: Option<Spanned<String>>,
    /// What the page was written from, in Markdown.
    #[serde(default)]
    sources: Vec<Spanned<String>>,
    /// Words that readers search for. They are not shown. A keyword of one or two words counts almost as much as
    /// the title.
    #[serde(default)]
    keywords: Vec<Spanned<String>>,
    /// Old addresses that lead here.
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    /// Whether the page is built only with `--drafts`. It is always checked.
    #[serde(default)]
    draft: bool,
    /// The levels of rules on this page, by code.
    #[serde(default)]
    rules: BTreeMap<Spanned<String>, RawRule>,
}

/// The level of a rule on this page.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct RawRule {
    /// The level: `"error"`, `"warning"`, `"info"` or `"off"`.
    level: Spanned<String>,
    /// Why the page may break the rule. It must not be missing.
    reason: Option<Spanned<String>>,
}

/// The keys of [`Raw`], for YAML.
const KEYS: [&str; 12] = [
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
    "rules",
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
    let Some(raw) = read_raw::<Raw>(source, front.span.clone(), diagnostics) else {
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
        levels: {
            let rules = raw.rules.into_iter().map(|(name, rule)| Rule {
                name: here(name),
                level: Some(here(rule.level)),
                reason: rule.reason.map(here),
            });
            rules::of_page(rules.collect(), diagnostics)
        },
    }
}

fn from_yaml(
    source: &Arc<Source>,
    front: &Block,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> FrontMatter {
    let root = match parse(source, front.span.clone(), Code::YamlSyntax) {
        Ok(root) => root,
        Err(problem) => {
            diagnostics.push(problem);
            return FrontMatter::default();
        }
    };
    let entries = match root.value {
        Node::Map(entries) => entries,
        Node::Nothing => Vec::new(),
        Node::Text { .. } | Node::List(_) => {
            let message = "front matter must be `key: value` lines";
            diagnostics.push(Diagnostic::error(Code::YamlSyntax, message).at(root.location));
            return FrontMatter::default();
        }
    };
    let mut reader = YamlReader {
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
        levels: reader.levels(),
    }
}

/// Takes values out of a YAML block, reporting those of a wrong type.
struct YamlReader<'a> {
    entries: Vec<Entry>,
    options: &'a Options,
    diagnostics: &'a mut Diagnostics,
}

impl YamlReader<'_> {
    /// A misspelt key is worth a warning; a key of another tool only a remark.
    fn unknown_keys(&mut self) {
        for (key, _) in &self.entries {
            let Located { value, location } = key;
            if KEYS.contains(&value.as_str()) {
                continue;
            }
            let problem = if let Some(near) = nearest(value, KEYS) {
                let message = format!("`{value}` has no effect here");
                Diagnostic::warning(Code::UnknownKey, message)
                    .hint(format!("did you mean `{near}`?"))
            } else {
                let message = "front matter has keys of another tool, which have no effect";
                Diagnostic::info(Code::ForeignMarkup, message).about(value.as_str())
            };
            self.diagnostics.push(problem.at(location.clone()));
        }
    }

    fn take(&mut self, key: &str) -> Option<Located<Node>> {
        let at = self
            .entries
            .iter()
            .position(|(name, _)| name.value == key)?;
        Some(self.entries.swap_remove(at).1)
    }

    fn wrong(&mut self, key: &str, wanted: &str, location: Location) {
        let message = format!("`{key}` must be {wanted}");
        self.diagnostics
            .push(Diagnostic::error(Code::WrongType, message).at(location));
    }

    /// What looks like a number to YAML is taken letter by letter: `1.10` is a title, and not `1.1`.
    fn text(&mut self, key: &str) -> Option<Located<String>> {
        let node = self.take(key)?;
        match node.value {
            Node::Text { text, .. } => return Some(Located::new(text, node.location)),
            Node::Nothing => {}
            Node::List(_) | Node::Map(_) => self.wrong(key, "text", node.location),
        }
        None
    }

    fn prose(&mut self, text: Located<String>) -> Prose {
        Prose::new(text, self.options, self.diagnostics)
    }

    fn proses(&mut self, key: &str) -> Vec<Prose> {
        let texts = self.list(key).into_iter();
        texts.map(|text| self.prose(text)).collect()
    }

    fn list(&mut self, key: &str) -> Vec<Located<String>> {
        let items = match self.take(key) {
            None => return Vec::new(),
            Some(node) => match node.value {
                Node::List(items) => items,
                value => vec![Located::new(value, node.location)],
            },
        };
        let mut texts = Vec::new();
        for item in items {
            match item.value {
                Node::Text { text, .. } => texts.push(Located::new(text, item.location)),
                Node::Nothing => {}
                Node::List(_) | Node::Map(_) => self.wrong(key, "a list of texts", item.location),
            }
        }
        texts
    }

    fn levels(&mut self) -> Levels {
        let mut rules = Vec::new();
        let found = self.take("rules").map(|node| (node.value, node.location));
        match found {
            Some((Node::Map(entries), _)) => {
                for (name, node) in entries {
                    let (mut level, mut reason) = (None, None);
                    let keys = match node.value {
                        Node::Map(keys) => keys,
                        _ => Vec::new(),
                    };
                    for (key, value) in keys {
                        let Node::Text { text, .. } = value.value else {
                            continue;
                        };
                        let text = Located::new(text, value.location);
                        match key.value.as_str() {
                            "level" => level = Some(text),
                            "reason" => reason = Some(text),
                            _ => {}
                        }
                    }
                    rules.push(Rule {
                        name,
                        level,
                        reason,
                    });
                }
            }
            None | Some((Node::Nothing, _)) => {}
            Some((_, location)) => self.wrong("rules", "a map of rules", location),
        }
        rules::of_page(rules, self.diagnostics)
    }

    fn whole(&mut self, key: &str) -> Option<i64> {
        let node = self.take(key)?;
        let number = match &node.value {
            Node::Text { text, plain: true } => text.parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong(key, "a whole number", node.location);
        }
        number
    }

    fn flag(&mut self, key: &str) -> bool {
        let Some(node) = self.take(key) else {
            return false;
        };
        let flag = match &node.value {
            Node::Text { text, plain: true } => switch(text),
            _ => None,
        };
        flag.unwrap_or_else(|| {
            self.wrong(key, "`true` or `false`", node.location);
            false
        })
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
