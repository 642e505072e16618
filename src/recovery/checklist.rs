//! The checklist: groups of details, and the requests they go into.
//!
//! Which details an answer makes necessary, and how far a reader has come, is for the browser (`js/lib/request.js`).

use super::secrets::SiteSecret;
use super::{Detail, Request};
use crate::from_toml::from_toml;
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
        #[serde(rename = "group", default)]
        pub groups: Vec<Group>,
        /// What readers are asked, in order.
        #[serde(rename = "detail", default)]
        pub details: Vec<Detail>,
        /// Sets of details of which one must be answered.
        #[serde(default)]
        pub at_least_one: Vec<AtLeastOne>,
        /// The requests that the answers go into.
        #[serde(rename = "request", default)]
        pub requests: Vec<Request>,
        /// Your own rules for a detail's `tidy`, by name: a regular expression with a group. If it matches a whole
        /// answer, what its last group matches replaces the answer, as in `profile = "https://[^/]+/user/([^/?#]+)/?"`.
        #[serde(default)]
        pub tidy: Vec<(Located<String>, Located<String>)>,
        /// What codes and keys of the service look like.
        #[serde(rename = "secret", default)]
        pub secrets: Vec<SiteSecret>,
        /// Guides for readers who type a secret: a kind of secret and a guide's file. `posted` is for a secret in a
        /// request that was already submitted.
        #[serde(default)]
        pub secret_guides: Vec<(Located<String>, Located<String>)>,
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

    /// Details of which one must be answered.
    #[derive(Debug, Clone, PartialEq)]
    pub struct AtLeastOne from RawAtLeastOne {
        /// The `id`s of the details.
        pub details: Vec<Located<DetailId>>,
        /// What to say if none is answered.
        pub message: String,
    }
}

impl Checklist {
    /// What the site and the forms say themselves, in lower case, where it might look like a secret.
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
            .filter(|text| text.contains(|sign: char| sign == '@' || sign.is_ascii_digit()))
            .map(|text| text.to_lowercase())
            .collect()
    }

    /// The detail by its name.
    pub fn detail(&self, id: &str) -> Option<&Detail> {
        self.details
            .iter()
            .find(|detail| detail.id.value.as_str() == id)
    }
}
