//! A support team's issue form as a value, and how two of them differ. `form` reads and writes the files.

mod diff;
mod from_request;
mod rules;

use super::FormField;
use super::request::FormSettings;
use crate::from_toml::{FromToml, Reader, Value};
use crate::named::named;
use crate::source::{Located, Location};

/// An issue form.
#[derive(Debug, Clone, PartialEq)]
pub struct IssueForm {
    /// Where it is.
    pub location: Location,
    /// What it says about itself.
    pub settings: FormSettings,
    /// What is on it, in order.
    pub body: Vec<Element>,
}

/// One thing on a form.
#[derive(Debug, Clone, PartialEq)]
pub struct Element {
    /// What it is.
    pub kind: ElementKind,
    /// What it says. Markdown has no label, and its text is the `value`.
    pub field: FormField,
    /// What can be chosen or ticked.
    pub options: Vec<FormOption>,
    /// Whether several can be chosen.
    pub multiple: bool,
    /// Whether the form cannot be sent without an answer.
    pub required: bool,
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
