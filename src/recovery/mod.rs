//! What a recovery needs: details, the request they make, and the questions that lead there.
//!
//! In: values `load` made from `checklist.toml` and `triage.toml`. Out: rules, faults and composed
//! requests. No HTML, no files, no TOML.

mod answers;
mod checklist;
mod compose;
mod detail;
mod harmless;
mod issue_form;
mod page_data;
mod paths;
pub mod posted;
mod request;
pub mod safety;
mod triage;
mod view;

pub use answers::{Answers, Given, Problem, whole};
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
