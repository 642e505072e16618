//! Keys of a YAML map, taken out one by one.
//!
//! In: a node. Out: its values, and a diagnostic for each that is missing, unknown or of the wrong kind.
//! Which keys there are is for `read`.

use std::collections::BTreeMap;

use super::yaml::Node;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::{Located, Location};

/// A map whose keys are taken out one by one; what is left at the end means nothing.
pub(super) struct Table<'a> {
    what: &'static str,
    /// Keys that unknown ones were meant to be: not told again as missing.
    meant: Vec<String>,
    pub(super) entries: BTreeMap<String, Located<Node>>,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Table<'a> {
    pub(super) fn new(
        node: Located<Node>,
        (what, known): (&'static str, &[&str]),
        diagnostics: &'a mut Diagnostics,
    ) -> Option<Self> {
        let entries = match node.value {
            Node::Map(entries) => entries,
            Node::Nothing => Vec::new(),
            other => {
                let message = format!("{what} must be a map of keys, not {}", other.what());
                diagnostics.push(Diagnostic::error(Code::IssueForm, message).at(node.location));
                return None;
            }
        };
        let mut meant = Vec::new();
        for (key, _) in entries
            .iter()
            .filter(|(key, _)| !known.contains(&key.value.as_str()))
        {
            let message = format!("`{}` means nothing in {what}", key.value);
            let problem = Diagnostic::error(Code::IssueForm, message).at(key.location.clone());
            diagnostics.push(match nearest(&key.value, known.iter().copied()) {
                Some(near) => {
                    meant.push(near.to_owned());
                    problem.hint(format!("did you mean `{near}`?"))
                }
                None => problem.hint(format!("it can hold: `{}`", known.join("`, `"))),
            });
        }
        let entries = entries
            .into_iter()
            .map(|(key, value)| (key.value, value))
            .collect();
        Some(Self {
            what,
            meant,
            entries,
            diagnostics,
        })
    }

    pub(super) fn tell(&mut self, location: &Location, message: impl Into<String>, hint: &str) {
        self.diagnostics.push(
            Diagnostic::error(Code::IssueForm, message)
                .at(location.clone())
                .hint(hint),
        );
    }

    fn wrong(&mut self, key: &str, (node, wanted): (&Located<Node>, &str)) {
        let message = format!(
            "`{key}` of {} must be {wanted}, not {}",
            self.what,
            node.value.what()
        );
        self.diagnostics
            .push(Diagnostic::error(Code::IssueForm, message).at(node.location.clone()));
    }

    /// Text, its last line's end left out: block texts have one that means nothing.
    pub(super) fn text(&mut self, key: &str) -> Option<Located<String>> {
        let node = self.entries.remove(key)?;
        match node.value {
            Node::Text(text) => {
                let text = text.trim_end();
                (!text.is_empty()).then(|| Located::new(text.to_owned(), node.location))
            }
            Node::Nothing => None,
            _ => {
                self.wrong(key, (&node, "text"));
                None
            }
        }
    }

    pub(super) fn needed(&mut self, key: &str, location: &Location) -> Option<String> {
        let text = self.text(key);
        if text.is_none() && !self.meant.iter().any(|meant| meant == key) {
            let message = format!("{} has no `{key}`", self.what);
            self.tell(location, message, &format!("add `{key}: …`"));
        }
        text.map(|text| text.value)
    }

    pub(super) fn list(&mut self, key: &str) -> Option<Vec<Located<Node>>> {
        let node = self.entries.remove(key)?;
        match node.value {
            Node::List(items) => Some(items),
            Node::Nothing => None,
            _ => {
                self.wrong(key, (&node, "a list"));
                Some(Vec::new())
            }
        }
    }

    /// A list of texts, or one text with commas between them.
    pub(super) fn texts(&mut self, key: &str) -> Vec<String> {
        let Some(node) = self.entries.remove(key) else {
            return Vec::new();
        };
        let split = |text: &str| -> Vec<String> {
            let parts = text
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect()
        };
        match &node.value {
            Node::Text(text) => split(text),
            Node::Nothing => Vec::new(),
            Node::List(items) => items
                .iter()
                .filter_map(|item| {
                    if let Node::Text(text) = &item.value {
                        return Some(text.trim().to_owned());
                    }
                    self.wrong(key, (item, "a list of texts"));
                    None
                })
                .collect(),
            Node::Map(_) => {
                self.wrong(key, (&node, "a list of texts"));
                Vec::new()
            }
        }
    }

    pub(super) fn switch(&mut self, key: &str) -> bool {
        let Some(node) = self.entries.remove(key) else {
            return false;
        };
        match &node.value {
            Node::Text(text) if text.eq_ignore_ascii_case("true") => true,
            Node::Text(text) if text.eq_ignore_ascii_case("false") => false,
            Node::Nothing => false,
            _ => {
                self.wrong(key, (&node, "`true` or `false`"));
                false
            }
        }
    }

    pub(super) fn number(&mut self, key: &str) -> Option<Located<usize>> {
        let node = self.entries.remove(key)?;
        let text = match &node.value {
            Node::Text(text) => text.as_str(),
            Node::List(_) | Node::Map(_) | Node::Nothing => "",
        };
        let number = text.parse().ok();
        if number.is_none() {
            self.wrong(key, (&node, "a whole number from 0 up"));
        }
        number.map(|number| Located::new(number, node.location))
    }
}
