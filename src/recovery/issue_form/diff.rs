//! Where a form and a request made for it have drifted apart.
//!
//! In: the form and what the checklist would ask. Out: each difference that would make a request
//! incomplete, rejected or untrue. Words that only explain are the author's own and not compared, unless the
//! request says that the form has them.

use super::{Element, ElementKind, IssueForm};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::recovery::{FormField, Request};
use crate::source::{Located, Location};

impl IssueForm {
    /// How this form, the support team's own, differs from what `request` fills in. `ours` is the form
    /// made of that request.
    pub fn differences(&self, ours: &Self, request: &Request) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if let (Some(theirs), Some(own)) = (&self.title, &ours.title)
            && theirs.value.trim() != own.value.trim()
        {
            let message = format!(
                "the form's title is `{}`, not `{}`",
                theirs.value.trim(),
                own.value.trim()
            );
            let problem = drift(message, (&own.location, Some(&theirs.location)));
            found.push(problem.hint("write the form's own title"));
        }
        let with_label = |form: &Self, label: &str| -> Option<Element> {
            form.fields().find(|one| one.label.value == label).cloned()
        };
        let labels = |form: &Self| form.fields().map(|one| one.label.value.clone()).collect();
        let (their_labels, our_labels): (Vec<_>, Vec<_>) = (labels(self), labels(ours));
        for field in self.fields() {
            let label = &field.label;
            let Some(own) = with_label(ours, &label.value) else {
                let needed = if field.is_needed() {
                    ", and it cannot be sent without it"
                } else {
                    ""
                };
                let message = format!("the form has a field `{}`{needed}", label.value);
                let otherwise = "add a `[[request.field]]` with that label";
                found.push(
                    drift(message, (&ours.location, Some(&label.location))).hint(near_hint(
                        &label.value,
                        &our_labels,
                        otherwise,
                    )),
                );
                continue;
            };
            Pair {
                theirs: field,
                own: &own,
            }
            .compare(&mut found);
            let mut settings = request.fields.iter();
            if let Some(settings) = settings.find(|one| one.label.value == label.value) {
                found.extend(
                    Pair {
                        theirs: field,
                        own: &own,
                    }
                    .other_words(settings),
                );
            }
        }
        for own in ours.fields() {
            if !their_labels.contains(&own.label.value) {
                let message = format!("the form has no field `{}`", own.label.value);
                let otherwise = "remove it, or correct its label";
                found.push(drift(message, (&own.label.location, None)).hint(near_hint(
                    &own.label.value,
                    &their_labels,
                    otherwise,
                )));
            }
        }
        let theirs = their_labels
            .iter()
            .filter(|label| our_labels.contains(label));
        let own = our_labels
            .iter()
            .filter(|label| their_labels.contains(label));
        if !theirs.eq(own) {
            let message = "the fields are not in the form's order";
            found.push(
                drift(message, (&ours.location, Some(&self.location)))
                    .hint(format!("the form's order is: {}", their_labels.join(", "))),
            );
        }
        found
    }
}

/// One difference: where in the checklist, and where in the form unless the form lacks it.
fn drift(message: impl Into<String>, (here, there): (&Location, Option<&Location>)) -> Diagnostic {
    let problem = Diagnostic::error(Code::FormDrift, message).at(here.clone());
    match there {
        Some(there) => problem.see(there.clone(), "the form"),
        None => problem,
    }
}

fn near_hint(name: &str, known: &[String], otherwise: &str) -> String {
    match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("`{near}` is similar: are the two the same?"),
        None => otherwise.to_owned(),
    }
}

/// A field of the form and the one with its label that the request fills in.
struct Pair<'a> {
    theirs: &'a Element,
    own: &'a Element,
}

impl Pair<'_> {
    fn drift(&self, message: impl Into<String>) -> Diagnostic {
        let there = Some(&self.theirs.label.location);
        drift(message, (&self.own.label.location, there))
    }

    fn compare(&self, found: &mut Vec<Diagnostic>) {
        let Self { theirs, own } = self;
        let label = &theirs.label.value;
        let kinds = (theirs.kind, own.kind);
        let differ = |kind| (kinds.0 == kind) != (kinds.1 == kind);
        if differ(ElementKind::Checkboxes) || differ(ElementKind::Upload) {
            let hint = match theirs.kind {
                ElementKind::Upload => "write `element = \"upload\"` into the `[[request.field]]`",
                ElementKind::Checkboxes => {
                    "use one `confirm` detail for each box, with the box's words as its `statement`"
                }
                _ => "use a typed or chosen detail in this field, and no `confirm` or `element`",
            };
            let (kind, own) = (kinds.0.name(), kinds.1.name());
            let message = format!("`{label}` is `{kind}` on the form, not `{own}`");
            found.push(self.drift(message).hint(hint));
            return;
        }
        if theirs.required && !own.required && theirs.kind != ElementKind::Checkboxes {
            let message = format!(
                "the form cannot be sent without `{label}`, but the request may leave it empty"
            );
            found.push(
                self.drift(message)
                    .hint("make a detail in this field `required`"),
            );
        }
        self.prefilled(found);
        if kinds == (ElementKind::Dropdown, ElementKind::Dropdown)
            && theirs.multiple != own.multiple
        {
            let (takes, wanted) = if theirs.multiple {
                ("several answers", "choices")
            } else {
                ("one answer", "choice")
            };
            let message = format!("`{label}` takes {takes} on the form");
            found.push(
                self.drift(message)
                    .hint(format!("make the detail a `{wanted}`")),
            );
        }
        if kinds.0 == kinds.1 {
            self.options(found);
        }
    }

    /// What the form fills in before anybody types, or chooses in a list.
    fn prefilled(&self, found: &mut Vec<Diagnostic>) {
        let Self { theirs, own } = self;
        let label = &theirs.label.value;
        let remove = |key| format!("remove the `{key}` from the `[[request.field]]`");
        let value = |one: &Element| {
            one.texts
                .value
                .as_deref()
                .map(|text| text.trim().to_owned())
        };
        match (value(theirs), value(own)) {
            (theirs, own) if theirs == own => {}
            (Some(theirs), _) => found.push(
                self.drift(format!(
                    "`{label}` already contains `{}` on the form",
                    shortened(&theirs)
                ))
                .hint(format!(
                    "write `value = {theirs:?}` into the `[[request.field]]`"
                )),
            ),
            (None, _) => found.push(
                self.drift(format!(
                    "`{label}` is empty on the form, but the request gives it a `value`"
                ))
                .hint(remove("value")),
            ),
        }
        let default = |one: &Element| one.default.as_ref().map(|number| number.value);
        match (default(theirs), default(own)) {
            (theirs, own) if theirs == own => {}
            (Some(default), _) => found.push(
                self.drift(format!(
                    "`{label}` starts with choice {default} (counted from 0) on the form"
                ))
                .hint(format!(
                    "write `default = {default}` into the `[[request.field]]`"
                )),
            ),
            (None, _) => found.push(
                self.drift(format!("`{label}` starts with nothing chosen on the form"))
                    .hint(remove("default")),
            ),
        }
    }

    /// Choices and boxes that only one of the two has, and boxes that only the form requires.
    fn options(&self, found: &mut Vec<Diagnostic>) {
        let Self { theirs, own } = self;
        let label = &theirs.label;
        let words = |one: &Element| -> Vec<String> {
            let options = one.options.iter();
            options
                .map(|option| option.label.value.trim().to_owned())
                .collect()
        };
        let (their_words, own_words) = (words(theirs), words(own));
        let what = match theirs.kind {
            ElementKind::Checkboxes => "box",
            _ => "choice",
        };
        for option in &theirs.options {
            let Located { value, location } = &option.label;
            let same = own
                .options
                .iter()
                .find(|one| one.label.value.trim() == value.trim());
            let Some(same) = same else {
                let message = format!("`{}` has a {what} `{value}` on the form", label.value);
                let otherwise = "add it word for word: an option, or for a box the `statement` of a `confirm` detail";
                found.push(
                    drift(message, (&own.label.location, Some(location)))
                        .hint(near_hint(value, &own_words, otherwise)),
                );
                continue;
            };
            if option.required && !same.required {
                let message = format!("the form cannot be sent without the box `{value}`");
                let problem = drift(message, (&same.label.location, Some(location)));
                found.push(problem.hint("make the detail `required`"));
            }
        }
        for option in &own.options {
            let Located { value, location } = &option.label;
            if !their_words.iter().any(|one| one == value.trim()) {
                let message = format!("`{}` has no {what} `{value}` on the form", label.value);
                let otherwise = "remove it, or use the form's words";
                found.push(
                    drift(message, (location, Some(&label.location))).hint(near_hint(
                        value,
                        &their_words,
                        otherwise,
                    )),
                );
            }
        }
    }

    /// A text that the request says the form has, where the form has another.
    fn other_words(&self, settings: &FormField) -> Option<Diagnostic> {
        let said = settings.texts();
        let said = said.all().into_iter();
        let both = self
            .theirs
            .texts
            .all()
            .into_iter()
            .zip(self.own.texts.all());
        let (key, _) = said.zip(both).find_map(|((_, said), (theirs, own))| {
            (said.is_some() && theirs != own).then_some(theirs)
        })?;
        let message = format!(
            "`{}` has another `{key}` on the form",
            self.theirs.label.value
        );
        Some(self.drift(message).hint(format!("copy the form's `{key}`")))
    }
}

impl Element {
    fn is_needed(&self) -> bool {
        self.required || self.options.iter().any(|option| option.required)
    }
}

/// The first line, cut to a length that fits a message.
fn shortened(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(60) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None if text.lines().count() > 1 => format!("{line}…"),
        None => line.to_owned(),
    }
}
