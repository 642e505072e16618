//! How answers read in a request.
//!
//! In: a checklist, one of its requests and the answers given so far. Out: the text of each field of
//! the support team's form, gaps visible, secrets and private details left out. The browser does the
//! same in `js/lib/request.js`; `tests/vectors/request.json` holds the two together.

use super::harmless::{harmless, in_code};
use super::secrets::Scanner;
use super::{
    Answers, Channel, Checklist, Detail, DetailKind, FormField, Given, Piece, Request, pieces,
};
use crate::invisible::visible;

/// What stands where an answer is still missing.
pub const GAP: &str = "____";

/// A composed request: the text of each field, in the form's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed<'a> {
    channel: Channel,
    /// Label and text; a text is empty where all it could hold is optional and not given.
    pub fields: Vec<(&'a str, String)>,
}

impl Composed<'_> {
    /// All fields as one text, each under its label, the way a posted form looks.
    pub fn whole(&self) -> String {
        let filled = self.fields.iter().filter(|(_, text)| !text.is_empty());
        let [before, after] = self.channel.heading();
        let blocks: Vec<_> = filled
            .map(|(label, text)| format!("{before}{label}{after}\n\n{text}"))
            .collect();
        blocks.join("\n\n")
    }
}

/// A request being filled in.
struct Sheet<'a> {
    request: &'a Request,
    /// With nothing answered yet it is a template: gaps that may stay empty are shown as well.
    blank: bool,
}

/// Fills requests in.
#[derive(Debug, Clone, Copy)]
pub struct Composer<'a> {
    /// What is asked.
    pub checklist: &'a Checklist,
    /// What finds secrets.
    pub scanner: &'a Scanner,
    /// The answers given so far.
    pub answers: &'a Answers,
}

impl<'a> Composer<'a> {
    /// The text of every field.
    pub fn compose(&self, request: &'a Request) -> Composed<'a> {
        let sheet = Sheet {
            request,
            blank: self.is_blank(request),
        };
        Composed {
            channel: request.channel,
            fields: request
                .fields
                .iter()
                .map(|field| (field.label.value.as_str(), self.field(&sheet, field)))
                .collect(),
        }
    }

    /// Whether nothing that could stand in it is answered yet.
    fn is_blank(&self, request: &Request) -> bool {
        request.gaps().all(|name| {
            let detail = self.checklist.detail(name);
            detail.is_none_or(|detail| detail.is_empty(self.answers.get(&detail.id.value)))
        })
    }

    fn field(&self, sheet: &Sheet<'_>, field: &FormField) -> String {
        // What the form shows as code is shown as it is.
        let acts = sheet.request.channel == Channel::IssueForm && field.form.render.is_none();
        let text = &field.text.value;
        let mut filled = String::new();
        let mut blank = true;
        for line in text
            .trim()
            .lines()
            .filter_map(|line| self.line(sheet, line, acts))
        {
            // Lines left out must not leave a heap of empty ones behind.
            if blank && line.trim().is_empty() {
                continue;
            }
            blank = line.trim().is_empty();
            filled.push_str(line.trim_end());
            filled.push('\n');
        }
        filled.truncate(filled.trim_end().len());
        filled
    }

    /// Nothing for a line whose gaps are all empty and none of them needed; on a blank sheet all are wanted.
    fn line(&self, sheet: &Sheet<'_>, line: &str, acts: bool) -> Option<String> {
        let mut filled = String::new();
        let (mut gaps, mut wanted) = (0, 0);
        for piece in pieces(line) {
            let name = match piece {
                Piece::Text(text) => {
                    filled.push_str(text);
                    continue;
                }
                Piece::Gap(name) => name,
            };
            gaps += 1;
            let value = self.value(sheet, name);
            let needed = value.is_none() && self.is_wanted(sheet, name);
            wanted += usize::from(value.is_some() || needed);
            let value = value.unwrap_or_else(|| GAP.to_owned());
            let in_backticks = filled.matches('`').count() % 2 == 1;
            let typed = self
                .checklist
                .detail(name)
                .is_some_and(|one| one.kind.is_typed());
            filled.push_str(&match (acts && typed, in_backticks) {
                (true, true) => in_code(&value),
                (true, false) => harmless(&value),
                (false, _) => value,
            });
        }
        (gaps == 0 || wanted > 0).then_some(filled)
    }

    fn is_wanted(&self, sheet: &Sheet<'_>, name: &str) -> bool {
        let detail = self.checklist.detail(name);
        detail.is_some_and(|detail| {
            let needed = || self.checklist.is_needed(detail, self.answers);
            detail.may_stand(sheet.request) && (sheet.blank || needed())
        })
    }

    /// How an answer reads in the request; nothing where there is none or it must not stand there.
    fn value(&self, sheet: &Sheet<'_>, name: &str) -> Option<String> {
        let request = sheet.request;
        let detail = self.checklist.detail(name)?;
        let given = self.answers.get(&detail.id.value);
        let asked = sheet.blank || self.checklist.is_asked(detail, self.answers);
        if !detail.may_stand(request) || !asked {
            return None;
        }
        if let DetailKind::Confirm { statement } = &detail.kind {
            let ticked = !detail.is_empty(given);
            let mark = if ticked { 'x' } else { ' ' };
            return (ticked || detail.required || sheet.blank)
                .then(|| format!("- [{mark}] {}", statement.value));
        }
        match given.filter(|given| !detail.is_empty(Some(given)))? {
            Given::Text(text) => Some(self.typed(detail, request, text)),
            Given::Chosen(ids) => {
                let options = detail.kind.options().iter();
                let chosen = options.filter(|option| ids.contains(&option.id.value));
                Some(
                    chosen
                        .map(|option| option.text.as_str())
                        .collect::<Vec<_>>()
                        .join(", "),
                )
            }
            Given::Ticked(_) => None,
        }
    }

    fn typed(&self, detail: &Detail, request: &Request, text: &str) -> String {
        let clean = self.scanner.clean(
            &detail.tidied(text),
            &detail.label.value,
            detail.audience(request),
            &[],
        );
        let clean = visible(&clean);
        if detail.kind == DetailKind::List {
            clean.replace('\n', ", ")
        } else {
            clean
        }
    }
}
