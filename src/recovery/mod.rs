//! The subject of the program: the details a request needs, the requests made of them, the questions that lead to
//! them, and the secrets that must not get into any.
//!
//! Takes values that `load` made from `checklist.toml` and `triage.toml`. Gives rules, blank requests, reviews of
//! submitted ones and the data the page's scripts work with. It knows no HTML and no files. What is done with a reader's
//! answers (validating them, finding secrets in them, filling in requests and reviewing those) is in the page's scripts
//! alone (`themes/default/js/lib/`); where the program needs it, it runs them.

mod checklist;
mod detail;
mod entry;
mod issue_form;
mod page_data;
mod request;
mod review;
mod scripts;
pub mod secret_scanner;
mod triage;
mod triage_paths;

pub use checklist::{Checklist, Group};
pub use detail::{ChoiceOption, Condition, Detail, DetailKind, Sensitivity, TIDY};
pub use entry::{Entry, find};
pub use issue_form::{Element, ElementKind, FormOption, IssueForm};
pub use page_data::{given, page_data, whole};
pub use request::{Channel, FormField, FormSettings, Request, Stage};
pub use review::{Finding, FindingKind, Invalid, blank_requests, invalid_examples, review};
pub use triage::{Answer, Next, Outcome, Question, Triage};
pub use triage_paths::{End, Row};
