//! An issue form → YAML, as the form service reads it.
//!
//! In: a form. Out: text. Texts of several lines become blocks; others have double quotes unless they are safe without.

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::diagnostic::{Code, Diagnostic};
use crate::recovery::{Element, ElementKind, IssueForm};

/// Writes a form.
pub fn yaml(form: &IssueForm) -> String {
    parts(form).concat()
}

/// What a form says that is missing from the form exported from its checklist.
pub fn lost(form: &IssueForm, back: &IssueForm) -> Vec<Diagnostic> {
    let elements = form.body.iter().map(|element| &element.label.location);
    let locations = std::iter::once(&form.location).chain(elements);
    let mut back = parts(back).into_iter();
    let mut lost = Vec::new();
    for (part, location) in parts(form).iter().zip(locations) {
        let back = back.next().unwrap_or_default();
        let kept: HashSet<&str> = back.lines().collect();
        let lines = part.lines().filter(|line| !kept.contains(line));
        // A key that only contains other keys says nothing by itself.
        for line in lines.filter(|line| !line.ends_with(':')) {
            let message = format!("`{}` is not kept", line.trim_start_matches([' ', '-']));
            lost.push(Diagnostic::warning(Code::IssueForm, message).at(location));
        }
    }
    lost
}

/// The keys of the form itself, then each element.
fn parts(form: &IssueForm) -> Vec<String> {
    let mut head = Lines::default();
    head.text(0, "name", Some(&form.name.value));
    head.text(0, "description", Some(&form.description.value));
    head.text(0, "title", form.title.as_ref().map(|title| &title.value));
    head.list("labels", &form.labels);
    head.list("assignees", &form.assignees);
    head.list("projects", &form.projects);
    head.text(0, "type", form.kind.as_ref());
    head.line(0, "body:");
    let body = form.body.iter().map(|element| {
        let mut lines = Lines::default();
        lines.element(element);
        lines.0
    });
    std::iter::once(head.0).chain(body).collect()
}

#[derive(Default)]
struct Lines(String);

impl Lines {
    fn line(&mut self, indent: usize, line: &str) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.0, "{:indent$}{line}", "");
    }

    fn text(&mut self, indent: usize, key: &str, text: Option<&String>) {
        if let Some(text) = text {
            let value = scalar(text, indent + 2);
            self.line(indent, &format!("{key}: {value}"));
        }
    }

    fn list(&mut self, key: &str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        self.line(0, &format!("{key}:"));
        for item in items {
            self.line(2, &format!("- {}", scalar(item, 4)));
        }
    }

    fn element(&mut self, element: &Element) {
        self.line(2, &format!("- type: {}", element.kind.name()));
        let [(_, id), attributes @ .., (_, accept)] = element.texts.all();
        self.text(4, "id", id);
        self.line(4, "attributes:");
        let label = Some(&element.label.value).filter(|_| element.kind != ElementKind::Markdown);
        self.text(6, "label", label);
        for (key, text) in attributes {
            self.text(6, key, text);
        }
        if element.multiple {
            self.line(6, "multiple: true");
        }
        self.options(element);
        if let Some(default) = &element.default {
            self.line(6, &format!("default: {}", default.value));
        }
        if element.required || accept.is_some() {
            self.line(4, "validations:");
            if element.required {
                self.line(6, "required: true");
            }
            self.text(6, "accept", accept);
        }
    }

    fn options(&mut self, element: &Element) {
        if element.options.is_empty() {
            return;
        }
        self.line(6, "options:");
        for option in &element.options {
            let label = &option.label.value;
            if element.kind == ElementKind::Dropdown {
                self.line(8, &format!("- {}", scalar(label, 10)));
                continue;
            }
            self.line(8, &format!("- label: {}", scalar(label, 10)));
            if option.required {
                self.line(10, "required: true");
            }
        }
    }
}

/// A text as a value; `indent` is where its other lines begin.
fn scalar(text: &str, indent: usize) -> String {
    if text.contains('\n') && can_be_block(text) {
        let mut block = "|-".to_owned();
        for line in text.split('\n') {
            block.push('\n');
            if !line.is_empty() {
                let _ = write!(block, "{:indent$}{line}", "");
            }
        }
        return block;
    }
    if can_be_plain(text) {
        return text.to_owned();
    }
    quoted(text)
}

/// Whether a text can be a block, which begins with text, ends with text and has no lines of spaces.
fn can_be_block(text: &str) -> bool {
    !text.starts_with([' ', '\n'])
        && !text.ends_with('\n')
        && !text.contains(|sign: char| sign.is_control() && sign != '\n')
        && text
            .lines()
            .all(|line| !line.trim_end().is_empty() || line.is_empty())
}

/// Whether a text means the same without quotes.
fn can_be_plain(text: &str) -> bool {
    let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let safe = |sign: char| sign.is_alphanumeric() || " .,-_/()'?!".contains(sign);
    text.starts_with(|sign: char| sign.is_alphabetic())
        && text.chars().all(safe)
        && text.trim() == text
        && !words.contains(&text.to_lowercase().as_str())
}

/// A text in double quotes, which mean the same in YAML and JSON, but for characters that YAML does not print.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for sign in serde_json::Value::from(text).to_string().chars() {
        if sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}' | '\u{feff}') {
            let _ = write!(quoted, "\\u{:04x}", u32::from(sign));
        } else {
            quoted.push(sign);
        }
    }
    quoted
}
