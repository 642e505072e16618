//! `[[detail]]` of `checklist.toml` → a detail of the recovery domain.
//!
//! In: the keys of one table. Out: the detail, and a diagnostic for every key that does not belong to its kind.

use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::from_toml::{FromToml, Reader, Spanned};
use crate::ids::{AnswerId, DetailId, GroupId, RequestId};
use crate::markdown::Prose;
use crate::recovery::{
    ChoiceOption, Condition, Detail, DetailKind, Help, Pattern, Sensitivity, Shape, Tidy,
};
use crate::source::{Located, Location};

/// One thing that readers are asked.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawDetail {
    /// Its name.
    id: Spanned<DetailId>,
    /// The `id` of its group.
    group: Spanned<GroupId>,
    /// The question.
    label: Spanned<String>,
    /// How it is answered.
    kind: RawKind,
    /// One line beside the field, in Markdown.
    hint: Option<Spanned<String>>,
    /// Why it is asked, in Markdown.
    why: Option<Spanned<String>>,
    /// Where to find the answer, in Markdown.
    #[serde(rename = "where")]
    find: Option<Spanned<String>>,
    /// A sample answer that is plainly invented.
    example: Option<Spanned<String>>,
    /// Whether the request needs it.
    #[serde(default)]
    required: bool,
    /// What to say when it is required and empty. Default: made from the label.
    if_empty: Option<String>,
    /// Asks it only if an earlier detail was answered in a certain way.
    only_if: Option<<Condition as FromToml>::Raw>,
    /// Who may read the answer. Default: `public`.
    sensitivity: Option<Spanned<Sensitivity>>,
    /// The most characters that an answer may have.
    max_length: Option<usize>,
    /// A regular expression that the whole answer must match.
    pattern: Option<Spanned<String>>,
    /// What to say when the answer does not match.
    pattern_help: Option<String>,
    /// What is removed from an answer without asking, in this order: `backticks` (and quotation marks around it),
    /// `at` (a leading `@`), and the names of rules in `[tidy]`. Spaces around it are always removed.
    #[serde(default)]
    tidy: Vec<Spanned<String>>,
    /// The field's `autocomplete` attribute. Default: `off`.
    autocomplete: Option<String>,
    /// The requests it belongs to if none of them uses it, such as a reminder. Default: all.
    #[serde(default)]
    requests: Vec<Spanned<RequestId>>,
    /// The text of the box, for `confirm`.
    statement: Option<Spanned<String>>,
    /// A regular expression for what says the opposite in a submitted request, in lower case. `request check` and
    /// the page point it out if the box is ticked.
    contradicted_by: Option<Spanned<String>>,
    /// A remark beside the box, in Markdown.
    aside: Option<Spanned<String>>,
    /// What can be chosen, for `choice` and `choices`.
    #[serde(default)]
    option: Vec<RawOption>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum RawKind {
    /// One line of text.
    Line,
    /// Several lines of text.
    Paragraph,
    /// One of the options.
    Choice,
    /// Any of the options.
    Choices,
    /// A box to tick.
    Confirm,
    /// One answer a line, or divided by commas.
    List,
    /// An `https:` address.
    Address,
    /// A date.
    Date,
}

/// One choice.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RawOption {
    /// Its name.
    id: Spanned<AnswerId>,
    /// What readers see.
    label: String,
    /// What the request says. Default: the label.
    text: Option<String>,
}

impl FromToml for ChoiceOption {
    type Raw = RawOption;

    fn from_toml(raw: RawOption, reader: &mut Reader<'_>) -> Option<Self> {
        Some(Self {
            id: reader.located(raw.id),
            text: raw.text.unwrap_or_else(|| raw.label.clone()),
            label: raw.label,
        })
    }
}

impl FromToml for Detail {
    type Raw = RawDetail;

    fn from_toml(raw: RawDetail, reader: &mut Reader<'_>) -> Option<Self> {
        let id = reader.located(raw.id);
        let for_confirm = [
            ("statement", &raw.statement),
            ("contradicted_by", &raw.contradicted_by),
        ];
        for (key, text) in for_confirm {
            if let Some(text) = text.as_ref().filter(|_| raw.kind != RawKind::Confirm) {
                let message = format!("only a `confirm` detail can have `{key}`");
                let problem = Diagnostic::error(Code::UnknownKey, message);
                reader.report(problem.at(reader.location(text)));
            }
        }
        let example: Option<Located<String>> = Option::from_toml(raw.example, reader)?;
        Some(Self {
            kind: kind(&id.location, raw.kind, raw.option, raw.statement, reader)?,
            group: reader.located(raw.group),
            label: reader.located(raw.label),
            help: Help {
                hint: Option::from_toml(raw.hint, reader)?,
                why: Option::from_toml(raw.why, reader)?,
                find: Option::from_toml(raw.find, reader)?,
                example: example.filter(|text| !text.value.trim().is_empty()),
                aside: Option::from_toml(raw.aside, reader)?,
            },
            required: raw.required,
            if_empty: raw.if_empty,
            only_if: Option::from_toml(raw.only_if, reader)?,
            sensitivity: sensitivity(raw.sensitivity, reader),
            shape: Shape {
                max_length: raw.max_length,
                pattern: pattern(&id.location, raw.pattern, raw.pattern_help, reader),
                tidy: Vec::from_toml(raw.tidy, reader)?,
                contradicted_by: Option::from_toml(raw.contradicted_by, reader)?,
            },
            autocomplete: raw.autocomplete.unwrap_or_else(|| "off".to_owned()),
            requests: Vec::from_toml(raw.requests, reader)?,
            id,
        })
    }
}

/// Puts a kind and what belongs to it alone together.
fn kind(
    location: &Location,
    kind: RawKind,
    options: Vec<RawOption>,
    statement: Option<Spanned<String>>,
    reader: &mut Reader<'_>,
) -> Option<DetailKind> {
    let has_options = matches!(kind, RawKind::Choice | RawKind::Choices);
    match options.first() {
        Some(option) if !has_options => {
            let message = "only a `choice` or `choices` detail has options";
            let problem = Diagnostic::error(Code::UnknownKey, message);
            reader.report(problem.at(reader.location(&option.id)));
        }
        None if has_options => {
            let message = "a detail to choose from needs `[[detail.option]]` tables";
            reader.report(Diagnostic::error(Code::MissingKey, message).at(location));
        }
        _ => {}
    }
    let options = Vec::from_toml(options, reader)?;
    Some(match kind {
        RawKind::Line => DetailKind::Line,
        RawKind::Paragraph => DetailKind::Paragraph,
        RawKind::Choice => DetailKind::Choice(options),
        RawKind::Choices => DetailKind::Choices(options),
        RawKind::List => DetailKind::List,
        RawKind::Address => DetailKind::Address,
        RawKind::Date => DetailKind::Date,
        RawKind::Confirm => {
            let Some(statement) = statement else {
                let message = "a `confirm` detail needs a `statement`";
                reader.report(Diagnostic::error(Code::MissingKey, message).at(location));
                return None;
            };
            // It repeats what the form says, with links to the form's own pages: none of that is checked.
            let statement = reader.located(statement);
            let mut unchecked = Diagnostics::default();
            let statement = Box::new(Prose::new(statement, reader.options, &mut unchecked));
            DetailKind::Confirm { statement }
        }
    })
}

/// The rules of `[tidy]` are still names here; [`super::checklist`] looks up their patterns.
impl FromToml for Tidy {
    type Raw = Spanned<String>;

    fn from_toml(raw: Spanned<String>, reader: &mut Reader<'_>) -> Option<Self> {
        let rule = reader.located(raw);
        Some(match rule.value.as_str() {
            "backticks" => Self::Backticks,
            "at" => Self::At,
            _ => Self::Extract(rule),
        })
    }
}

fn sensitivity(raw: Option<Spanned<Sensitivity>>, reader: &mut Reader<'_>) -> Sensitivity {
    let Some(raw) = raw else {
        return Sensitivity::default();
    };
    if *raw.get_ref() != Sensitivity::Never {
        return raw.into_inner();
    }
    let message = "a detail that must never be known must not be asked for";
    let problem = Diagnostic::error(Code::AsksForSecret, message);
    reader.report(problem.at(reader.location(&raw)));
    Sensitivity::Private
}

fn pattern(
    location: &Location,
    expression: Option<Spanned<String>>,
    help: Option<String>,
    reader: &mut Reader<'_>,
) -> Option<Pattern> {
    let missing = match (expression, help) {
        (Some(expression), Some(help)) => {
            let expression = reader.located(expression);
            return Some(Pattern { expression, help });
        }
        (None, None) => return None,
        (Some(_), None) => "pattern_help",
        (None, Some(_)) => "pattern",
    };
    let message = format!("`pattern` and `pattern_help` go together: `{missing}` is missing");
    reader.report(Diagnostic::error(Code::MissingKey, message).at(location));
    None
}
