//! Requests: their gaps name details, nothing private gets into public ones, and their addresses can receive them.

use std::collections::HashSet;

use super::ids::{Entry, unknown};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::form;
use crate::ids::{ContentPath, LinkName, is_plain_name};
use crate::recovery::{Channel, Checklist, Detail, IssueForm, Request, Sensitivity};
use crate::site::{Site, fill_link_gaps};
use crate::source::{Located, Location};

/// Checks one request.
pub(super) fn check(
    site: &Site,
    (checklist, request): (&Checklist, &Request),
    diagnostics: &mut Diagnostics,
) {
    let id = request.id.value.as_str();
    if request.fields.is_empty() {
        diagnostics.push(
            Diagnostic::error(
                Code::MissingKey,
                format!("the request `{id}` has no fields"),
            )
            .at(request.id.location.clone())
            .hint("add `[[request.field]]` tables, one for each field of the form"),
        );
    }
    diagnostics.extend(fault_of_link(site, request));
    check_form(site, (checklist, request), diagnostics);
    for field in &request.fields {
        for name in field.gaps() {
            diagnostics.extend(fault_of_gap((checklist, request), name, &field.text));
        }
    }
}

/// Where the gap itself is, if the file has the text as it reads.
fn gap_location(text: &Located<String>, name: &str) -> Location {
    let location = &text.location;
    let gap = format!("{{{name}}}");
    let written = location
        .source
        .text()
        .get(location.span.clone())
        .unwrap_or_default();
    match written.find(&gap) {
        Some(at) => {
            let start = location.span.start + at;
            Location::new(&location.source, start..start + gap.len())
        }
        None => location.clone(),
    }
}

fn fault_of_gap(
    (checklist, request): (&Checklist, &Request),
    name: &str,
    text: &Located<String>,
) -> Option<Diagnostic> {
    let Some(detail) = checklist.detail(name) else {
        let known = checklist.details.iter().map(Entry::id);
        return Some(unknown("detail", (name, &gap_location(text, name)), known));
    };
    (request.is_public() && detail.sensitivity == Sensitivity::Private).then(|| {
        Diagnostic::error(
            Code::PrivateInPublic,
            format!("`{name}` is private and the request is public"),
        )
        .at(gap_location(text, name))
        .see(detail.id.location.clone(), "the detail")
        .hint("remove the gap, or ask for something that anyone may read")
    })
}

/// Details that no request uses. A private confirmation is only a reminder to the reader, a name that cannot be used has
/// been reported, and a checklist without requests is a list to read.
pub(super) fn unused(checklist: &Checklist) -> impl Iterator<Item = Diagnostic> {
    let gaps = checklist.requests.iter().flat_map(Request::gaps);
    let conditions = checklist
        .details
        .iter()
        .filter_map(|one| one.only_if.as_ref());
    let deciding = conditions.map(|rule| rule.detail.value.as_str());
    let used: HashSet<&str> = gaps.chain(deciding).collect();
    let is_used = move |detail: &&Detail| {
        used.contains(detail.id.value.as_str())
            || (detail.sensitivity == Sensitivity::Private && !detail.kind.is_typed())
            || !is_plain_name(detail.id.value.as_str())
            || checklist.requests.is_empty()
    };
    checklist
        .details
        .iter()
        .filter(move |detail| !is_used(detail))
        .map(|detail| {
            Diagnostic::warning(
                Code::UnusedDetail,
                format!("no request uses `{}`", detail.id.value),
            )
            .at(detail.id.location.clone())
            .hint(format!(
                "put `{{{}}}` into a field of a request, or stop asking for it",
                detail.id.value
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
        return (request.channel != Channel::Text).then(|| {
            Diagnostic::error(
                Code::MissingKey,
                "the request does not say where it is sent",
            )
            .at(request.id.location.clone())
            .hint("add `link = \"…\"`, a name of links.toml")
        });
    };
    let Some(link) = site.links.get(&name.value) else {
        let known = site.links.keys().map(LinkName::as_str);
        let message = format!("`links.toml` has no entry `{}`", name.value);
        let problem = Diagnostic::error(Code::UnknownLinkName, message).at(&name.location);
        let hint = "write the name of an entry in `links.toml`";
        return Some(problem.suggest(name.value.as_str(), known, hint));
    };
    (!link.url.starts_with(wanted)).then(|| {
        let channel = request.channel.name();
        Diagnostic::error(
            Code::RequestLink,
            format!("a request by `{channel}` is sent to an address that begins with `{wanted}`"),
        )
        .at(name.location.clone())
        .see(link.location.clone(), "this address")
        .hint("name another address, or another `channel`")
    })
}

/// Compares the request with the copy of the support team's form that it names. Without a copy, the form is made from the
/// request, and GitHub must accept it.
fn check_form(
    site: &Site,
    (checklist, request): (&Checklist, &Request),
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
        diagnostics.push(unknown("form", (&name.value, &name.location), known));
        return;
    };
    if let Some(mut form) = form::read(source, diagnostics) {
        for value in form
            .body
            .iter_mut()
            .filter_map(|field| field.texts.value.as_mut())
        {
            if let Ok(filled) = fill_link_gaps(value, &site.links) {
                *value = filled;
            }
        }
        let ours = IssueForm::of_request(checklist, request);
        diagnostics.extend(form.differences(&ours, request));
    }
}
