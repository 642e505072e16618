//! An issue form → a `checklist.toml` that asks the same questions: a detail for each field, and one request with the
//! form's own labels. Settings that only the form uses are kept with their field; a warning lists what the page cannot
//! show.

use serde_json::{Value, json};

use super::export::settings;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::heading_ids::UniqueIds;
use crate::ids::is_plain_name;
use crate::markdown::{Options, parse};
use crate::recovery::{Element, ElementKind, FormSettings, IssueForm, given};
use crate::source::{Location, Source};

/// The longest name a detail is given.
const NAME_LIMIT: usize = 40;

const HEAD: &str = "# Made from an issue form. Add `[support-form]` with the form's address to links.toml, say in your own words
# what each detail is for (`hint`, `why`, `where`), and remove what nobody needs.

";

/// Writes the checklist.
///
/// # Panics
/// Never: whatever a form contains can be written in TOML.
pub fn checklist(form: &IssueForm) -> String {
    let mut names = UniqueIds::default();
    let (mut asked, mut fields, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    for element in &form.body {
        if element.kind == ElementKind::Markdown {
            notes.extend(element.field.value.clone());
        } else {
            let own = details(element, &mut names);
            fields.push(field(element, &own, &std::mem::take(&mut notes)));
            asked.extend(own);
        }
    }
    let own = FormSettings {
        notes,
        ..form.settings.clone()
    };
    let (name, title) = (own.name.as_ref(), own.title.as_ref());
    let checklist = json!({
        "title": name.map(|name| &name.value),
        "group": [{ "id": "details", "title": "Details" }],
        "detail": asked,
        "request": [{
            "id": "request",
            "title": title.or(name).map(|title| &title.value),
            "channel": "issue-form",
            "link": "support-form",
            "public": true,
            "issue_form": settings(&own),
            "field": fields,
        }],
    });
    HEAD.to_owned() + &toml::to_string(&checklist).expect("a table of texts and numbers")
}

/// The details of one field.
fn details(element: &Element, names: &mut UniqueIds) -> Vec<Value> {
    let kind = match element.kind {
        ElementKind::Checkboxes => return boxes(element, names),
        ElementKind::Upload | ElementKind::Markdown => return Vec::new(),
        ElementKind::Dropdown if element.multiple => "choices",
        ElementKind::Dropdown => "choice",
        ElementKind::Textarea => "paragraph",
        ElementKind::Input => "line",
    };
    let field = &element.field;
    let help = PageText::of(element);
    let mut ids = UniqueIds::default();
    let options = element.options.iter().map(|option| {
        let label = &option.label.value;
        json!({ "id": ids.of_text(&slug(label)), "label": label })
    });
    let example = field.placeholder.as_ref();
    vec![json!(given(json!({
        "id": names.of_text(&slug(&field.id.as_ref().unwrap_or(&field.label).value)),
        "group": "details",
        "label": field.label.value,
        "kind": kind,
        "hint": help.first,
        "why": help.rest,
        "example": example.filter(|text| !text.contains('\n')),
        "required": element.required,
        "option": options.collect::<Vec<_>>(),
    })))]
}

/// A detail for each box.
fn boxes(element: &Element, names: &mut UniqueIds) -> Vec<Value> {
    let mut help = PageText::of(element);
    let boxes = element.options.iter().map(|option| {
        let statement = &option.label.value;
        json!(given(json!({
            "id": names.of_text(&slug(statement)),
            "group": "details",
            "label": element.field.label.value,
            "kind": "confirm",
            "required": option.required,
            "statement": statement,
            // What the form says about all boxes is shown at the first one.
            "aside": help.first.take(),
            "why": help.rest.take(),
        })))
    });
    boxes.collect()
}

fn field(element: &Element, details: &[Value], notes: &[String]) -> Value {
    let field = &element.field;
    let names = details.iter().filter_map(|detail| detail["id"].as_str());
    let gaps: Vec<_> = names.map(|name| format!("{{{name}}}")).collect();
    let is_upload = element.kind == ElementKind::Upload;
    let mut written = given(json!({
        "label": field.label.value,
        "text": gaps.join("\n"),
        "element": is_upload.then(|| element.kind.name()),
    }));
    let texts = field.texts().into_iter();
    written.extend(texts.map(|(key, text)| (key.to_owned(), json!(text))));
    written.extend(given(json!({
        "default": field.default.as_ref().map(|default| default.value),
        "required": element.required && gaps.is_empty(),
        "notes": notes,
    })));
    json!(given(json!(written)))
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
        let text = element.field.description.as_deref().unwrap_or_default();
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
    for (at, c) in text.trim().char_indices() {
        if "\\`*_[]<>&~|#{".contains(c) || at == 0 && "+-".contains(c) {
            markdown.push('\\');
        }
        markdown.push(c);
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
            |one| one.field.placeholder.iter().any(|text| text.contains('\n')),
            "write an `example` of one line",
        ),
        (
            "prefilled texts",
            |one| one.kind != ElementKind::Markdown && one.field.value.is_some(),
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
        let mut which: Vec<_> = left
            .iter()
            .map(|one| one.field.label.value.as_str())
            .collect();
        which.retain(|label| !label.is_empty());
        let which = match which.as_slice() {
            [] => left.len().to_string(),
            labels => format!("`{}`", labels.join("`, `")),
        };
        let message = format!("not shown on the page: {what} ({which})");
        let problem = Diagnostic::warning(Code::IssueForm, message);
        found.push(problem.at(first.field.label.location.clone()).hint(hint));
    }
    found
}

/// `What happened?` → `what-happened`; `detail` if no ASCII letter or digit is left.
fn slug(label: &str) -> String {
    let words = label.split(|c: char| !c.is_ascii_alphanumeric());
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
