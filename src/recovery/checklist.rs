//! Details in groups, and the requests they make.

use super::{Detail, Request};
use crate::ids::{DetailId, GroupId};
use crate::source::{Located, Prose};

/// `checklist.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Checklist {
    /// The page's heading.
    pub title: Located<String>,
    /// Above the first field.
    pub intro: Option<Prose>,
    /// Parts of the page, in order.
    pub groups: Vec<Group>,
    /// What is asked, in order.
    pub details: Vec<Detail>,
    /// Sets of details of which one must be given.
    pub at_least_one: Vec<AtLeastOne>,
    /// Where the answers go.
    pub requests: Vec<Request>,
}

/// A part of the checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its name.
    pub id: Located<GroupId>,
    /// Its heading.
    pub title: String,
    /// Below the heading.
    pub intro: Option<Prose>,
}

/// A set of details of which one must be given.
#[derive(Debug, Clone, PartialEq)]
pub struct AtLeastOne {
    /// The set.
    pub details: Vec<Located<DetailId>>,
    /// What to say when none is.
    pub message: String,
}
