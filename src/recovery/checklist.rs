//! The checklist: groups of details, and the requests they go into.
//!
//! Which details an answer makes necessary, and how far a reader has come, is for the browser (`js/lib/request.js`).

use super::secrets::{Scanner, SiteSecret};
use super::{Detail, DetailKind, Request};
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
    /// Email addresses that the site itself names.
    pub mailboxes: Vec<String>,
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
    /// Finds secrets in answers and requests. What the site and the forms say themselves is no secret.
    pub fn scanner(&self) -> Scanner {
        let scanner = Scanner::new(&self.secrets, self.mailboxes.iter().cloned());
        let details = self.details.iter().flat_map(|detail| {
            let statement = match &detail.kind {
                DetailKind::Confirm { statement } => Some(&statement.value),
                _ => None,
            };
            let options = detail.kind.options().iter();
            let options = options.flat_map(|option| [&option.label, &option.text]);
            options.chain(statement).chain([&detail.label.value])
        });
        let fields = self.requests.iter().flat_map(|request| &request.fields);
        let fields = fields.flat_map(|field| {
            let form = &field.form;
            let texts = form.texts.all().into_iter();
            let texts = texts.filter_map(|(_, text)| text).chain(&form.notes);
            texts.chain([&field.label.value, &field.text.value])
        });
        let said = details.chain(fields).flat_map(|text| {
            let found = scanner.find(text, "").into_iter();
            found.map(|found| text[found.span].to_owned())
        });
        let said: Vec<String> = said.collect();
        scanner.allow(said)
    }

    /// The detail by its name.
    pub fn detail(&self, id: &str) -> Option<&Detail> {
        self.details
            .iter()
            .find(|detail| detail.id.value.as_str() == id)
    }
}
