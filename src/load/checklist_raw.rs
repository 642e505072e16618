//! The keys of `checklist.toml` and `triage.toml`, as they stand in the files.
//!
//! Flat structs for `table::read` to fill; `recovery` turns them into the domain. Nothing here
//! decides anything.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::toml_file::Spanned;
use crate::recovery::{Channel, ElementKind};

type Text = Spanned<String>;

/// What a request needs, and the requests that are made of it.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawChecklist {
    /// The heading of `/checklist/`.
    pub(super) title: Text,
    /// The text below the heading, in Markdown.
    pub(super) intro: Option<Text>,
    /// The parts of the page.
    #[serde(default)]
    pub(super) group: Vec<RawGroup>,
    /// What readers are asked, in order.
    #[serde(default)]
    pub(super) detail: Vec<RawDetail>,
    /// Sets of details of which one must be answered.
    #[serde(default)]
    pub(super) at_least_one: Vec<RawAtLeastOne>,
    /// The requests that the answers go into.
    #[serde(default)]
    pub(super) request: Vec<RawRequest>,
    /// Your own rules for a detail's `tidy`, by name: a regular expression with a group. If it matches a whole
    /// answer, what its last group matches replaces the answer, as in `profile = "https://[^/]+/user/([^/?#]+)/?"`.
    #[serde(default)]
    pub(super) tidy: BTreeMap<Text, Text>,
    /// What codes and keys of the service look like.
    #[serde(default)]
    pub(super) secret: Vec<RawSecret>,
    /// Guides for readers who type a secret: a kind of secret and a guide's file. `posted` is for a secret in a
    /// request that was already submitted.
    #[serde(default)]
    pub(super) secret_guides: BTreeMap<Text, Text>,
}

/// What a code or key of the service looks like. The page, `check` and `request check` look for it.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a key of the table that an author writes"
)]
pub(super) struct RawSecret {
    /// Its name.
    pub(super) id: Text,
    /// What a request says in its place: `[removed: looks like …]`.
    pub(super) what: String,
    /// What the page calls it. Default: `what`.
    pub(super) name: Option<String>,
    /// A regular expression for text that stands alone. A group in it is the secret.
    pub(super) pattern: Text,
    /// How many matches in one answer are certainly secrets: `1` means every match. For fewer matches, readers may
    /// say that they are not secrets. Default: never.
    pub(super) certain_from: Option<usize>,
    /// Whether upper and lower case are the same.
    #[serde(default)]
    pub(super) ignore_case: bool,
    /// Whether it may be part of a longer word.
    #[serde(default)]
    pub(super) inside_words: bool,
    /// Whether it contains both a letter and a digit.
    #[serde(default)]
    pub(super) mixed: bool,
    /// Whether it counts only outside addresses such as `https://…`.
    #[serde(default)]
    pub(super) outside_addresses: bool,
    /// Whether it may be broken over several lines.
    #[serde(default)]
    pub(super) wraps: bool,
    /// Harmless texts that look like it, in lower case.
    #[serde(default)]
    pub(super) except: Vec<String>,
    /// Whether it can sign the reader in, so that they may not need the request.
    #[serde(default)]
    pub(super) signs_in: bool,
}

/// A part of the checklist.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawGroup {
    /// Its name.
    pub(super) id: Text,
    /// Its heading.
    pub(super) title: String,
    /// The text below the heading, in Markdown.
    pub(super) intro: Option<Text>,
}

/// One thing that readers are asked.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawDetail {
    /// Its name.
    pub(super) id: Text,
    /// The `id` of its group.
    pub(super) group: Text,
    /// The question.
    pub(super) label: Text,
    /// How it is answered.
    pub(super) kind: Spanned<RawKind>,
    /// One line beside the field, in Markdown.
    pub(super) hint: Option<Text>,
    /// Why it is asked, in Markdown.
    pub(super) why: Option<Text>,
    /// Where to find the answer, in Markdown.
    #[serde(rename = "where")]
    pub(super) find: Option<Text>,
    /// A sample answer that is plainly invented.
    pub(super) example: Option<Text>,
    /// Whether the request needs it.
    #[serde(default)]
    pub(super) required: bool,
    /// What to say when it is required and empty. Default: made from the label.
    pub(super) if_empty: Option<String>,
    /// Asks it only if an earlier detail was answered in a certain way.
    pub(super) only_if: Option<RawCondition>,
    /// Who may read the answer. Default: `public`.
    pub(super) sensitivity: Option<Spanned<RawSensitivity>>,
    /// The most characters that an answer may have.
    pub(super) max_length: Option<usize>,
    /// A regular expression that the whole answer must match.
    pub(super) pattern: Option<Text>,
    /// What to say when the answer does not match.
    pub(super) pattern_help: Option<String>,
    /// What is removed from an answer without asking, in this order: `backticks` (and quotation marks around it),
    /// `at` (a leading `@`), and the names of rules in `[tidy]`. Spaces around it are always removed.
    #[serde(default)]
    pub(super) tidy: Vec<Text>,
    /// The field's `autocomplete` attribute. Default: `off`.
    pub(super) autocomplete: Option<String>,
    /// The requests it belongs to if none of them uses it, such as a reminder. Default: all.
    #[serde(default)]
    pub(super) requests: Vec<Text>,
    /// The text of the box, for `confirm`.
    pub(super) statement: Option<Text>,
    /// A regular expression for what says the opposite in a submitted request, in lower case. `request check` and
    /// the page point it out if the box is ticked.
    pub(super) contradicted_by: Option<Text>,
    /// A remark beside the box, in Markdown.
    pub(super) aside: Option<Text>,
    /// What can be chosen, for `choice` and `choices`.
    #[serde(default)]
    pub(super) option: Vec<RawOption>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(super) enum RawKind {
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
pub(super) struct RawOption {
    /// Its name.
    pub(super) id: Text,
    /// What readers see.
    pub(super) label: String,
    /// What the request says. Default: the label.
    pub(super) text: Option<String>,
}

/// An earlier detail and the answers to it.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawCondition {
    /// The `id` of a `choice` or `choices` detail above.
    pub(super) detail: Text,
    /// The `id` of an option, or a list of them. Any of these answers will do.
    #[cfg_attr(test, schemars(with = "super::schema::OneOrMore"))]
    pub(super) answer: Spanned<toml::Value>,
}

#[derive(Deserialize, Clone, Copy)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(super) enum RawSensitivity {
    /// Anyone may read it.
    Public,
    /// It is left out of public requests.
    Private,
    /// Nobody may read it, so it must not be asked.
    #[cfg_attr(test, schemars(skip))]
    Never,
}

/// Details of which one must be answered.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawAtLeastOne {
    /// The `id`s of the details.
    pub(super) details: Vec<Text>,
    /// What to say if none is answered.
    pub(super) message: String,
}

/// A request to the support team.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawRequest {
    /// Its name.
    pub(super) id: Text,
    /// The title of the request, preset in the form.
    pub(super) title: String,
    /// When this is the right request, if there are several.
    pub(super) when: Option<String>,
    /// How it is sent.
    pub(super) channel: RawChannel,
    /// Where it is sent: a key of `links.toml`.
    pub(super) link: Option<Text>,
    /// Whether strangers can read it. Default: `true` for `issue-form`, otherwise `false`.
    pub(super) public: Option<bool>,
    /// The language the support team reads, as a BCP 47 tag. Default: `en`.
    pub(super) language: Option<String>,
    /// The local copy of the support team's form. `check` reports every difference between it and the request.
    pub(super) form: Option<Text>,
    /// What the form says about itself.
    pub(super) issue_form: Option<RawIssueForm>,
    /// When not to make it, and what to do instead, in Markdown.
    pub(super) caution: Option<Text>,
    /// What to do before sending it, in Markdown.
    #[serde(default)]
    pub(super) before: Vec<Text>,
    /// What to do next, in order, in Markdown.
    #[serde(default)]
    pub(super) after: Vec<Text>,
    /// What happens to it, in order.
    #[serde(default)]
    pub(super) timeline: Vec<RawStage>,
    /// The fields of the form.
    #[serde(default)]
    pub(super) field: Vec<RawField>,
}

/// What happens after a request is sent.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawStage {
    /// When.
    pub(super) when: String,
    /// How many days after it is sent, to count the date from.
    pub(super) days: Option<usize>,
    /// Who does it.
    pub(super) who: Option<String>,
    /// What they do.
    pub(super) what: String,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawChannel {
    /// A public issue form.
    IssueForm,
    /// A form on a web page.
    WebForm,
    /// An e-mail.
    Mail,
    /// Text to copy.
    Text,
}

impl From<RawChannel> for Channel {
    fn from(raw: RawChannel) -> Self {
        match raw {
            RawChannel::IssueForm => Self::IssueForm,
            RawChannel::WebForm => Self::WebForm,
            RawChannel::Mail => Self::Mail,
            RawChannel::Text => Self::Text,
        }
    }
}

/// A field of the form. All keys but `label` and `text` repeat what the form says; `regain form import` writes
/// them, and `form export` puts them back.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawField {
    /// The form's own label, exactly.
    pub(super) label: Text,
    /// What goes into the field. `{detail-id}` is replaced by the answer, `{link:NAME}` by an official address.
    pub(super) text: Text,
    /// The field's `id`.
    pub(super) id: Option<Text>,
    /// What the field is.
    pub(super) element: Option<RawElement>,
    /// The text below the label.
    pub(super) description: Option<String>,
    /// The placeholder.
    pub(super) placeholder: Option<String>,
    /// The preset value.
    pub(super) value: Option<String>,
    /// The language of the code block that the answer becomes.
    pub(super) render: Option<String>,
    /// The preset option, counted from 0.
    pub(super) default: Option<Spanned<usize>>,
    /// The kinds of file it takes.
    pub(super) accept: Option<String>,
    /// Whether the form requires it.
    pub(super) required: Option<bool>,
    /// Texts above the field.
    #[serde(default)]
    pub(super) notes: Vec<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(super) enum RawElement {
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

impl From<RawElement> for ElementKind {
    fn from(raw: RawElement) -> Self {
        match raw {
            RawElement::Input => Self::Input,
            RawElement::Textarea => Self::Textarea,
            RawElement::Dropdown => Self::Dropdown,
            RawElement::Checkboxes => Self::Checkboxes,
            RawElement::Upload => Self::Upload,
        }
    }
}

/// What an issue form says about itself.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawIssueForm {
    /// Its name.
    pub(super) name: Option<Text>,
    /// What it is for.
    pub(super) description: Option<Text>,
    /// The preset title of the issue.
    pub(super) title: Option<Text>,
    /// The labels of the issue.
    #[serde(default)]
    pub(super) labels: Vec<String>,
    /// Who is assigned.
    #[serde(default)]
    pub(super) assignees: Vec<String>,
    /// The projects it is added to.
    #[serde(default)]
    pub(super) projects: Vec<String>,
    /// The type of the issue.
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    /// Texts below the last field.
    #[serde(default)]
    pub(super) notes: Vec<String>,
}

/// The questions that lead readers to the right guide.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawTriage {
    /// The heading of `/start/`.
    pub(super) title: Text,
    /// The text below the heading, in Markdown.
    pub(super) intro: Option<Text>,
    /// The `id` of the first question.
    pub(super) start: Text,
    /// The questions.
    #[serde(default)]
    pub(super) question: Vec<RawQuestion>,
    /// The outcomes that answers lead to.
    #[serde(default)]
    pub(super) outcome: Vec<RawOutcome>,
}

/// A question.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawQuestion {
    /// Its name.
    pub(super) id: Text,
    /// The question.
    pub(super) title: String,
    /// The text below it, in Markdown.
    pub(super) hint: Option<Text>,
    /// The answers. One of them has the id `unsure`: "I am not sure".
    #[serde(default)]
    pub(super) answer: Vec<RawAnswer>,
}

/// An answer. It has either `question` or `outcome`.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawAnswer {
    /// Its name.
    pub(super) id: Text,
    /// What readers see.
    pub(super) label: String,
    /// The text below it, in Markdown.
    pub(super) hint: Option<Text>,
    /// The heading above it and the answers beside it that name the same one.
    pub(super) group: Option<String>,
    /// The `id` of the next question.
    pub(super) question: Option<Text>,
    /// The `id` of the outcome.
    pub(super) outcome: Option<Text>,
}

/// Where a path through the questions ends: the page `/start/ID/`.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct RawOutcome {
    /// Its name. It is part of the address, so it names nothing personal.
    pub(super) id: Text,
    /// Its heading.
    pub(super) title: String,
    /// What to do, in Markdown.
    pub(super) text: Option<Text>,
    /// Guides to follow, in order: files below `content/`.
    #[serde(default)]
    pub(super) guides: Vec<Text>,
    /// Guides to read after those, and after the request.
    #[serde(default)]
    pub(super) then: Vec<Text>,
    /// Whether the reader has made a request already.
    #[serde(default)]
    pub(super) filed: bool,
    /// The `id` of the request to make.
    pub(super) request: Option<Text>,
    /// Details that are answered by getting here: a detail's `id` and the `id` of an option, or a list of them, as
    /// in `{ lost = ["phone"] }`.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "BTreeMap<Text, super::schema::OneOrMore>"))]
    pub(super) answers: BTreeMap<Text, Spanned<toml::Value>>,
    /// The `id`s of details that make no sense here. Readers who come from this outcome are not asked them.
    #[serde(default)]
    pub(super) hide: Vec<Text>,
}
