//! What is wrong, where, and how to fix it.
//!
//! In: what loading and checking found. Out: values that `human`, `short`, `github` and `json` turn into text. Nothing
//! here prints or chooses an exit code.

mod codes;
mod entry;
mod github;
mod human;
mod json;
mod list;
mod nearest;
mod short;

pub use codes::Code;
pub use entry::{Diagnostic, Severity};
pub use github::github;
pub use human::human;
pub use json::json;
pub use list::{Diagnostics, Levels};
pub use nearest::nearest;
pub use short::short;

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
