//! Parser events → a document. Blocks, links and footnotes have a file each, to which this one passes their events.

mod blocks;
mod footnotes;
mod links;

use std::collections::HashMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use pulldown_cmark::{Alignment, BrokenLink, CowStr, Event, LinkType, Parser, Tag, TagEnd};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::heading_ids::UniqueIds;
use crate::markdown::comments::Uncommented;
use crate::markdown::document::{Document, LinkKind, Section};
use crate::markdown::foreign;
use crate::markdown::html::Html;
use crate::markdown::options::{Options, Passages, RawHtml};
use crate::markdown::passages;
use crate::source::{Location, Source};

/// Parses `text`, which is written at `location`.
///
/// All spans are spans of the source. If the text is not there letter by letter, as in a TOML string with escapes,
/// they are the whole of `location`.
///
/// The parser still panics on some texts (`- [ ] \`, and `---` below it). That is reported like any other problem, so
/// that it does not end the whole run.
pub fn parse(
    text: &str,
    location: &Location,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Document {
    let read = || read(text, location, options);
    let (document, problems) = catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        let start = location.span.start;
        let problem =
            Diagnostic::error(Code::MarkdownBreaks, "this text breaks the Markdown parser")
                .at(Location::new(&location.source, start..start))
                .hint("halve it until it builds to find the line, and please report it");
        (Document::default(), vec![problem])
    });
    diagnostics.extend(problems);
    document
}

fn read(text: &str, location: &Location, options: &Options) -> (Document, Vec<Diagnostic>) {
    let whole = location.span.clone();
    let is_verbatim = location.source.text().get(whole.clone()) == Some(text);
    let at = |span: Range<usize>| {
        if is_verbatim {
            span.start + whole.start..span.end + whole.start
        } else {
            whole.clone()
        }
    };
    let uncommented = Uncommented::new(text, extensions());
    let in_source = |span: Range<usize>| match &uncommented {
        Some(uncommented) => at(uncommented.original(span)),
        None => at(span),
    };
    let text = uncommented.as_ref().map_or(text, |one| &one.text);
    let mut broken = Vec::new();
    let on_broken = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        // `[word]` alone is ordinary text, and so is `fields[a][b]`; only the longer forms are meant to be links.
        let is_word = text[..link.span.start].ends_with(|c: char| c.is_alphanumeric());
        let is_long = matches!(link.link_type, LinkType::Reference | LinkType::Collapsed);
        if is_long && !is_word {
            broken.push((link.reference.to_string(), link.span));
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(text, extensions(), Some(on_broken));
    let mut writer = Writer::new(&location.source, options);
    let mut passages = (options.passages == Passages::Collected).then(passages::Collector::default);
    for (event, span) in parser.into_offset_iter() {
        let span = in_source(span);
        if let Some(passages) = &mut passages {
            passages.event(&event, span.start);
        }
        writer.event(event, span);
    }
    let (mut document, mut problems) = writer.finish();
    document.passages = passages.map_or_else(Vec::new, passages::Collector::finish);
    problems.extend(broken.into_iter().map(|(name, span)| {
        let hint = format!(
            "add a line `[{name}]: target`, or write the target in round brackets; if this is not a link, write `\\[` or \
             put it between backticks"
        );
        let message = format!("`[{name}]` is not defined on this page, so readers see the brackets");
        Diagnostic::warning(Code::BrokenReference, message)
            .at(Location::new(&location.source, in_source(span)))
            .hint(hint)
    }));
    if let Some(uncommented) = &uncommented {
        let comments = uncommented.comments.iter();
        document.comments = comments.map(|span| at(span.clone())).collect();
        problems.extend(uncommented.unclosed.map(|start| {
            let message = "this comment has no end, so readers do not see what follows";
            Diagnostic::error(Code::RawHtml, message)
                .at(Location::new(&location.source, at(start..start + 4)))
                .hint("add `-->` where the comment ends")
        }));
    }
    if is_verbatim {
        let text = &location.source.text()[whole.clone()];
        document.foreign = foreign::find(text, whole.start, &document);
        // Markup of another tool is not reported as raw HTML as well.
        problems.retain(|problem| !document.foreign.iter().any(|one| one.explains(problem)));
    }
    (document, problems)
}

/// Only the extensions used are switched on: pulldown-cmark 0.13.6 still panics with all of them
/// together (its issue 1110).
fn extensions() -> pulldown_cmark::Options {
    use pulldown_cmark::Options as Extensions;
    Extensions::ENABLE_TABLES
        | Extensions::ENABLE_FOOTNOTES
        | Extensions::ENABLE_STRIKETHROUGH
        | Extensions::ENABLE_TASKLISTS
        | Extensions::ENABLE_HEADING_ATTRIBUTES
        | Extensions::ENABLE_GFM
}

struct Writer<'a> {
    source: &'a Arc<Source>,
    options: &'a Options,
    document: Document,
    problems: Vec<Diagnostic>,
    ids: UniqueIds,
    /// Where HTML is written: the body, and on top of it what is not part of it (a title, a footnote).
    buffers: Vec<Html>,
    heading: Option<OpenHeading>,
    /// Links and images that are open, innermost last.
    open_links: Vec<OpenLink>,
    /// How many links and images are open within another, where they cannot be shown.
    nested: usize,
    table: OpenTable,
    footnotes: Footnotes,
    /// Whether a `<label>` of a task is open.
    task: bool,
    /// For each open list, outermost first, whether it is numbered.
    lists: Vec<bool>,
    /// Where the open step begins in its section.
    step: usize,
}

struct OpenHeading {
    level: u8,
    id: Option<String>,
    text: String,
    span: Range<usize>,
}

struct OpenLink {
    index: usize,
    /// A link without words shows its image, if it has one.
    has_image: bool,
}

#[derive(Default)]
struct OpenTable {
    count: usize,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
}

#[derive(Default)]
struct Footnotes {
    numbers: HashMap<String, usize>,
    bodies: HashMap<String, Html>,
    /// Labels of those being read: one can be within another.
    open: Vec<String>,
}

/// Whether it is part of a line; everything else ends the label of a task.
fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
    )
}

impl<'a> Writer<'a> {
    fn new(source: &'a Arc<Source>, options: &'a Options) -> Self {
        Self {
            source,
            options,
            document: Document {
                sections: vec![Section::default()],
                ..Document::default()
            },
            problems: Vec::new(),
            ids: UniqueIds::default(),
            buffers: vec![Html::default()],
            heading: None,
            open_links: Vec::new(),
            nested: 0,
            table: OpenTable::default(),
            footnotes: Footnotes::default(),
            task: false,
            lists: Vec::new(),
            step: 0,
        }
    }

    fn out(&mut self) -> &mut Html {
        self.buffers.last_mut().expect("the body is always there")
    }

    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text(&text);
            }
            Event::Code(code) => {
                self.document.code.push(span);
                if self.in_image() {
                    self.plain(&code);
                } else {
                    self.out().raw("<code>");
                    self.text(&code);
                    self.out().raw("</code>");
                }
            }
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => {
                self.end_task();
                self.out().raw("<hr>\n");
            }
            Event::Html(html) => self.raw_text(&html),
            Event::InlineHtml(html) => {
                self.raw_text(&html);
                self.raw_html(span);
            }
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::TaskListMarker(done) => self.task_box(done),
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Range<usize>) {
        if !is_inline(&tag) {
            self.end_task();
        }
        match tag {
            Tag::Paragraph => self.out().raw("<p>"),
            Tag::Heading { level, id, .. } => {
                self.buffers.push(Html::default());
                self.heading = Some(OpenHeading {
                    level: level as u8,
                    id: id.map(|id| id.to_string()),
                    text: String::new(),
                    span,
                });
            }
            Tag::BlockQuote(kind) => self.block_quote(kind),
            Tag::CodeBlock(kind) => {
                self.document.code.push(span);
                self.code_block(&kind);
            }
            Tag::List(first) => {
                if !self.lists.is_empty() {
                    self.plain("\n");
                }
                self.lists.push(first.is_some());
                match first {
                    None => self.out().raw("<ul>\n"),
                    Some(1) => self.out().raw("<ol>\n"),
                    Some(first) => self.out().raw(&format!("<ol start=\"{first}\">\n")),
                }
            }
            Tag::Item => {
                self.out().raw("<li>");
                if self.lists == [true] {
                    self.step = self.section().text.len();
                }
            }
            Tag::FootnoteDefinition(label) => {
                self.footnotes.open.push(label.to_string());
                self.buffers.push(Html::default());
            }
            Tag::Table(alignments) => self.open_table(alignments),
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.column = 0;
                self.out().raw("<thead><tr>");
            }
            Tag::TableRow => {
                self.table.column = 0;
                self.out().raw("<tr>");
            }
            Tag::TableCell => self.table_cell(),
            Tag::Emphasis => self.inline("<em>"),
            Tag::Strong => self.inline("<strong>"),
            Tag::Strikethrough => self.inline("<del>"),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                let target = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.into_string(),
                };
                self.open_link(target, LinkKind::Link, span);
            }
            Tag::Image { dest_url, .. } => {
                self.open_link(dest_url.into_string(), LinkKind::Image, span);
            }
            Tag::HtmlBlock => {
                self.out().raw("<p>");
                self.raw_html(span);
            }
            // Of extensions that are off.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                self.end_task();
                self.out().raw("</p>\n");
                self.plain("\n");
            }
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(kind) => {
                let close = if kind.is_some() {
                    "</div>\n"
                } else {
                    "</blockquote>\n"
                };
                self.out().raw(close);
            }
            TagEnd::CodeBlock => {
                self.out().raw("</code></pre>\n");
                self.plain("\n");
            }
            TagEnd::List(ordered) => {
                self.lists.pop();
                self.out().raw(if ordered { "</ol>\n" } else { "</ul>\n" });
            }
            TagEnd::Item => {
                self.end_task();
                self.out().raw("</li>\n");
                self.plain("\n");
                let begin = self.step;
                let is_step = self.lists == [true];
                let section = self.section();
                // A heading in the item begins another section.
                let end = section.text.trim_end().len();
                if is_step && begin < end {
                    section.steps.push(begin..end);
                }
            }
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::Table => self.out().raw("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.table.in_head = false;
                self.out().raw("</tr></thead>\n<tbody>");
                self.plain("\n");
            }
            TagEnd::TableRow => {
                self.out().raw("</tr>\n");
                self.plain("\n");
            }
            TagEnd::TableCell => {
                let close = if self.table.in_head { "</th>" } else { "</td>" };
                self.out().raw(close);
                self.plain("\n");
                self.table.column += 1;
            }
            TagEnd::Emphasis => self.inline("</em>"),
            TagEnd::Strong => self.inline("</strong>"),
            TagEnd::Strikethrough => self.inline("</del>"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            TagEnd::HtmlBlock => self.out().raw("</p>\n"),
            _ => {}
        }
    }

    /// Writes markup, which an image's alternative text cannot contain.
    fn inline(&mut self, markup: &str) {
        if !self.in_image() {
            self.out().raw(markup);
        }
    }

    fn in_image(&self) -> bool {
        self.open_links
            .iter()
            .any(|link| self.document.links[link.index].kind == LinkKind::Image)
    }

    fn text(&mut self, text: &str) {
        if !self.in_image() {
            self.out().text(text);
        }
        self.plain(text);
    }

    fn line_break(&mut self, markup: &str) {
        self.inline(markup);
        self.plain(" ");
    }

    /// Adds text without markup to what collects it: links, a heading, and the sections for search.
    fn plain(&mut self, text: &str) {
        for link in &self.open_links {
            self.document.links[link.index].text.push_str(text);
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        } else {
            let section = self.section();
            if text != "\n" || !section.text.ends_with('\n') {
                section.text.push_str(text);
            }
        }
    }

    fn section(&mut self) -> &mut Section {
        self.document.sections.last_mut().expect("never empty")
    }

    /// Reports a tag between words, or a whole block, if HTML is not shown as text.
    fn raw_html(&mut self, span: Range<usize>) {
        if self.options.raw_html == RawHtml::Refuse {
            let hint = "write it in Markdown, put it between backticks to show it, or set \
                        `raw_html = \"text\"` under `[markdown]` in site.toml";
            let problem = Diagnostic::error(Code::RawHtml, "raw HTML is not supported");
            let location = Location::new(self.source, span);
            self.problems.push(problem.at(location).hint(hint));
        }
    }

    fn raw_text(&mut self, html: &str) {
        if self.options.raw_html == RawHtml::Text {
            self.text(html);
        }
    }

    fn finish(mut self) -> (Document, Vec<Diagnostic>) {
        self.footnotes();
        self.document.html = self.buffers.swap_remove(0);
        for section in &mut self.document.sections {
            let kept = section.text.trim_end().len();
            section.text.truncate(kept);
            section.text.shrink_to_fit();
        }
        // Documents are kept as long as the site is, so they free their spare capacity.
        self.document.html.shrink_to_fit();
        self.document.headings.shrink_to_fit();
        self.document.links.shrink_to_fit();
        self.document.sections.shrink_to_fit();
        self.document.code.shrink_to_fit();
        (self.document, self.problems)
    }
}

#[cfg(test)]
mod tests;
