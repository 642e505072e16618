//! Where answers go, and how they read there.
//!
//! In: a checklist, one of its requests and the answers given so far. Out: the text of each field of
//! the support team's form, gaps visible, secrets and private details left out. The browser does the
//! same in `js/lib/request.js`; `tests/vectors/request.json` holds the two together.

use super::safety::{Audience, Scanner};
use super::{Answers, Checklist, Detail, DetailKind, Given, Sensitivity};
use crate::ids::{DetailId, LinkName, RequestId};
use crate::source::{Located, Prose};

/// What stands where an answer is still missing.
pub const GAP: &str = "____";

/// Where the answers go and how they are put there.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// Its name.
    pub id: Located<RequestId>,
    /// The preset title of the form.
    pub title: String,
    /// What takes it.
    pub channel: Channel,
    /// Its address, by name.
    pub link: Option<Located<LinkName>>,
    /// Whether anyone can read it.
    pub public: bool,
    /// The language the support team reads.
    pub language: String,
    /// A local copy of the form, relative to `content/`.
    pub form: Option<Located<String>>,
    /// To read before it is posted.
    pub before: Vec<Prose>,
    /// What to do after copying, in order.
    pub after: Vec<Prose>,
    /// The form's own fields, in its order.
    pub fields: Vec<FormField>,
}

/// What takes a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// A public issue form.
    IssueForm,
    /// A form on a web page.
    WebForm,
    /// A mail address.
    Mail,
    /// Anything that takes text.
    Text,
}

impl Channel {
    /// The name it has in `checklist.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::IssueForm => "issue-form",
            Self::WebForm => "web-form",
            Self::Mail => "mail",
            Self::Text => "text",
        }
    }

    /// What stands before and after a field's label where all fields are copied as one text.
    pub fn heading(self) -> [&'static str; 2] {
        match self {
            Self::IssueForm => ["### ", ""],
            _ => ["", ":"],
        }
    }
}

/// One field of the support team's form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormField {
    /// Its label there, exactly.
    pub label: String,
    /// Text with `{detail-id}` gaps.
    pub text: Located<String>,
}

/// A piece of a field's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text as it stands.
    Text(&'a str),
    /// The name in a `{detail-id}` gap.
    Gap(&'a str),
}

/// Cuts a text at its gaps. Braces around anything but lower-case letters, digits and hyphens are
/// text.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (open, _) in text.match_indices('{') {
        let Some(close) = text[open..].find('}').map(|at| open + at) else {
            break;
        };
        let name = &text[open + 1..close];
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if open < from || name.is_empty() || !name.bytes().all(is_name) {
            continue;
        }
        pieces.push(Piece::Text(&text[from..open]));
        pieces.push(Piece::Gap(name));
        from = close + 1;
    }
    pieces.push(Piece::Text(&text[from..]));
    pieces
}

impl Request {
    /// The names in all gaps of all fields.
    pub fn gaps(&self) -> impl Iterator<Item = &str> {
        let pieces = self
            .fields
            .iter()
            .flat_map(|field| pieces(&field.text.value));
        pieces.filter_map(|piece| match piece {
            Piece::Gap(name) => Some(name),
            Piece::Text(_) => None,
        })
    }

    /// Who will read it.
    pub fn audience(&self) -> Audience {
        if self.public {
            Audience::Public
        } else {
            Audience::Support
        }
    }
}

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
                .map(|field| (field.label.as_str(), self.field(request, &field.text.value)))
                .collect(),
        }
    }

    fn field(&self, request: &Request, text: &str) -> String {
        let mut filled = String::new();
        let mut blank = true;
        for line in text
            .trim()
            .split('\n')
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
            may_stand(detail, request) && self.checklist.is_needed(detail, self.answers)
        })
    }

    /// How an answer reads in the request; nothing where there is none or it must not stand there.
    fn value(&self, request: &Request, name: &str) -> Option<String> {
        let detail = self.checklist.detail(name)?;
        let given = self.answers.get(&detail.id.value);
        if !may_stand(detail, request) || !self.checklist.is_asked(detail, self.answers) {
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

impl Detail {
    /// Who will read this answer in a request.
    pub fn audience(&self, request: &Request) -> Audience {
        match self.sensitivity {
            Sensitivity::Private => Audience::Support,
            Sensitivity::Public => request.audience(),
        }
    }
}

fn may_stand(detail: &Detail, request: &Request) -> bool {
    !(request.public && detail.sensitivity == Sensitivity::Private)
}

impl Checklist {
    /// The request by its name.
    pub fn request(&self, id: &str) -> Option<&Request> {
        self.requests
            .iter()
            .find(|request| request.id.value.as_str() == id)
    }

    /// The details one request is made of: those in its gaps, those whose answers decide whether
    /// these are asked, and those no request uses.
    pub fn details_for(&self, request: &Request) -> Vec<&Detail> {
        let used = |id: &DetailId, request: &Request| request.gaps().any(|gap| gap == id.as_str());
        let here = |id: &DetailId| {
            used(id, request) || !self.requests.iter().any(|request| used(id, request))
        };
        let decides = |id: &DetailId| {
            let conditions = self.details.iter().filter(|other| here(&other.id.value));
            conditions
                .filter_map(|other| other.only_if.as_ref())
                .any(|rule| rule.detail.value == *id)
        };
        let wanted = self
            .details
            .iter()
            .filter(|detail| here(&detail.id.value) || decides(&detail.id.value));
        wanted.collect()
    }
}
