//! An issue form → YAML, as the form service reads it.
//!
//! In: a form. Out: text. Texts of several lines become blocks, others stand plain where that is safe
//! and in double quotes where it is not.

use std::fmt::Write as _;

use crate::recovery::{Element, ElementKind, IssueForm};

/// Writes a form.
pub fn yaml(form: &IssueForm) -> String {
    let mut lines = Lines::default();
    lines.text(0, "name", Some(&form.name.value));
    lines.text(0, "description", Some(&form.description.value));
    lines.text(0, "title", form.title.as_ref().map(|title| &title.value));
    lines.list("labels", &form.labels);
    lines.list("assignees", &form.assignees);
    lines.list("projects", &form.projects);
    lines.text(0, "type", form.kind.as_ref());
    lines.0.push_str("body:\n");
    for element in &form.body {
        lines.element(element);
    }
    lines.0
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

/// A text as a value; `indent` is where its further lines begin.
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

/// A block begins at its first line's indent, keeps no spaces a reader could not see and ends with text.
fn can_be_block(text: &str) -> bool {
    !text.starts_with([' ', '\n'])
        && !text.ends_with('\n')
        && !text.contains(|sign: char| sign.is_control() && sign != '\n')
        && text
            .lines()
            .all(|line| !line.trim_end().is_empty() || line.is_empty())
}

/// Letters first, nothing YAML gives a meaning to, no word it reads as something else.
fn can_be_plain(text: &str) -> bool {
    let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let safe = |sign: char| sign.is_alphanumeric() || " .,-_/()'?!".contains(sign);
    text.starts_with(|sign: char| sign.is_alphabetic())
        && text.chars().all(safe)
        && text.trim() == text
        && !words.contains(&text.to_lowercase().as_str())
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for sign in text.chars() {
        match sign {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(sign);
            }
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            sign if sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(sign));
            }
            _ => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}
