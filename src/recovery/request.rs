//! Requests: the support team's form, field by field.
//!
//! Says which details a request is made of and how it reads before anything is answered. The browser fills it in
//! (`js/lib/request.js`).

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::{Checklist, Detail, DetailKind, ElementKind, FieldTexts, Sensitivity};
use crate::from_toml::{from_toml, plain};
use crate::ids::{LinkName, RequestId};
use crate::markdown::Prose;
use crate::named::named;
use crate::source::Located;

/// What a request shows where an answer is missing.
pub const GAP: &str = "____";

from_toml! {
    /// A request to the support team.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Request from RawRequest {
        /// Its name.
        pub id: Located<RequestId>,
        /// The title of the request, preset in the form.
        pub title: String,
        /// When this is the right request, if there are several.
        pub when: Option<String>,
        /// How it is sent.
        pub channel: Channel,
        /// Where it is sent: a key of `links.toml`.
        pub link: Option<Located<LinkName>>,
        /// Whether strangers can read it. Default: `true` for `issue-form`, otherwise `false`.
        pub public: Option<bool>,
        /// The language the support team reads, as a BCP 47 tag. Default: `en`.
        #[serde(default = "english")]
        pub language: String,
        /// The local copy of the support team's form. `check` reports every difference between it and the request.
        pub form: Option<Located<String>>,
        /// What the form says about itself.
        pub issue_form: Option<FormSettings>,
        /// When not to make it, and what to do instead, in Markdown.
        pub caution: Option<Prose>,
        /// What to do before sending it, in Markdown.
        #[serde(default)]
        pub before: Vec<Prose>,
        /// What to do next, in order, in Markdown.
        #[serde(default)]
        pub after: Vec<Prose>,
        /// What happens to it, in order.
        #[serde(default)]
        pub timeline: Vec<Stage>,
        /// The fields of the form.
        #[serde(rename = "field", default)]
        pub fields: Vec<FormField>,
    }

    /// A field of the form. All keys but `label` and `text` repeat what the form says; `regain form import` writes
    /// them, and `form export` puts them back.
    #[derive(Debug, Clone, PartialEq)]
    pub struct FormField from RawField {
        /// The form's own label, exactly.
        pub label: Located<String>,
        /// What goes into the field. `{detail-id}` is replaced by the answer, `{link:NAME}` by an official address.
        pub text: Located<String>,
        /// The field's `id`.
        pub id: Option<Located<String>>,
        /// What the field is.
        pub element: Option<ElementKind>,
        /// The text below the label.
        pub description: Option<String>,
        /// The placeholder.
        pub placeholder: Option<String>,
        /// The preset value.
        pub value: Option<String>,
        /// The language of the code block that the answer becomes.
        pub render: Option<String>,
        /// The preset option, counted from 0.
        pub default: Option<Located<usize>>,
        /// The kinds of file it takes.
        pub accept: Option<String>,
        /// Whether the form requires it.
        pub required: Option<bool>,
        /// Texts above the field.
        #[serde(default)]
        pub notes: Vec<String>,
    }

    /// What an issue form says about itself.
    #[derive(Debug, Clone, Default, PartialEq)]
    pub struct FormSettings from RawFormSettings {
        /// Its name.
        pub name: Option<Located<String>>,
        /// What it is for.
        pub description: Option<Located<String>>,
        /// The preset title of the issue.
        pub title: Option<Located<String>>,
        /// The labels of the issue.
        #[serde(default)]
        pub labels: Vec<String>,
        /// Who is assigned.
        #[serde(default)]
        pub assignees: Vec<String>,
        /// The projects it is added to.
        #[serde(default)]
        pub projects: Vec<String>,
        /// The type of the issue.
        #[serde(rename = "type")]
        pub kind: Option<String>,
        /// Texts below the last field.
        #[serde(default)]
        pub notes: Vec<String>,
    }
}

fn english() -> String {
    "en".to_owned()
}

/// What happens after a request is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// When.
    pub when: String,
    /// How many days after it is sent, to count the date from.
    pub days: Option<usize>,
    /// Who does it.
    pub who: Option<String>,
    /// What they do.
    pub what: String,
}

named! {
    /// How a request is sent.
    pub enum Channel {
        /// A public issue form.
        IssueForm = "issue-form",
        /// A form on a web page.
        WebForm = "web-form",
        /// An e-mail.
        Mail = "mail",
        /// Text to copy.
        Text = "text",
    }
}

plain!(Stage, Channel, ElementKind);

impl Channel {
    /// Whether each answer gets a field of its own.
    pub fn has_fields(self) -> bool {
        matches!(self, Self::IssueForm | Self::WebForm)
    }

    /// Whether it reads Markdown, so that a typed answer could mention people or start a heading.
    pub fn reads_markdown(self) -> bool {
        self == Self::IssueForm
    }

    /// The marks before and after a field's label where all fields are copied as one text.
    pub fn heading(self) -> [&'static str; 2] {
        match self {
            Self::IssueForm => ["### ", ""],
            _ => ["", ":"],
        }
    }
}

/// A piece of a field's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text as it is.
    Text(&'a str),
    /// The name in a `{detail-id}` gap.
    Gap(&'a str),
}

/// Cuts a text at its gaps, so that texts and gaps take turns. Braces around anything but lower-case letters, digits and
/// hyphens are text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (open, _) in text.match_indices('{') {
        let Some(close) = text[open..].find('}').map(|at| open + at) else {
            break;
        };
        let name = &text[open + 1..close];
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if open < from || name.is_empty() || !name.bytes().all(is_name) {
            continue;
        }
        pieces.push(Piece::Text(&text[from..open]));
        pieces.push(Piece::Gap(name));
        from = close + 1;
    }
    pieces.push(Piece::Text(&text[from..]));
    pieces
}

impl FormField {
    /// What the request says about the texts of the form's field.
    pub fn texts(&self) -> FieldTexts {
        FieldTexts {
            id: self.id.clone(),
            description: self.description.clone(),
            placeholder: self.placeholder.clone(),
            value: self.value.clone(),
            render: self.render.clone(),
            accept: self.accept.clone(),
        }
    }

    /// The names in its gaps.
    pub fn gaps(&self) -> impl Iterator<Item = &str> {
        let pieces = pieces(&self.text.value).into_iter();
        pieces.filter_map(|piece| match piece {
            Piece::Gap(name) => Some(name),
            Piece::Text(_) => None,
        })
    }

    /// The one detail it consists of, apart from backticks around it.
    pub fn alone(&self) -> Option<&str> {
        let text = self.text.value.trim().trim_matches('`');
        match pieces(text)[..] {
            [Piece::Text(""), Piece::Gap(name), Piece::Text("")] => Some(name),
            _ => None,
        }
    }
}

impl Request {
    /// Whether strangers can read it. What a public form collects is public unless the author knows better.
    pub fn is_public(&self) -> bool {
        self.public.unwrap_or(self.channel == Channel::IssueForm)
    }

    /// The names in all gaps of all fields.
    pub fn gaps(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().flat_map(FormField::gaps)
    }

    /// The request before anything is answered, for paper and for readers without scripts: every line that an
    /// answer could be part of, with its gaps.
    pub fn blank(&self, checklist: &Checklist) -> String {
        let [before, after] = self.channel.heading();
        let fields = self
            .fields
            .iter()
            .map(|field| (&field.label.value, self.blank_field(checklist, field)));
        let fields = fields.filter(|(_, text)| !text.is_empty());
        let fields: Vec<_> = fields
            .map(|(label, text)| format!("{before}{label}{after}\n\n{text}"))
            .collect();
        fields.join("\n\n")
    }

    fn blank_field(&self, checklist: &Checklist, field: &FormField) -> String {
        let lines = field.text.value.trim().lines();
        let mut lines: Vec<_> = lines
            .filter_map(|line| self.blank_line(checklist, line))
            .collect();
        lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
        lines.join("\n").trim().to_owned()
    }

    /// One line; `None` if nothing in its gaps can be part of this request.
    fn blank_line(&self, checklist: &Checklist, line: &str) -> Option<String> {
        let detail = |name: &str| {
            let detail = checklist.detail(name);
            detail.filter(|detail| detail.is_allowed_in(self))
        };
        let pieces = pieces(line);
        let is_wanted =
            |piece: &Piece<'_>| matches!(piece, Piece::Gap(name) if detail(name).is_some());
        if pieces.len() > 1 && !pieces.iter().any(is_wanted) {
            return None;
        }
        let blank = pieces.into_iter().map(|piece| match piece {
            Piece::Text(text) => text.to_owned(),
            Piece::Gap(name) => match detail(name).and_then(|one| one.statement.as_ref()) {
                Some(statement) => format!("- [ ] {}", statement.value),
                None => GAP.to_owned(),
            },
        });
        Some(blank.collect::<String>().trim_end().to_owned())
    }
}

impl Detail {
    /// Whether its answer can be part of a request: private answers stay out of public ones.
    pub fn is_allowed_in(&self, request: &Request) -> bool {
        !(request.is_public() && self.sensitivity == Sensitivity::Private)
    }
}

impl Checklist {
    /// The request by its name.
    pub fn request(&self, id: &str) -> Option<&Request> {
        self.requests
            .iter()
            .find(|request| request.id.value.as_str() == id)
    }

    /// The confirmations that a field of a form is made of: boxes to tick there, where nothing can be typed.
    pub fn boxes(&self, request: &Request, field: &FormField) -> Vec<&Detail> {
        let is_text =
            |piece: Piece<'_>| matches!(piece, Piece::Text(text) if !text.trim().is_empty());
        if !request.channel.has_fields() || pieces(&field.text.value).into_iter().any(is_text) {
            return Vec::new();
        }
        let details = field.gaps().map(|name| self.detail(name));
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

    /// Whether readers are asked for it: not where forms alone ask, as a box to tick there.
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
