//! A support team's issue form as a value.
//!
//! In: what `form` read from YAML, or a request of the checklist. Out: the form, and how two of them
//! differ. No YAML here: how a form is written in files is for `form`.

mod derive;
mod diff;

use crate::source::{Located, Location};

/// An issue form.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueForm {
    /// Where it stands.
    pub location: Location,
    /// What the list of forms calls it.
    pub name: String,
    /// What the list of forms says of it.
    pub description: String,
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
    /// Its name in addresses that fill the form in.
    pub id: Option<String>,
    /// Its label; empty for Markdown.
    pub label: Located<String>,
    /// Below the label.
    pub description: Option<String>,
    /// Shown in the empty field.
    pub placeholder: Option<String>,
    /// Filled in at the start; of Markdown, its text.
    pub value: Option<String>,
    /// The language of the code block the answer becomes.
    pub render: Option<String>,
    /// What can be chosen or ticked.
    pub options: Vec<FormOption>,
    /// Whether several can be chosen.
    pub multiple: bool,
    /// The option chosen at the start.
    pub default: Option<usize>,
    /// Kinds of files that can be added.
    pub accept: Option<String>,
    /// Whether the form cannot be sent without an answer.
    pub required: bool,
}

/// What an element of a form is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElementKind {
    /// Text between fields; not part of the issue.
    Markdown,
    /// One line.
    Input,
    /// Several lines.
    Textarea,
    /// A list to choose from.
    Dropdown,
    /// Boxes to tick.
    Checkboxes,
    /// Files to add.
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

    /// Whether two forms ask and say the same, wherever they stand.
    pub fn means_same(&self, other: &Self) -> bool {
        let title = |form: &Self| form.title.as_ref().map(|title| title.value.clone());
        let same_body = self.body.len() == other.body.len()
            && self
                .body
                .iter()
                .zip(&other.body)
                .all(|(a, b)| a.means_same(b));
        same_body
            && (&self.name, &self.description, title(self))
                == (&other.name, &other.description, title(other))
            && (&self.labels, &self.assignees) == (&other.labels, &other.assignees)
            && (&self.projects, &self.kind) == (&other.projects, &other.kind)
    }
}

impl Element {
    /// An element with a label and nothing else said of it.
    pub fn new(kind: ElementKind, label: Located<String>) -> Self {
        Self {
            kind,
            label,
            id: None,
            description: None,
            placeholder: None,
            value: None,
            render: None,
            options: Vec::new(),
            multiple: false,
            default: None,
            accept: None,
            required: false,
        }
    }

    fn means_same(&self, other: &Self) -> bool {
        let options = |one: &Self| -> Vec<_> {
            let options = one.options.iter();
            options
                .map(|option| (option.label.value.clone(), option.required))
                .collect()
        };
        (self.kind, &self.id, &self.label.value) == (other.kind, &other.id, &other.label.value)
            && (&self.description, &self.placeholder) == (&other.description, &other.placeholder)
            && (&self.value, &self.render, &self.accept)
                == (&other.value, &other.render, &other.accept)
            && (self.multiple, self.default, self.required)
                == (other.multiple, other.default, other.required)
            && options(self) == options(other)
    }
}
