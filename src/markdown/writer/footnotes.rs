//! Footnotes: a number where they are mentioned, their text at the end of the page.

use super::Writer;
use crate::markdown::html::{Html, quoted};

impl Writer<'_> {
    pub(super) fn footnote_reference(&mut self, label: &str) {
        let next = self.footnotes.numbers.len() + 1;
        let known = self.footnotes.numbers.get(label).copied();
        let number = known.unwrap_or(next);
        if known.is_none() {
            self.footnotes.numbers.insert(label.to_owned(), number);
        }
        // The way back goes to the first mention: an id can be on a page only once.
        let id = match known {
            None => format!(" id=\"note--ref-{number}\""),
            Some(_) => String::new(),
        };
        // Within a link there cannot be another.
        self.inline(&if self.open_links.is_empty() {
            format!("<sup{id}><a href=\"#note--{number}\">[{number}]</a></sup>")
        } else {
            format!("<sup{id}>[{number}]</sup>")
        });
    }

    pub(super) fn end_footnote(&mut self) {
        self.end_task();
        let (Some(label), Some(html)) = (self.footnotes.open.pop(), self.buffers.pop()) else {
            return;
        };
        self.footnotes.bodies.insert(label, html);
    }

    /// Adds the footnotes at the end of the page, in the order of their first mention.
    pub(super) fn footnotes(&mut self) {
        let mut mentioned: Vec<_> = self
            .footnotes
            .numbers
            .iter()
            .filter_map(|(label, number)| Some((*number, self.footnotes.bodies.get(label)?)))
            .collect();
        mentioned.sort_by_key(|(number, _)| *number);
        if mentioned.is_empty() {
            return;
        }
        let strings = &self.options.strings;
        let mut notes = Html::default();
        let label = quoted(&strings.footnotes);
        notes.raw(&format!(
            "<section class=\"footnotes\" aria-label=\"{label}\"><ol>\n"
        ));
        for (number, body) in mentioned {
            notes.raw(&format!("<li id=\"note--{number}\" value=\"{number}\">"));
            notes.append(body);
            let label = quoted(&format!("{} {number}", strings.back));
            notes.raw(&format!(
                "<a href=\"#note--ref-{number}\" aria-label=\"{label}\">↩</a></li>\n"
            ));
        }
        notes.raw("</ol></section>\n");
        self.out().append(&notes);
    }
}
