//! Mistakes in the HTML of a built page that hide something from its readers.

use std::collections::HashSet;
use std::ops::Range;

use html5gum::Token;

use super::Finding;
use crate::check::tokens::{Tag, attribute};
use crate::diagnostic::{Code, Diagnostic};

/// Attributes that name other elements of the page by their ids.
const REFERENCES: [&str; 4] = [
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
];

/// What has been seen of a page.
#[derive(Default)]
pub(super) struct Markup {
    found: Vec<Finding>,
    ids: HashSet<String>,
    references: Vec<(String, Range<usize>)>,
    /// Ids of the fields that have a `label`.
    labelled: HashSet<String>,
    /// Fields that name themselves neither by an attribute nor by a label around them.
    nameless: Vec<(Option<String>, Range<usize>)>,
    headings: usize,
    open_labels: usize,
}

impl Markup {
    /// Looks at the next part of the page.
    pub(super) fn token(&mut self, token: &Token<usize>) {
        match token {
            Token::StartTag(tag) => self.start(tag, &(tag.span.start..tag.span.end)),
            Token::EndTag(tag) if tag.name == b"label" => {
                self.open_labels = self.open_labels.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag, span: &Range<usize>) {
        if let Some(id) = attribute(tag, "id")
            && !self.ids.insert(id.clone().into_owned())
        {
            self.report(
                span,
                format!("two elements have the id `{id}`"),
                "give each an id of its own",
            );
        }
        for value in REFERENCES.iter().filter_map(|name| attribute(tag, name)) {
            let ids = value.split_whitespace();
            self.references
                .extend(ids.map(|id| (id.to_owned(), span.clone())));
        }
        match &**tag.name {
            b"h1" => {
                self.headings += 1;
                if self.headings == 2 {
                    self.report(span, "the page has more than one `h1`", "keep one");
                }
            }
            b"label" => {
                self.open_labels += 1;
                self.labelled.extend(attribute(tag, "for").map(Into::into));
            }
            b"a" => {
                let href = attribute(tag, "href").unwrap_or_default();
                if let Some(fragment) = href.strip_prefix('#').filter(|name| !name.is_empty()) {
                    let id = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
                    self.references.push((id.into_owned(), span.clone()));
                }
            }
            b"img" if attribute(tag, "alt").is_none() => self.report(
                span,
                "an image has no `alt`",
                "write what it shows, or `alt=\"\"` if it is only decoration",
            ),
            b"input" | b"select" | b"textarea" if self.open_labels == 0 && !names_itself(tag) => {
                let id = attribute(tag, "id").map(Into::into);
                self.nameless.push((id, span.clone()));
            }
            _ => {}
        }
    }

    fn report(&mut self, span: &Range<usize>, message: impl Into<String>, hint: &str) {
        let problem = Diagnostic::warning(Code::Markup, message).hint(hint);
        self.found.push((span.clone(), problem));
    }

    /// What is wrong, once the whole page has been seen.
    pub(super) fn findings(mut self) -> Vec<Finding> {
        for (id, span) in std::mem::take(&mut self.references) {
            // Browsers go to the top of a page for `#top`.
            if !self.ids.contains(&id) && !id.eq_ignore_ascii_case("top") {
                self.report(
                    &span,
                    format!("no element on this page has the id `{id}`"),
                    "use the id of an element on this page",
                );
            }
        }
        for (id, span) in std::mem::take(&mut self.nameless) {
            if !id.is_some_and(|id| self.labelled.contains(&id)) {
                self.report(
                    &span,
                    "a field has no label",
                    "add a `label` with `for`, or `aria-label`",
                );
            }
        }
        if self.headings == 0 {
            self.report(
                &(0..0),
                "the page has no `h1`",
                "add one: every page starts with its title",
            );
        }
        self.found
    }
}

/// Whether a field is hidden, is a button, or has its name in an attribute.
fn names_itself(tag: &Tag) -> bool {
    let kind = attribute(tag, "type").unwrap_or_default();
    ["hidden", "submit", "button", "reset"].contains(&&*kind)
        || ["aria-label", "aria-labelledby", "title"]
            .iter()
            .any(|name| attribute(tag, name).is_some_and(|value| !value.trim().is_empty()))
}
