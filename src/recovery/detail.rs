//! One thing a request needs to know from the reader.
//!
//! In: values `load` made. Out: what kind of answer it takes and what a good one looks like. Which
//! details are needed together is for `checklist`; how an answer reads in a request is for `request`.

use serde::Deserialize;

use crate::from_toml::{OneOrMore, from_toml};
use crate::ids::{AnswerId, DetailId, GroupId, RequestId};
use crate::markdown::Prose;
use crate::source::Located;

/// One thing a request needs.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// Its name, also the field's `name`.
    pub id: Located<DetailId>,
    /// The part it stands in.
    pub group: Located<GroupId>,
    /// What the field is called.
    pub label: Located<String>,
    /// What kind of answer.
    pub kind: DetailKind,
    /// What stands beside the field.
    pub help: Help,
    /// Whether the request needs it (when `only_if` holds).
    pub required: bool,
    /// What to say when it is needed and empty; made from the label unless given.
    pub if_empty: Option<String>,
    /// Asked only when an earlier choice was answered so.
    pub only_if: Option<Condition>,
    /// Who may read the answer.
    pub sensitivity: Sensitivity,
    /// What a good answer looks like.
    pub shape: Shape,
    /// The field's `autocomplete`; `off` unless said.
    pub autocomplete: String,
    /// The requests it belongs to, where none has a gap for it; all of them unless said.
    pub requests: Vec<Located<RequestId>>,
}

/// What stands beside a field.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Help {
    /// One line.
    pub hint: Option<Prose>,
    /// Why it is asked.
    pub why: Option<Prose>,
    /// Where the reader finds it.
    pub find: Option<Prose>,
    /// An obviously invented sample.
    pub example: Option<Located<String>>,
    /// Beside a confirmation: what to add when the box is not quite true.
    pub aside: Option<Prose>,
}

/// What a good answer looks like, after tidying.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shape {
    /// Characters at most.
    pub max_length: Option<usize>,
    /// What it must match.
    pub pattern: Option<Pattern>,
    /// What is removed from an answer first, in this order.
    pub tidy: Vec<Tidy>,
    /// For a box: a pattern for what elsewhere in a request contradicts its statement.
    pub contradicted_by: Option<Located<String>>,
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
        statement: Box<Prose>,
    },
    /// Several short answers, one a line.
    List,
    /// An `https:` address.
    Address,
    /// A calendar day.
    Date,
}

impl DetailKind {
    /// The name it has in `checklist.toml`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Paragraph => "paragraph",
            Self::Choice(_) => "choice",
            Self::Choices(_) => "choices",
            Self::Confirm { .. } => "confirm",
            Self::List => "list",
            Self::Address => "address",
            Self::Date => "date",
        }
    }

    /// What can be chosen; empty for kinds that are typed or ticked.
    pub fn options(&self) -> &[ChoiceOption] {
        match self {
            Self::Choice(options) | Self::Choices(options) => options,
            _ => &[],
        }
    }

    /// Whether the reader types the answer, so that anything may stand in it.
    pub fn is_typed(&self) -> bool {
        matches!(
            self,
            Self::Line | Self::Paragraph | Self::List | Self::Address | Self::Date
        )
    }
}

/// One choice.
#[derive(Debug, Clone, PartialEq)]
pub struct ChoiceOption {
    /// Its name.
    pub id: Located<AnswerId>,
    /// What the reader sees.
    pub label: String,
    /// What the request says.
    pub text: String,
}

from_toml! {
    /// An earlier detail and the answers to it.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Condition from RawCondition {
        /// The `id` of a `choice` or `choices` detail above.
        pub detail: Located<DetailId>,
        /// The `id` of an option, or a list of them. Any of these answers will do.
        #[serde(rename = "answer")]
        pub answers: OneOrMore<AnswerId>,
    }
}

/// Who may read an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Sensitivity {
    /// Anyone may read it.
    #[default]
    Public,
    /// It is left out of public requests.
    Private,
    /// Nobody may read it, so it must not be asked. Loading reports it.
    #[cfg_attr(test, schemars(skip))]
    Never,
}

/// What a tidied answer must look like.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern {
    /// Matches the whole answer; the subset of regular expressions Rust and browsers share.
    pub expression: Located<String>,
    /// What to say when it does not.
    pub help: String,
}

/// What is removed from a typed answer without asking. Spaces around it always are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tidy {
    /// Backticks and quotation marks around it.
    Backticks,
    /// A leading `@`.
    At,
    /// If a pattern matches the whole answer, everything but what its last group matches: of a pasted address, the
    /// name in it. Contains the pattern.
    Extract(Located<String>),
}
