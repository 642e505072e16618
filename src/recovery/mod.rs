//! What a recovery needs: details, the request they make, and the questions that lead there.
//!
//! In: values `load` made from `checklist.toml` and `triage.toml`. Out: rules, faults and composed
//! requests. No HTML, no files, no TOML.

mod answer;
mod checklist;
mod compose;
mod detail;
mod harmless;
mod issue_form;
mod offset_map;
mod page_data;
mod paths;
mod request;
pub mod secrets;
pub mod submitted;
mod triage;

pub use answer::{Answers, Given, Problem, whole};
pub use checklist::{AtLeastOne, Checklist, Group, Progress};
pub use compose::{Composed, Composer, GAP};
pub use detail::{
    ChoiceOption, Condition, Detail, DetailKind, Help, Pattern, Sensitivity, Shape, Tidy,
};
pub use issue_form::{Element, ElementKind, FormOption, IssueForm};
pub use page_data::PageData;
pub use paths::{End, Row};
pub use request::{Channel, FieldSettings, FormField, FormSettings, Piece, Request, pieces};
pub use triage::{Answer, Next, Outcome, Question, Triage};
