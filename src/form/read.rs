//! YAML → an issue form, and what GitHub would reject: missing and unknown keys, wrong types, and what breaks the
//! rules of `recovery`.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::from_toml::{FromToml, Reader, Table, Value};
use crate::markdown::Options;
use crate::recovery::{Element, ElementKind, FormField, FormOption, FormSettings, IssueForm};
use crate::source::{Located, Location, Source};
use crate::yaml::{other_type, parse, switch};

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
    let options = Options::default();
    let mut found = Diagnostics::default();
    let mut reader = Reader::new(source, &options, &mut found);
    let form = form(root, reader.of_yaml());
    diagnostics.extend(found.into_iter().map(|problem| Diagnostic {
        code: Code::IssueForm,
        ..problem
    }));
    form
}

fn form(value: Value<'_>, reader: &mut Reader<'_>) -> Option<IssueForm> {
    let mut table = reader.table(value, FORM_KEYS)?;
    let settings = FormSettings {
        name: text(table.need("name", reader), reader),
        description: text(table.need("description", reader), reader),
        title: text(table.take("title", reader), reader),
        labels: texts(&mut table, "labels", reader),
        assignees: texts(&mut table, "assignees", reader),
        projects: texts(&mut table, "projects", reader),
        kind: text(table.take("type", reader), reader).map(|kind| kind.value),
        notes: Vec::new(),
    };
    let body = table.read("body", None, reader);
    let has_body = body.is_some();
    let form = IssueForm {
        location: Location::start_of(reader.source),
        settings,
        body: body.unwrap_or_default(),
    };
    if has_body {
        reader.diagnostics.extend(form.violations());
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

impl FromToml for Element {
    #[cfg(test)]
    type Raw = ();

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let location = Location::new(reader.source, value.span());
        let mut table = reader.table(value, ELEMENT_KEYS)?;
        let kinds = ElementKind::ALL.map(|kind| (kind.name(), kind));
        let written = table.need("type", reader)?;
        let at_type = Location::new(reader.source, written.span());
        let kind = reader.choice(written, kinds)?;
        let id = text(table.take("id", reader), reader);
        let mut validations = table.table("validations", &["required", "accept"], reader)?;
        let mut table = table.table("attributes", attribute_keys(kind), reader)?;
        let is_markdown = kind == ElementKind::Markdown;
        let key = if is_markdown { "value" } else { "label" };
        let first = needed(&mut table, key, &location, reader);
        let mut plain = |key: &str| text(table.take(key, reader), reader).map(|text| text.value);
        let (label, value) = if is_markdown {
            (Located::new(String::new(), at_type), Some(first.value))
        } else {
            (first, plain("value"))
        };
        let field = FormField {
            id,
            description: plain("description"),
            placeholder: plain("placeholder"),
            value,
            render: plain("render"),
            accept: text(validations.take("accept", reader), reader).map(|text| text.value),
            default: table.read("default", None, reader)?,
            ..FormField::new(label)
        };
        let options = if kind == ElementKind::Dropdown {
            let choices: Option<Vec<Choice>> = table.read("options", Some(Vec::new()), reader);
            choices.map(|all| all.into_iter().map(|Choice(one)| one).collect())
        } else {
            table.read("options", Some(Vec::new()), reader)
        };
        Some(Self {
            kind,
            field,
            options: options.unwrap_or_default(),
            multiple: table.read("multiple", Some(false), reader)?,
            required: validations.read("required", Some(false), reader)?,
        })
    }
}

/// A box has a label and can be required. If the label cannot be read, it is empty.
impl FromToml for FormOption {
    #[cfg(test)]
    type Raw = ();

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let location = Location::new(reader.source, value.span());
        let mut table = reader.table(value, &["label", "required"])?;
        Some(Self {
            label: needed(&mut table, "label", &location, reader),
            required: table.read("required", Some(false), reader)?,
        })
    }
}

/// A choice, which is a text.
struct Choice(FormOption);

impl FromToml for Choice {
    #[cfg(test)]
    type Raw = ();

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let location = Location::new(reader.source, value.span());
        let text = String::from_toml(value, reader)?;
        if text.trim().is_empty() {
            let problem = Diagnostic::error(Code::IssueForm, "this choice is empty").at(&location);
            reader.report(problem.hint("write a text, or remove the choice"));
            return None;
        }
        let problem = match number_as_shown(&text) {
            _ if !is_plain(&text, &location) => None,
            _ if switch(&text).is_some() => Some(Diagnostic::error(
                Code::IssueForm,
                format!("a choice must be text, and `{text}` without quotes is true or false"),
            )),
            Some(shown) if shown != text => Some(Diagnostic::warning(
                Code::IssueForm,
                format!("GitHub reads the choice `{text}` as a number and shows `{shown}`"),
            )),
            _ => None,
        };
        if let Some(problem) = problem {
            let hint = format!("put it in quotes: `\"{text}\"`");
            reader.report(problem.at(&location).hint(hint));
        }
        Some(Self(FormOption {
            label: Located::new(text.trim().to_owned(), location),
            required: false,
        }))
    }
}

/// Whether a text is written without quotes and without a tag such as `!!str`, so that YAML may read it as something
/// else.
fn is_plain(text: &str, location: &Location) -> bool {
    let (before, rest) = location.source.text().split_at(location.span.start);
    let is_tagged = before.split_whitespace().next_back();
    let is_tagged = is_tagged.is_some_and(|word| word.starts_with('!'));
    rest[..location.span.len()] == *text && !is_tagged
}

/// A text, without line breaks at its end, which mean nothing in block texts. A space at the end is kept: `[Bug]: ` is
/// the start of a title.
fn text(value: Option<Value<'_>>, reader: &mut Reader<'_>) -> Option<Located<String>> {
    let (value, key) = (value?, reader.key.clone());
    let location = Location::new(reader.source, value.span());
    let text = String::from_toml(value, reader)?;
    if let Some(other) = other_type(&text).filter(|_| is_plain(&text, &location)) {
        let message = format!("`{key}` must be text, and `{text}` without quotes is {other}");
        let problem = Diagnostic::error(Code::IssueForm, message).at(&location);
        reader.report(problem.hint(format!("put it in quotes: `{key}: \"{text}\"`")));
    }
    if text.trim().is_empty() {
        let message = format!("`{key}` is empty, which GitHub does not accept");
        let problem = Diagnostic::warning(Code::IssueForm, message).at(location);
        reader.report(problem.hint(format!("write a text, or remove `{key}`")));
        return None;
    }
    let kept = text.trim_end_matches(['\n', '\r']).to_owned();
    Some(Located::new(kept, location))
}

/// A required text. If it is missing, reports that and returns an empty text at this location.
fn needed(
    table: &mut Table<'_>,
    key: &str,
    location: &Location,
    reader: &mut Reader<'_>,
) -> Located<String> {
    let text = text(table.need(key, reader), reader);
    let mut text = text.unwrap_or_else(|| Located::new(String::new(), location.clone()));
    text.value.truncate(text.value.trim_end().len());
    text
}

/// A list of texts, or one text with commas between them.
fn texts(table: &mut Table<'_>, key: &str, reader: &mut Reader<'_>) -> Vec<String> {
    let Some(value) = table.take(key, reader) else {
        return Vec::new();
    };
    if let Some(text) = value.get_ref().as_str() {
        let parts = text.split(',').map(str::trim);
        let parts = parts.filter(|part| !part.is_empty());
        return parts.map(str::to_owned).collect();
    }
    let texts: Option<Vec<String>> = Vec::from_toml(value, reader);
    let texts = texts.into_iter().flatten();
    texts.map(|text| text.trim().to_owned()).collect()
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
