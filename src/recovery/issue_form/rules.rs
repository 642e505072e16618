//! What GitHub requires of an issue form. GitHub does not show a form that breaks a rule: at best, readers see "There
//! is a problem with this template".

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::{Element, ElementKind, FormSettings, IssueForm};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Located, Location};

/// Words that the label of a typed field must not contain.
const FORBIDDEN: [&str; 1] = ["password"];

/// Choices that GitHub adds itself.
const RESERVED: [&str; 1] = ["none"];

/// The same if a choice is preselected.
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

    /// GitHub silently leaves a form with a longer name or description out of its list.
    fn lengths(&self) -> Vec<Diagnostic> {
        let FormSettings {
            name,
            description,
            title,
            labels,
            assignees,
            ..
        } = &self.settings;
        let characters = |text: &Option<Located<String>>| {
            let count = text.as_ref().map_or(0, |text| text.value.chars().count());
            let location = text.as_ref().map_or(&self.location, |text| &text.location);
            (count, location.clone())
        };
        let many = |list: &[String]| (list.len(), self.location.clone());
        let limits = [
            ("name", characters(name), 3..=200, "characters"),
            (
                "description",
                characters(description),
                3..=200,
                "characters",
            ),
            ("title", characters(title), 0..=256, "characters"),
            ("labels", many(labels), 0..=100, "labels"),
            ("assignees", many(assignees), 0..=10, "people"),
        ];
        let broken = limits
            .into_iter()
            .filter(|(_, (length, _), limit, _)| *length > 0 && !limit.contains(length));
        let broken = broken.map(|(key, (length, location), limit, unit)| {
            let limit = if length > *limit.end() {
                format!("at most {}", limit.end())
            } else {
                format!("at least {}", limit.start())
            };
            let message =
                format!("GitHub accepts {limit} {unit} in `{key}`, and here it has {length}");
            Diagnostic::warning(Code::IssueForm, message).at(location)
        });
        broken.collect()
    }

    /// Each field and box has a reference: its id, or else its label in plain letters. No two may be the same.
    fn references(&self, found: &mut Vec<Diagnostic>) {
        let mut taken: BTreeMap<String, (&str, &Located<String>)> = BTreeMap::new();
        let names = self.fields().flat_map(|one| {
            let id = one.field.id.as_ref().map(|id| ("id", id));
            // A choice has no reference; a box has.
            let boxes = one.options.iter();
            let boxes = boxes.filter(|_| one.kind == ElementKind::Checkboxes);
            std::iter::once(id.unwrap_or(("label", &one.field.label)))
                .chain(boxes.map(|one| ("box", &one.label)))
        });
        for (what, name) in names.filter(|(_, name)| !name.value.is_empty()) {
            let text = &name.value;
            let reference = match what {
                "id" => text.clone(),
                _ => reference(text),
            };
            let Some((first_what, first)) = taken.get(&reference) else {
                taken.insert(reference, (what, name));
                continue;
            };
            let other_id = format!("give one field another `id`: `{reference}-2`");
            let (message, hint) = if *first_what != what || first.value != *text {
                let both = format!("the {first_what} `{}` and the {what} `{text}`", first.value);
                (
                    format!("{both} both become the reference `{reference}`"),
                    format!("change the words of one, or {other_id}"),
                )
            } else if what == "box" {
                (
                    format!("two boxes say `{text}`"),
                    "change the words of one of them".to_owned(),
                )
            } else {
                let hint = match what {
                    "id" => other_id,
                    _ => format!("change one of the labels, or {other_id}"),
                };
                (format!("two fields have the {what} `{text}`"), hint)
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
            .field
            .id
            .as_ref()
            .filter(|id| !id.value.bytes().all(good))
        {
            let message = format!("`{}` cannot be an id", id.value);
            let hint = "use letters, digits, `-` and `_`";
            found.push(error(message, &id.location).hint(hint));
        }
        let label = &self.field.label;
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
        let reserved = match self.field.default {
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
        if let Some(default) = self.field.default.as_ref().filter(|one| one.value >= count) {
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
    let plain: String = label.nfd().filter(|c| !is_combining_mark(*c)).collect();
    if plain.chars().any(|c| c.is_alphabetic() && !c.is_ascii()) {
        return label.to_owned();
    }
    let keeps = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let words: Vec<_> = plain
        .split(|c| !keeps(c))
        .filter(|word| !word.is_empty())
        .collect();
    match words.as_slice() {
        [] => label.to_owned(),
        words => words.join("-").to_ascii_lowercase(),
    }
}
