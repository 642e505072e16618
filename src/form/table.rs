//! Keys of a YAML map, taken out one by one.
//!
//! In: a node. Out: its values, and a diagnostic for each that is missing, unknown or of the wrong type.
//! Which keys there are is for `read`.

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::{Located, Location};
use crate::yaml::{Entry, Node, switch};

/// A map whose keys are taken out one by one.
pub(super) struct Table<'a> {
    what: &'static str,
    /// Where its first key is or should be.
    pub(super) location: Location,
    /// Keys that an unknown one was probably meant to be, so they are not reported as missing.
    meant: Vec<String>,
    entries: Vec<Entry>,
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
        let first = entries.first().map(|(key, _)| key.location.clone());
        let mut table = Self {
            what,
            location: first.unwrap_or(node.location),
            meant: Vec::new(),
            entries: Vec::new(),
            diagnostics,
        };
        for (key, value) in entries {
            if known.contains(&key.value.as_str()) {
                table.entries.push((key, value));
                continue;
            }
            let message = format!("{what} has no key `{}`", key.value);
            let near = nearest(&key.value, known.iter().copied());
            table.meant.extend(near.map(str::to_owned));
            let hint = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it can have: `{}`", known.join("`, `")),
            };
            table.error(&key.location, message, &hint);
        }
        Some(table)
    }

    pub(super) fn error(&mut self, location: &Location, message: impl Into<String>, hint: &str) {
        let problem = Diagnostic::error(Code::IssueForm, message);
        self.diagnostics
            .push(problem.at(location.clone()).hint(hint));
    }

    fn wrong_type(&mut self, key: &str, (node, wanted): (&Located<Node>, &str)) {
        let message = format!("`{key}` must be {wanted}, not {}", node.value.what());
        self.diagnostics
            .push(Diagnostic::error(Code::IssueForm, message).at(node.location.clone()));
    }

    pub(super) fn take(&mut self, key: &str) -> Option<Located<Node>> {
        let at = self
            .entries
            .iter()
            .position(|(name, _)| name.value == key)?;
        Some(self.entries.remove(at).1)
    }

    /// Text, without line breaks at its end, which mean nothing in block texts. A space at the end is kept: `[Bug]: ` is
    /// the start of a title.
    pub(super) fn text(&mut self, key: &str) -> Option<Located<String>> {
        let node = self.take(key)?;
        if let Some(other) = node.value.other_type() {
            let written = &node.location.source.text()[node.location.span.clone()];
            let hint = format!("put it in quotes: `{key}: \"{written}\"`");
            let message =
                format!("`{key}` must be text, and `{written}` without quotes is {other}");
            self.error(&node.location, message, &hint);
        }
        match &node.value {
            Node::Text { text, .. } if text.trim().is_empty() => {
                let message = format!("`{key}` is empty, which GitHub does not accept");
                let problem = Diagnostic::warning(Code::IssueForm, message).at(node.location);
                self.diagnostics
                    .push(problem.hint(format!("write a text, or remove `{key}`")));
                None
            }
            Node::Text { text, .. } => {
                let text = text.trim_end_matches(['\n', '\r']).to_owned();
                Some(Located::new(text, node.location))
            }
            Node::Nothing => None,
            Node::List(_) | Node::Map(_) => {
                self.wrong_type(key, (&node, "text"));
                None
            }
        }
    }

    /// Text that is required.
    pub(super) fn needed(&mut self, key: &str) -> Located<String> {
        let empty = Located::new(String::new(), self.location.clone());
        let wrong = self
            .entries
            .iter()
            .any(|(name, node)| name.value == key && !matches!(node.value, Node::Nothing));
        let text = self.text(key);
        if text.is_none() && !wrong && !self.meant.iter().any(|meant| meant == key) {
            let message = format!("{} has no `{key}`", self.what);
            self.error(&empty.location, message, &format!("add `{key}: …`"));
        }
        let mut text = text.unwrap_or(empty);
        text.value.truncate(text.value.trim_end().len());
        text
    }

    /// The values of a list; `None` if there is no list.
    pub(super) fn list(&mut self, key: &str) -> Option<Vec<Located<Node>>> {
        let node = self.take(key)?;
        match node.value {
            Node::List(items) => Some(items),
            Node::Nothing => None,
            _ => {
                self.wrong_type(key, (&node, "a list"));
                Some(Vec::new())
            }
        }
    }

    /// A list of texts, or one text with commas between them.
    pub(super) fn texts(&mut self, key: &str) -> Vec<String> {
        let Some(node) = self.take(key) else {
            return Vec::new();
        };
        let items = match &node.value {
            Node::Nothing => &[],
            Node::Text { text, .. } => {
                let parts = text.split(',').map(str::trim);
                let parts = parts.filter(|part| !part.is_empty());
                return parts.map(str::to_owned).collect();
            }
            Node::List(items) => items.as_slice(),
            Node::Map(_) => std::slice::from_ref(&node),
        };
        let mut texts = Vec::new();
        for item in items {
            if let Node::Text { text, .. } = &item.value {
                texts.push(text.trim().to_owned());
            } else {
                self.wrong_type(key, (item, "a list of texts"));
            }
        }
        texts
    }

    pub(super) fn switch(&mut self, key: &str) -> bool {
        let set = self.parsed(key, "`true` or `false`", switch);
        set.is_some_and(|set| set.value)
    }

    pub(super) fn number(&mut self, key: &str) -> Option<Located<usize>> {
        self.parsed(key, "a whole number from 0 up", |text| text.parse().ok())
    }

    /// A value that is written as a text of a certain form.
    fn parsed<T>(
        &mut self,
        key: &str,
        wanted: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<Located<T>> {
        let node = self.take(key)?;
        let value = match &node.value {
            Node::Text { text, .. } => parse(text),
            Node::Nothing => return None,
            Node::List(_) | Node::Map(_) => None,
        };
        if value.is_none() {
            self.wrong_type(key, (&node, wanted));
        }
        Some(Located::new(value?, node.location))
    }
}
