//! `checklist.toml`: names exist, conditions can be met, and examples are valid answers.

use std::collections::HashMap;

use regex_lite::Regex;

use super::ids::{self, missing, missing_guide, unknown};
use super::patterns::{self, Matches, compile_pattern};
use super::{asks_for_secret, requests};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::recovery::secret_scanner::{SiteSecret, built_in};
use crate::recovery::{Checklist, Condition, Detail, Invalid, find, invalid_examples};
use crate::site::{Site, Table};
use crate::source::Located;

/// The name in `secret_guides` for secrets in a request that has already been submitted.
const POSTED: &str = "posted";

/// How many details may depend on each other in a row.
const LEVELS: usize = 8;

/// Checks `checklist.toml`.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    let Some(checklist) = &site.checklist else {
        return;
    };
    if site.partial_tables.contains(&Table::Checklist) {
        return;
    }
    ids::check(&checklist.groups, diagnostics);
    ids::check(&checklist.details, diagnostics);
    ids::check(&checklist.requests, diagnostics);
    ids::check(&checklist.secrets, diagnostics);
    diagnostics.extend(too_deep(checklist));
    for (index, detail) in checklist.details.iter().enumerate() {
        check_detail(checklist, index, diagnostics);
        diagnostics.extend(asks_for_secret::check(detail));
    }
    check_examples(checklist, diagnostics);
    for id in checklist.at_least_one.iter().flat_map(|set| &set.details) {
        diagnostics.extend(missing("detail", id, &checklist.details));
    }
    for request in &checklist.requests {
        requests::check(site, checklist, request, diagnostics);
    }
    diagnostics.extend(requests::unused(checklist));
    let built_in = built_in();
    let mut known: Vec<_> = built_in.kinds.iter().map(|kind| &*kind.id).collect();
    known.push(POSTED);
    let secrets = checklist.secrets.iter();
    diagnostics.extend(
        secrets
            .clone()
            .filter_map(|own| fault_of_secret(own, &known)),
    );
    known.extend(secrets.map(|own| own.id.value.as_str()));
    let tidy = checklist.tidy.iter();
    diagnostics.extend(tidy.filter_map(|(_, one)| fault_of_tidy(one.0.as_ref()?)));
    for (kind, guide) in &checklist.secret_guides {
        if !known.contains(&kind.value.as_str()) {
            let problem = unknown("kind of secret", &kind.value, known.iter().copied());
            diagnostics.push(problem.at(&kind.location));
        }
        diagnostics.extend(missing_guide(site, guide));
    }
}

fn check_detail(checklist: &Checklist, index: usize, diagnostics: &mut Diagnostics) {
    let detail = &checklist.details[index];
    ids::check(&detail.options, diagnostics);
    diagnostics.extend(missing("group", &detail.group, &checklist.groups));
    for id in &detail.requests {
        diagnostics.extend(missing("request", id, &checklist.requests));
    }
    if let Some(condition) = &detail.only_if {
        diagnostics.extend(fault_of_condition(&checklist.details, index, condition));
    }
    let patterns = [
        (&detail.pattern, Matches::Whole),
        (&detail.contradicted_by, Matches::Anywhere),
    ];
    for (pattern, matches) in patterns {
        let pattern = pattern.as_ref();
        diagnostics.extend(pattern.and_then(|one| fault_of_pattern(one, matches, |_| None)));
    }
}

/// Each example must be an answer that its detail accepts. If the scripts cannot tell, it is because of a pattern that is
/// reported anyway.
fn check_examples(checklist: &Checklist, diagnostics: &mut Diagnostics) {
    for (detail, problem) in invalid_examples(checklist).unwrap_or_default() {
        let message = match problem {
            Invalid::TooLong => "the example is longer than `max_length`",
            Invalid::Format => "the example is not an answer that this detail accepts",
        };
        let mut problem = Diagnostic::error(Code::Example, message);
        problem.location = detail.example.as_ref().map(|one| one.location.clone());
        diagnostics.push(problem.hint("write an invented answer that would be accepted"));
    }
}

/// Its name must not be a built-in one, and its pattern must match something.
fn fault_of_secret(secret: &SiteSecret, built_in: &[&str]) -> Option<Diagnostic> {
    let id = &secret.id;
    if built_in.contains(&id.value.as_str()) {
        let message = format!("`{}` is already a built-in kind of secret", id.value);
        let problem = Diagnostic::error(Code::DuplicateName, message).at(&id.location);
        return Some(problem.hint("give it another id"));
    }
    fault_of_pattern(&secret.pattern, Matches::Anywhere, |regex| {
        let message = "this pattern also matches an empty text".to_owned();
        regex.is_match("").then(|| patterns::fault(message))
    })
}

/// Its pattern must have a group for what is kept.
fn fault_of_tidy(pattern: &Located<String>) -> Option<Diagnostic> {
    fault_of_pattern(pattern, Matches::Whole, |regex| {
        let message = "this pattern has no group for the part to keep";
        let problem = Diagnostic::error(Code::Pattern, message);
        (regex.captures_len() < 2).then(|| problem.hint("put the part to keep in `(…)`"))
    })
}

/// A pattern must mean the same in regain and in every browser.
fn fault_of_pattern(
    pattern: &Located<String>,
    matches: Matches,
    more: impl Fn(&Regex) -> Option<Diagnostic>,
) -> Option<Diagnostic> {
    let problem = match compile_pattern(&pattern.value, matches) {
        Ok(regex) => more(&regex)?,
        Err(problem) => problem,
    };
    Some(problem.at(&pattern.location))
}

/// Each detail is shown inside the one it depends on, and readers cannot follow many levels.
fn too_deep(checklist: &Checklist) -> Option<Diagnostic> {
    let mut levels: HashMap<&str, usize> = HashMap::new();
    checklist.details.iter().find_map(|detail| {
        let host = &detail.only_if.as_ref()?.detail;
        let level = levels.get(host.value.as_str()).unwrap_or(&0) + 1;
        levels.insert(detail.id.value.as_str(), level);
        let message = format!("this detail depends on more than {LEVELS} others in a row");
        let problem = Diagnostic::error(Code::Condition, message).at(&host.location);
        let hint = "let it depend on one further up in that row";
        (level > LEVELS).then(|| problem.hint(hint))
    })
}

/// A condition must name an earlier detail with options, and some of them.
fn fault_of_condition(
    details: &[Detail],
    index: usize,
    condition: &Condition,
) -> Option<Diagnostic> {
    let name = condition.detail.value.as_str();
    let Some(detail) = find(name, details) else {
        return missing("detail", &condition.detail, details);
    };
    let fault = |message: String, hint: &str| {
        let problem = Diagnostic::error(Code::Condition, message).hint(hint);
        Some(problem.at(&condition.detail.location))
    };
    if find(name, &details[..index]).is_none() {
        let message = format!("`{name}` does not come before this detail");
        return fault(message, "move this detail below the one it depends on");
    }
    if detail.options.is_empty() {
        let message = format!("`{name}` has no options");
        return fault(message, "name a detail of kind `choice` or `choices`");
    }
    let what = format!("option of `{name}` called");
    let mut answers = condition.answers.iter();
    answers.find_map(|answer| missing(&what, answer, &detail.options))
}
