//! Groups and fields of the checklist.
//!
//! In: the checklist. Out: what the templates show of each detail, those that depend on an option
//! below that option. The request they make is in `checklist`.

use serde::Serialize;

use super::links::Linker;
use crate::markdown::Prose;
use crate::recovery::{Checklist, ChoiceOption, Detail, DetailKind, Request};

#[derive(Debug, Serialize)]
pub(super) struct GroupView<'a> {
    id: &'a str,
    title: &'a str,
    intro: Option<String>,
    details: Vec<DetailView<'a>>,
}

/// One field. Details that depend on one of its options stand below that option.
#[derive(Debug, Serialize)]
pub(super) struct DetailView<'a> {
    id: &'a str,
    number: Option<usize>,
    label: &'a str,
    kind: &'static str,
    hint: Option<String>,
    why: Option<String>,
    find: Option<String>,
    example: Option<&'a str>,
    required: bool,
    readers: Readers,
    /// The requests it goes into, where there are others as well.
    only_for: Vec<&'a str>,
    autocomplete: &'a str,
    /// As the form shows it: its links are for the form.
    statement: Option<String>,
    aside: Option<String>,
    options: Vec<OptionView<'a>>,
}

#[derive(Debug, Serialize)]
pub(super) struct OptionView<'a> {
    id: &'a str,
    label: &'a str,
    then: Vec<DetailView<'a>>,
}

/// Who reads an answer; the mark beside its field says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Readers {
    /// Anyone.
    Public,
    /// The support team.
    Support,
    /// Anyone or the support team, as the chosen request goes.
    Either,
    /// The support team, by another way than these requests.
    Private,
    /// Nobody: it reminds the reader of something.
    You,
}

fn readers(checklist: &Checklist, detail: &Detail) -> Readers {
    let held = |request: &&Request| request.gaps().any(|gap| gap == detail.id.value.as_str());
    let of: Vec<_> = checklist.requests.iter().filter(held).collect();
    let public = of.iter().filter(|request| request.public).count();
    match (of.len(), public) {
        (0, _) if detail.kind.is_typed() => Readers::Private,
        (0, _) => Readers::You,
        (_, 0) => Readers::Support,
        (all, public) if all == public => Readers::Public,
        _ => Readers::Either,
    }
}

/// Nothing where all requests ask for it.
fn only_for<'a>(checklist: &'a Checklist, detail: &Detail) -> Vec<&'a str> {
    let asks = |request: &&Request| {
        let details = checklist.details_for(request).into_iter();
        details.into_iter().any(|one| one.id == detail.id)
    };
    let of: Vec<_> = checklist.requests.iter().filter(asks).collect();
    if of.len() == checklist.requests.len() {
        return Vec::new();
    }
    of.iter().map(|request| request.title.as_str()).collect()
}

/// All groups, their fields numbered through.
pub(super) fn groups<'a>(checklist: &'a Checklist, linker: &Linker) -> Vec<GroupView<'a>> {
    let mut number = 0;
    let groups = checklist.groups.iter().map(|group| GroupView {
        id: group.id.value.as_str(),
        title: &group.title,
        intro: group.intro.as_ref().map(|intro| linker.prose(intro)),
        details: checklist
            .details
            .iter()
            .filter(|detail| {
                detail.group.value == group.id.value && host(checklist, detail).is_none()
            })
            .map(|detail| {
                number += 1;
                DetailView {
                    number: Some(number),
                    ..detail_view(checklist, detail, linker)
                }
            })
            .collect(),
    });
    groups.collect()
}

/// The detail below whose option this one is shown: the one its condition names, if that names one answer and
/// both are in the same group.
fn host<'a>(checklist: &'a Checklist, detail: &Detail) -> Option<&'a Detail> {
    let condition = detail.only_if.as_ref()?;
    let [answer] = condition.answers.as_slice() else {
        return None;
    };
    let host = checklist.detail(condition.detail.value.as_str())?;
    let option = host
        .kind
        .options()
        .iter()
        .any(|option| option.id.value == answer.value);
    (option && host.group.value == detail.group.value).then_some(host)
}

fn detail_view<'a>(
    checklist: &'a Checklist,
    detail: &'a Detail,
    linker: &Linker,
) -> DetailView<'a> {
    let prose = |text: &Option<Prose>| text.as_ref().map(|text| linker.prose(text));
    let help = &detail.help;
    DetailView {
        id: detail.id.value.as_str(),
        number: None,
        label: &detail.label.value,
        kind: detail.kind.name(),
        hint: prose(&help.hint),
        why: prose(&help.why),
        find: prose(&help.find),
        example: help.example.as_ref().map(|example| example.value.as_str()),
        required: detail.required,
        readers: readers(checklist, detail),
        only_for: only_for(checklist, detail),
        autocomplete: &detail.autocomplete,
        statement: match &detail.kind {
            DetailKind::Confirm { statement } => Some(statement.document.plain_text().into_owned()),
            _ => None,
        },
        aside: prose(&help.aside),
        options: detail
            .kind
            .options()
            .iter()
            .map(|option| option_view(checklist, (detail, option), linker))
            .collect(),
    }
}

fn option_view<'a>(
    checklist: &'a Checklist,
    (detail, option): (&Detail, &'a ChoiceOption),
    linker: &Linker,
) -> OptionView<'a> {
    let depends = |other: &&Detail| {
        let condition = other.only_if.as_ref();
        condition.is_some_and(|rule| {
            rule.detail.value == detail.id.value
                && matches!(rule.answers.as_slice(), [one] if one.value == option.id.value)
        }) && other.group.value == detail.group.value
    };
    let then = checklist.details.iter().filter(depends);
    OptionView {
        id: option.id.value.as_str(),
        label: &option.label,
        then: then
            .map(|other| detail_view(checklist, other, linker))
            .collect(),
    }
}
