//! Where a form and a request made for it have drifted apart.
//!
//! In: the form and what the checklist would ask. Out: each difference that would make a request
//! incomplete, refused or untrue. Words that only explain are the author's own and not compared, unless the
//! request says that the form has them.

use std::collections::BTreeSet;

use super::{Element, ElementKind, IssueForm};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::recovery::{FormField, Request};
use crate::source::Location;

/// One difference.
struct Difference {
    /// What differs.
    message: String,
    /// Where in the checklist.
    here: Location,
    /// Where in the form; none for what it lacks.
    there: Option<Location>,
    /// What to do.
    hint: String,
}

impl From<Difference> for Diagnostic {
    fn from(one: Difference) -> Self {
        let problem = Self::error(Code::FormDrift, one.message)
            .at(one.here)
            .hint(one.hint);
        match one.there {
            Some(there) => problem.see(there, "the form"),
            None => problem,
        }
    }
}

impl IssueForm {
    /// How this form, the support team's own, differs from what `request` fills in. `ours` is the form
    /// made of that request.
    pub fn differences(&self, ours: &Self, request: &Request) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        self.title_difference(ours, &mut told);
        let labels = |form: &Self| -> Vec<String> {
            form.fields()
                .map(|field| field.label.value.clone())
                .collect()
        };
        let (their_labels, our_labels) = (labels(self), labels(ours));
        for field in self.fields() {
            match ours
                .fields()
                .find(|other| other.label.value == field.label.value)
            {
                Some(own) => {
                    let settings = request
                        .fields
                        .iter()
                        .find(|one| one.label.value == own.label.value);
                    field_differences((field, own), &mut told);
                    told.extend(settings.and_then(|one| words_difference((field, own), one)));
                }
                None => told.push(missing(field, ours, &our_labels)),
            }
        }
        for own in ours
            .fields()
            .filter(|own| !their_labels.contains(&own.label.value))
        {
            told.push(Difference {
                message: format!("the form has no field `{}`", own.label.value),
                here: own.label.location.clone(),
                there: None,
                hint: near_hint(
                    &own.label.value,
                    &their_labels,
                    "remove it, or correct its label",
                ),
            });
        }
        let common: BTreeSet<_> = their_labels
            .iter()
            .filter(|label| our_labels.contains(label))
            .collect();
        let order = |labels: &[String]| -> Vec<String> {
            labels
                .iter()
                .filter(|label| common.contains(label))
                .cloned()
                .collect()
        };
        if order(&their_labels) != order(&our_labels) {
            told.push(Difference {
                message: "the fields stand in another order than on the form".to_owned(),
                here: ours.location.clone(),
                there: Some(self.location.clone()),
                hint: format!("the form asks: {}", their_labels.join(", ")),
            });
        }
        told.into_iter().map(Into::into).collect()
    }

    fn title_difference(&self, ours: &Self, told: &mut Vec<Difference>) {
        let text = |form: &Self| {
            form.title
                .as_ref()
                .map(|title| title.value.trim().to_owned())
        };
        let (Some(theirs), Some(own)) = (text(self), text(ours)) else {
            return;
        };
        if theirs != own {
            told.push(Difference {
                message: format!("the form's title is `{theirs}`, not `{own}`"),
                here: ours
                    .title
                    .as_ref()
                    .map_or_else(|| ours.location.clone(), |title| title.location.clone()),
                there: self.title.as_ref().map(|title| title.location.clone()),
                hint: "write the form's own title".to_owned(),
            });
        }
    }
}

/// A field of the form that the request does not fill in.
fn missing(field: &Element, ours: &IssueForm, our_labels: &[String]) -> Difference {
    let needed = if field.is_needed() {
        ", and it cannot be sent without it"
    } else {
        ""
    };
    Difference {
        message: format!("the form has a field `{}`{needed}", field.label.value),
        here: ours.location.clone(),
        there: Some(field.label.location.clone()),
        hint: near_hint(
            &field.label.value,
            our_labels,
            "add a `[[request.field]]` with that label",
        ),
    }
}

impl Element {
    fn is_needed(&self) -> bool {
        self.required || self.options.iter().any(|option| option.required)
    }
}

fn near_hint(name: &str, known: &[String], otherwise: &str) -> String {
    match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("`{near}` is nearest: are the two the same?"),
        None => otherwise.to_owned(),
    }
}

fn field_differences((field, own): (&Element, &Element), told: &mut Vec<Difference>) {
    let label = &field.label.value;
    let mut tell = |message: String, hint: &str| {
        told.push(Difference {
            message,
            here: own.label.location.clone(),
            there: Some(field.label.location.clone()),
            hint: hint.to_owned(),
        });
    };
    let boxes = |element: &Element| element.kind == ElementKind::Checkboxes;
    if boxes(field) != boxes(own)
        || (field.kind == ElementKind::Upload) != (own.kind == ElementKind::Upload)
    {
        let message = format!(
            "`{label}` is `{}` on the form, not `{}`",
            field.kind.name(),
            own.kind.name()
        );
        let hint = match field.kind {
            ElementKind::Upload => "write `element = \"upload\"` into the `[[request.field]]`",
            ElementKind::Checkboxes => {
                "let one `confirm` detail stand for each box, with the box's words as its `statement`"
            }
            _ => "let a typed or chosen detail stand in this field, and no `confirm` or `element`",
        };
        return tell(message, hint);
    }
    if field.required && !own.required && !boxes(field) {
        tell(
            format!(
                "the form cannot be sent without `{label}`, and the request may leave it empty"
            ),
            "make a detail in this field `required`",
        );
    }
    prefill_difference((field, own), &mut tell);
    if field.kind == ElementKind::Dropdown
        && own.kind == ElementKind::Dropdown
        && field.multiple != own.multiple
    {
        let wanted = if field.multiple { "choices" } else { "choice" };
        tell(
            format!(
                "`{label}` takes {} on the form",
                if field.multiple {
                    "several answers"
                } else {
                    "one answer"
                }
            ),
            &format!("make the detail a `{wanted}`"),
        );
    }
    let choices = matches!(field.kind, ElementKind::Dropdown | ElementKind::Checkboxes);
    if choices && own.kind == field.kind {
        option_differences((field, own), told);
    }
}

/// What the form fills in before anybody types, or chooses in a list.
fn prefill_difference((field, own): (&Element, &Element), tell: &mut impl FnMut(String, &str)) {
    let label = &field.label.value;
    let text = |element: &Element| element.value.as_deref().map(str::trim).map(str::to_owned);
    match (text(field), text(own)) {
        (theirs, ours) if theirs == ours => {}
        (Some(theirs), _) => tell(
            format!(
                "`{label}` already contains `{}` on the form",
                shortened(&theirs)
            ),
            &format!("write `value = {theirs:?}` into the `[[request.field]]`"),
        ),
        (None, _) => tell(
            format!("`{label}` is empty on the form, and the request gives it a `value`"),
            "remove the `value` from the `[[request.field]]`",
        ),
    }
    if field.default != own.default {
        match field.default {
            Some(default) => tell(
                format!("`{label}` starts with choice {default} (counted from 0) on the form"),
                &format!("write `default = {default}` into the `[[request.field]]`"),
            ),
            None => tell(
                format!("`{label}` starts with nothing chosen on the form"),
                "remove the `default` from the `[[request.field]]`",
            ),
        }
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

fn option_differences((field, own): (&Element, &Element), told: &mut Vec<Difference>) {
    let words = |element: &Element| -> Vec<String> {
        element
            .options
            .iter()
            .map(|option| option.label.value.trim().to_owned())
            .collect()
    };
    let (theirs, ours) = (words(field), words(own));
    let what = if field.kind == ElementKind::Checkboxes {
        "box"
    } else {
        "choice"
    };
    for option in field
        .options
        .iter()
        .filter(|option| !ours.contains(&option.label.value.trim().to_owned()))
    {
        told.push(Difference {
            message: format!(
                "`{}` has a {what} `{}` on the form",
                field.label.value, option.label.value
            ),
            here: own.label.location.clone(),
            there: Some(option.label.location.clone()),
            hint: near_hint(&option.label.value, &ours, "add it word for word: an option, or for a box the `statement` of a `confirm` detail"),
        });
    }
    for option in own
        .options
        .iter()
        .filter(|option| !theirs.contains(&option.label.value.trim().to_owned()))
    {
        told.push(Difference {
            message: format!(
                "`{}` has no {what} `{}` on the form",
                field.label.value, option.label.value
            ),
            here: option.label.location.clone(),
            there: Some(field.label.location.clone()),
            hint: near_hint(
                &option.label.value,
                &theirs,
                "remove it, or use the form's words",
            ),
        });
    }
    for option in field.options.iter().filter(|option| option.required) {
        let same = own
            .options
            .iter()
            .find(|one| one.label.value.trim() == option.label.value.trim());
        if let Some(same) = same.filter(|same| !same.required) {
            told.push(Difference {
                message: format!(
                    "the form cannot be sent without the box `{}`",
                    option.label.value
                ),
                here: same.label.location.clone(),
                there: Some(option.label.location.clone()),
                hint: "make the detail `required`".to_owned(),
            });
        }
    }
}

/// Words that the request says the form has, and the form has others.
fn words_difference(
    (field, own): (&Element, &Element),
    settings: &FormField,
) -> Option<Difference> {
    let form = &settings.form;
    let pairs = [
        ("id", form.id.is_some(), &field.id, &own.id),
        (
            "description",
            form.description.is_some(),
            &field.description,
            &own.description,
        ),
        (
            "placeholder",
            form.placeholder.is_some(),
            &field.placeholder,
            &own.placeholder,
        ),
        ("value", form.value.is_some(), &field.value, &own.value),
        ("render", form.render.is_some(), &field.render, &own.render),
        ("accept", form.accept.is_some(), &field.accept, &own.accept),
    ];
    let different = pairs
        .into_iter()
        .find(|(_, said, theirs, ours)| *said && theirs != ours)?;
    Some(Difference {
        message: format!(
            "`{}` has another `{}` on the form",
            field.label.value, different.0
        ),
        here: own.label.location.clone(),
        there: Some(field.label.location.clone()),
        hint: "take over what the form says".to_owned(),
    })
}
