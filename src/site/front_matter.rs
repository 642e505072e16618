//! What a page's front matter says.
//!
//! A new key is a field here. `load/front.rs` reads the same struct from YAML.

use jiff::civil::Date;
use jiff::{Span, SpanFieldwise};

use crate::config::{PageRule, page_rules};
use crate::diagnostic::{Code, Diagnostic, Levels};
use crate::from_toml::{FromToml, Reader, Value, from_toml};
use crate::markdown::Prose;
use crate::source::Located;

from_toml! {
    /// The front matter of a page.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct FrontMatter from RawFrontMatter {
        /// The page's title. Default: its first heading, or its file name.
        pub title: Option<Located<String>>,
        /// What the page gets the reader, in at most two lines of Markdown.
        pub summary: Option<Prose>,
        /// What readers need, in Markdown.
        pub needs: Vec<Prose> = default,
        /// How long it takes.
        pub takes: Option<Located<String>>,
        /// Its place in the folder, lower first. Pages without one follow by title.
        pub order: Option<i64>,
        /// The day it was last checked against its sources.
        pub reviewed: Option<Located<Date>>,
        /// How often it must be checked: `"6 months"`, `"90 days"`. `check` warns when a review is overdue.
        pub review_every: Option<Located<Period>>,
        /// What the page was written from, in Markdown.
        pub sources: Vec<Prose> = default,
        /// Words that readers search for. They are not shown. A keyword of one or two words counts almost as much as
        /// the title.
        pub keywords: Vec<Located<String>> = default,
        /// Old addresses that lead here.
        pub aliases: Vec<Located<String>> = default,
        /// Whether the page is built only with `--drafts`. It is always checked.
        pub draft: bool = default,
        /// The levels of rules on this page, by code.
        pub rules: Levels = default => page_rules(Vec<(Located<String>, PageRule)>),
    }
}

/// A number of days, weeks, months or years.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period(SpanFieldwise);

impl FromToml for Period {
    #[cfg(test)]
    type Raw = String;

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Located { value, location } = Located::<String>::from_toml(value, reader)?;
        let period = Self::parse(&value);
        if period.is_none() {
            let problem = Diagnostic::error(Code::BadDate, format!("`{value}` is not a duration"));
            let hint = "write a number and a unit: `90 days`, `6 weeks`, `6 months`, `1 year`";
            reader.report(problem.at(location).hint(hint));
        }
        period
    }
}

impl Period {
    /// Reads `90 days`, `6 weeks`, `6 months` or `1 year`.
    fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.trim().split_once(' ')?;
        let count: i32 = count.parse().ok()?;
        if !(1..=1000).contains(&count) {
            return None;
        }
        let unit = unit.trim();
        let span = Span::new();
        let span = match unit.strip_suffix('s').unwrap_or(unit) {
            "day" => span.days(count),
            "week" => span.weeks(count),
            "month" => span.months(count),
            "year" => span.years(count),
            _ => return None,
        };
        Some(Self(span.fieldwise()))
    }

    /// The day a review made on `from` expires, or the last day of the calendar if that is earlier.
    pub fn after(self, from: Date) -> Date {
        from.saturating_add(self.0.0)
    }
}
