//! Reviews a submitted request, as the checklist page does: what is missing, invalid or secret in it.

use std::ops::Range;

use serde::Deserialize;
use serde_json::json;

use super::scripts::{Scripts, to_bytes};
use super::secrets::{Certainty, SecretRules};
use super::{Checklist, Request, page_data};

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
