//! HTML comments, which no reader sees. They are removed before the text is parsed, since in Markdown a comment can
//! end at an empty line, and the rest of it would be shown.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// A text without its comments.
pub(super) struct Uncommented {
    pub(super) text: String,
    /// Where the comments were, in order.
    pub(super) comments: Vec<Range<usize>>,
    /// Where a comment begins that has no end: all that follows it is hidden.
    pub(super) unclosed: Option<usize>,
    /// For each comment, where it would be in `text`, and how much was removed up to its end.
    removed: Vec<(usize, usize)>,
}

impl Uncommented {
    /// Removes the comments of a text, except those in code. `None` if it has none.
    pub(super) fn new(text: &str, options: Options) -> Option<Self> {
        if !text.contains("<!--") {
            return None;
        }
        let events = Parser::new_ext(text, options).into_offset_iter();
        let code = events.filter_map(|(event, span)| {
            let is_code = matches!(event, Event::Code(_) | Event::Start(Tag::CodeBlock(_)));
            is_code.then_some(span)
        });
        let code: Vec<_> = code.collect();
        let mut found = Self {
            text: String::with_capacity(text.len()),
            comments: Vec::new(),
            unclosed: None,
            removed: Vec::new(),
        };
        let (mut kept, mut from, mut total) = (0, 0, 0);
        while let Some(start) = text[from..].find("<!--").map(|at| from + at) {
            let before = text[..start].bytes().rev();
            let is_escaped = before.take_while(|byte| *byte == b'\\').count() % 2 == 1;
            let span = code.get(code.partition_point(|span| span.end <= start));
            if let Some(span) = span.filter(|span| span.start <= start) {
                from = span.end.max(start + 4);
                continue;
            }
            if is_escaped {
                from = start + 4;
                continue;
            }
            // `<!-->` is a whole comment.
            let end = text[start + 2..].find("-->").map(|at| start + 2 + at + 3);
            found.unclosed = end.is_none().then_some(start);
            let end = end.unwrap_or(text.len());
            found.text.push_str(&text[kept..start]);
            total += end - start;
            found.removed.push((found.text.len(), total));
            found.comments.push(start..end);
            (kept, from) = (end, end);
        }
        found.text.push_str(&text[kept..]);
        Some(found)
    }

    /// Where a part of `text` is in the text with the comments.
    pub(super) fn original(&self, span: Range<usize>) -> Range<usize> {
        let removed_before = |count: usize| match count {
            0 => 0,
            count => self.removed[count - 1].1,
        };
        let start = self.removed.partition_point(|(at, _)| *at <= span.start);
        let end = self.removed.partition_point(|(at, _)| *at < span.end);
        let start = span.start + removed_before(start);
        start..(span.end + removed_before(end)).max(start)
    }
}
