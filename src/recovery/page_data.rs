//! What the page's scripts know of the checklist: what is asked, how requests are composed and what secrets look like.
//!
//! Serialises to the JSON of the page's data block. `render` adds the theme's words and the addresses of guides.

use serde::Serialize;

use super::secrets::{Scanner, SecretRules};
use super::{
    Checklist, Detail, DetailKind, GAP, Outcome, Request, Sensitivity, Tidy, Triage, whole,
};

/// The checklist, its requests and what the triage settles. Empty values are left out.
#[derive(Debug, Serialize)]
pub struct PageData<'a> {
    /// What a request shows where an answer is missing.
    pub gap: &'static str,
    /// What is asked, in order.
    pub details: Vec<DetailData<'a>>,
    /// Sets of details of which one must be given.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sets: Vec<SetData<'a>>,
    /// Where the answers go.
    pub requests: Vec<RequestData<'a>>,
    /// What getting to an outcome of the triage settles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<OutcomeData<'a>>,
    /// What secrets look like, and what people call them; none where a script of its own has them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secrets: Option<&'a SecretRules>,
    /// Texts that are not secrets here.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub allowed: &'a [String],
}

/// One detail.
#[derive(Debug, Serialize)]
pub struct DetailData<'a> {
    id: &'a str,
    kind: &'static str,
    label: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    required: bool,
    #[serde(skip_serializing_if = "is_false")]
    private: bool,
    /// Detail and answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    only_if: Option<Vec<&'a str>>,
    /// `backticks`, `at`, or a pattern for the whole answer, of which the last group is kept.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tidy: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<usize>,
    /// Matches the whole answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern: Option<String>,
    /// What is said of an answer that does not match.
    #[serde(skip_serializing_if = "Option::is_none")]
    pattern_help: Option<&'a str>,
    /// What is said where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    if_empty: Option<&'a str>,
    /// Id and what the request says.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<[&'a str; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<&'a str>,
    /// What contradicts it, as a pattern for lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    contradicted_by: Option<&'a str>,
}

/// A set of which one must be given.
#[derive(Debug, Serialize)]
pub struct SetData<'a> {
    details: Vec<&'a str>,
    message: &'a str,
}

/// One request.
#[derive(Debug, Serialize)]
pub struct RequestData<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "is_false")]
    public: bool,
    /// Whether what takes it has a field for each of its fields, to be filled in one by one.
    #[serde(skip_serializing_if = "is_false")]
    has_fields: bool,
    /// The marks before and after a label where all fields are copied as one text.
    heading: [&'static str; 2],
    /// Whether what takes it reads Markdown, so that answers are escaped.
    #[serde(skip_serializing_if = "is_false")]
    markdown: bool,
    /// The details it asks for.
    details: Vec<&'a str>,
    /// What the support team reads.
    language: &'a str,
    /// Label and text with gaps, and `code` where the form shows the answer as code.
    fields: Vec<Vec<&'a str>>,
}

/// What one outcome settles.
#[derive(Debug, Serialize)]
pub struct OutcomeData<'a> {
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<&'a str>,
    /// Detail and answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answers: Vec<[&'a str; 2]>,
    /// Details that are not asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hide: Vec<&'a str>,
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_false(value: &bool) -> bool {
    !value
}

impl<'a> PageData<'a> {
    /// Puts it together.
    pub fn new(checklist: &'a Checklist, triage: Option<&'a Triage>, scanner: &'a Scanner) -> Self {
        let outcomes = triage.iter().flat_map(|triage| &triage.outcomes);
        Self {
            gap: GAP,
            details: checklist.details.iter().map(detail).collect(),
            sets: checklist
                .at_least_one
                .iter()
                .map(|set| SetData {
                    details: set.details.iter().map(|id| id.value.as_str()).collect(),
                    message: &set.message,
                })
                .collect(),
            requests: checklist
                .requests
                .iter()
                .map(|one| request(checklist, one))
                .collect(),
            outcomes: outcomes
                .filter(|one| one.request.is_some())
                .map(outcome)
                .collect(),
            secrets: Some(scanner.rules()),
            allowed: scanner.allowed(),
        }
    }
}

fn detail(detail: &Detail) -> DetailData<'_> {
    let shape = &detail.shape;
    DetailData {
        id: detail.id.value.as_str(),
        kind: detail.kind.name(),
        label: &detail.label.value,
        required: detail.required,
        private: detail.sensitivity == Sensitivity::Private,
        only_if: detail.only_if.as_ref().map(|rule| {
            let answers = rule.answers.iter().map(|answer| answer.value.as_str());
            [rule.detail.value.as_str()]
                .into_iter()
                .chain(answers)
                .collect()
        }),
        tidy: shape.tidy.iter().map(tidy).collect(),
        max: shape.max_length,
        pattern: shape
            .pattern
            .as_ref()
            .map(|pattern| whole(&pattern.expression.value)),
        pattern_help: shape.pattern.as_ref().map(|pattern| pattern.help.as_str()),
        if_empty: detail.if_empty.as_deref(),
        options: detail
            .kind
            .options()
            .iter()
            .map(|option| [option.id.value.as_str(), option.text.as_str()])
            .collect(),
        statement: match &detail.kind {
            DetailKind::Confirm { statement } => Some(&statement.value),
            _ => None,
        },
        contradicted_by: shape.contradicted_by.as_ref().map(|one| one.value.as_str()),
    }
}

fn tidy(rule: &Tidy) -> String {
    match rule {
        Tidy::Backticks => "backticks".to_owned(),
        Tidy::At => "at".to_owned(),
        Tidy::Extract(pattern) => whole(&pattern.value),
    }
}

fn request<'a>(checklist: &'a Checklist, request: &'a Request) -> RequestData<'a> {
    let details = checklist.details_for(request).into_iter();
    let details = details.filter(|detail| !checklist.is_box(request, detail));
    RequestData {
        id: request.id.value.as_str(),
        public: request.is_public(),
        has_fields: request.channel.has_fields(),
        heading: request.channel.heading(),
        markdown: request.channel.reads_markdown(),
        details: details.map(|detail| detail.id.value.as_str()).collect(),
        language: &request.language,
        fields: request
            .fields
            .iter()
            .map(|field| {
                let code = field.form.texts.render.as_ref().map(|_| "code");
                let words = [field.label.value.as_str(), field.text.value.as_str()];
                words.into_iter().chain(code).collect()
            })
            .collect(),
    }
}

fn outcome(outcome: &Outcome) -> OutcomeData<'_> {
    let answers = outcome.answers.iter();
    OutcomeData {
        id: outcome.id.value.as_str(),
        request: outcome.request.as_ref().map(|id| id.value.as_str()),
        answers: answers
            .map(|(detail, answer)| [detail.value.as_str(), answer.value.as_str()])
            .collect(),
        hide: outcome.hide.iter().map(|id| id.value.as_str()).collect(),
    }
}
