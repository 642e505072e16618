//! What a reader answered, tidied and looked at one detail at a time.
//!
//! In: an answer as it was typed, chosen or ticked. Out: the same without stray signs, and what is
//! wrong with it. Which details are asked at all is for `checklist`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use regex_lite::Regex;
use serde::{Deserialize, Serialize};

use super::{Detail, DetailKind, Tidy};
use crate::ids::{AnswerId, DetailId};

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Given {
    /// A box that is ticked or not.
    Ticked(bool),
    /// Typed text.
    Text(String),
    /// The options that were chosen.
    Chosen(Vec<AnswerId>),
}

/// All answers by detail.
pub type Answers = BTreeMap<DetailId, Given>;

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Problem {
    /// Needed and not given.
    Empty,
    /// Longer than it may be.
    Long,
    /// Not of the shape it must have.
    Shape,
    /// Something that looks like a secret stands in it.
    Secret,
}

impl Detail {
    /// The typed answer without what `tidy` takes off. A list keeps one answer a line.
    pub fn tidied(&self, text: &str) -> String {
        let text = text.replace("\r\n", "\n");
        if self.kind == DetailKind::List {
            return self.items(&text).join("\n");
        }
        if self.kind == DetailKind::Paragraph {
            return text.trim().to_owned();
        }
        self.tidied_item(&text)
    }

    /// The answers of a list: one a line, or with commas between them.
    pub fn items(&self, text: &str) -> Vec<String> {
        text.split(['\n', ','])
            .map(|item| self.tidied_item(item))
            .filter(|item| !item.is_empty())
            .collect()
    }

    fn tidied_item(&self, text: &str) -> String {
        let has = |tidy| self.shape.tidy.contains(&tidy);
        let mut text = text.trim();
        if has(Tidy::Backticks) {
            text = text
                .trim_matches(['`', '\'', '"', '´', '‘', '’', '“', '”'])
                .trim();
        }
        if has(Tidy::ProfileAddress) {
            text = last_part(text);
        }
        if has(Tidy::At) {
            text = text.trim_start_matches('@').trim_start();
        }
        text.to_owned()
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self, given: Option<&Given>) -> bool {
        match (&self.kind, given) {
            (DetailKind::Confirm { .. }, given) => given != Some(&Given::Ticked(true)),
            (
                DetailKind::Choice(options) | DetailKind::Choices(options),
                Some(Given::Chosen(ids)),
            ) => !options.iter().any(|option| ids.contains(&option.id.value)),
            (kind, Some(Given::Text(text))) if kind.is_typed() => self.tidied(text).is_empty(),
            _ => true,
        }
    }

    /// Whether a given answer is too long or of the wrong shape.
    pub fn misshapen(&self, given: &Given) -> Option<Problem> {
        let Given::Text(text) = given else {
            return None;
        };
        let text = self.tidied(text);
        if text.is_empty() {
            return None;
        }
        if self
            .shape
            .max_length
            .is_some_and(|most| text.chars().count() > most)
        {
            return Some(Problem::Long);
        }
        let fits = match self.kind {
            DetailKind::List => self.items(&text).iter().all(|item| self.matches(item)),
            DetailKind::Address => is_address(&text) && self.matches(&text),
            DetailKind::Date => text.parse::<Date>().is_ok(),
            _ => self.matches(&text),
        };
        (!fits).then_some(Problem::Shape)
    }

    /// Whether the whole of an answer matches the pattern; one that does not compile is told of by
    /// `check` and asks nothing.
    fn matches(&self, text: &str) -> bool {
        let pattern = self.shape.pattern.as_ref();
        pattern
            .and_then(|pattern| Regex::new(&whole(&pattern.expression.value)).ok())
            .is_none_or(|expression| expression.is_match(text))
    }
}

/// The expression that matches the whole of a text or nothing.
pub fn whole(expression: &str) -> String {
    format!("^(?:{expression})$")
}

/// `name` out of `https://host/user/name/` or `…/project/name/`; any other text stays as it is, since
/// the part of a link that is taken off could be what shows it to be a secret.
fn last_part(text: &str) -> &str {
    let path = ["https://", "http://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    let parts: Vec<_> = path
        .map(|path| path.strip_suffix('/').unwrap_or(path))
        .map(|path| path.split('/').collect())
        .unwrap_or_default();
    match parts[..] {
        [_, "user" | "project", name] if !name.is_empty() && !name.contains(['?', '#']) => name,
        _ => text,
    }
}

/// Whether a text is an address a browser could open: `https://`, a host with a dot, no spaces.
fn is_address(text: &str) -> bool {
    let host = text
        .strip_prefix("https://")
        .map(|rest| rest.split('/').next().unwrap_or_default());
    host.is_some_and(|host| host.trim_matches('.').contains('.'))
        && !text.chars().any(char::is_whitespace)
}
