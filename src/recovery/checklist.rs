//! The checklist: groups of details, and the requests they go into.
//!
//! Which details an answer makes necessary, and how far a reader has come, is for the browser (`js/lib/request.js`).

use std::collections::HashSet;

use super::request::{FormField, cut};
use super::secret_scanner::SiteSecret;
use super::{Detail, DetailKind, Request, find};
use crate::from_toml::{Written, from_toml};
use crate::ids::{DetailId, GroupId};
use crate::markdown::Prose;
use crate::source::Located;

from_toml! {
    /// What a request needs, and the requests that are made of it.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Checklist from RawChecklist {
        /// The heading of `/checklist/`.
        pub title: Located<String>,
        /// The text below the heading, in Markdown.
        pub intro: Option<Prose>,
        /// The parts of the page.
        pub groups as "group": Vec<Group> = default,
        /// What readers are asked, in order.
        pub details as "detail": Vec<Detail> = default,
        /// Sets of details. At least one detail of each set must be answered.
        pub at_least_one: Vec<AtLeastOne> = default,
        /// The requests that the answers go into.
        pub requests as "request": Vec<Request> = default,
        /// Your own rules for a detail's `tidy`, by name: a regular expression with a group. If it matches a whole
        /// answer, what its last group matches replaces the answer, as in `profile = "https://[^/]+/user/([^/?#]+)/?"`.
        pub tidy: Vec<(Located<String>, Written<Located<String>>)> = default,
        /// What codes and keys of the service look like.
        pub secrets as "secret": Vec<SiteSecret> = default,
        /// Guides for readers who type a secret: a kind of secret and a guide's file. `posted` is for a secret in a
        /// request that was already submitted.
        pub secret_guides: Vec<(Located<String>, Located<String>)> = default,
        /// Email addresses in `links.toml`.
        #[serde(skip)]
        pub mailboxes: Vec<String>,
    }

    /// A part of the checklist.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Group from RawGroup {
        /// Its name.
        pub id: Located<GroupId>,
        /// Its heading.
        pub title: String,
        /// The text below the heading, in Markdown.
        pub intro: Option<Prose>,
    }

    /// Details, at least one of which must be answered.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AtLeastOne from RawAtLeastOne {
        /// The `id`s of the details.
        pub details: Vec<Located<DetailId>>,
        /// What to say if none is answered.
        pub message: String,
    }
}

impl Checklist {
    /// The texts of the site and its forms that might look like a secret, in lower case.
    pub fn said(&self) -> Vec<String> {
        let details = self.details.iter().flat_map(|detail| {
            let statement = detail.statement.as_ref().map(|text| &text.value);
            let options = detail.options.iter();
            let options = options.flat_map(|option| [Some(&option.label), option.text.as_ref()]);
            let texts = options.chain([statement, Some(&detail.label.value)]);
            texts.flatten()
        });
        let fields = self.requests.iter().flat_map(|request| &request.fields);
        let fields = fields.flat_map(|field| {
            let texts = [&field.description, &field.placeholder, &field.value];
            let texts = texts.into_iter().flatten().chain(&field.notes);
            texts.chain([&field.label.value, &field.text.value])
        });
        let texts = self.mailboxes.iter().chain(details).chain(fields);
        texts
            .filter(|text| text.contains(|c: char| c == '@' || c.is_ascii_digit()))
            .map(|text| text.to_lowercase())
            .collect()
    }

    /// The detail by its name.
    pub fn detail(&self, id: &str) -> Option<&Detail> {
        find(id, &self.details)
    }

    /// The request by its name.
    pub fn request(&self, id: &str) -> Option<&Request> {
        find(id, &self.requests)
    }

    /// The confirmations that a field of a form is made of: boxes to tick there, where nothing can be typed.
    pub fn boxes(&self, request: &Request, field: &FormField) -> Vec<&Detail> {
        let (names, around) = cut(&field.text.value);
        if !request.channel.has_fields() || !around.trim().is_empty() {
            return Vec::new();
        }
        let details = names.into_iter().map(|name| self.detail(name));
        let boxes = details.map(|detail| detail.filter(|one| one.kind == DetailKind::Confirm));
        boxes.collect::<Option<_>>().unwrap_or_default()
    }

    /// Whether a detail is a box of the form that takes the request, so that it is ticked there and not asked here.
    pub fn is_box(&self, request: &Request, detail: &Detail) -> bool {
        let id = detail.id.value.as_str();
        let mut fields = request.fields.iter();
        detail.kind == DetailKind::Confirm
            && fields.any(|field| {
                field.gaps().any(|gap| gap == id) && !self.boxes(request, field).is_empty()
            })
    }

    /// Whether the page asks for this detail. It does not if every request that uses it has it as a box in its form.
    pub fn is_asked(&self, detail: &Detail) -> bool {
        let uses = |request: &&Request| request.gaps().any(|gap| gap == detail.id.value.as_str());
        let mut requests = self.requests.iter().filter(uses).peekable();
        requests.peek().is_none() || !requests.all(|request| self.is_box(request, detail))
    }

    /// The details one request is made of: those in its gaps, those whose answers decide whether
    /// these are asked, and those no request uses unless they say that they belong to another.
    pub fn details_for(&self, request: &Request) -> Vec<&Detail> {
        let used: HashSet<&str> = request.gaps().collect();
        let used_anywhere: HashSet<&str> = self.requests.iter().flat_map(Request::gaps).collect();
        let here = |detail: &&Detail| {
            let id = detail.id.value.as_str();
            let mut owners = detail.requests.iter();
            used.contains(id)
                || (!used_anywhere.contains(id)
                    && (detail.requests.is_empty()
                        || owners.any(|one| one.value == request.id.value)))
        };
        let conditions = self.details.iter().filter(here);
        let conditions = conditions.filter_map(|detail| detail.only_if.as_ref());
        let deciding: HashSet<&str> = conditions.map(|rule| rule.detail.value.as_str()).collect();
        let details = self.details.iter();
        details
            .filter(|detail| here(detail) || deciding.contains(detail.id.value.as_str()))
            .collect()
    }
}
