//! An issue form → a `checklist.toml` that asks for the same.
//!
//! In: a form. Out: TOML to go on from: a detail for each field, one request with the form's own labels.
//! What only the form knows is kept beside its field, so that the way back loses nothing.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::ids::is_plain_name;
use crate::recovery::{Element, ElementKind, IssueForm};

/// Longest name a detail is given.
const NAME_LIMIT: usize = 40;

/// Writes the checklist.
pub fn checklist(form: &IssueForm) -> String {
    let mut toml = Toml::default();
    let title = form.title.as_ref().map_or(&form.name, |title| &title.value);
    toml.text.push_str(
        "# Made from an issue form. Write `[support-form]` into links.toml with the form's address, say in your own\n\
         # words what each detail is for (`hint`, `why`, `where`), and take out what nobody needs.\n\n",
    );
    toml.string("title", &form.name);
    toml.text
        .push_str("\n[[group]]\nid = \"details\"\ntitle = \"Details\"\n");
    let fields: Vec<_> = form
        .fields()
        .map(|element| (element, toml.details(element)))
        .collect();
    toml.text.push_str("\n[[request]]\nid = \"request\"\n");
    toml.string("title", title);
    toml.text
        .push_str("channel = \"issue-form\"\nlink = \"support-form\"\npublic = true\n");
    toml.settings(form);
    let mut fields = fields.into_iter();
    let mut notes = Vec::new();
    for element in &form.body {
        if element.kind == ElementKind::Markdown {
            notes.extend(element.value.clone());
        } else if let Some((element, names)) = fields.next() {
            toml.field(element, &names, &std::mem::take(&mut notes));
        }
    }
    toml.text
}

#[derive(Default)]
struct Toml {
    text: String,
    names: BTreeSet<String>,
}

impl Toml {
    fn string(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.text, "{key} = {}", quote(value));
    }

    fn maybe(&mut self, key: &str, value: Option<&String>) {
        if let Some(value) = value {
            self.string(key, value);
        }
    }

    fn list(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            let values: Vec<_> = values.iter().map(|value| quote(value)).collect();
            let _ = writeln!(self.text, "{key} = [{}]", values.join(", "));
        }
    }

    /// The details of one field; gives their names.
    fn details(&mut self, element: &Element) -> Vec<String> {
        match element.kind {
            ElementKind::Checkboxes => {
                let boxes = element.options.iter().map(|option| {
                    let name = self.name(&option.label.value);
                    self.begin(&name, (&element.label.value, "confirm"));
                    self.required(option.required);
                    self.string("statement", &option.label.value);
                    name
                });
                boxes.collect()
            }
            ElementKind::Upload | ElementKind::Markdown => Vec::new(),
            ElementKind::Input | ElementKind::Textarea | ElementKind::Dropdown => {
                let name = self.name(element.id.as_ref().unwrap_or(&element.label.value));
                self.typed(&name, element);
                vec![name]
            }
        }
    }

    fn begin(&mut self, name: &str, (label, kind): (&str, &str)) {
        let _ = writeln!(
            self.text,
            "\n[[detail]]\nid = \"{name}\"\ngroup = \"details\""
        );
        self.string("label", label);
        let _ = writeln!(self.text, "kind = \"{kind}\"");
    }

    fn required(&mut self, required: bool) {
        if required {
            self.text.push_str("required = true\n");
        }
    }

    fn typed(&mut self, name: &str, element: &Element) {
        let kind = match (element.kind, element.multiple) {
            (ElementKind::Dropdown, true) => "choices",
            (ElementKind::Dropdown, false) => "choice",
            (ElementKind::Textarea, _) => "paragraph",
            _ => "line",
        };
        self.begin(name, (&element.label.value, kind));
        let short = |text: &&String| !text.contains(['\n', '<', '[', '{']);
        self.maybe("hint", element.description.as_ref().filter(short));
        self.maybe("example", element.placeholder.as_ref().filter(short));
        self.required(element.required);
        let mut names = BTreeSet::new();
        for option in &element.options {
            let id = unique(&slug(&option.label.value), &mut names);
            let _ = writeln!(
                self.text,
                "\n  [[detail.option]]\n  id = \"{id}\"\n  label = {}",
                quote(&option.label.value)
            );
        }
    }

    fn settings(&mut self, form: &IssueForm) {
        self.text.push_str("\n  [request.issue_form]\n");
        self.string("  name", &form.name);
        self.string("  description", &form.description);
        self.maybe("  title", form.title.as_ref().map(|title| &title.value));
        self.list("  labels", &form.labels);
        self.list("  assignees", &form.assignees);
        self.list("  projects", &form.projects);
        self.maybe("  type", form.kind.as_ref());
        let last = form
            .body
            .iter()
            .rposition(|element| element.kind != ElementKind::Markdown);
        let rest = form.body.iter().skip(last.map_or(0, |last| last + 1));
        let notes: Vec<_> = rest.filter_map(|element| element.value.clone()).collect();
        self.list("  notes", &notes);
    }

    fn field(&mut self, element: &Element, names: &[String], notes: &[String]) {
        self.text.push_str("\n  [[request.field]]\n");
        self.string("  label", &element.label.value);
        let gaps: Vec<_> = names.iter().map(|name| format!("{{{name}}}")).collect();
        self.string("  text", &gaps.join("\n"));
        if element.kind == ElementKind::Upload {
            self.string("  element", element.kind.name());
        }
        self.maybe("  id", element.id.as_ref());
        self.maybe("  description", element.description.as_ref());
        self.maybe("  placeholder", element.placeholder.as_ref());
        self.maybe("  value", element.value.as_ref());
        self.maybe("  render", element.render.as_ref());
        if let Some(default) = element.default {
            let _ = writeln!(self.text, "  default = {default}");
        }
        self.maybe("  accept", element.accept.as_ref());
        if element.required && names.is_empty() {
            self.text.push_str("  required = true\n");
        }
        self.list("  notes", notes);
    }

    fn name(&mut self, label: &str) -> String {
        unique(&slug(label), &mut self.names)
    }
}

/// A text as TOML: between quotes, on several lines where it has some.
fn quote(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// `What happened?` → `what-happened`; `detail` where no letter or digit of ASCII is left.
fn slug(label: &str) -> String {
    let words = label.split(|sign: char| !sign.is_ascii_alphanumeric());
    let mut slug = String::new();
    for word in words.filter(|word| !word.is_empty()) {
        if !slug.is_empty() && slug.len() + word.len() > NAME_LIMIT {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(&word.to_ascii_lowercase());
    }
    if is_plain_name(&slug) {
        slug
    } else {
        "detail".to_owned()
    }
}

fn unique(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut number = 1;
    let mut candidate = name.to_owned();
    while !taken.insert(candidate.clone()) {
        number += 1;
        candidate = format!("{name}-{number}");
    }
    candidate
}
