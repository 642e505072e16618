//! YAML → an issue form, with every problem at its location.
//!
//! In: a source. Out: the form as far as it can be read, and what GitHub would reject: missing and unknown keys,
//! wrong types, and what breaks the rules of `recovery`.

use std::sync::Arc;

use super::table::Table;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::recovery::{Element, ElementKind, FieldTexts, FormOption, IssueForm};
use crate::source::{Located, Location, Source};
use crate::yaml::{Node, parse, switch};

const FORM_KEYS: &[&str] = &[
    "name",
    "description",
    "title",
    "labels",
    "assignees",
    "projects",
    "type",
    "body",
];
const ELEMENT_KEYS: &[&str] = &["type", "id", "attributes", "validations"];

/// Reads a form; `None` only if it is not YAML or not a map.
pub fn read(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Option<IssueForm> {
    let root = match parse(source, 0..source.text().len(), Code::IssueForm) {
        Ok(root) => root,
        Err(problem) => {
            diagnostics.push(problem);
            return None;
        }
    };
    let start = Location::start_of(source);
    let root = Located::new(root.value, start.clone());
    let mut table = Table::new(root, ("the form", FORM_KEYS), diagnostics)?;
    table.location = start.clone();
    let mut form = IssueForm {
        location: start,
        name: table.needed("name"),
        description: table.needed("description"),
        title: table.text("title"),
        labels: table.texts("labels"),
        assignees: table.texts("assignees"),
        projects: table.texts("projects"),
        kind: table.text("type").map(|kind| kind.value),
        body: Vec::new(),
    };
    let body = table.list("body");
    if body.is_none() {
        let hint = "add `body:` with a list of fields";
        table.error(&form.location, "the form has no `body`", hint);
    }
    let no_body = body.is_none();
    let body = body.into_iter().flatten();
    form.body = body.filter_map(|node| element(node, diagnostics)).collect();
    if !no_body {
        diagnostics.extend(form.violations());
    }
    Some(form)
}

/// The keys that `attributes` can have.
fn attribute_keys(kind: ElementKind) -> &'static [&'static str] {
    match kind {
        ElementKind::Markdown => &["value"],
        ElementKind::Input => &["label", "description", "placeholder", "value"],
        ElementKind::Textarea => &["label", "description", "placeholder", "value", "render"],
        ElementKind::Dropdown => &["label", "description", "multiple", "options", "default"],
        ElementKind::Checkboxes => &["label", "description", "options"],
        ElementKind::Upload => &["label", "description"],
    }
}

fn element(node: Located<Node>, diagnostics: &mut Diagnostics) -> Option<Element> {
    let mut table = Table::new(node, ("a field", ELEMENT_KEYS), diagnostics)?;
    let location = table.location.clone();
    let kind = kind(&mut table)?;
    let id = table.text("id");
    let nothing = || Located::new(Node::Nothing, location.clone());
    let attributes = table.take("attributes").unwrap_or_else(nothing);
    let validations = table.take("validations").unwrap_or_else(nothing);
    let keys = attribute_keys(kind);
    let mut table = Table::new(attributes, ("`attributes`", keys), diagnostics)?;
    table.location = location.clone();
    let markdown = kind == ElementKind::Markdown;
    let (label, value) = if markdown {
        (
            Located::new(String::new(), location),
            Some(table.needed("value")),
        )
    } else {
        (table.needed("label"), table.text("value"))
    };
    let mut element = Element {
        texts: FieldTexts {
            id,
            description: table.text("description").map(|text| text.value),
            placeholder: table.text("placeholder").map(|text| text.value),
            value: value.map(|text| text.value),
            render: table.text("render").map(|text| text.value),
            accept: None,
        },
        multiple: table.switch("multiple"),
        default: table.number("default"),
        ..Element::new(kind, label)
    };
    let options = table.list("options").into_iter().flatten();
    element.options = options
        .map(|node| option(kind, node, diagnostics))
        .collect();
    let known = ("`validations`", ["required", "accept"].as_slice());
    let mut table = Table::new(validations, known, diagnostics)?;
    element.required = table.switch("required");
    element.texts.accept = table.text("accept").map(|text| text.value);
    Some(element)
}

fn kind(table: &mut Table<'_>) -> Option<ElementKind> {
    let names = || ElementKind::ALL.iter().map(|kind| kind.name());
    let all = || format!("it can be: `{}`", names().collect::<Vec<_>>().join("`, `"));
    let Some(written) = table.text("type") else {
        let location = table.location.clone();
        table.error(&location, "the field has no `type`", &all());
        return None;
    };
    let kind = ElementKind::named(&written.value);
    if kind.is_none() {
        let near = nearest(&written.value, names());
        let hint = near.map_or_else(all, |near| format!("did you mean `{near}`?"));
        let message = format!("`{}` is not a type of field", written.value);
        table.error(&written.location, message, &hint);
    }
    kind
}

/// Choices are texts; boxes have a label and can be required. If a label cannot be read, it is empty.
fn option(kind: ElementKind, node: Located<Node>, diagnostics: &mut Diagnostics) -> FormOption {
    let mut option = FormOption {
        label: Located::new(String::new(), node.location.clone()),
        required: false,
    };
    if kind == ElementKind::Dropdown {
        option.label.value = choice(&node, diagnostics);
    } else if let Some(mut table) = Table::new(node, ("a box", &["label", "required"]), diagnostics)
    {
        option.label = table.needed("label");
        option.required = table.switch("required");
    }
    option
}

fn choice(node: &Located<Node>, diagnostics: &mut Diagnostics) -> String {
    let Node::Text { text, plain } = &node.value else {
        let message = format!("a choice must be text, not {}", node.value.what());
        let problem = Diagnostic::error(Code::IssueForm, message);
        diagnostics.push(problem.at(node.location.clone()));
        return String::new();
    };
    let quoted = format!("put it in quotes: `\"{text}\"`");
    let problem = match number_as_shown(text) {
        _ if !plain => None,
        _ if switch(text).is_some() => Some(Diagnostic::error(
            Code::IssueForm,
            format!("a choice must be text, and `{text}` without quotes is true or false"),
        )),
        Some(shown) if shown != *text => Some(Diagnostic::warning(
            Code::IssueForm,
            format!("GitHub reads the choice `{text}` as a number and shows `{shown}`"),
        )),
        _ => None,
    };
    diagnostics.extend(problem.map(|one| one.at(node.location.clone()).hint(quoted)));
    text.trim().to_owned()
}

/// What is left of a number after it was read as one: `1.20` becomes `1.2`.
fn number_as_shown(text: &str) -> Option<String> {
    let digits = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let octal = text.len() > 1 && text.starts_with('0') && !text.contains('.');
    match u64::from_str_radix(text, if octal { 8 } else { 10 }) {
        Ok(whole) => Some(whole.to_string()),
        Err(_) if digits && !octal => Some(format!("{:?}", text.parse::<f64>().ok()?)),
        Err(_) => None,
    }
}
