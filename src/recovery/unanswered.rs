//! What the page's script makes of a checklist before anybody types: the blank requests, and the author's own sample
//! answers.

use serde::Deserialize;
use serde_json::json;

use super::scripts::Scripts;
use super::{Checklist, Detail, page_data};

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
