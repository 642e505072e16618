//! What is wrong, where, and how to fix it.
//!
//! In: what loading and checking found. Out: values that `human`, `short`, `github` and `json` turn into text. Nothing
//! here prints or chooses an exit code.

mod codes;
mod github;
mod human;
mod json;
mod list;
mod nearest;
mod short;

use serde::Serialize;

use crate::named::named;
use crate::source::Location;

pub use codes::Code;
pub use github::github;
pub use human::human;
pub use json::json;
pub use list::{Diagnostics, Levels};
pub use nearest::nearest;
pub use short::short;

named! {
    /// How bad it is.
    #[derive(PartialOrd, Ord, Hash, Serialize)]
    #[serde(rename_all = "lowercase")]
    pub enum Severity {
        /// The site is not built.
        Error = "error",
        /// The site is built; `check --strict` fails.
        Warning = "warning",
        /// Worth knowing; never fails anything.
        Info = "info",
    }
}

/// One problem: what it is, where, and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The stable name of this kind of problem.
    pub code: Code,
    /// Lower case, no full stop, the thing in backticks.
    pub message: String,
    /// Where; `None` only if no file is to blame.
    #[serde(flatten)]
    pub location: Option<Location>,
    /// Other locations that explain it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// What to do about it.
    pub hints: Vec<String>,
    /// The name or path that the message quotes, for rules that compare problems.
    #[serde(skip)]
    pub subject: Option<Box<str>>,
}

/// Another location that explains a problem, with a short label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Related {
    #[serde(flatten)]
    location: Location,
    label: String,
}

impl Diagnostic {
    /// A problem that stops the build.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A problem the author should fix before publishing.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A fact for a review.
    pub fn info(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Info, code, message)
    }

    fn new(severity: Severity, code: Code, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            location: None,
            related: Vec::new(),
            hints: Vec::new(),
            subject: None,
        }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, location: impl Into<Location>) -> Self {
        self.location = Some(location.into());
        self
    }

    /// Adds another location that explains the problem.
    #[must_use]
    pub fn see(mut self, location: impl Into<Location>, label: impl Into<String>) -> Self {
        self.related.push(Related {
            location: location.into(),
            label: label.into(),
        });
        self
    }

    /// Adds a way to fix it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Suggests the known name nearest to a mistyped one; if none is near, gives another hint.
    #[must_use]
    pub fn suggest<'a>(
        self,
        typed: &str,
        known: impl IntoIterator<Item = &'a str>,
        otherwise: &str,
    ) -> Self {
        match nearest(typed, known) {
            Some(near) => self.hint(format!("did you mean `{near}`?")),
            None => self.hint(otherwise),
        }
    }

    /// Records the name or path the problem is about.
    #[must_use]
    pub fn about(mut self, subject: impl Into<Box<str>>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// The sort key of the list: problems without a file come first.
    fn order(&self) -> (Severity, Option<(&str, usize)>, &str, &str) {
        let location = self.location.as_ref();
        let position = location.map(|one| (one.source.path(), one.span.start));
        (self.severity, position, self.code.as_str(), &self.message)
    }
}

/// Why a command could not do its work; each kind has its own exit code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The site has problems: exit 1.
    Site(Diagnostics),
    /// The command line asks for something that cannot be: exit 2.
    Usage(String),
    /// The machine refused: disk, permission, port, another build. Exit 3.
    Machine(String),
}

impl From<Diagnostic> for Error {
    fn from(problem: Diagnostic) -> Self {
        Self::Site([problem].into_iter().collect())
    }
}
