//! What a recovery needs: details, the request they make, and the questions that lead there.
//!
//! In: values `load` made from `checklist.toml` and `triage.toml`. Out: rules, faults and composed
//! requests. No HTML, no files, no TOML.

mod checklist;
mod detail;
mod request;
mod triage;

pub use checklist::{AtLeastOne, Checklist, Group};
pub use detail::{
    ChoiceOption, Condition, Detail, DetailKind, Help, Pattern, Sensitivity, Shape, Tidy,
};
pub use request::{Channel, FormField, Request};
pub use triage::{Answer, Next, Outcome, Question, Triage};
