//! One thing a request needs to know from the reader. `checklist` decides which details are needed together, and
//! `request` how an answer reads in a request.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::from_toml::{OneOrMore, Reader, Written, choice, from_toml, one_or_more};
use crate::ids::{AnswerId, DetailId, GroupId, RequestId};
use crate::markdown::Prose;
use crate::named::named;
use crate::source::{Located, Location};

/// The built-in `tidy` rules.
pub const TIDY: [&str; 2] = ["backticks", "at"];

from_toml! {
    /// One thing that readers are asked.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Detail from RawDetail {
        /// Its name.
        pub id: Located<DetailId>,
        /// The `id` of its group.
        pub group: Located<GroupId>,
        /// The question.
        pub label: Located<String>,
        /// How it is answered.
        pub kind: DetailKind,
        /// One line beside the field, in Markdown.
        pub hint: Option<Prose>,
        /// Why it is asked, in Markdown.
        pub why: Option<Prose>,
        /// Where to find the answer, in Markdown.
        pub find as "where": Option<Prose>,
        /// A sample answer that is plainly invented.
        pub example: Option<Located<String>> => unless_empty(Option<Located<String>>),
        /// Whether the request needs it.
        pub required: bool = default,
        /// What to say when it is required and empty. Default: made from the label.
        pub if_empty: Option<String>,
        /// Asks it only if an earlier detail was answered in a certain way.
        pub only_if: Option<Condition>,
        /// Who may read the answer. Default: `public`.
        pub sensitivity: Sensitivity => sensitivity(Option<Located<Sensitivity>>),
        /// The most characters that an answer may have.
        pub max_length: Option<usize>,
        /// A regular expression that the whole answer must match.
        pub pattern: Option<Located<String>> => written(Option<Written<Located<String>>>),
        /// What to say when the answer does not match.
        pub pattern_help: Option<String> => pattern_help(Option<Written<String>>),
        /// What is removed from an answer without asking, in this order: `backticks` (and quotation marks around it),
        /// `at` (a leading `@`), and the names of rules in `[tidy]`. Spaces around it are always removed.
        pub tidy: Vec<Located<String>> = default,
        /// The field's `autocomplete` attribute. Default: `off`.
        pub autocomplete: Option<String>,
        /// The requests it belongs to if none of them uses it, such as a reminder. Default: all.
        pub requests: Vec<Located<RequestId>> = default,
        /// The text of the box, for `confirm`.
        pub statement: Option<Prose> => statement(Option<Written<Located<String>>>),
        /// A regular expression for what says the opposite in a submitted request, in lower case. `request check` and
        /// the page point it out if the box is ticked.
        pub contradicted_by: Option<Located<String>>,
        /// A remark beside the box, in Markdown.
        pub aside: Option<Prose>,
        /// What can be chosen, for `choice` and `choices`.
        pub options as "option": Vec<ChoiceOption> = default,
    }

    /// One choice.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ChoiceOption from RawOption {
        /// Its name.
        pub id: Located<AnswerId>,
        /// What readers see.
        pub label: String,
        /// What the request says. Default: the label.
        pub text: Option<String>,
    }

    /// An earlier detail and the answers to it.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Condition from RawCondition {
        /// The `id` of a `choice` or `choices` detail above.
        pub detail: Located<DetailId>,
        /// The `id` of an option, or a list of them. Any of these answers will do.
        pub answers as "answer": Vec<Located<AnswerId>> => one_or_more(OneOrMore<AnswerId>),
    }
}

impl Detail {
    /// Reports keys that its kind does not have, and drops their values. `false` if a key is missing without which the
    /// detail means nothing.
    pub fn fits_its_kind(&mut self, diagnostics: &mut Diagnostics) -> bool {
        let mut report = |code, location: &Location, message: &str| {
            diagnostics.push(Diagnostic::error(code, message).at(location));
        };
        let own = &self.id.location;
        if self.kind.has_options() {
            if self.options.is_empty() {
                let message = "a detail to choose from needs `[[detail.option]]` tables";
                report(Code::MissingKey, own, message);
            }
        } else if let Some(option) = self.options.drain(..).next() {
            let message = "only a `choice` or `choices` detail has options";
            report(Code::UnknownKey, &option.id.location, message);
        }
        let is_confirm = self.kind == DetailKind::Confirm;
        if let Some(text) = self.contradicted_by.take_if(|_| !is_confirm) {
            let message = "only a `confirm` detail can have `contradicted_by`";
            report(Code::UnknownKey, &text.location, message);
        }
        if let Some(text) = self.statement.take_if(|_| !is_confirm) {
            let message = "only a `confirm` detail can have `statement`";
            report(Code::UnknownKey, &text.location, message);
        }
        let missing = match (&self.pattern, &self.pattern_help) {
            (Some(_), None) => Some("pattern_help"),
            (None, Some(_)) => Some("pattern"),
            _ => None,
        };
        if let Some(missing) = missing {
            let message =
                format!("`pattern` and `pattern_help` go together: `{missing}` is missing");
            report(Code::MissingKey, own, &message);
            self.pattern = None;
        }
        if is_confirm && self.statement.is_none() {
            let message = "a `confirm` detail needs a `statement`";
            report(Code::MissingKey, own, message);
            return false;
        }
        true
    }
}

fn unless_empty(raw: Option<Located<String>>, _: &mut Reader<'_>) -> Option<Located<String>> {
    raw.filter(|text| !text.value.trim().is_empty())
}

fn sensitivity(raw: Option<Located<Sensitivity>>, reader: &mut Reader<'_>) -> Sensitivity {
    let Some(Located { value, location }) = raw else {
        return Sensitivity::Public;
    };
    if value != Sensitivity::Never {
        return value;
    }
    let message = "a detail that must never be known must not be asked for";
    reader.report(Diagnostic::error(Code::AsksForSecret, message).at(location));
    Sensitivity::Private
}

/// A statement repeats what the form says, with links to the form's own pages: none of that is checked.
fn statement(raw: Option<Written<Located<String>>>, reader: &mut Reader<'_>) -> Option<Prose> {
    let text = written(raw, reader)?;
    let mut unchecked = Diagnostics::default();
    Some(Prose::new(text, reader.options, &mut unchecked))
}

/// A text that could not be read is empty, so that it does not count as missing as well.
fn written(
    raw: Option<Written<Located<String>>>,
    reader: &mut Reader<'_>,
) -> Option<Located<String>> {
    Some(reader.located_or(raw?.0, ""))
}

fn pattern_help(raw: Option<Written<String>>, _: &mut Reader<'_>) -> Option<String> {
    Some(raw?.0.unwrap_or_default())
}

named! {
    /// What kind of answer a detail takes.
    pub enum DetailKind {
        /// One line of text.
        Line = "line",
        /// Several lines of text.
        Paragraph = "paragraph",
        /// One of the options.
        Choice = "choice",
        /// Any of the options.
        Choices = "choices",
        /// A box to tick.
        Confirm = "confirm",
        /// Several answers, one per line or separated by commas.
        List = "list",
        /// An `https:` address.
        Address = "address",
        /// A date.
        Date = "date",
    }
}

choice!(DetailKind, Sensitivity);

impl DetailKind {
    /// Whether readers choose the answer.
    pub fn has_options(self) -> bool {
        matches!(self, Self::Choice | Self::Choices)
    }

    /// Whether readers type the answer, so that anything may be in it.
    pub fn is_typed(self) -> bool {
        !self.has_options() && self != Self::Confirm
    }
}

impl ChoiceOption {
    /// What the request says.
    pub fn text(&self) -> &str {
        self.text.as_deref().unwrap_or(&self.label)
    }
}

named! {
    /// Who may read an answer.
    pub enum Sensitivity {
        /// Anyone may read it.
        Public = "public",
        /// It is left out of public requests.
        Private = "private",
        /// Nobody may read it, so it must not be asked. Loading reports it.
        #[cfg_attr(test, schemars(skip))]
        Never = "never",
    }
}
