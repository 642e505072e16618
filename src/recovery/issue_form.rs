//! A support team's issue form as a value.
//!
//! In: what `form` read from YAML, or a request of the checklist. Out: the form, and how two of them
//! differ. No YAML here: how a form is written in files is for `form`.

mod derive;
mod diff;
mod rules;

use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Located, Location};

/// An issue form.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueForm {
    /// Where it stands.
    pub location: Location,
    /// What the list of forms calls it.
    pub name: Located<String>,
    /// What the list of forms says of it.
    pub description: Located<String>,
    /// The title a new issue starts with.
    pub title: Option<Located<String>>,
    /// Labels a new issue gets.
    pub labels: Vec<String>,
    /// Who is asked to look at it.
    pub assignees: Vec<String>,
    /// Projects it is added to.
    pub projects: Vec<String>,
    /// The type of issue.
    pub kind: Option<String>,
    /// What stands on it, in order.
    pub body: Vec<Element>,
}

/// One thing on a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// What it is.
    pub kind: ElementKind,
    /// Its label; empty for Markdown.
    pub label: Located<String>,
    /// What else it says.
    pub texts: FieldTexts,
    /// What can be chosen or ticked.
    pub options: Vec<FormOption>,
    /// Whether several can be chosen.
    pub multiple: bool,
    /// The option chosen at the start.
    pub default: Option<Located<usize>>,
    /// Whether the form cannot be sent without an answer.
    pub required: bool,
}

/// What an element of a form says besides its label; all of it may be left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FieldTexts {
    /// Its name in addresses that fill the form in.
    pub id: Option<Located<String>>,
    /// Below the label.
    pub description: Option<String>,
    /// Shown in the empty field.
    pub placeholder: Option<String>,
    /// Filled in at the start; of Markdown, its text.
    pub value: Option<String>,
    /// The language of the code block the answer becomes.
    pub render: Option<String>,
    /// Kinds of files that can be added.
    pub accept: Option<String>,
}

impl FieldTexts {
    /// Each text with its key, in the order a form has them.
    pub fn all(&self) -> [(&'static str, Option<&String>); 6] {
        [
            ("id", self.id.as_ref().map(|id| &id.value)),
            ("description", self.description.as_ref()),
            ("placeholder", self.placeholder.as_ref()),
            ("value", self.value.as_ref()),
            ("render", self.render.as_ref()),
            ("accept", self.accept.as_ref()),
        ]
    }
}

/// What a field of a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ElementKind {
    /// Text between fields; not part of the issue.
    #[serde(skip_deserializing)]
    #[cfg_attr(test, schemars(skip))]
    Markdown,
    /// One line.
    Input,
    /// Several lines.
    Textarea,
    /// A list to choose from.
    Dropdown,
    /// Boxes to tick.
    Checkboxes,
    /// A field for files.
    Upload,
}

impl ElementKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Markdown,
        Self::Input,
        Self::Textarea,
        Self::Dropdown,
        Self::Checkboxes,
        Self::Upload,
    ];

    /// The name it has in a form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Input => "input",
            Self::Textarea => "textarea",
            Self::Dropdown => "dropdown",
            Self::Checkboxes => "checkboxes",
            Self::Upload => "upload",
        }
    }
}

/// One choice or box.
#[derive(Debug, Clone, PartialEq)]
pub struct FormOption {
    /// What it says.
    pub label: Located<String>,
    /// Whether the form cannot be sent without it; for boxes.
    pub required: bool,
}

impl IssueForm {
    /// The elements that become part of the issue.
    pub fn fields(&self) -> impl Iterator<Item = &Element> {
        self.body
            .iter()
            .filter(|element| element.kind != ElementKind::Markdown)
    }

    /// What this form says and `other` does not, for a form that was read from another place.
    pub fn lost_in(&self, other: &Self) -> Vec<Diagnostic> {
        let kept: Vec<_> = other.settings().into_iter().map(|(said, _)| said).collect();
        let lost = self.settings().into_iter();
        lost.filter(|(said, _)| !kept.contains(said))
            .map(|((_, key, value), location)| {
                let line = value.lines().next().unwrap_or_default();
                let message = format!("`{key}: {line}` is not kept");
                Diagnostic::warning(Code::IssueForm, message).at(location.clone())
            })
            .collect()
    }

    /// Everything the form says: in which element, by which key, and what.
    fn settings(&self) -> Vec<((usize, &'static str, String), &Location)> {
        let mut settings = Vec::new();
        let mut add = |place, key, value: &str, location| {
            settings.push(((place, key, value.to_owned()), location));
        };
        let top = &self.location;
        add(0, "name", &self.name.value, &self.name.location);
        add(
            0,
            "description",
            &self.description.value,
            &self.description.location,
        );
        if let Some(title) = &self.title {
            add(0, "title", &title.value, &title.location);
        }
        add(0, "labels", &self.labels.join(", "), top);
        add(0, "assignees", &self.assignees.join(", "), top);
        add(0, "projects", &self.projects.join(", "), top);
        add(0, "type", self.kind.as_deref().unwrap_or_default(), top);
        for (place, element) in (1..).zip(&self.body) {
            let location = &element.label.location;
            add(place, "type", element.kind.name(), location);
            add(place, "label", &element.label.value, location);
            for (key, text) in element.texts.all() {
                if let Some(text) = text {
                    add(place, key, text, location);
                }
            }
            for option in &element.options {
                add(place, "option", &option.label.value, &option.label.location);
                if option.required {
                    add(
                        place,
                        "required",
                        &option.label.value,
                        &option.label.location,
                    );
                }
            }
            if let Some(default) = &element.default {
                add(
                    place,
                    "default",
                    &default.value.to_string(),
                    &default.location,
                );
            }
            for (key, set) in [
                ("multiple", element.multiple),
                ("required", element.required),
            ] {
                if set {
                    add(place, key, "true", location);
                }
            }
        }
        settings
    }
}

impl Element {
    /// An element with a label and nothing else said of it.
    pub fn new(kind: ElementKind, label: Located<String>) -> Self {
        Self {
            kind,
            label,
            texts: FieldTexts::default(),
            options: Vec::new(),
            multiple: false,
            default: None,
            required: false,
        }
    }
}
