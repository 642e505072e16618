//! An issue form → a `checklist.toml` that asks for the same.
//!
//! In: a form. Out: TOML to continue with: a detail for each field, and one request with the form's own labels. What only
//! the form knows is kept with its field, so that nothing is lost on the way back; what the page cannot show is listed.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::is_plain_name;
use crate::markdown::{Options, parse};
use crate::recovery::{Element, ElementKind, IssueForm};
use crate::source::{Location, Source};

/// The longest name a detail is given.
const NAME_LIMIT: usize = 40;

/// Writes the checklist.
pub fn checklist(form: &IssueForm) -> String {
    let mut toml = Toml::default();
    toml.text.push_str(
        "# Made from an issue form. Add `[support-form]` with the form's address to links.toml, say in your own words\n\
         # what each detail is for (`hint`, `why`, `where`), and remove what nobody needs.\n\n",
    );
    toml.string("title", &form.name.value);
    toml.text
        .push_str("\n[[group]]\nid = \"details\"\ntitle = \"Details\"\n");
    let mut fields = Toml::default();
    let mut notes = Vec::new();
    for element in &form.body {
        if element.kind == ElementKind::Markdown {
            notes.extend(element.texts.value.clone());
        } else {
            let names = toml.details(element);
            fields.field(element, &names, &std::mem::take(&mut notes));
        }
    }
    let title = form.title.as_ref().unwrap_or(&form.name);
    toml.text.push_str("\n[[request]]\nid = \"request\"\n");
    toml.string("title", &title.value);
    toml.text
        .push_str("channel = \"issue-form\"\nlink = \"support-form\"\npublic = true\n");
    toml.settings(form, &notes);
    toml.text + &fields.text
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

    /// Writes the details of one field and gives their names.
    fn details(&mut self, element: &Element) -> Vec<String> {
        match element.kind {
            ElementKind::Checkboxes => {
                let mut help = PageText::of(element);
                let boxes = element.options.iter().map(|option| {
                    let name = self.name(&option.label.value);
                    self.begin(&name, (&element.label.value, "confirm"));
                    self.required(option.required);
                    self.string("statement", &option.label.value);
                    // What the form says about all boxes is shown at the first one.
                    self.maybe("aside", help.first.take().as_ref());
                    self.maybe("why", help.rest.take().as_ref());
                    name
                });
                boxes.collect()
            }
            ElementKind::Upload | ElementKind::Markdown => Vec::new(),
            ElementKind::Input | ElementKind::Textarea | ElementKind::Dropdown => {
                let name = self.name(&element.texts.id.as_ref().unwrap_or(&element.label).value);
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
        let help = PageText::of(element);
        self.maybe("hint", help.first.as_ref());
        self.maybe("why", help.rest.as_ref());
        let placeholder = element.texts.placeholder.as_ref();
        self.maybe("example", placeholder.filter(|text| !text.contains('\n')));
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

    fn settings(&mut self, form: &IssueForm, notes: &[String]) {
        self.text.push_str("\n  [request.issue_form]\n");
        self.string("  name", &form.name.value);
        self.string("  description", &form.description.value);
        self.maybe("  title", form.title.as_ref().map(|title| &title.value));
        self.list("  labels", &form.labels);
        self.list("  assignees", &form.assignees);
        self.list("  projects", &form.projects);
        self.maybe("  type", form.kind.as_ref());
        self.list("  notes", notes);
    }

    fn field(&mut self, element: &Element, names: &[String], notes: &[String]) {
        self.text.push_str("\n  [[request.field]]\n");
        self.string("  label", &element.label.value);
        let gaps: Vec<_> = names.iter().map(|name| format!("{{{name}}}")).collect();
        self.string("  text", &gaps.join("\n"));
        if element.kind == ElementKind::Upload {
            self.string("  element", element.kind.name());
        }
        for (key, text) in element.texts.all() {
            self.maybe(&format!("  {key}"), text);
        }
        if let Some(default) = &element.default {
            let _ = writeln!(self.text, "  default = {}", default.value);
        }
        if element.required && names.is_empty() {
            self.text.push_str("  required = true\n");
        }
        self.list("  notes", notes);
    }

    fn name(&mut self, label: &str) -> String {
        unique(&slug(label), &mut self.names)
    }
}

/// A form's description as the page shows it: Markdown of one paragraph each.
struct PageText {
    first: Option<String>,
    /// What follows the first paragraph.
    rest: Option<String>,
    has_links: bool,
}

impl PageText {
    /// A form's Markdown can have HTML, lists and links to files beside the form. A hint cannot, so only their text is
    /// kept.
    fn of(element: &Element) -> Self {
        let text = element.texts.description.as_deref().unwrap_or_default();
        let location = Location::start_of(&Source::new("description", text));
        let mut problems = Diagnostics::default();
        let document = parse(text, &location, &Options::default(), &mut problems);
        let html = document.html.fill(|_, _, _| {});
        let paragraphs = html
            .split_terminator("</p>\n")
            .all(|one| one.starts_with("<p>"));
        let has_links = !document.links.is_empty();
        let mut blocks: Vec<String> = if paragraphs && !has_links && problems.is_empty() {
            text.split("\n\n").map(str::to_owned).collect()
        } else {
            document.plain_text().lines().map(escaped).collect()
        };
        for block in &mut blocks {
            *block = block.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        blocks.retain(|block| !block.is_empty());
        let rest = blocks.split_off(blocks.len().min(1)).join(" ");
        Self {
            first: blocks.pop(),
            rest: Some(rest).filter(|rest| !rest.is_empty()),
            has_links,
        }
    }
}

/// Escapes what Markdown would not show as it is.
fn escaped(text: &str) -> String {
    let mut markdown = String::new();
    for (at, sign) in text.trim().char_indices() {
        if "\\`*_[]<>&~|#{".contains(sign) || at == 0 && "+-".contains(sign) {
            markdown.push('\\');
        }
        markdown.push(sign);
    }
    markdown
}

/// What the form shows and the page will not.
pub fn not_on_page(form: &IssueForm) -> Vec<Diagnostic> {
    type Left = fn(&Element) -> bool;
    let kinds: [(&str, Left, &str); 5] = [
        (
            "texts between the fields",
            |one| one.kind == ElementKind::Markdown,
            "put what readers must know into `intro` of the checklist or of a group",
        ),
        (
            "links in descriptions",
            |one| PageText::of(one).has_links,
            "add the addresses to links.toml and write `[text](link:NAME)` in the `hint`",
        ),
        (
            "placeholders of several lines",
            |one| one.texts.placeholder.iter().any(|text| text.contains('\n')),
            "write an `example` of one line",
        ),
        (
            "prefilled texts",
            |one| one.kind != ElementKind::Markdown && one.texts.value.is_some(),
            "say in the `hint` what to write, or put the text around the gap in `text`",
        ),
        (
            "fields for files",
            |one| one.kind == ElementKind::Upload,
            "say in `after` of the request which files to add",
        ),
    ];
    let mut found = Vec::new();
    for (what, is_left, hint) in kinds {
        let left: Vec<_> = form.body.iter().filter(|one| is_left(one)).collect();
        let Some(first) = left.first() else { continue };
        let mut which: Vec<_> = left.iter().map(|one| one.label.value.as_str()).collect();
        which.retain(|label| !label.is_empty());
        let which = match which.as_slice() {
            [] => left.len().to_string(),
            labels => format!("`{}`", labels.join("`, `")),
        };
        let message = format!("not shown on the page: {what} ({which})");
        let problem = Diagnostic::warning(Code::IssueForm, message);
        found.push(problem.at(first.label.location.clone()).hint(hint));
    }
    found
}

/// A text as TOML, on several lines if it has several.
fn quote(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// `What happened?` → `what-happened`; `detail` if no ASCII letter or digit is left.
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
