//! Issue forms as files: YAML in, YAML and `checklist.toml` out.
//!
//! In: a source, or a form as a value. Out: the form and every problem in it, or its text. `recovery`
//! knows what a form means and compares two of them.

mod export;
mod import;
mod read;

pub use export::{lost, yaml};
pub use import::{checklist, not_on_page};
pub use read::read;
