//! What a recovery needs: details, the request they make, and the questions that lead there.
//!
//! In: values `load` made from `checklist.toml` and `triage.toml`. Out: rules, faults and composed
//! requests. No HTML, no files, no TOML.

mod checklist;
mod triage;

pub use checklist::{AtLeastOne, Checklist, Condition, Detail, DetailKind, Group, Request};
pub use checklist::{Channel, ChoiceOption, FormField, Pattern, Sensitivity, Tidy};
pub use triage::{Answer, Next, Outcome, Question, Triage};
