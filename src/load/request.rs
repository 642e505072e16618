//! `[[request]]` of `checklist.toml` → a request of the recovery domain.
//!
//! In: what the table says. Out: the request and its fields. Whether its gaps name details is for `check`.

use std::collections::BTreeMap;

use super::checklist::Reader;
use super::checklist_raw::{RawChannel, RawField, RawRequest, RawStage};
use super::toml_file::located;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::ids::{LinkName, RequestId};
use crate::recovery::{
    Checklist, FieldSettings, FieldTexts, FormField, FormSettings, Request, Stage,
};
use crate::site::{OfficialLink, fill_link_gaps};

impl Reader<'_> {
    pub(super) fn request(&mut self, raw: RawRequest) -> Request {
        Request {
            id: self.name(raw.id, RequestId::new),
            title: raw.title,
            when: raw.when,
            channel: raw.channel.into(),
            link: raw.link.map(|link| self.name(link, LinkName::new)),
            // What a form collects is public unless the author knows better.
            public: raw.public.unwrap_or(raw.channel == RawChannel::IssueForm),
            language: raw.language.unwrap_or_else(|| "en".to_owned()),
            form: raw.form.map(|form| self.text(form)),
            caution: self.prose(raw.caution),
            before: self.proses(raw.before),
            after: self.proses(raw.after),
            timeline: raw.timeline.into_iter().map(Into::into).collect(),
            fields: raw
                .field
                .into_iter()
                .map(|field| self.field(field))
                .collect(),
            issue_form: raw.issue_form.map(|form| FormSettings {
                name: form.name.map(|name| self.text(name)),
                description: form.description.map(|text| self.text(text)),
                title: form.title.map(|title| self.text(title)),
                labels: form.labels,
                assignees: form.assignees,
                projects: form.projects,
                kind: form.kind,
                notes: form.notes,
            }),
        }
    }

    fn field(&self, raw: RawField) -> FormField {
        FormField {
            label: self.text(raw.label),
            text: self.text(raw.text),
            form: FieldSettings {
                texts: FieldTexts {
                    id: raw.id.map(|id| self.text(id)),
                    description: raw.description,
                    placeholder: raw.placeholder,
                    value: raw.value,
                    render: raw.render,
                    accept: raw.accept,
                },
                element: raw.element.map(Into::into),
                default: raw.default.map(|number| located(self.source, number)),
                required: raw.required,
                notes: raw.notes,
            },
        }
    }
}

impl From<RawStage> for Stage {
    fn from(raw: RawStage) -> Self {
        Self {
            when: raw.when,
            days: raw.days,
            who: raw.who,
            what: raw.what,
        }
    }
}

/// Gives a checklist the official addresses that it uses.
pub(super) fn add_links(
    checklist: &mut Checklist,
    links: &BTreeMap<LinkName, OfficialLink>,
    diagnostics: &mut Diagnostics,
) {
    let mailboxes = links
        .values()
        .filter_map(|link| link.url.strip_prefix("mailto:"));
    checklist.mailboxes = mailboxes.map(str::to_owned).collect();
    for request in &mut checklist.requests {
        fill_links(request, links, diagnostics);
    }
}

/// Replaces each `{link:NAME}` in what a request writes into the form.
fn fill_links(
    request: &mut Request,
    links: &BTreeMap<LinkName, OfficialLink>,
    diagnostics: &mut Diagnostics,
) {
    for field in &mut request.fields {
        let value = field.form.texts.value.as_mut();
        for text in [Some(&mut field.text.value), value].into_iter().flatten() {
            match fill_link_gaps(text, links) {
                Ok(filled) => *text = filled,
                Err(name) => {
                    let message = format!("`links.toml` has no address named `{name}`");
                    let problem = Diagnostic::error(Code::UnknownLinkName, message)
                        .at(field.text.location.clone());
                    let near = nearest(&name, links.keys().map(LinkName::as_str));
                    diagnostics.push(match near {
                        Some(near) => problem.hint(format!("did you mean `{near}`?")),
                        None => problem.hint(format!("add a table `[{name}]` to `links.toml`")),
                    });
                }
            }
        }
    }
}
