//! The differences between a form and the request made for it that would make a request incomplete, rejected or wrong.
//! Explanatory texts are up to the author, so they are not compared unless the request says that the form has them.

use super::{Element, ElementKind, IssueForm};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::recovery::{FormField, Request};
use crate::source::Location;

impl IssueForm {
    /// How this form, the support team's own, differs from what `request` fills in. `ours` is the form
    /// made of that request.
    pub fn differences(&self, ours: &Self, request: &Request) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if let (Some(theirs), Some(own)) = (&self.settings.title, &ours.settings.title)
            && theirs.value.trim() != own.value.trim()
        {
            let (title, wrong) = (theirs.value.trim(), own.value.trim());
            let message = format!("the form's title is `{title}`, not `{wrong}`");
            let problem = drift(message, &own.location, Some(&theirs.location));
            found.push(problem.hint("write the form's own title"));
        }
        let (their_labels, our_labels) = (self.labels(), ours.labels());
        for theirs in self.fields() {
            let label = theirs.field.label.value.as_str();
            if let Some(own) = ours.fields().find(|own| own.field.label.value == label) {
                let pair = Pair { theirs, own };
                pair.compare(&mut found);
                let mut settings = request.fields.iter();
                let settings = settings.find(|one| one.label.value == label);
                found.extend(settings.and_then(|settings| pair.other_texts(settings)));
            } else {
                let is_needed = theirs.required || theirs.options.iter().any(|one| one.required);
                let needed = if is_needed {
                    ", and it cannot be sent without it"
                } else {
                    ""
                };
                let message = format!("the form has a field `{label}`{needed}");
                let problem = drift(message, &ours.location, Some(&theirs.field.label.location));
                let otherwise = "add a `[[request.field]]` with that label";
                found.push(problem.hint(similar(label, &our_labels, otherwise)));
            }
        }
        for own in ours.fields() {
            let label = own.field.label.value.as_str();
            if !their_labels.contains(&label) {
                let message = format!("the form has no field `{label}`");
                let problem = drift(message, &own.field.label.location, None);
                let otherwise = "remove it, or correct its label";
                found.push(problem.hint(similar(label, &their_labels, otherwise)));
            }
        }
        let shared = their_labels.iter().filter(|one| our_labels.contains(one));
        if !shared.eq(our_labels.iter().filter(|one| their_labels.contains(one))) {
            let message = "the fields are not in the form's order";
            let problem = drift(message, &ours.location, Some(&self.location));
            found.push(problem.hint(format!("the form's order is: {}", their_labels.join(", "))));
        }
        found
    }

    fn labels(&self) -> Vec<&str> {
        self.fields()
            .map(|one| one.field.label.value.as_str())
            .collect()
    }
}

/// One difference: where in the checklist, and where in the form unless the form lacks it.
fn drift(message: impl Into<String>, here: &Location, there: Option<&Location>) -> Diagnostic {
    let problem = Diagnostic::error(Code::FormDrift, message).at(here);
    match there {
        Some(there) => problem.see(there.clone(), "the form"),
        None => problem,
    }
}

fn similar(name: &str, known: &[&str], otherwise: &str) -> String {
    match nearest(name, known.iter().copied()) {
        Some(near) => format!("`{near}` is similar: are the two the same?"),
        None => otherwise.to_owned(),
    }
}

/// A field of the form and the one with its label that the request fills in.
#[derive(Clone, Copy)]
struct Pair<'a> {
    theirs: &'a Element,
    own: &'a Element,
}

impl Pair<'_> {
    fn drift(&self, message: impl Into<String>) -> Diagnostic {
        let there = &self.theirs.field.label.location;
        drift(message, &self.own.field.label.location, Some(there))
    }

    fn compare(self, found: &mut Vec<Diagnostic>) {
        let Self { theirs, own } = self;
        let label = &theirs.field.label.value;
        let differs = |kind| (theirs.kind == kind) != (own.kind == kind);
        if differs(ElementKind::Checkboxes) || differs(ElementKind::Upload) {
            let hint = match theirs.kind {
                ElementKind::Upload => "write `element = \"upload\"` into the `[[request.field]]`",
                ElementKind::Checkboxes => {
                    "use one `confirm` detail for each box, with the box's words as its `statement`"
                }
                _ => "use a typed or chosen detail in this field, and no `confirm` or `element`",
            };
            let (kind, own) = (theirs.kind.name(), own.kind.name());
            let message = format!("`{label}` is `{kind}` on the form, not `{own}`");
            found.push(self.drift(message).hint(hint));
            return;
        }
        if theirs.required && !own.required && theirs.kind != ElementKind::Checkboxes {
            let message = format!(
                "the form cannot be sent without `{label}`, but the request may leave it empty"
            );
            let problem = self.drift(message);
            found.push(problem.hint("make a detail in this field `required`"));
        }
        self.prefilled(found);
        if theirs.kind != own.kind {
            return;
        }
        if theirs.kind == ElementKind::Dropdown && theirs.multiple != own.multiple {
            let (takes, wanted) = if theirs.multiple {
                ("several answers", "choices")
            } else {
                ("one answer", "choice")
            };
            let problem = self.drift(format!("`{label}` takes {takes} on the form"));
            found.push(problem.hint(format!("make the detail a `{wanted}`")));
        }
        self.options(found);
    }

    /// What the form fills in before anybody types, or chooses in a list.
    fn prefilled(self, found: &mut Vec<Diagnostic>) {
        let label = &self.theirs.field.label.value;
        // As a reader sees it, and as TOML has it.
        let value = |one: &Element| {
            let text = one.field.value.as_ref()?.trim();
            Some((shortened(text), format!("{text:?}")))
        };
        let default = |one: &Element| {
            let number = one.field.default.as_ref()?.value;
            let chosen = one.options.get(number)?;
            Some((chosen.label.value.clone(), number.to_string()))
        };
        for (key, theirs, own) in [
            ("value", value(self.theirs), value(self.own)),
            ("default", default(self.theirs), default(self.own)),
        ] {
            let (message, hint) = match &theirs {
                theirs if theirs.as_ref().map(|one| &one.1) == own.as_ref().map(|one| &one.1) => {
                    continue;
                }
                Some((shown, toml)) => (
                    format!("`{label}` starts with `{shown}` on the form"),
                    format!("write `{key} = {toml}` into the `[[request.field]]`"),
                ),
                None => (
                    format!(
                        "`{label}` starts empty on the form, but the request gives it a `{key}`"
                    ),
                    format!("remove the `{key}` from the `[[request.field]]`"),
                ),
            };
            found.push(self.drift(message).hint(hint));
        }
    }

    /// Choices and boxes that only one of the two has, and boxes that only the form requires.
    fn options(self, found: &mut Vec<Diagnostic>) {
        let Self { theirs, own } = self;
        let label = &theirs.field.label;
        let what = match theirs.kind {
            ElementKind::Checkboxes => "box",
            _ => "choice",
        };
        for option in &theirs.options {
            let (words, there) = (option.label.value.trim(), &option.label.location);
            let mut same = own.options.iter();
            match same.find(|one| one.label.value.trim() == words) {
                Some(same) if option.required && !same.required => {
                    let message = format!("the form cannot be sent without the box `{words}`");
                    let problem = drift(message, &same.label.location, Some(there));
                    found.push(problem.hint("make the detail `required`"));
                }
                Some(_) => {}
                None => {
                    let message = format!("`{}` has a {what} `{words}` on the form", label.value);
                    let problem = drift(message, &own.field.label.location, Some(there));
                    let otherwise = "add it word for word: an option, or for a box the `statement` of a `confirm` detail";
                    found.push(problem.hint(similar(words, &own.words(), otherwise)));
                }
            }
        }
        for option in &own.options {
            let (words, here) = (option.label.value.trim(), &option.label.location);
            if !theirs.words().contains(&words) {
                let message = format!("`{}` has no {what} `{words}` on the form", label.value);
                let problem = drift(message, here, Some(&label.location));
                let otherwise = "remove it, or use the form's words";
                found.push(problem.hint(similar(words, &theirs.words(), otherwise)));
            }
        }
    }

    /// A text that the request says the form has, where the form has another.
    fn other_texts(self, settings: &FormField) -> Option<Diagnostic> {
        let said = settings.texts().into_iter();
        let theirs = self.theirs.field.texts();
        let both = theirs.into_iter().zip(self.own.field.texts());
        let mut texts = said.zip(both);
        let ((key, _), _) =
            texts.find(|((_, said), (theirs, own))| said.is_some() && theirs != own)?;
        let message = format!(
            "`{}` has another `{key}` on the form",
            self.theirs.field.label.value
        );
        Some(self.drift(message).hint(format!("copy the form's `{key}`")))
    }
}

impl Element {
    /// What its choices and boxes say.
    fn words(&self) -> Vec<&str> {
        self.options
            .iter()
            .map(|option| option.label.value.trim())
            .collect()
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
