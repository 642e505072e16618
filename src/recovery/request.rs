//! Requests: the support team's form, field by field.
//!
//! Says which details a request is made of. The page's script fills it in (`js/lib/request.js`).

use serde::Serialize;

use super::ElementKind;
use crate::from_toml::{Reader, choice, from_toml};
use crate::ids::{LinkName, RequestId};
use crate::markdown::Prose;
use crate::named::named;
use crate::source::Located;

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
        /// The heading of the checklist while this request is chosen. Default: the checklist's `title`.
        pub heading: Option<String>,
        /// How long the answer takes. Default: `wait` in `[steps]` of `site.toml`. Empty if nobody can say.
        pub wait: Option<String>,
        /// How it is sent.
        pub channel: Channel,
        /// Where it is sent: a key of `links.toml`.
        pub link: Option<Located<LinkName>>,
        /// Whether strangers can read it. Default: `true` for `issue-form`, otherwise `false`.
        pub public: Option<bool>,
        /// The language the support team reads, as a BCP 47 tag. Default: `en`.
        pub language: String => language(Option<String>),
        /// The local copy of the support team's form. `check` reports every difference between it and the request.
        pub form: Option<Located<String>>,
        /// What the form says about itself.
        pub issue_form: Option<FormSettings>,
        /// When not to make it, and what to do instead, in Markdown.
        pub caution: Option<Prose>,
        /// What to do before sending it, in Markdown.
        pub before: Vec<Prose> = default,
        /// What to do next, in order, in Markdown.
        pub after: Vec<Prose> = default,
        /// What happens to it, in order.
        pub timeline: Vec<Stage> = default,
        /// The fields of the form.
        pub fields as "field": Vec<FormField> = default,
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
        pub notes: Vec<String> = default,
    }

    /// What happens after a request is sent.
    #[derive(Debug, Clone, PartialEq, Serialize)]
    pub struct Stage from RawStage {
        /// When.
        pub when: String,
        /// How many days after it is sent, to count the date from.
        pub days: Option<usize>,
        /// Who does it.
        pub who: Option<String>,
        /// What they do.
        pub what: String,
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
        pub labels: Vec<String> = default,
        /// Who is assigned.
        pub assignees: Vec<String> = default,
        /// The projects it is added to.
        pub projects: Vec<String> = default,
        /// The type of the issue.
        pub kind as "type": Option<String>,
        /// Texts below the last field.
        pub notes: Vec<String> = default,
    }
}

/// Templates show stages as they are written.
#[cfg(test)]
impl schemars::JsonSchema for Stage {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Stage".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        RawStage::json_schema(generator)
    }
}

fn language(raw: Option<String>, _: &mut Reader<'_>) -> String {
    raw.unwrap_or_else(|| "en".to_owned())
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

choice!(Channel);

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

/// The names in the `{detail-id}` gaps of a text, and the text around them. Braces around anything but lower-case
/// letters, digits and hyphens are text.
pub(super) fn cut(text: &str) -> (Vec<&str>, String) {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(is_allowed);
    let mut parts = text.split('{');
    let mut names = Vec::new();
    let mut around = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('}').filter(|(name, _)| is_name(name)) {
            Some((name, after)) => {
                names.push(name);
                around.push_str(after);
            }
            None => around.extend(["{", part]),
        }
    }
    (names, around)
}

impl FormField {
    /// A field with a label and nothing else.
    pub fn new(label: Located<String>) -> Self {
        Self {
            text: Located::new(String::new(), label.location.clone()),
            label,
            id: None,
            element: None,
            description: None,
            placeholder: None,
            value: None,
            render: None,
            default: None,
            accept: None,
            required: None,
            notes: Vec::new(),
        }
    }

    /// What it says besides its label, by key, in the order a form has them.
    pub fn texts(&self) -> [(&'static str, Option<&String>); 6] {
        [
            ("id", self.id.as_ref().map(|id| &id.value)),
            ("description", self.description.as_ref()),
            ("placeholder", self.placeholder.as_ref()),
            ("value", self.value.as_ref()),
            ("render", self.render.as_ref()),
            ("accept", self.accept.as_ref()),
        ]
    }

    /// The names in its gaps.
    pub fn gaps(&self) -> impl Iterator<Item = &str> {
        cut(&self.text.value).0.into_iter()
    }

    /// The one detail it consists of, apart from backticks around it.
    pub fn alone(&self) -> Option<&str> {
        let (names, around) = cut(self.text.value.trim().trim_matches('`'));
        match names[..] {
            [name] if around.is_empty() => Some(name),
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
}
