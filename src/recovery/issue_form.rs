//! A support team's issue form as a value.
//!
//! In: what `form` read from YAML, or a request of the checklist. Out: the form, and how two of them
//! differ. `form` reads and writes the files.

mod derive;
mod diff;
mod rules;

use crate::from_toml::{FromToml, Reader, Value};
use crate::named::named;
use crate::source::{Located, Location};

/// An issue form.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueForm {
    /// Where it is.
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
    /// What is on it, in order.
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

named! {
    /// What a field of a form is.
    pub enum ElementKind {
        /// Text between fields; not part of the issue.
        #[cfg_attr(test, schemars(skip))]
        Markdown = "markdown",
        /// One line.
        Input = "input",
        /// Several lines.
        Textarea = "textarea",
        /// A list to choose from.
        Dropdown = "dropdown",
        /// Boxes to tick.
        Checkboxes = "checkboxes",
        /// A field for files.
        Upload = "upload",
    }
}

/// Markdown is not among the kinds: a checklist writes texts between fields as `notes`.
impl FromToml for ElementKind {
    #[cfg(test)]
    type Raw = Self;

    fn from_toml(value: Value<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let fields = Self::ALL.into_iter().filter(|kind| *kind != Self::Markdown);
        reader.choice(value, fields.map(|kind| (kind.name(), kind)))
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
