//! An issue form → YAML, as the form service reads it.

use std::collections::HashSet;
use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::diagnostic::{Code, Diagnostic};
use crate::recovery::{Element, ElementKind, FormOption, FormSettings, IssueForm, given};

/// Writes a form.
pub fn yaml(form: &IssueForm) -> String {
    parts(form).concat()
}

/// What a form says that is missing from the form exported from its checklist.
pub fn lost(form: &IssueForm, back: &IssueForm) -> Vec<Diagnostic> {
    let elements = form.body.iter().map(|one| &one.field.label.location);
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
    let head = map(&settings(&form.settings), 0) + "body:\n";
    let body = form.body.iter().map(|one| item(&element(one), 2));
    std::iter::once(head).chain(body).collect()
}

/// What a form says about itself, by key.
pub(super) fn settings(form: &FormSettings) -> Map<String, Value> {
    given(json!({
        "name": form.name.as_ref().map(|name| &name.value),
        "description": form.description.as_ref().map(|description| &description.value),
        "title": form.title.as_ref().map(|title| &title.value),
        "labels": form.labels,
        "assignees": form.assignees,
        "projects": form.projects,
        "type": form.kind,
        "notes": form.notes,
    }))
}

fn element(element: &Element) -> Value {
    let field = &element.field;
    let label = Some(&field.label.value).filter(|_| element.kind != ElementKind::Markdown);
    let option = |option: &FormOption| match element.kind {
        ElementKind::Dropdown => json!(option.label.value),
        _ => json!(given(
            json!({ "label": option.label.value, "required": option.required })
        )),
    };
    json!(given(json!({
        "type": element.kind.name(),
        "id": field.id.as_ref().map(|id| &id.value),
        "attributes": given(json!({
            "label": label,
            "description": field.description,
            "placeholder": field.placeholder,
            "value": field.value,
            "render": field.render,
            "multiple": element.multiple,
            "options": element.options.iter().map(option).collect::<Vec<_>>(),
            "default": field.default.as_ref().map(|default| default.value),
        })),
        "validations": given(json!({ "required": element.required, "accept": field.accept })),
    })))
}

/// The lines of a map.
fn map(entries: &Map<String, Value>, indent: usize) -> String {
    let mut lines = String::new();
    for (key, value) in entries {
        let value = match value {
            Value::Object(entries) => format!("\n{}", map(entries, indent + 2)),
            Value::Array(items) => {
                let items = items.iter().map(|one| item(one, indent + 2));
                format!("\n{}", items.collect::<String>())
            }
            value => format!(" {}\n", scalar(value, indent + 2)),
        };
        // Writing to a string cannot fail.
        let _ = write!(lines, "{:indent$}{key}:{value}", "");
    }
    lines
}

/// An item of a list. The first key of a map is on the line of the hyphen.
fn item(value: &Value, indent: usize) -> String {
    let lines = match value {
        Value::Object(entries) => map(entries, indent + 2),
        value => scalar(value, indent + 2) + "\n",
    };
    format!("{:indent$}- {}", "", lines.trim_start())
}

/// A text, number or switch; `indent` is where the other lines of a text begin.
fn scalar(value: &Value, indent: usize) -> String {
    let Some(text) = value.as_str() else {
        return value.to_string();
    };
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
        && !text.contains(|c: char| c.is_control() && c != '\n')
        && text
            .lines()
            .all(|line| !line.trim_end().is_empty() || line.is_empty())
}

/// Whether a text means the same without quotes.
fn can_be_plain(text: &str) -> bool {
    let words = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let safe = |c: char| c.is_alphanumeric() || " .,-_/()'?!".contains(c);
    text.starts_with(|c: char| c.is_alphabetic())
        && text.chars().all(safe)
        && text.trim() == text
        && !words.contains(&text.to_lowercase().as_str())
}

/// A text in double quotes, which mean the same in YAML and JSON, but for characters that YAML does not print.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for c in serde_json::Value::from(text).to_string().chars() {
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') {
            let _ = write!(quoted, "\\u{:04x}", u32::from(c));
        } else {
            quoted.push(c);
        }
    }
    quoted
}
