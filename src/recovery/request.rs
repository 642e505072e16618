//! Where answers go and how they read there.

use crate::ids::{LinkName, RequestId};
use crate::source::{Located, Prose};

/// Where the answers go and how they are put there.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Its name.
    pub id: Located<RequestId>,
    /// The preset title of the form.
    pub title: String,
    /// What takes it.
    pub channel: Channel,
    /// Its address, by name.
    pub link: Option<Located<LinkName>>,
    /// Whether anyone can read it.
    pub public: bool,
    /// The language the support team reads.
    pub language: String,
    /// A local copy of the form, relative to `content/`.
    pub form: Option<Located<String>>,
    /// To read before it is posted.
    pub before: Vec<Prose>,
    /// What to do after copying, in order.
    pub after: Vec<Prose>,
    /// The form's own fields, in its order.
    pub fields: Vec<FormField>,
}

/// What takes a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// A public issue form.
    IssueForm,
    /// A form on a web page.
    WebForm,
    /// A mail address.
    Mail,
    /// Anything that takes text.
    Text,
}

/// One field of the support team's form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormField {
    /// Its label there, exactly.
    pub label: String,
    /// Text with `{detail-id}` gaps.
    pub text: Located<String>,
}
