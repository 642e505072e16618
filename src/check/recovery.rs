//! The checklist and its requests: names that lead somewhere, answers that can be given, requests
//! that say nothing they must not.

use std::collections::BTreeMap;

use regex_lite::Regex;

use super::patterns::{self, fault_of_pattern};
use super::triage::{unknown, unknown_guide};
use super::{asks_for_secret, requests};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::AnswerId;
use crate::ids::is_plain_name;
use crate::recovery::secrets::{SiteSecret, built_in};
use crate::recovery::{Checklist, Condition, Detail, Invalid};
use crate::site::{Site, Table};
use crate::source::Located;
use crate::source::Location;

/// The name in `secret_guides` for what stands in a request that is posted already.
const POSTED: &str = "posted";

/// Looks at `checklist.toml`.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let Some(checklist) = &site.checklist else {
        return;
    };
    if site.partial_tables.contains(&Table::Checklist) {
        return;
    }
    names(
        checklist
            .groups
            .iter()
            .map(|one| (one.id.value.as_str(), &one.id.location))
            .collect(),
        diagnostics,
    );
    names(
        checklist
            .details
            .iter()
            .map(|one| (one.id.value.as_str(), &one.id.location))
            .collect(),
        diagnostics,
    );
    names(
        checklist
            .requests
            .iter()
            .map(|one| (one.id.value.as_str(), &one.id.location))
            .collect(),
        diagnostics,
    );
    for (index, detail) in checklist.details.iter().enumerate() {
        check_detail(checklist, (index, detail), diagnostics);
        diagnostics.extend(asks_for_secret::fault(detail));
    }
    for id in checklist.details.iter().flat_map(|detail| &detail.requests) {
        if checklist.request(id.value.as_str()).is_none() {
            let known = checklist.requests.iter().map(|one| one.id.value.as_str());
            diagnostics.push(unknown("request", (id.value.as_str(), id), known));
        }
    }
    for id in checklist.at_least_one.iter().flat_map(|set| &set.details) {
        if checklist.detail(id.value.as_str()).is_none() {
            diagnostics.push(unknown(
                "detail",
                (id.value.as_str(), id),
                detail_names(checklist),
            ));
        }
    }
    for request in &checklist.requests {
        requests::check(site, (checklist, request), diagnostics);
    }
    diagnostics.extend(requests::unused(checklist));
    let built_in = built_in();
    let built_in: Vec<_> = built_in.iter().map(|kind| kind.id.as_str()).collect();
    let faulty = |one: &SiteSecret| fault_of_secret(one, &built_in);
    diagnostics.extend(checklist.secrets.iter().filter_map(faulty));
    diagnostics.extend(
        checklist
            .tidy
            .iter()
            .filter_map(|(_, one)| fault_of_tidy(one)),
    );
    let ids = checklist.secrets.iter();
    names(
        ids.map(|one| (one.id.value.as_str(), &one.id.location))
            .collect(),
        diagnostics,
    );
    let own = checklist.secrets.iter().map(|own| own.id.value.as_str());
    for (pattern, guide) in &checklist.secret_guides {
        let known = built_in.iter().copied().chain(own.clone()).chain([POSTED]);
        if !known.clone().any(|known| known == pattern.value) {
            diagnostics.push(unknown("kind of secret", (&pattern.value, pattern), known));
        }
        if site.guide_of_file(&guide.value).is_none() {
            diagnostics.push(unknown_guide(site, guide));
        }
    }
}

/// Each name well formed, none twice.
pub(super) fn names(names: Vec<(&str, &Location)>, diagnostics: &mut Diagnostics) {
    let mut first: BTreeMap<&str, &Location> = BTreeMap::new();
    for (name, location) in names {
        if !is_plain_name(name) {
            diagnostics.push(
                Diagnostic::error(Code::BadName, format!("`{name}` cannot be an id"))
                    .at(location.clone())
                    .hint("use lower-case letters, digits and hyphens, such as `lost-phone`"),
            );
        }
        if let Some(earlier) = first.insert(name, location) {
            diagnostics.push(
                Diagnostic::error(Code::DuplicateName, format!("`{name}` is there twice"))
                    .at(location.clone())
                    .see(earlier.clone(), "the first one")
                    .hint("give one of them another id"),
            );
        }
    }
}

/// The names there are.
pub(super) fn detail_names(checklist: &Checklist) -> impl Iterator<Item = &str> {
    checklist
        .details
        .iter()
        .map(|detail| detail.id.value.as_str())
}

fn check_detail(
    checklist: &Checklist,
    (index, detail): (usize, &Detail),
    diagnostics: &mut Diagnostics,
) {
    let options = detail.kind.options().iter();
    names(
        options
            .map(|one| (one.id.value.as_str(), &one.id.location))
            .collect(),
        diagnostics,
    );
    if !checklist
        .groups
        .iter()
        .any(|group| group.id.value == detail.group.value)
    {
        let known = checklist.groups.iter().map(|group| group.id.value.as_str());
        diagnostics.push(unknown(
            "group",
            (detail.group.value.as_str(), &detail.group),
            known,
        ));
    }
    if let Some(condition) = &detail.only_if {
        diagnostics.extend(fault_of_condition(checklist, index, condition));
    }
    if let Some(pattern) = &detail.shape.pattern
        && let Some(fault) = fault_of_pattern(&pattern.expression.value)
    {
        diagnostics.push(
            Diagnostic::error(Code::Pattern, fault)
                .at(pattern.expression.location.clone())
                .hint(patterns::HINT),
        );
    }
    if let Some(example) = &detail.help.example
        && detail.kind.is_typed()
        && let Some(problem) = detail.invalid(&example.value)
    {
        let fault = match problem {
            Invalid::TooLong => "is longer than `max_length`",
            Invalid::Format => "is not an answer that this detail accepts",
        };
        diagnostics.push(
            Diagnostic::error(Code::Example, format!("the example {fault}"))
                .at(example.location.clone())
                .hint("write an invented answer that would be accepted"),
        );
    }
}

/// Its expression means the same everywhere and matches something; its name is its own.
fn fault_of_secret(secret: &SiteSecret, built_in: &[&str]) -> Option<Diagnostic> {
    let (id, pattern) = (&secret.id, &secret.pattern);
    if built_in.contains(&id.value.as_str()) || id.value == POSTED {
        let message = format!("`{}` is already a built-in kind of secret", id.value);
        let problem = Diagnostic::error(Code::DuplicateName, message).at(id.location.clone());
        return Some(problem.hint("give it another id"));
    }
    let fault = fault_of_pattern(&pattern.value).or_else(|| {
        let nothing = Regex::new(&pattern.value).is_ok_and(|one| one.is_match(""));
        nothing.then(|| "this pattern also matches an empty text".to_owned())
    })?;
    let problem = Diagnostic::error(Code::Pattern, fault).at(pattern.location.clone());
    Some(problem.hint(patterns::HINT))
}

/// Its expression means the same everywhere and has a group for what is kept.
fn fault_of_tidy(pattern: &Located<String>) -> Option<Diagnostic> {
    let fault = fault_of_pattern(&pattern.value).or_else(|| {
        let lacks_group = Regex::new(&pattern.value).is_ok_and(|one| one.captures_len() < 2);
        lacks_group.then(|| "this pattern has no group for the part to keep".to_owned())
    })?;
    let problem = Diagnostic::error(Code::Pattern, fault).at(pattern.location.clone());
    Some(problem.hint(patterns::HINT))
}

/// A condition looks at an earlier detail with choices and names one of them.
fn fault_of_condition(
    checklist: &Checklist,
    index: usize,
    condition: &Condition,
) -> Option<Diagnostic> {
    let name = condition.detail.value.as_str();
    let position = checklist
        .details
        .iter()
        .position(|detail| detail.id.value == condition.detail.value);
    let Some(position) = position else {
        return Some(unknown(
            "detail",
            (name, &condition.detail),
            detail_names(checklist),
        ));
    };
    let options = checklist.details[position].kind.options();
    let fault = |message: String, hint: &str| {
        let problem = Diagnostic::error(Code::Condition, message).hint(hint);
        Some(problem.at(condition.detail.location.clone()))
    };
    if position >= index {
        return fault(
            format!("`{name}` does not come before this detail"),
            "move this detail below the one it depends on",
        );
    }
    if options.is_empty() {
        return fault(
            format!("`{name}` has no options"),
            "name a `choice` or `choices` detail",
        );
    }
    let is_unknown =
        |answer: &&Located<AnswerId>| !options.iter().any(|option| option.id.value == answer.value);
    let answer = condition.answers.iter().find(is_unknown)?;
    let known = options.iter().map(|option| option.id.value.as_str());
    Some(unknown(
        &format!("option of `{name}` called"),
        (answer.value.as_str(), answer),
        known,
    ))
}
