//! The checklist: groups of details, and the requests they go into.
//!
//! Which details an answer makes necessary, and how far a reader has come, is for the browser (`js/lib/request.js`).

use super::secrets::SiteSecret;
use super::{Detail, Request};
use crate::ids::{DetailId, GroupId};
use crate::markdown::Prose;
use crate::source::Located;

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
    /// Rules that details name in `tidy`, with their patterns.
    pub tidy: Vec<(Located<String>, Located<String>)>,
    /// What secrets of the service look like.
    pub secrets: Vec<SiteSecret>,
    /// Guides for a reader who typed a secret: a kind of secret and a page, relative to `content/`.
    pub secret_guides: Vec<(Located<String>, Located<String>)>,
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

impl Checklist {
    /// The detail by its name.
    pub fn detail(&self, id: &str) -> Option<&Detail> {
        self.details
            .iter()
            .find(|detail| detail.id.value.as_str() == id)
    }
}
