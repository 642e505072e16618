//! Reviews a submitted request: what is missing, invalid or secret in it.
//!
//! Takes a request of the checklist and the submitted text, and gives findings with their locations in the text. The
//! review is that of the checklist page: its scripts run here in an engine of their own, without access to anything else.

use std::cell::Cell;
use std::ops::Range;

use rquickjs::{CatchResultExt as _, CaughtError, Context, Function, Runtime};
use serde::Deserialize;
use serde_json::json;

use super::secrets::Certainty;
use super::{Checklist, Request, page_data};

macro_rules! scripts {
    ($($name:literal)*) => {
        [$(include_str!(concat!("../../themes/default/js/lib/", $name, ".js"))),*]
    };
}

/// The scripts that review, in the order of `theme.toml`.
const SCRIPTS: [&str; 7] =
    scripts!["invisible" "visible" "secrets" "escape" "request" "language" "submitted"];

/// How often the engine may ask whether to go on, about every ten thousand steps, before a pattern of the checklist is
/// taken for endless. A long request takes a few hundred.
const MAX_CHECKS: u32 = 20_000;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Finding {
    /// What is wrong.
    #[serde(flatten)]
    pub kind: FindingKind,
    /// The label of the field it is in.
    pub field: String,
    start: usize,
    end: usize,
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

impl Finding {
    /// Where in the text, in bytes; for what is missing, where it would be.
    pub fn span(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// Reviews a submitted request, also where an email quotes it.
///
/// Errors: the scripts fail, as they do with an invalid pattern, and are interrupted when they take too long.
pub fn review(
    checklist: &Checklist,
    request: &Request,
    text: &str,
) -> Result<Vec<Finding>, String> {
    let scanner = checklist.scanner();
    let mut data = page_data(checklist, None, &scanner);
    data["secrets"] = json!(scanner.rules());
    let json = run((&data.to_string(), request.id.value.as_str(), text))?;
    let mut findings: Vec<Finding> =
        serde_json::from_str(&json).map_err(|error| error.to_string())?;
    let bytes = byte_offsets(text);
    for finding in &mut findings {
        finding.start = bytes[finding.start];
        finding.end = bytes[finding.end];
    }
    Ok(findings)
}

fn run(arguments: (&str, &str, &str)) -> Result<String, String> {
    let runtime = Runtime::new().map_err(|error| error.to_string())?;
    let checks_left = Cell::new(MAX_CHECKS);
    runtime.set_interrupt_handler(Some(Box::new(move || {
        checks_left.set(checks_left.get().saturating_sub(1));
        checks_left.get() == 0
    })));
    let context = Context::full(&runtime).map_err(|error| error.to_string())?;
    context.with(|context| {
        let work = || {
            context.eval::<(), _>("var window = globalThis; var regain = {};")?;
            for script in SCRIPTS {
                context.eval::<(), _>(script)?;
            }
            let review: Function<'_> = context.eval(include_str!("review.js"))?;
            review.call(arguments)
        };
        work().catch(&context).map_err(|error| match error {
            CaughtError::Exception(exception) => exception.message().unwrap_or_default(),
            error => error.to_string(),
        })
    })
}

/// The byte at which each UTF-16 unit of a text begins, and its end.
fn byte_offsets(text: &str) -> Vec<usize> {
    let units = text
        .char_indices()
        .flat_map(|(at, one)| std::iter::repeat_n(at, one.len_utf16()));
    units.chain([text.len()]).collect()
}
