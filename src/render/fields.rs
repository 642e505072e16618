//! Groups and fields of the checklist.
//!
//! In: the checklist. Out: what the templates show of each detail, those that depend on an option
//! below that option. The request they make is in `checklist`.

use std::collections::HashMap;

use serde::Serialize;

use super::linker::Linker;
use crate::markdown::Prose;
use crate::recovery::{Checklist, ChoiceOption, Detail, DetailKind, Request};

/// A part of the checklist.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct GroupView<'a> {
    id: &'a str,
    title: &'a str,
    intro: Option<String>,
    details: Vec<DetailView<'a>>,
    /// Those that may stay empty, except those that depend on an answer of this group.
    optional: Vec<DetailView<'a>>,
    /// Whether every field of the group is `later`.
    later: bool,
}

/// One field. Details that depend on one of its options are below that option.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct DetailView<'a> {
    id: &'a str,
    label: &'a str,
    kind: &'static str,
    hint: Option<String>,
    why: Option<String>,
    find: Option<String>,
    example: Option<&'a str>,
    required: bool,
    /// Whether scripts hide it at first: it depends on an answer, or the first request does not need it.
    later: bool,
    readers: Readers,
    /// The requests it goes into, if there are others as well.
    only_for: Vec<&'a str>,
    autocomplete: &'a str,
    /// As the form shows it, without its links, which are for the form.
    statement: Option<String>,
    aside: Option<String>,
    options: Vec<OptionView<'a>>,
}

/// A choice, and the details that depend on it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct OptionView<'a> {
    id: &'a str,
    label: &'a str,
    then: Vec<DetailView<'a>>,
}

/// Who reads an answer; the mark beside its field says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub(super) enum Readers {
    /// Anyone.
    Public,
    /// The support team.
    Support,
    /// Anyone or the support team, depending on the chosen request.
    Either,
    /// The support team, but not through these requests.
    Private,
    /// Nobody: it reminds the reader of something.
    You,
}

/// What the fields of a checklist are made from.
struct Fields<'a> {
    linker: &'a Linker<'a>,
    checklist: &'a Checklist,
    /// By detail: the requests that ask for it.
    asked: HashMap<&'a str, Vec<&'a Request>>,
    /// By detail: whether each request with its answer is public.
    public: HashMap<&'a str, Vec<bool>>,
    /// The details shown below an option of another one, by the ids of that detail and option.
    below: HashMap<[&'a str; 2], Vec<&'a Detail>>,
}

/// Whether readers can do without it: nothing needs it, it reminds them of nothing, and it does not belong beside an
/// answer of its group.
fn is_optional(checklist: &Checklist, detail: &Detail) -> bool {
    let sets = &checklist.at_least_one;
    let in_set = || {
        sets.iter()
            .any(|set| set.details.iter().any(|id| id.value == detail.id.value))
    };
    let is_reminder = detail.kind == DetailKind::Confirm;
    let conditions = detail.only_if.iter();
    let mut hosts = conditions.filter_map(|one| checklist.detail(one.detail.value.as_str()));
    let follows_an_answer = hosts.any(|host| host.group.value == detail.group.value);
    !detail.required && !is_reminder && !in_set() && !follows_an_answer
}

/// All groups that ask for something.
pub(super) fn groups<'a>(checklist: &'a Checklist, linker: &'a Linker<'a>) -> Vec<GroupView<'a>> {
    let mut fields = Fields {
        linker,
        checklist,
        asked: HashMap::new(),
        public: HashMap::new(),
        below: HashMap::new(),
    };
    for request in &checklist.requests {
        for detail in checklist.details_for(request) {
            let asked = fields.asked.entry(detail.id.value.as_str()).or_default();
            asked.push(request);
        }
        for detail in request.gaps() {
            let public = fields.public.entry(detail).or_default();
            public.push(request.is_public());
        }
    }
    for detail in &checklist.details {
        if let Some(option) = host(checklist, detail) {
            fields.below.entry(option).or_default().push(detail);
        }
    }
    let groups = checklist.groups.iter().map(|group| {
        let shown = |detail: &&Detail| {
            detail.group.value == group.id.value
                && host(checklist, detail).is_none()
                && checklist.is_asked(detail)
        };
        let details = checklist.details.iter().filter(shown);
        let (optional, details): (Vec<_>, Vec<_>) =
            details.partition(|detail| is_optional(checklist, detail));
        let views = |details: Vec<&'a Detail>| -> Vec<_> {
            let views = details.into_iter().map(|detail| fields.detail(detail));
            views.collect()
        };
        let (details, optional) = (views(details), views(optional));
        GroupView {
            id: group.id.value.as_str(),
            title: &group.title,
            intro: group.intro.as_ref().map(|intro| linker.prose(intro)),
            later: details.iter().chain(&optional).all(|detail| detail.later),
            details,
            optional,
        }
    });
    groups
        .filter(|group: &GroupView| !group.details.is_empty() || !group.optional.is_empty())
        .collect()
}

/// The detail and the option below which this one is shown: those of its condition, if that names one answer
/// and both details are in the same group.
fn host<'a>(checklist: &'a Checklist, detail: &'a Detail) -> Option<[&'a str; 2]> {
    let condition = detail.only_if.as_ref()?;
    let [answer] = condition.answers.as_slice() else {
        return None;
    };
    let host = checklist.detail(condition.detail.value.as_str())?;
    let mut options = host.options.iter();
    let has_option = options.any(|option| option.id.value == answer.value);
    (has_option && host.group.value == detail.group.value)
        .then(|| [host.id.value.as_str(), answer.value.as_str()])
}

/// The text of a box, without markup.
pub(super) fn plain_statement(detail: &Detail) -> Option<String> {
    let statement = detail.statement.as_ref()?;
    Some(statement.document.plain_text().into_owned())
}

impl<'a> Fields<'a> {
    fn detail(&self, detail: &'a Detail) -> DetailView<'a> {
        let prose = |text: &Option<Prose>| text.as_ref().map(|text| self.linker.prose(text));
        DetailView {
            id: detail.id.value.as_str(),
            label: &detail.label.value,
            kind: detail.kind.name(),
            hint: prose(&detail.hint),
            why: prose(&detail.why),
            find: prose(&detail.find),
            example: detail
                .example
                .as_ref()
                .map(|example| example.value.as_str()),
            required: detail.required,
            later: self.is_later(detail),
            readers: self.readers(detail),
            only_for: self.only_for(detail),
            autocomplete: detail.autocomplete.as_deref().unwrap_or("off"),
            statement: plain_statement(detail),
            aside: prose(&detail.aside),
            options: detail
                .options
                .iter()
                .map(|option| self.option(detail, option))
                .collect(),
        }
    }

    fn option(&self, detail: &Detail, option: &'a ChoiceOption) -> OptionView<'a> {
        let key = [detail.id.value.as_str(), option.id.value.as_str()];
        let then = self.below.get(&key).into_iter().flatten();
        OptionView {
            id: option.id.value.as_str(),
            label: &option.label,
            then: then.map(|other| self.detail(other)).collect(),
        }
    }

    /// The requests that ask for a detail, in their order.
    fn asked(&self, detail: &Detail) -> &[&'a Request] {
        let asked = self.asked.get(detail.id.value.as_str());
        asked.map_or(&[], Vec::as_slice)
    }

    fn is_later(&self, detail: &Detail) -> bool {
        let first = self.checklist.requests.first();
        let asked = self.asked(detail).first();
        let is_first = |first: &Request| asked.is_some_and(|one| one.id == first.id);
        detail.only_if.is_some() || first.is_some_and(|first| !is_first(first))
    }

    fn readers(&self, detail: &Detail) -> Readers {
        let public = self.public.get(detail.id.value.as_str());
        let public = public.map_or(&[][..], Vec::as_slice);
        match (public.contains(&true), public.contains(&false)) {
            (true, true) => Readers::Either,
            (true, false) => Readers::Public,
            (false, true) => Readers::Support,
            (false, false) if detail.kind.is_typed() => Readers::Private,
            (false, false) => Readers::You,
        }
    }

    /// The requests that ask for this detail; empty if all of them do.
    fn only_for(&self, detail: &Detail) -> Vec<&'a str> {
        let asked = self.asked(detail);
        if asked.len() == self.checklist.requests.len() {
            return Vec::new();
        }
        asked.iter().map(|one| one.title.as_str()).collect()
    }
}
