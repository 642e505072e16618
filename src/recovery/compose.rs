//! How answers read in a request.
//!
//! In: a checklist, one of its requests and the answers given so far. Out: the text of each field of
//! the support team's form, gaps visible, secrets and private details left out. The browser does the
//! same in `js/lib/request.js`; `tests/vectors/request.json` holds the two together.

use super::safety::Scanner;
use super::{Answers, Channel, Checklist, Detail, DetailKind, Given, Piece, Request, pieces};

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
        Composed {
            channel: request.channel,
            fields: request
                .fields
                .iter()
                .map(|field| {
                    (
                        field.label.value.as_str(),
                        self.field(request, &field.text.value),
                    )
                })
                .collect(),
        }
    }

    fn field(&self, request: &Request, text: &str) -> String {
        let mut filled = String::new();
        let mut blank = true;
        for line in text
            .trim()
            .lines()
            .filter_map(|line| self.line(request, line))
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

    /// Nothing for a line whose gaps are all empty and none of them needed.
    fn line(&self, request: &Request, line: &str) -> Option<String> {
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
            let value = self.value(request, name);
            let needed = value.is_none() && self.is_needed(request, name);
            wanted += usize::from(value.is_some() || needed);
            filled.push_str(value.as_deref().unwrap_or(GAP));
        }
        (gaps == 0 || wanted > 0).then_some(filled)
    }

    fn is_needed(&self, request: &Request, name: &str) -> bool {
        let detail = self.checklist.detail(name);
        detail.is_some_and(|detail| {
            detail.may_stand(request) && self.checklist.is_needed(detail, self.answers)
        })
    }

    /// How an answer reads in the request; nothing where there is none or it must not stand there.
    fn value(&self, request: &Request, name: &str) -> Option<String> {
        let detail = self.checklist.detail(name)?;
        let given = self.answers.get(&detail.id.value);
        if !detail.may_stand(request) || !self.checklist.is_asked(detail, self.answers) {
            return None;
        }
        if let DetailKind::Confirm { statement } = &detail.kind {
            let ticked = !detail.is_empty(given);
            let mark = if ticked { 'x' } else { ' ' };
            return (ticked || detail.required).then(|| format!("- [{mark}] {statement}"));
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
        if detail.kind == DetailKind::List {
            clean.replace('\n', ", ")
        } else {
            clean
        }
    }
}
