//! A request of the checklist → the form that asks for the same.

use super::{Element, ElementKind, FormOption, IssueForm};
use crate::markdown::Prose;
use crate::recovery::{Checklist, Detail, DetailKind, FormField, Request};
use crate::source::Located;

impl IssueForm {
    /// The form a request is made for. What the checklist does not know (what the form is called,
    /// texts between its fields) is taken from the request's own settings.
    pub fn of_request(checklist: &Checklist, request: &Request) -> Self {
        let mut settings = request.issue_form.clone().unwrap_or_default();
        let own_title = Located::new(request.title.clone(), request.id.location.clone());
        if request.issue_form.is_none() {
            settings.title = Some(own_title.clone());
        }
        settings.name = settings.name.or_else(|| Some(checklist.title.clone()));
        settings.description = settings.description.or(Some(own_title));
        let mut body = Vec::new();
        for field in &request.fields {
            body.extend(field.notes.iter().map(|note| markdown(note, field)));
            body.push(element(checklist, field));
        }
        let last_notes = std::mem::take(&mut settings.notes);
        if let Some(last) = request.fields.last() {
            body.extend(last_notes.iter().map(|note| markdown(note, last)));
        }
        Self {
            location: request.id.location.clone(),
            settings,
            body,
        }
    }
}

fn markdown(text: &str, field: &FormField) -> Element {
    let nothing = Located::new(String::new(), field.label.location.clone());
    Element {
        kind: ElementKind::Markdown,
        field: FormField {
            value: Some(text.to_owned()),
            ..FormField::new(nothing)
        },
        options: Vec::new(),
        multiple: false,
        required: false,
    }
}

fn element(checklist: &Checklist, field: &FormField) -> Element {
    let details: Vec<&Detail> = field
        .gaps()
        .filter_map(|name| checklist.detail(name))
        .collect();
    let alone = field.alone().and_then(|name| checklist.detail(name));
    let kind = field.element.unwrap_or_else(|| kind_of(&details, alone));
    let needed = details
        .iter()
        .any(|detail| detail.required && detail.only_if.is_none());
    let boxes = kind == ElementKind::Checkboxes;
    let typed = matches!(kind, ElementKind::Input | ElementKind::Textarea);
    let mut own = field.clone();
    if let Some(detail) = alone {
        let hint = detail.hint.as_ref().and_then(plain);
        let example = detail.example.as_ref().filter(|_| typed);
        own.description = own.description.or(hint);
        own.placeholder = own.placeholder.or(example.map(|one| one.value.clone()));
    }
    Element {
        kind,
        field: own,
        options: options(&details, kind),
        multiple: alone.is_some_and(|detail| detail.kind == DetailKind::Choices),
        required: field.required.unwrap_or(needed && !boxes),
    }
}

fn kind_of(details: &[&Detail], alone: Option<&Detail>) -> ElementKind {
    let confirms = |detail: &&Detail| detail.kind == DetailKind::Confirm;
    if !details.is_empty() && details.iter().all(confirms) {
        return ElementKind::Checkboxes;
    }
    match alone.map(|detail| detail.kind) {
        Some(DetailKind::Line | DetailKind::Address | DetailKind::Date) => ElementKind::Input,
        Some(DetailKind::Choice | DetailKind::Choices) => ElementKind::Dropdown,
        _ => ElementKind::Textarea,
    }
}

fn options(details: &[&Detail], kind: ElementKind) -> Vec<FormOption> {
    let boxes = details.iter().filter_map(|detail| {
        let statement = detail.statement.as_ref()?;
        Some(FormOption {
            label: Located::new(statement.value.clone(), detail.id.location.clone()),
            required: detail.required,
        })
    });
    let choices = details
        .iter()
        .flat_map(|detail| &detail.options)
        .map(|option| FormOption {
            label: Located::new(option.text().to_owned(), option.id.location.clone()),
            required: false,
        });
    match kind {
        ElementKind::Checkboxes => boxes.collect(),
        ElementKind::Dropdown => choices.collect(),
        _ => Vec::new(),
    }
}

/// A hint, if the form can show it: links to pages of this site would not work there.
fn plain(hint: &Prose) -> Option<String> {
    (!hint.value.contains("](")).then(|| hint.value.clone())
}
