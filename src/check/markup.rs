//! Built pages → what is wrong with their HTML: mistakes of a theme, which checks of Markdown
//! cannot see.
//!
//! In: pages as they will be published. Out: diagnostics with the place in the built page. It knows
//! no template: the page says what is missing, the author knows which part of the theme made it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Location, Source};

/// Reads built pages, each with its path in the output.
pub fn markup(pages: &[(&str, &str)]) -> Diagnostics {
    let told: Vec<_> = pages
        .par_iter()
        .map(|(path, html)| Page::read(html).problems(path, html))
        .collect();
    let mut diagnostics = Diagnostics::default();
    for page in told {
        diagnostics.extend(page);
    }
    diagnostics.sorted()
}

/// What of a page is looked at.
#[derive(Default)]
struct Page {
    ids: BTreeMap<String, usize>,
    repeated: Vec<(String, Range<usize>)>,
    /// `#…` addresses and references of labels and descriptions, with their places.
    wanted: Vec<(String, Range<usize>)>,
    labelled: BTreeSet<String>,
    /// Controls without a name of their own, with their `id`.
    nameless: Vec<(Option<String>, Range<usize>)>,
    wordless_images: Vec<Range<usize>>,
    headings: Vec<Range<usize>>,
    open_labels: usize,
}

impl Page {
    fn read(html: &str) -> Self {
        let mut page = Self::default();
        let emitter = DefaultEmitter::<usize>::new_with_span();
        for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
            match token {
                Token::StartTag(tag) => page.start(&tag),
                Token::EndTag(tag) if tag.name == b"label" => {
                    page.open_labels = page.open_labels.saturating_sub(1);
                }
                _ => {}
            }
        }
        page
    }

    fn start(&mut self, tag: &StartTag<usize>) {
        let location = tag.span.start..tag.span.end;
        if let Some(id) = attribute(tag, "id") {
            let count = self.ids.entry(id.clone()).or_insert(0);
            *count += 1;
            if *count == 2 {
                self.repeated.push((id, location.clone()));
            }
        }
        for name in [
            "for",
            "aria-labelledby",
            "aria-describedby",
            "aria-controls",
        ] {
            let value = attribute(tag, name).unwrap_or_default();
            let ids = value
                .split_whitespace()
                .map(|id| (id.to_owned(), location.clone()));
            self.wanted.extend(ids);
        }
        match &**tag.name {
            b"h1" => self.headings.push(location),
            b"label" => {
                self.open_labels += 1;
                self.labelled.extend(attribute(tag, "for"));
            }
            b"a" => {
                let href = attribute(tag, "href").unwrap_or_default();
                let fragment = href
                    .strip_prefix('#')
                    .filter(|fragment| !fragment.is_empty());
                self.wanted
                    .extend(fragment.map(|fragment| (decoded(fragment), location)));
            }
            b"img" if attribute(tag, "alt").is_none() => self.wordless_images.push(location),
            b"input" | b"select" | b"textarea" => self.control(tag, location),
            _ => {}
        }
    }

    fn control(&mut self, tag: &StartTag<usize>, location: Range<usize>) {
        let kind = attribute(tag, "type").unwrap_or_default();
        let named = self.open_labels > 0
            || matches!(kind.as_str(), "hidden" | "submit" | "button" | "reset")
            || ["aria-label", "aria-labelledby", "title"]
                .iter()
                .any(|name| attribute(tag, name).is_some_and(|value| !value.trim().is_empty()));
        if !named {
            self.nameless.push((attribute(tag, "id"), location));
        }
    }

    fn problems(self, path: &str, html: &str) -> Diagnostics {
        let mut told = Diagnostics::default();
        let source = Source::new(path, html);
        let mut tell = |message: String, location: Range<usize>, hint: &str| {
            told.push(problem(&source, message, location).hint(hint));
        };
        for (id, location) in self.repeated {
            tell(
                format!("two elements have the id `{id}`"),
                location,
                "give each an id of its own",
            );
        }
        for (id, location) in self
            .wanted
            .into_iter()
            .filter(|(id, _)| !self.ids.contains_key(id))
        {
            tell(
                format!("no element on this page has the id `{id}`"),
                location,
                "use the id of an element on this page",
            );
        }
        for (id, location) in self.nameless {
            if !id.is_some_and(|id| self.labelled.contains(&id)) {
                tell(
                    "a field has no label".to_owned(),
                    location,
                    "add a `label` with `for`, or `aria-label`",
                );
            }
        }
        for location in self.wordless_images {
            tell(
                "an image has no `alt`".to_owned(),
                location,
                "write what it shows, or `alt=\"\"` if it is only decoration",
            );
        }
        match self.headings.as_slice() {
            [_] => {}
            [] => tell(
                "the page has no `h1`".to_owned(),
                0..0,
                "add one: every page starts with its title",
            ),
            [_, second, ..] => tell(
                "the page has more than one `h1`".to_owned(),
                second.clone(),
                "keep one",
            ),
        }
        told
    }
}

fn problem(source: &Arc<Source>, message: String, location: Range<usize>) -> Diagnostic {
    Diagnostic::warning(Code::Markup, message).at(Location::new(source, location))
}

fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(&value.value).into_owned())
}

fn decoded(fragment: &str) -> String {
    percent_encoding::percent_decode_str(fragment)
        .decode_utf8_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::short;

    #[test]
    fn mistakes_of_a_theme_are_told_where_they_show() {
        let cases = [
            (
                "<h1>a</h1><p id=x><p id=x>",
                "p.html:1:19: warning: markup: two elements have the id `x`",
            ),
            (
                "<h1>a</h1><a href=\"#y\">b</a>",
                "p.html:1:11: warning: markup: no element on this page has the id `y`",
            ),
            (
                "<h1>a</h1><input name=q>",
                "p.html:1:11: warning: markup: a field has no label",
            ),
            (
                "<h1>a</h1><img src=x>",
                "p.html:1:11: warning: markup: an image has no `alt`",
            ),
            ("<p>a", "p.html:1:1: warning: markup: the page has no `h1`"),
            (
                "<h1>a</h1><h1>b</h1>",
                "p.html:1:11: warning: markup: the page has more than one `h1`",
            ),
        ];
        for (html, expected) in cases {
            let told = short(&markup(&[("p.html", html)]));
            assert_eq!(told.lines().next(), Some(expected), "{html}");
        }
    }

    #[test]
    fn a_sound_page_is_left_alone() {
        let html = "<h1 id=\"é\">a</h1><a href=\"#%C3%A9\">b</a><label>c <input></label>\
                    <label for=d>e</label><input id=d><input aria-label=f><img alt=\"\">";
        assert!(markup(&[("p.html", html)]).is_empty());
    }
}
