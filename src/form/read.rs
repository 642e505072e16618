//! YAML → an issue form, with every problem at its place.
//!
//! In: a source. Out: the form as far as it can be read, and what the form service would refuse: missing
//! and unknown keys, wrong types, ids and labels used twice, choices that are none.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::table::Table;
use super::yaml::{Node, parse};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::recovery::{Element, ElementKind, FormOption, IssueForm};
use crate::source::{Located, Location, Source};

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
const OPTION_KEYS: &[&str] = &["label", "required"];
const VALIDATION_KEYS: &[&str] = &["required", "accept"];

/// Reads a form; without a value only where it is not YAML or not a map.
pub fn read(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Option<IssueForm> {
    let root = match parse(source) {
        Ok(root) => root,
        Err(problem) => {
            diagnostics.push(problem);
            return None;
        }
    };
    let start = Location::start_of(source);
    let mut table = Table::new(root, ("the form", FORM_KEYS), diagnostics)?;
    let name = table.needed("name", &start).unwrap_or_default();
    let description = table.needed("description", &start).unwrap_or_default();
    let form = IssueForm {
        title: table.text("title"),
        labels: table.texts("labels"),
        assignees: table.texts("assignees"),
        projects: table.texts("projects"),
        kind: table.text("type").map(|kind| kind.value),
        body: Vec::new(),
        location: start.clone(),
        name,
        description,
    };
    let body = table.list("body");
    if body.is_none() {
        table.tell(
            &start,
            "the form has no `body`",
            "add `body:` with a list of fields",
        );
    }
    let asks_nothing = body.as_ref().is_some_and(Vec::is_empty);
    let body: Vec<_> = body
        .unwrap_or_default()
        .into_iter()
        .filter_map(|node| element(node, diagnostics))
        .collect();
    let form = IssueForm { body, ..form };
    if asks_nothing || (form.fields().next().is_none() && !form.body.is_empty()) {
        diagnostics.push(
            Diagnostic::error(Code::IssueForm, "the form asks nothing")
                .at(form.location.clone())
                .hint("add a field besides the texts"),
        );
    }
    check_body(&form, diagnostics);
    Some(form)
}

/// The keys `attributes` may hold.
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
    let location = first_place(&node);
    let mut table = Table::new(node, ("a field", ELEMENT_KEYS), diagnostics)?;
    let kind = kind(&mut table, &location)?;
    let id = table.text("id");
    let nothing = || Located::new(Node::Nothing, location.clone());
    let attributes = table.entries.remove("attributes").unwrap_or_else(nothing);
    let validations = table.entries.remove("validations").unwrap_or_else(nothing);
    if let Some(id) = &id {
        let good = id
            .value
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        if !good {
            let message = format!("`{}` cannot be an id", id.value);
            table.tell(&id.location, message, "use letters, digits, `-` and `_`");
        }
    }
    let mut table = Table::new(
        attributes,
        ("`attributes`", attribute_keys(kind)),
        diagnostics,
    )?;
    let label = table.text("label");
    if label.is_none() && kind != ElementKind::Markdown {
        table.tell(
            &location,
            "the field has no `label`",
            "add `label: …` under `attributes`",
        );
    }
    let label = label.unwrap_or_else(|| Located::new(String::new(), location.clone()));
    let mut element = Element {
        id: id.map(|id| id.value),
        description: table.text("description").map(|text| text.value),
        placeholder: table.text("placeholder").map(|text| text.value),
        value: table.text("value").map(|text| text.value),
        render: table.text("render").map(|text| text.value),
        multiple: table.switch("multiple"),
        ..Element::new(kind, label)
    };
    if kind == ElementKind::Markdown && element.value.is_none() {
        table.tell(
            &location,
            "the text has no `value`",
            "add `value: …` under `attributes`",
        );
    }
    if attribute_keys(kind).contains(&"options") {
        let options = table.list("options").unwrap_or_default();
        if options.is_empty() {
            table.tell(
                &location,
                "there is nothing to choose from",
                "add `options:` with a list",
            );
        }
        element.default = default(&mut table, options.len());
        element.options = options
            .into_iter()
            .filter_map(|node| option(kind, node, diagnostics))
            .collect();
        check_options(&element, diagnostics);
    }
    let mut table = Table::new(validations, ("`validations`", VALIDATION_KEYS), diagnostics)?;
    element.required = table.switch("required");
    element.accept = table.text("accept").map(|text| text.value);
    Some(element)
}

/// Where a field begins: maps have no signs of their own.
fn first_place(node: &Located<Node>) -> Location {
    match &node.value {
        Node::Map(entries) => entries
            .first()
            .map_or(&node.location, |(key, _)| &key.location)
            .clone(),
        _ => node.location.clone(),
    }
}

fn kind(table: &mut Table<'_>, location: &Location) -> Option<ElementKind> {
    let names = || ElementKind::ALL.iter().map(|kind| kind.name());
    let Some(written) = table.text("type") else {
        let all = names().collect::<Vec<_>>().join("`, `");
        table.tell(
            location,
            "the field has no `type`",
            &format!("it can be: `{all}`"),
        );
        return None;
    };
    let kind = ElementKind::ALL
        .into_iter()
        .find(|kind| kind.name() == written.value);
    if kind.is_none() {
        let hint = match nearest(&written.value, names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "the kinds are: `{}`",
                names().collect::<Vec<_>>().join("`, `")
            ),
        };
        table.tell(
            &written.location,
            format!("`{}` is not a type of field", written.value),
            &hint,
        );
    }
    kind
}

fn default(table: &mut Table<'_>, options: usize) -> Option<usize> {
    let number = table.number("default")?;
    if number.value >= options {
        let message = format!(
            "`default` is {}, and there are {options} options",
            number.value
        );
        table.tell(&number.location, message, "the first option is 0");
        return None;
    }
    Some(number.value)
}

/// Choices are texts, boxes have a label and may be needed.
fn option(
    kind: ElementKind,
    node: Located<Node>,
    diagnostics: &mut Diagnostics,
) -> Option<FormOption> {
    if kind == ElementKind::Dropdown {
        let Node::Text(text) = &node.value else {
            let message = format!("a choice must be text, not {}", node.value.what());
            diagnostics.push(Diagnostic::error(Code::IssueForm, message).at(node.location));
            return None;
        };
        return Some(FormOption {
            label: Located::new(text.trim().to_owned(), node.location.clone()),
            required: false,
        });
    }
    let location = first_place(&node);
    let mut table = Table::new(node, ("a box", OPTION_KEYS), diagnostics)?;
    let label = table.text("label");
    let required = table.switch("required");
    if label.is_none() {
        table.tell(&location, "the box has no `label`", "add `label: …`");
    }
    label.map(|label| FormOption { label, required })
}

fn check_options(element: &Element, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &Location> = BTreeMap::new();
    for option in &element.options {
        if let Some(first) = seen.insert(&option.label.value, &option.label.location) {
            let message = format!("`{}` can be chosen twice", option.label.value);
            diagnostics.push(
                Diagnostic::error(Code::IssueForm, message)
                    .at(option.label.location.clone())
                    .see(first.clone(), "the first one")
                    .hint("remove one of them"),
            );
        }
    }
}

/// What the form service wants of the whole.
fn check_body(form: &IssueForm, diagnostics: &mut Diagnostics) {
    let mut labels: BTreeMap<&str, &Location> = BTreeMap::new();
    let mut ids: BTreeMap<&str, &Location> = BTreeMap::new();
    for field in form.fields() {
        let location = &field.label.location;
        let label = Some(field.label.value.as_str()).filter(|label| !label.is_empty());
        let twice = [
            (
                "label",
                label.and_then(|label| Some((label, labels.insert(label, location)?))),
            ),
            (
                "id",
                field
                    .id
                    .as_deref()
                    .and_then(|id| Some((id, ids.insert(id, location)?))),
            ),
        ];
        for (what, (name, first)) in twice
            .into_iter()
            .filter_map(|(what, found)| Some((what, found?)))
        {
            diagnostics.push(
                Diagnostic::error(
                    Code::IssueForm,
                    format!("two fields have the {what} `{name}`"),
                )
                .at(location.clone())
                .see(first.clone(), "the first one")
                .hint(format!("give one of them another {what}")),
            );
        }
    }
}
