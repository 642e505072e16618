//! What the page's scripts say about a checklist: the blank requests, the author's sample answers, and what is missing,
//! invalid or secret in a submitted request.

use std::ops::Range;

use serde::Deserialize;
use serde_json::json;

use super::scripts::{Scripts, to_bytes};
use super::secret_scanner::{Certainty, SecretRules};
use super::{Checklist, Detail, Request, page_data};

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Finding {
    /// What is wrong.
    #[serde(flatten)]
    pub kind: FindingKind,
    /// The label of the field it is in.
    pub field: String,
    /// Where in the text, in bytes; for what is missing, where it would be.
    pub span: Range<usize>,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FindingKind {
    /// The field needs an answer and is not there.
    NoField,
    /// The field needs an answer and has none.
    Empty,
    /// A gap was left as it is.
    Gap,
    /// A box is not ticked or not there.
    Unticked {
        /// What the box says.
        words: String,
    },
    /// The answer to a detail is too long.
    TooLong {
        /// The detail.
        detail: String,
    },
    /// The answer to a detail has the wrong format.
    Format {
        /// The detail.
        detail: String,
    },
    /// The answer to a detail is not one of the choices.
    NoChoice {
        /// The detail.
        detail: String,
    },
    /// A ticked statement that the text contradicts.
    Contradicted {
        /// The statement.
        words: String,
    },
    /// Something that looks like a secret.
    Secret {
        /// What it looks like.
        secret: String,
        /// How sure that is.
        certainty: Certainty,
    },
    /// Images and attached files.
    Attachments {
        /// How many.
        count: usize,
    },
    /// It is not in the language that the support team reads.
    Language,
    /// The form has no field with this label.
    Unknown,
}

/// Reviews a submitted request, also where an email quotes it.
///
/// Errors: the scripts fail, as they do with an invalid pattern, and are interrupted when they take too long.
pub fn review(
    checklist: &Checklist,
    request: &Request,
    text: &str,
) -> Result<Vec<Finding>, String> {
    let mut data = page_data(checklist, None);
    data["secrets"] = json!(SecretRules::with(&checklist.secrets));
    let arguments = (data.to_string(), request.id.value.as_str(), text);
    let mut findings: Vec<Finding> = Scripts::new()?.call("review", arguments)?;
    let spans = findings.iter_mut().map(|finding| &mut finding.span);
    spans.for_each(to_bytes(text));
    Ok(findings)
}

/// Why an answer is invalid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Invalid {
    /// It is longer than the detail allows.
    TooLong,
    /// It does not have the format the detail asks for.
    Format,
}

/// The requests before anything is answered, for paper and for readers without scripts: every line that an answer could
/// be part of, with its gaps.
///
/// Errors: the engine has no memory left.
pub fn blank_requests(checklist: &Checklist) -> Result<Vec<String>, String> {
    let data = page_data(checklist, None).to_string();
    Scripts::new()?.call("blank", (data,))
}

/// The details whose example is not a valid answer. Patterns that do not compile are not looked at.
///
/// Errors: a pattern takes too long.
pub fn invalid_examples(checklist: &Checklist) -> Result<Vec<(&Detail, Invalid)>, String> {
    let details = checklist.details.iter();
    let details = details.filter(|one| one.kind.is_typed() && one.example.is_some());
    let details: Vec<_> = details.collect();
    if details.is_empty() {
        return Ok(Vec::new());
    }
    let examples = details.iter().map(|detail| {
        let example = detail.example.as_ref().map(|example| &example.value);
        json!([detail.id.value, example])
    });
    let (data, examples) = (page_data(checklist, None), examples.collect::<Vec<_>>());
    let arguments = (data.to_string(), json!(examples).to_string());
    let problems: Vec<Option<Invalid>> = Scripts::new()?.call("invalid", arguments)?;
    let problems = details.into_iter().zip(problems);
    Ok(problems
        .filter_map(|(detail, problem)| Some((detail, problem?)))
        .collect())
}
