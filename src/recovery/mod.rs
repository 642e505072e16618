//! The subject of the program: the details a request needs, the requests made of them, the questions that lead to
//! them, and the secrets that must not get into any.
//!
//! Takes values that `load` made from `checklist.toml` and `triage.toml`. Gives rules, blank requests, reviews of
//! submitted ones and the data the page's scripts work with. It knows no HTML, no files and no TOML. Requests are
//! filled in by the browser alone (`themes/default/js/lib/request.js`), and reviewed with the browser's scripts.

mod answer;
mod checklist;
mod detail;
mod issue_form;
mod offset_map;
mod page_data;
mod paths;
mod request;
mod review;
pub mod secrets;
mod triage;

pub use answer::{Invalid, whole};
pub use checklist::{Checklist, Group};
pub use detail::{ChoiceOption, Condition, Detail, DetailKind, Sensitivity, Tidy};
pub use issue_form::{Element, ElementKind, FieldTexts, FormOption, IssueForm};
pub use offset_map::cleaned;
pub use page_data::page_data;
pub use paths::{End, Row};
pub use request::{Channel, FormField, GAP, Request, Stage};
pub use review::{Finding, FindingKind, review};
pub use triage::{Answer, Next, Outcome, Question, Triage};
