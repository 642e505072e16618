//! What the page's scripts know of the checklist: what is asked, how requests are composed and what outcomes settle.
//!
//! Gives the JSON of the page's data block, where empty values are left out. `render` adds the theme's words, the
//! addresses of guides and the rules for secrets.

use serde_json::{Map, Value, json};

use super::{Checklist, Detail, Outcome, Request, Sensitivity, TIDY, Triage};
use crate::source::Located;

/// The checklist, its requests and what the triage settles.
pub fn page_data(checklist: &Checklist, triage: Option<&Triage>) -> Value {
    let sets = checklist.at_least_one.iter();
    let sets = sets.map(|set| json!({ "details": values(&set.details), "message": set.message }));
    let requests = checklist.requests.iter();
    let outcomes = triage.iter().flat_map(|triage| &triage.outcomes);
    let outcomes = outcomes.filter(|outcome| outcome.request.is_some());
    let needed = json!({
        "details": checklist.details.iter().map(|one| detail(checklist, one)).collect::<Vec<_>>(),
        "requests": requests.map(|one| request(checklist, one)).collect::<Vec<_>>(),
    });
    let optional = json!({
        // Of which one must be given.
        "sets": sets.collect::<Vec<_>>(),
        "outcomes": outcomes.map(outcome).collect::<Vec<_>>(),
        "said": checklist.said(),
    });
    with_optional(needed, optional)
}

fn detail(checklist: &Checklist, detail: &Detail) -> Map<String, Value> {
    let only_if = detail.only_if.iter().flat_map(|rule| {
        let answers = rule.answers.iter().map(|answer| answer.value.as_str());
        std::iter::once(rule.detail.value.as_str()).chain(answers)
    });
    let options = detail.options.iter();
    let tidy = detail
        .tidy
        .iter()
        .filter_map(|rule| tidy(checklist, &rule.value));
    given(json!({
        "id": detail.id.value,
        "kind": detail.kind.name(),
        "label": detail.label.value,
        "required": detail.required,
        "private": detail.sensitivity == Sensitivity::Private,
        // A detail and the answers to it.
        "only_if": only_if.collect::<Vec<_>>(),
        "tidy": tidy.collect::<Vec<_>>(),
        "max": detail.max_length,
        "pattern": detail.pattern.as_ref().map(|one| whole(&one.value)),
        "pattern_help": detail.pattern_help,
        "if_empty": detail.if_empty,
        // Names, and what the request says.
        "options": options.map(|one| json!([one.id.value, one.text()])).collect::<Vec<_>>(),
        "statement": detail.statement.as_ref().map(|text| &text.value),
        // What contradicts the statement, as a pattern for lower case.
        "contradicted_by": detail.contradicted_by.as_ref().map(|pattern| &pattern.value),
    }))
}

/// An expression anchored at both ends.
pub fn whole(expression: &str) -> String {
    format!("^(?:{expression})$")
}

/// The name of a built-in rule, or the pattern of one of `[tidy]`, whose last group is kept.
fn tidy(checklist: &Checklist, rule: &str) -> Option<String> {
    if TIDY.contains(&rule) {
        return Some(rule.to_owned());
    }
    let mut own = checklist.tidy.iter();
    let (_, pattern) = own.find(|(name, _)| name.value == rule)?;
    Some(whole(&pattern.0.as_ref()?.value))
}

fn request(checklist: &Checklist, request: &Request) -> Value {
    let details = checklist.details_for(request).into_iter();
    let details = details.filter(|detail| !checklist.is_box(request, detail));
    let fields = request.fields.iter().map(|field| {
        // An answer that the form shows as code is not escaped.
        let code = field.render.as_ref().map(|_| "code");
        let words = [field.label.value.as_str(), field.text.value.as_str()];
        words.into_iter().chain(code).collect::<Vec<_>>()
    });
    let needed = json!({
        "id": request.id.value,
        "heading": request.channel.heading(),
        "details": details.map(|detail| detail.id.value.as_str()).collect::<Vec<_>>(),
        "language": request.language,
        "fields": fields.collect::<Vec<_>>(),
    });
    let optional = json!({
        "public": request.is_public(),
        "has_fields": request.channel.has_fields(),
        "markdown": request.channel.reads_markdown(),
    });
    with_optional(needed, optional)
}

fn outcome(outcome: &Outcome) -> Map<String, Value> {
    let answers = outcome.answers.iter();
    let answers = answers.map(|(detail, answer)| json!([detail.value, answer.value]));
    given(json!({
        "id": outcome.id.value,
        "request": outcome.request.as_ref().map(|id| &id.value),
        "answers": answers.collect::<Vec<_>>(),
        "hide": values(&outcome.hide),
    }))
}

/// An object with entries added that are given.
fn with_optional(mut object: Value, optional: Value) -> Value {
    if let Value::Object(entries) = &mut object {
        entries.extend(given(optional));
    }
    object
}

/// The entries of an object that are neither empty, false nor missing.
pub fn given(object: Value) -> Map<String, Value> {
    let is_given = |value: &Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(entries) => !entries.is_empty(),
        _ => true,
    };
    let Value::Object(mut entries) = object else {
        return Map::new();
    };
    entries.retain(|_, value| is_given(value));
    entries
}

fn values<T>(names: &[Located<T>]) -> Vec<&T> {
    names.iter().map(|name| &name.value).collect()
}
