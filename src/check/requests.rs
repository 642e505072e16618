//! Requests: their gaps name details, nothing private gets into public ones, and their addresses can receive them.

use std::collections::HashSet;

use super::ids::{missing_link, unknown};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::form;
use crate::ids::{ContentPath, is_plain_name};
use crate::recovery::{Channel, Checklist, Detail, Entry, IssueForm, Request, Sensitivity};
use crate::site::{Site, fill_link_gaps};
use crate::source::{Located, Location};

/// Checks one request.
pub(super) fn check(
    site: &Site,
    checklist: &Checklist,
    request: &Request,
    diagnostics: &mut Diagnostics,
) {
    if request.fields.is_empty() {
        let message = format!("the request `{}` has no fields", request.id.value);
        let problem = Diagnostic::error(Code::MissingKey, message).at(&request.id.location);
        let hint = "add `[[request.field]]` tables, one for each field of the form";
        diagnostics.push(problem.hint(hint));
    }
    diagnostics.extend(fault_of_link(site, request));
    check_form(site, checklist, request, diagnostics);
    for field in &request.fields {
        for name in field.gaps() {
            diagnostics.extend(fault_of_gap(checklist, request, name, &field.text));
        }
    }
}

/// Where the gap itself is, if the file has the text as it reads.
fn gap_location(text: &Located<String>, name: &str) -> Location {
    let Location { source, span } = &text.location;
    let gap = format!("{{{name}}}");
    match source.text()[span.clone()].find(&gap) {
        Some(at) => {
            let start = span.start + at;
            Location::new(source, start..start + gap.len())
        }
        None => text.location.clone(),
    }
}

fn fault_of_gap(
    checklist: &Checklist,
    request: &Request,
    name: &str,
    text: &Located<String>,
) -> Option<Diagnostic> {
    let Some(detail) = checklist.detail(name) else {
        let known = checklist.details.iter().map(Entry::id);
        return Some(unknown("detail", name, known).at(gap_location(text, name)));
    };
    (request.is_public() && detail.sensitivity == Sensitivity::Private).then(|| {
        let message = format!("`{name}` is private and the request is public");
        Diagnostic::error(Code::PrivateInPublic, message)
            .at(gap_location(text, name))
            .see(&detail.id.location, "the detail")
            .hint("remove the gap, or ask for something that anyone may read")
    })
}

/// Details that no request uses. Not reported: private confirmations, which only remind the reader of something; invalid
/// names, which are reported elsewhere; and anything in a checklist without requests, which is only read.
pub(super) fn unused(checklist: &Checklist) -> impl Iterator<Item = Diagnostic> {
    let details = checklist.details.iter();
    let gaps = checklist.requests.iter().flat_map(Request::gaps);
    let conditions = details.clone().filter_map(|one| one.only_if.as_ref());
    let deciding = conditions.map(|rule| rule.detail.value.as_str());
    let used: HashSet<&str> = gaps.chain(deciding).collect();
    let is_used = move |detail: &&Detail| {
        used.contains(detail.id())
            || (detail.sensitivity == Sensitivity::Private && !detail.kind.is_typed())
            || !is_plain_name(detail.id())
            || checklist.requests.is_empty()
    };
    let unused = details.filter(move |detail| !is_used(detail));
    unused.map(|detail| {
        let id = detail.id();
        Diagnostic::warning(Code::UnusedDetail, format!("no request uses `{id}`"))
            .at(detail.location())
            .hint(format!(
                "put `{{{id}}}` into a field of a request, or stop asking for it"
            ))
    })
}

fn fault_of_link(site: &Site, request: &Request) -> Option<Diagnostic> {
    let wanted = match request.channel {
        Channel::IssueForm | Channel::WebForm => "https:",
        Channel::Mail => "mailto:",
        Channel::Text => "",
    };
    let Some(name) = &request.link else {
        let message = "the request does not say where it is sent";
        let problem = Diagnostic::error(Code::MissingKey, message).at(request.location());
        return (request.channel != Channel::Text)
            .then(|| problem.hint("add `link = \"…\"`, a name of links.toml"));
    };
    let Some(link) = site.links.get(&name.value) else {
        return missing_link(site, name);
    };
    (!link.url.starts_with(wanted)).then(|| {
        let channel = request.channel.name();
        let message =
            format!("a request by `{channel}` is sent to an address that begins with `{wanted}`");
        Diagnostic::error(Code::RequestLink, message)
            .at(&name.location)
            .see(&link.location, "this address")
            .hint("name another address, or another `channel`")
    })
}

/// Compares the request with the copy of the support team's form that it names. Without a copy, the form is made from the
/// request, and GitHub must accept it.
fn check_form(
    site: &Site,
    checklist: &Checklist,
    request: &Request,
    diagnostics: &mut Diagnostics,
) {
    let Some(name) = &request.form else {
        if request.channel == Channel::IssueForm && !request.fields.is_empty() {
            let form = IssueForm::of_request(checklist, request);
            let violations = form.violations().into_iter();
            diagnostics.extend(violations.filter(|one| one.severity == Severity::Error));
        }
        return;
    };
    let Some(source) = site.forms.get(name.value.as_str()) else {
        let known = site.forms.keys().map(ContentPath::as_str);
        diagnostics.push(unknown("form", &name.value, known).at(&name.location));
        return;
    };
    if let Some(mut form) = form::read(source, diagnostics) {
        let elements = form.body.iter_mut();
        for value in elements.filter_map(|one| one.field.value.as_mut()) {
            if let Ok(filled) = fill_link_gaps(value, &site.links) {
                *value = filled;
            }
        }
        let ours = IssueForm::of_request(checklist, request);
        diagnostics.extend(form.differences(&ours, request));
    }
}
