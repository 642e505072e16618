//! What GitHub requires of an issue form.
//!
//! In: a form, read from YAML or made from a request. Out: each rule it breaks: a form that breaks one is not
//! shown, and readers see "There is a problem with this template" at best.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::{Element, ElementKind, IssueForm};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Located, Location};

/// Words that the label of a typed field must not contain.
const FORBIDDEN: [&str; 1] = ["password"];

/// Choices that GitHub adds itself.
const RESERVED: [&str; 1] = ["none"];

/// The same where a choice is preselected.
const RESERVED_WITH_DEFAULT: [&str; 2] = ["none", "n/a"];

impl IssueForm {
    /// Every rule the form breaks.
    pub fn violations(&self) -> Vec<Diagnostic> {
        let mut found = self.lengths();
        if self.fields().next().is_none() {
            let message = "the form has no field that can be filled in";
            let hint = "add a field besides the texts";
            found.push(error(message, &self.location).hint(hint));
        }
        for field in self.fields() {
            field.violations(&mut found);
        }
        self.references(&mut found);
        found
    }

    /// GitHub leaves a form with a longer name or description out of its list without a word.
    fn lengths(&self) -> Vec<Diagnostic> {
        let length = |text: &str| text.chars().count();
        let title = self.title.as_ref();
        let title_location = title.map_or(&self.location, |title| &title.location);
        let limits = [
            (
                "name",
                length(&self.name.value),
                3,
                200,
                "characters",
                &self.name.location,
            ),
            (
                "description",
                length(&self.description.value),
                3,
                200,
                "characters",
                &self.description.location,
            ),
            (
                "title",
                title.map_or(0, |title| length(&title.value)),
                0,
                256,
                "characters",
                title_location,
            ),
            (
                "labels",
                self.labels.len(),
                0,
                100,
                "labels",
                &self.location,
            ),
            (
                "assignees",
                self.assignees.len(),
                0,
                10,
                "people",
                &self.location,
            ),
        ];
        let broken = limits
            .into_iter()
            .filter(|(_, length, least, most, ..)| length < least && *length > 0 || length > most);
        let told = broken.map(|(what, length, least, most, unit, location)| {
            let limit = if length < least {
                format!("at least {least}")
            } else {
                format!("at most {most}")
            };
            let message =
                format!("GitHub accepts {limit} {unit} in `{what}`, and here it has {length}");
            Diagnostic::warning(Code::IssueForm, message).at(location.clone())
        });
        told.collect()
    }

    /// Each field and box has a reference: its id, or else its label in plain letters. No two may be the same.
    fn references(&self, found: &mut Vec<Diagnostic>) {
        let mut taken: BTreeMap<String, (&str, &Located<String>)> = BTreeMap::new();
        let fields = self.fields().flat_map(|field| {
            let name = field
                .texts
                .id
                .as_ref()
                .map_or(("label", &field.label), |id| ("id", id));
            // A choice has no reference; a box has.
            let boxes = field
                .options
                .iter()
                .filter(|_| field.kind == ElementKind::Checkboxes);
            std::iter::once(name).chain(boxes.map(|one| ("box", &one.label)))
        });
        for (what, name) in fields.filter(|(_, name)| !name.value.is_empty()) {
            let reference = match what {
                "id" => name.value.clone(),
                _ => reference(&name.value),
            };
            let Some((first_what, first)) = taken.get(&reference) else {
                taken.insert(reference, (what, name));
                continue;
            };
            let same = *first_what == what && first.value == name.value;
            let (message, hint) = match what {
                "id" if same => (
                    format!("two fields have the id `{reference}`"),
                    "give one of them another id".to_owned(),
                ),
                "box" if same => (
                    format!("two boxes say `{}`", name.value),
                    "change the words of one of them".to_owned(),
                ),
                _ if same => (
                    format!("two fields have the label `{}`", name.value),
                    format!("change one of the labels, or give one field an `id`: `{reference}-2`"),
                ),
                _ => (
                    format!(
                        "the {first_what} `{}` and the {what} `{}` both become the reference `{reference}`",
                        first.value, name.value
                    ),
                    format!(
                        "change the words of one, or give one field another `id`: `{reference}-2`"
                    ),
                ),
            };
            let problem = error(message, &name.location).hint(hint);
            found.push(problem.see(first.location.clone(), "the first one"));
        }
    }
}

impl Element {
    fn violations(&self, found: &mut Vec<Diagnostic>) {
        let good = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
        if let Some(id) = self
            .texts
            .id
            .as_ref()
            .filter(|id| !id.value.bytes().all(good))
        {
            let message = format!("`{}` cannot be an id", id.value);
            let hint = "use letters, digits, `-` and `_`";
            found.push(error(message, &id.location).hint(hint));
        }
        let label = &self.label;
        let lower = label.value.to_lowercase();
        let typed = matches!(self.kind, ElementKind::Input | ElementKind::Textarea);
        if let Some(word) = FORBIDDEN.iter().find(|word| typed && lower.contains(*word)) {
            let message = format!("the label of a typed field must not contain the word `{word}`");
            let hint = "ask in other words: nobody should type one into a public issue";
            found.push(error(message, &label.location).hint(hint));
        }
        if !matches!(self.kind, ElementKind::Dropdown | ElementKind::Checkboxes) {
            return;
        }
        if self.options.is_empty() {
            let message = format!("`{}` has nothing to choose from", label.value);
            found.push(error(message, &label.location).hint("add `options` to the field"));
        }
        if self.kind == ElementKind::Dropdown {
            self.choices(found);
        }
    }

    fn choices(&self, found: &mut Vec<Diagnostic>) {
        let reserved = match self.default {
            Some(_) => RESERVED_WITH_DEFAULT.as_slice(),
            None => &RESERVED,
        };
        let mut seen: BTreeMap<&str, &Location> = BTreeMap::new();
        let labels = self.options.iter().map(|option| &option.label);
        for Located { value, location } in labels.filter(|label| !label.value.is_empty()) {
            if let Some(first) = seen.insert(value, location) {
                let problem = error(format!("`{value}` can be chosen twice"), location);
                let problem = problem.see(first.clone(), "the first one");
                found.push(problem.hint("remove one of them"));
            }
            if reserved.contains(&value.to_lowercase().as_str()) {
                let message = format!("`{value}` is reserved: GitHub adds it to a list itself");
                let hint = "write more than that, such as `None of these` or `Not applicable`";
                found.push(error(message, location).hint(hint));
            }
        }
        let count = self.options.len();
        if let Some(default) = self.default.as_ref().filter(|one| one.value >= count) {
            let message = format!(
                "`default` is {}, and there are {count} options",
                default.value
            );
            found.push(error(message, &default.location).hint("the first option is 0"));
        }
    }
}

fn error(message: impl Into<String>, location: &Location) -> Diagnostic {
    Diagnostic::error(Code::IssueForm, message).at(location.clone())
}

/// A label as GitHub makes a reference of it: `What's new?` → `what-s-new`. How it treats letters of other scripts
/// is not documented, so a label with any is its own reference.
fn reference(label: &str) -> String {
    let plain: String = label
        .nfd()
        .filter(|sign| !is_combining_mark(*sign))
        .collect();
    if plain
        .chars()
        .any(|sign| sign.is_alphabetic() && !sign.is_ascii())
    {
        return label.to_owned();
    }
    let keeps = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    let words: Vec<_> = plain
        .split(|sign| !keeps(sign))
        .filter(|word| !word.is_empty())
        .collect();
    match words.as_slice() {
        [] => label.to_owned(),
        words => words.join("-").to_ascii_lowercase(),
    }
}
