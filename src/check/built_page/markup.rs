//! Mistakes in the HTML of a built page that hide something from its readers.

use std::borrow::Cow;
use std::collections::HashSet;

use html5gum::Token;

use crate::check::html_tokens::{Finding, Tag, attribute};
use crate::diagnostic::{Code, Diagnostic};

/// Attributes that name other elements of the page by their ids.
const REFERENCES: [&str; 4] = [
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
];

/// What is wrong with a page.
pub(super) fn findings(tokens: &[Token<usize>]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut report = |tag: Option<&Tag>, message: &str, hint: &str| {
        let span = tag.map_or(0..0, |tag| tag.span.start..tag.span.end);
        found.push((span, Diagnostic::warning(Code::Markup, message).hint(hint)));
    };
    let (mut ids, mut labeled) = (HashSet::new(), HashSet::new());
    for token in tokens {
        let Token::StartTag(tag) = token else {
            continue;
        };
        if let Some(id) = attribute(tag, "id")
            && !ids.insert(id.clone())
        {
            let message = format!("two elements have the id `{id}`");
            report(Some(tag), &message, "give each an id of its own");
        }
        if tag.name == b"label" {
            labeled.extend(attribute(tag, "for"));
        }
    }
    let is_labeled = |field| attribute(field, "id").is_some_and(|id| labeled.contains(&id));
    let (mut headings, mut open_labels) = (0, 0_usize);
    for token in tokens {
        let tag = match token {
            Token::StartTag(tag) => tag,
            Token::EndTag(tag) if tag.name == b"label" => {
                open_labels = open_labels.saturating_sub(1);
                continue;
            }
            _ => continue,
        };
        for id in references(tag) {
            // Browsers go to the top of a page for `#top`.
            if !ids.contains(&id) && !id.eq_ignore_ascii_case("top") {
                let message = format!("no element on this page has the id `{id}`");
                let hint = "use the id of an element on this page";
                report(Some(tag), &message, hint);
            }
        }
        match &**tag.name {
            b"h1" => {
                headings += 1;
                if headings == 2 {
                    report(Some(tag), "the page has more than one `h1`", "keep one");
                }
            }
            b"label" => open_labels += 1,
            b"img" if attribute(tag, "alt").is_none() => {
                let hint = "write what it shows, or `alt=\"\"` if it is only decoration";
                report(Some(tag), "an image has no `alt`", hint);
            }
            b"input" | b"select" | b"textarea"
                if open_labels == 0 && !is_labeled(tag) && !names_itself(tag) =>
            {
                let hint = "add a `label` with `for`, or `aria-label`";
                report(Some(tag), "a field has no label", hint);
            }
            _ => {}
        }
    }
    if headings == 0 {
        let hint = "add one: every page starts with its title";
        report(None, "the page has no `h1`", hint);
    }
    found
}

/// The ids of other elements that a tag names.
fn references(tag: &Tag) -> Vec<Cow<'_, str>> {
    let values = REFERENCES.iter().filter_map(|name| attribute(tag, name));
    let mut ids: Vec<_> = values
        .flat_map(|value| {
            let ids = value.split_whitespace();
            ids.map(|id| Cow::from(id.to_owned())).collect::<Vec<_>>()
        })
        .collect();
    let href = attribute(tag, "href").filter(|_| tag.name == b"a");
    if let Some(fragment) = href.as_deref().and_then(|href| href.strip_prefix('#'))
        && !fragment.is_empty()
    {
        let id = percent_encoding::percent_decode_str(fragment).decode_utf8_lossy();
        ids.push(id.into_owned().into());
    }
    ids
}

/// Whether a field is hidden, is a button, or has its name in an attribute.
fn names_itself(tag: &Tag) -> bool {
    let kind = attribute(tag, "type").unwrap_or_default();
    ["hidden", "submit", "button", "reset"].contains(&&*kind)
        || ["aria-label", "aria-labelledby", "title"]
            .iter()
            .any(|name| attribute(tag, name).is_some_and(|value| !value.trim().is_empty()))
}
