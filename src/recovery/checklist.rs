//! Details in groups, and the requests they make.

use crate::ids::{AnswerId, DetailId, GroupId, LinkName, RequestId};
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

/// One thing a request needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// Its name, also the field's `name`.
    pub id: Located<DetailId>,
    /// The part it stands in.
    pub group: Located<GroupId>,
    /// What the field is called.
    pub label: String,
    /// What kind of answer.
    pub kind: DetailKind,
    /// One line beside the field.
    pub hint: Option<Prose>,
    /// Why it is asked.
    pub why: Option<Prose>,
    /// Where the reader finds it.
    pub find: Option<Prose>,
    /// An obviously invented sample.
    pub example: Option<String>,
    /// Whether the request needs it (when `only_if` holds).
    pub required: bool,
    /// Asked only when an earlier choice was answered so.
    pub only_if: Option<Condition>,
    /// Who may read the answer.
    pub sensitivity: Sensitivity,
    /// Characters at most.
    pub max_length: Option<usize>,
    /// What the tidied answer must look like.
    pub pattern: Option<Pattern>,
    /// What is taken off an answer quietly.
    pub tidy: Vec<Tidy>,
    /// The field's `autocomplete`; `off` unless said.
    pub autocomplete: String,
    /// Beside a confirmation: what to add when the box is not quite true.
    pub aside: Option<Prose>,
}

/// What kind of answer a detail takes.
#[derive(Debug, Clone, PartialEq)]
pub enum DetailKind {
    /// One line.
    Line,
    /// Several lines.
    Paragraph,
    /// One of several.
    Choice(Vec<ChoiceOption>),
    /// Any of several.
    Choices(Vec<ChoiceOption>),
    /// A box to tick, with the form's own words.
    Confirm {
        /// What ticking it says.
        statement: String,
    },
    /// Several short answers, one a line.
    List,
    /// An `https:` address.
    Address,
    /// A calendar day.
    Date,
}

/// One choice.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceOption {
    /// Its name.
    pub id: Located<AnswerId>,
    /// What the reader sees.
    pub label: String,
    /// What the composed request says.
    pub text: String,
}

/// `only_if`.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// An earlier detail with choices.
    pub detail: Located<DetailId>,
    /// The choice that makes this one asked.
    pub answer: Located<AnswerId>,
}

/// Who may read an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sensitivity {
    /// Anyone: it may stand in a public request.
    Public,
    /// Only the support team: kept out of a public request.
    Private,
}

/// What a tidied answer must look like.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// Matches the whole answer; the subset of regular expressions Rust and browsers share.
    pub expression: Located<String>,
    /// What to say when it does not.
    pub help: String,
}

/// What is taken off an answer quietly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tidy {
    /// Spaces around it.
    Spaces,
    /// Backticks and quotes around it.
    Backticks,
    /// A leading `@`.
    At,
    /// A pasted profile address becomes its last part.
    ProfileAddress,
}

/// A set of details of which one must be given.
#[derive(Debug, Clone, PartialEq)]
pub struct AtLeastOne {
    /// The set.
    pub details: Vec<Located<DetailId>>,
    /// What to say when none is.
    pub message: String,
}

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
