//! Markdown → its running text, passage by passage: what reading ease is measured on. Code, headings, images, raw
//! HTML and bare addresses are left out: nobody reads them as sentences.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

/// One paragraph, list item or table cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// Its words, without markup.
    pub text: String,
    /// Where it begins, in bytes of the source.
    pub at: usize,
}

/// Collects the passages of one text from its events.
#[derive(Default)]
pub(super) struct Collector {
    done: Vec<Passage>,
    open: Passage,
    /// How many elements are open around what is left out, that one among them.
    left_out: usize,
}

impl Collector {
    pub(super) fn event(&mut self, event: &Event<'_>, at: usize) {
        if self.left_out > 0 {
            match event {
                Event::Start(_) => self.left_out += 1,
                Event::End(_) => self.left_out -= 1,
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) if is_left_out(tag) => {
                self.left_out = 1;
                if !matches!(tag, Tag::Link { .. } | Tag::Image { .. }) {
                    self.end();
                }
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::List(_) | Tag::TableCell)
            | Event::End(TagEnd::Paragraph | TagEnd::Item) => self.end(),
            Event::End(TagEnd::TableCell) => self.end_cell(),
            Event::Text(words) => self.add(words, at),
            Event::SoftBreak | Event::HardBreak => self.add(" ", at),
            _ => {}
        }
    }

    /// The passages in order, after the last event.
    pub(super) fn finish(mut self) -> Vec<Passage> {
        self.end();
        self.done
    }

    fn add(&mut self, words: &str, at: usize) {
        if self.open.text.is_empty() {
            self.open.at = at;
        }
        self.open.text.push_str(words);
    }

    fn end(&mut self) {
        let passage = std::mem::take(&mut self.open);
        if !passage.text.trim().is_empty() {
            self.done.push(passage);
        }
    }

    /// Most cells are labels.
    fn end_cell(&mut self) {
        if self.open.text.trim_end().ends_with(['.', '!', '?', '…']) {
            self.end();
        }
        self.open = Passage::default();
    }
}

fn is_left_out(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::Link { link_type, .. } => matches!(link_type, LinkType::Autolink | LinkType::Email),
        Tag::Heading { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::Image { .. } => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::markdown::{Options, Passages, parse};
    use crate::source::{Location, Source};

    fn passages(text: &str) -> Vec<Passage> {
        let source = Source::new("a.md", text);
        let location = Location::new(&source, 0..text.len());
        let mut diagnostics = Diagnostics::default();
        let options = Options {
            passages: Passages::Collected,
            ..Options::default()
        };
        parse(text, &location, &options, &mut diagnostics).passages
    }

    #[test]
    fn running_text_is_read_and_nothing_else() {
        let cases: [(&str, &[&str]); 9] = [
            ("# A\n\nOne\ntwo.\n", &["One two."]),
            ("a **b** [c](d.md) `e` f", &["a b c  f"]),
            (
                "1. **Open** it.\n2. Look:\n   - here\n   - there\n",
                &["Open it.", "Look:", "here", "there"],
            ),
            (
                "> [!NOTE]\n> Public.\n>\n> Always.\n",
                &["Public.", "Always."],
            ),
            (
                "| Word | Meaning |\n| --- | --- |\n| Fork | A copy. |\n",
                &["A copy."],
            ),
            ("```sh\ngit push\n```\n\n    code\n", &[]),
            ("## Steps\n\ngo\n\n## End", &["go"]),
            (
                "See <https://a.example/b> and ![a chart](c.svg) here.",
                &["See  and  here."],
            ),
            ("- [ ] I can.\n\n---\n\n<b>no</b>\n", &["I can.", "no"]),
        ];
        for (text, expected) in cases {
            let found = passages(text);
            let found: Vec<_> = found.iter().map(|passage| passage.text.as_str()).collect();
            assert_eq!(found, expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_passage_begins_within_the_text(text in "[a-c.>|#*`+\\[\\]()\n -]{0,60}") {
            for passage in passages(&text) {
                prop_assert!(text.is_char_boundary(passage.at) && passage.at < text.len());
            }
        }
    }
}
