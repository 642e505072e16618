//! `/checklist/`: the details as fields, and the request they make.
//!
//! In: the checklist. Out: the page as it can be read, filled in by hand and printed, with the data
//! its script needs to compose the request as the reader types.

use serde::Serialize;

use super::Renderer;
use super::checklist_data::embed;
use super::context::{Frame, ScriptView};
use super::fields::{GroupView, groups, plain_statement};
use super::linker::Linker;
use crate::diagnostic::{Code, Diagnostic};
use crate::ids::encode_path;
use crate::markdown::Prose;
use crate::recovery::{Channel, Checklist, Request, Stage, blank_requests};
use crate::site::OfficialLink;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ChecklistPage<'a> {
    intro: Option<String>,
    groups: Vec<GroupView<'a>>,
    requests: Vec<RequestView<'a>>,
    /// Who can read the requests.
    audience: Audience,
    /// JSON, safe inside a template element.
    data: String,
    /// The script that checks a submitted request, for those who have one.
    submitted: Option<ScriptView<'a>>,
}

/// Who can read the requests: both are set if some are public and some go to the support team alone.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Audience {
    public: bool,
    support: bool,
}

/// A request that the answers go into.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct RequestView<'a> {
    id: &'a str,
    title: &'a str,
    when: Option<&'a str>,
    /// The heading of the page while it is chosen.
    heading: Option<&'a str>,
    /// How long its answer takes.
    wait: Option<&'a str>,
    channel: &'static str,
    href: Option<String>,
    /// The address to write to, if it is a mailbox.
    mailbox: Option<&'a str>,
    /// What its address is called, and the host.
    destination: Option<&'a str>,
    host: Option<&'a str>,
    public: bool,
    language: &'a str,
    before: Vec<String>,
    after: Vec<String>,
    timeline: &'a [Stage],
    /// Fields of the form that an answer is pasted into: number and label.
    copies: Vec<(usize, &'a str)>,
    /// Boxes of the form, each with the label of its field.
    boxes: Vec<BoxView<'a>>,
    /// The whole text with every needed gap.
    blank: String,
}

/// A box to tick on the form.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct BoxView<'a> {
    label: &'a str,
    statement: String,
    aside: Option<String>,
}

impl Renderer<'_> {
    /// `/checklist/`
    pub(super) fn checklist(
        &self,
        checklist: &Checklist,
        frame: &Frame<'_>,
        linker: &Linker<'_>,
    ) -> Result<String, Diagnostic> {
        let blank = blank_requests(checklist).map_err(|error| {
            let message = format!("the blank requests cannot be composed: {error}");
            Diagnostic::error(Code::Template, message)
        })?;
        let view = ChecklistPage {
            intro: checklist
                .intro
                .as_ref()
                .map(|intro| linker.paragraphs(intro)),
            groups: groups(checklist, linker),
            requests: checklist
                .requests
                .iter()
                .zip(blank)
                .map(|(request, blank)| self.request((request, blank), checklist, linker))
                .collect(),
            audience: Audience {
                public: checklist.requests.iter().any(Request::is_public),
                support: checklist
                    .requests
                    .iter()
                    .any(|request| !request.is_public()),
            },
            data: embed(&self.page_data(checklist, linker)),
            submitted: self.named_script("submitted", linker),
        };
        self.templates.render_in(frame, "checklist.html", &view)
    }

    fn request<'v>(
        &'v self,
        (request, blank): (&'v Request, String),
        checklist: &'v Checklist,
        linker: &Linker,
    ) -> RequestView<'v> {
        let link = request
            .link
            .as_ref()
            .and_then(|name| self.site.links.get(&name.value));
        let labels = request
            .fields
            .iter()
            .map(|field| (field.label.value.as_str(), field));
        let boxes = |field| checklist.boxes(request, field);
        RequestView {
            id: request.id.value.as_str(),
            title: &request.title,
            when: request.when.as_deref(),
            heading: request.heading.as_deref(),
            wait: self.wait(request),
            channel: request.channel.name(),
            href: link.map(|link| address(request, &link.url)),
            mailbox: link.and_then(|link| link.url.strip_prefix("mailto:")),
            destination: link.map(|link| link.title.as_str()),
            host: link.and_then(OfficialLink::host),
            public: request.is_public(),
            language: &request.language,
            before: proses(&request.before, linker),
            after: proses(&request.after, linker),
            timeline: &request.timeline,
            copies: labels
                .clone()
                .enumerate()
                .filter(|(_, (_, field))| request.channel.has_fields() && boxes(field).is_empty())
                .map(|(at, (label, _))| (at, label))
                .collect(),
            boxes: labels
                .flat_map(|(label, field)| boxes(field).into_iter().map(move |one| (label, one)))
                .map(|(label, detail)| BoxView {
                    label,
                    statement: plain_statement(detail).unwrap_or_default(),
                    aside: detail.aside.as_ref().map(|text| linker.prose(text)),
                })
                .collect(),
            blank,
        }
    }
}

/// Where the request is sent. A mail gets its subject, as a form's address holds its title; answers are never put
/// into an address.
fn address(request: &Request, url: &str) -> String {
    if request.channel != Channel::Mail || url.contains('?') {
        return url.to_owned();
    }
    format!("{url}?subject={}", encode_path(&request.title))
}

fn proses(texts: &[Prose], linker: &Linker) -> Vec<String> {
    texts.iter().map(|text| linker.prose(text)).collect()
}
