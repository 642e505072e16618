//! The keys of `checklist.toml` and `triage.toml`, as they stand in the files.
//!
//! Flat structs for `table::read` to fill; `recovery` turns them into the domain. Nothing here
//! decides anything.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::recovery::{Channel, ElementKind};

type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawChecklist {
    pub(super) title: Text,
    pub(super) intro: Option<Text>,
    #[serde(default)]
    pub(super) group: Vec<RawGroup>,
    #[serde(default)]
    pub(super) detail: Vec<RawDetail>,
    #[serde(default)]
    pub(super) at_least_one: Vec<RawAtLeastOne>,
    #[serde(default)]
    pub(super) request: Vec<RawRequest>,
    #[serde(default)]
    pub(super) tidy: BTreeMap<Text, Text>,
    #[serde(default)]
    pub(super) secret: Vec<RawSecret>,
    #[serde(default)]
    pub(super) secret_guides: BTreeMap<Text, Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a key of the table that an author writes"
)]
pub(super) struct RawSecret {
    pub(super) id: Text,
    pub(super) what: String,
    pub(super) name: Option<String>,
    pub(super) pattern: Text,
    pub(super) certain_from: Option<usize>,
    #[serde(default)]
    pub(super) ignore_case: bool,
    #[serde(default)]
    pub(super) inside_words: bool,
    #[serde(default)]
    pub(super) mixed: bool,
    #[serde(default)]
    pub(super) outside_addresses: bool,
    #[serde(default)]
    pub(super) wraps: bool,
    #[serde(default)]
    pub(super) except: Vec<String>,
    #[serde(default)]
    pub(super) signs_in: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGroup {
    pub(super) id: Text,
    pub(super) title: String,
    pub(super) intro: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDetail {
    pub(super) id: Text,
    pub(super) group: Text,
    pub(super) label: Text,
    pub(super) kind: Spanned<RawKind>,
    pub(super) hint: Option<Text>,
    pub(super) why: Option<Text>,
    #[serde(rename = "where")]
    pub(super) find: Option<Text>,
    pub(super) example: Option<Text>,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) if_empty: Option<String>,
    pub(super) only_if: Option<RawCondition>,
    pub(super) sensitivity: Option<Spanned<RawSensitivity>>,
    pub(super) max_length: Option<usize>,
    pub(super) pattern: Option<Text>,
    pub(super) pattern_help: Option<String>,
    #[serde(default)]
    pub(super) tidy: Vec<Text>,
    pub(super) autocomplete: Option<String>,
    #[serde(default)]
    pub(super) requests: Vec<Text>,
    pub(super) statement: Option<Text>,
    pub(super) contradicted_by: Option<Text>,
    pub(super) aside: Option<Text>,
    #[serde(default)]
    pub(super) option: Vec<RawOption>,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawKind {
    Line,
    Paragraph,
    Choice,
    Choices,
    Confirm,
    List,
    Address,
    Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOption {
    pub(super) id: Text,
    pub(super) label: String,
    pub(super) text: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCondition {
    pub(super) detail: Text,
    /// A text or a list of texts: `Spanned` texts cannot stand in an untagged enum.
    pub(super) answer: Spanned<toml::Value>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawSensitivity {
    Public,
    Private,
    Never,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAtLeastOne {
    pub(super) details: Vec<Text>,
    pub(super) message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRequest {
    pub(super) id: Text,
    pub(super) title: String,
    pub(super) when: Option<String>,
    pub(super) channel: RawChannel,
    pub(super) link: Option<Text>,
    pub(super) public: Option<bool>,
    pub(super) language: Option<String>,
    pub(super) form: Option<Text>,
    pub(super) issue_form: Option<RawIssueForm>,
    pub(super) caution: Option<Text>,
    #[serde(default)]
    pub(super) before: Vec<Text>,
    #[serde(default)]
    pub(super) after: Vec<Text>,
    #[serde(default)]
    pub(super) timeline: Vec<RawStage>,
    #[serde(default)]
    pub(super) field: Vec<RawField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStage {
    pub(super) when: String,
    pub(super) who: Option<String>,
    pub(super) what: String,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawChannel {
    IssueForm,
    WebForm,
    Mail,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawField {
    pub(super) label: Text,
    pub(super) text: Text,
    pub(super) id: Option<Text>,
    pub(super) element: Option<RawElement>,
    pub(super) description: Option<String>,
    pub(super) placeholder: Option<String>,
    pub(super) value: Option<String>,
    pub(super) render: Option<String>,
    pub(super) default: Option<Spanned<usize>>,
    pub(super) accept: Option<String>,
    pub(super) required: Option<bool>,
    #[serde(default)]
    pub(super) notes: Vec<String>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(super) enum RawElement {
    Input,
    Textarea,
    Dropdown,
    Checkboxes,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawIssueForm {
    pub(super) name: Option<Text>,
    pub(super) description: Option<Text>,
    pub(super) title: Option<Text>,
    #[serde(default)]
    pub(super) labels: Vec<String>,
    #[serde(default)]
    pub(super) assignees: Vec<String>,
    #[serde(default)]
    pub(super) projects: Vec<String>,
    #[serde(rename = "type")]
    pub(super) kind: Option<String>,
    #[serde(default)]
    pub(super) notes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTriage {
    pub(super) title: Text,
    pub(super) intro: Option<Text>,
    pub(super) start: Text,
    #[serde(default)]
    pub(super) question: Vec<RawQuestion>,
    #[serde(default)]
    pub(super) outcome: Vec<RawOutcome>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawQuestion {
    pub(super) id: Text,
    pub(super) title: String,
    pub(super) hint: Option<Text>,
    #[serde(default)]
    pub(super) answer: Vec<RawAnswer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAnswer {
    pub(super) id: Text,
    pub(super) label: String,
    pub(super) hint: Option<Text>,
    pub(super) group: Option<String>,
    pub(super) question: Option<Text>,
    pub(super) outcome: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOutcome {
    pub(super) id: Text,
    pub(super) title: String,
    pub(super) text: Option<Text>,
    #[serde(default)]
    pub(super) guides: Vec<Text>,
    #[serde(default)]
    pub(super) then: Vec<Text>,
    #[serde(default)]
    pub(super) filed: bool,
    pub(super) request: Option<Text>,
    #[serde(default)]
    /// A text or a list of texts each: `Spanned` texts cannot stand in an untagged enum.
    pub(super) answers: BTreeMap<Text, Spanned<toml::Value>>,
    #[serde(default)]
    pub(super) hide: Vec<Text>,
}
