//! Parser events → a document.

use std::collections::HashMap;
use std::ops::Range;

use pulldown_cmark::{
    Alignment, BlockQuoteKind, BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Parser, Tag,
    TagEnd,
};

use super::html::{HolePart, Html};
use super::{Document, Heading, Link, LinkKind, Options, Parsed, Problem, Section};
use crate::config::RawHtml;
use crate::diagnostic::Code;
use crate::slug::{Slugs, slug};

/// Reads Markdown. `shift` is where `text` begins in its source: it is added to every place.
///
/// Only the extensions used are switched on: pulldown-cmark 0.13.6 still panics with all of them
/// together (its issue 1110).
pub fn parse(text: &str, shift: usize, options: &Options) -> Parsed {
    let mut broken = Vec::new();
    let on_broken = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        // `[word]` alone is ordinary text; only the two longer forms are meant as links.
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            broken.push((link.reference.to_string(), link.span));
        }
        None
    };
    let parser = Parser::new_with_broken_link_callback(text, extensions(), Some(on_broken));
    let mut writer = Writer::new(options);
    for (event, span) in parser.into_offset_iter() {
        writer.event(event, span.start + shift..span.end + shift);
    }
    let mut parsed = writer.finish();
    parsed
        .problems
        .extend(broken.into_iter().map(|(name, span)| Problem {
            code: Code::BrokenReference,
            message: format!("`[{name}]` is not defined on this page"),
            hint: format!("add a line `[{name}]: target`, or write the target in round brackets"),
            span: span.start + shift..span.end + shift,
        }));
    parsed
}

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
    options: &'a Options,
    document: Document,
    problems: Vec<Problem>,
    slugs: Slugs,
    /// Where HTML goes: the body, or above it what is lifted out (a title, a footnote).
    buffers: Vec<Html>,
    heading: Option<OpenHeading>,
    /// Indices of the links and images that are open, innermost last.
    open_links: Vec<OpenLink>,
    table: OpenTable,
    footnotes: Footnotes,
    /// Whether a `<label>` of a task is open.
    task: bool,
}

struct OpenHeading {
    level: u8,
    id: Option<String>,
    text: String,
    span: Range<usize>,
}

struct OpenLink {
    index: usize,
    /// An image inside makes a link without words a link with a picture.
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
    open: Option<String>,
}

impl<'a> Writer<'a> {
    fn new(options: &'a Options) -> Self {
        Self {
            options,
            document: Document {
                sections: vec![Section::default()],
                ..Document::default()
            },
            problems: Vec::new(),
            slugs: Slugs::default(),
            buffers: vec![Html::default()],
            heading: None,
            open_links: Vec::new(),
            table: OpenTable::default(),
            footnotes: Footnotes::default(),
            task: false,
        }
    }

    fn out(&mut self) -> &mut Html {
        self.buffers
            .last_mut()
            .expect("the body is never taken off")
    }

    fn event(&mut self, event: Event<'_>, span: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text),
            Event::Code(code) => {
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
            Event::Rule => self.out().raw("<hr>\n"),
            Event::Html(html) | Event::InlineHtml(html) => self.raw_html(&html, span),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::TaskListMarker(done) => self.task_box(done),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Range<usize>) {
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
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::List(first) => {
                self.end_task();
                match first {
                    None => self.out().raw("<ul>\n"),
                    Some(1) => self.out().raw("<ol>\n"),
                    Some(first) => self.out().raw(&format!("<ol start=\"{first}\">\n")),
                }
            }
            Tag::Item => self.out().raw("<li>"),
            Tag::FootnoteDefinition(label) => {
                self.footnotes.open = Some(label.to_string());
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
            Tag::HtmlBlock
            | Tag::MetadataBlock(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Superscript
            | Tag::Subscript => {}
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
            TagEnd::List(ordered) => self.out().raw(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => {
                self.end_task();
                self.out().raw("</li>\n");
                self.plain("\n");
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
                self.plain(" ");
                self.table.column += 1;
            }
            TagEnd::Emphasis => self.inline("</em>"),
            TagEnd::Strong => self.inline("</strong>"),
            TagEnd::Strikethrough => self.inline("</del>"),
            TagEnd::Link => self.end_link(),
            TagEnd::Image => self.end_image(),
            TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_)
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Superscript
            | TagEnd::Subscript => {}
        }
    }

    /// Markup that has no place inside an image's alternative text.
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

    /// Text without its markup, for whoever is collecting: a heading, links, and search.
    fn plain(&mut self, text: &str) {
        for link in &self.open_links {
            self.document.links[link.index].text.push_str(text);
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        } else {
            let section = self.document.sections.last_mut().expect("never empty");
            if text != "\n" || !section.text.ends_with('\n') {
                section.text.push_str(text);
            }
        }
    }

    fn end_heading(&mut self) {
        let (Some(open), Some(html)) = (self.heading.take(), self.buffers.pop()) else {
            return;
        };
        let text = open.text.trim().to_owned();
        if open.level == 1 && self.document.heading.is_none() {
            // The page itself answers to this name, so no other heading has to make way for it.
            let id = open.id.unwrap_or_else(|| slug(&text));
            let (level, span) = (1, open.span);
            self.document.heading = Some(Heading {
                level,
                id,
                text,
                span,
            });
            return;
        }
        let id = match open.id {
            Some(id) => {
                self.own_id(&id, &open.span);
                id
            }
            None => self.slugs.of_text(&text),
        };
        // A page has one `h1`, its title; others in the text are parts of the page.
        let level = open.level.max(2);
        let anchor = self.options.words.anchor.clone();
        let out = self.out();
        out.raw(&format!("<h{level} id=\""));
        out.attribute(&id);
        out.raw("\">");
        out.append(&html);
        out.raw(" <a class=\"anchor\" href=\"#");
        out.attribute(&id);
        out.raw("\" aria-label=\"");
        out.attribute(&format!("{anchor} {text}"));
        out.raw(&format!(
            "\"><span aria-hidden=\"true\">#</span></a></h{level}>\n"
        ));
        self.document.sections.push(Section {
            heading: Some(self.document.headings.len()),
            text: String::new(),
        });
        let span = open.span;
        self.document.headings.push(Heading {
            level,
            id,
            text,
            span,
        });
    }

    fn own_id(&mut self, id: &str, span: &Range<usize>) {
        if !self.slugs.take(id) {
            self.problems.push(Problem {
                code: Code::DuplicateId,
                message: format!("two headings of this page are named `{id}`"),
                hint: "give one of them another name after `#`, or none".to_owned(),
                span: span.clone(),
            });
        }
    }

    fn block_quote(&mut self, kind: Option<BlockQuoteKind>) {
        self.end_task();
        let Some(kind) = kind else {
            return self.out().raw("<blockquote>\n");
        };
        let (index, name) = match kind {
            BlockQuoteKind::Note => (0, "note"),
            BlockQuoteKind::Tip => (1, "tip"),
            BlockQuoteKind::Important => (2, "important"),
            BlockQuoteKind::Warning => (3, "warning"),
            BlockQuoteKind::Caution => (4, "caution"),
        };
        let title = self.options.words.callouts[index].clone();
        let out = self.out();
        out.raw(&format!(
            "<div class=\"callout callout-{name}\" role=\"note\">\n<p class=\"callout-title\">"
        ));
        out.text(&title);
        out.raw("</p>\n");
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        self.end_task();
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let out = self.out();
        out.raw("<pre><code");
        if !language.is_empty() {
            out.raw(" class=\"language-");
            out.attribute(language);
            out.raw("\"");
        }
        out.raw(">");
    }

    fn open_table(&mut self, alignments: Vec<Alignment>) {
        self.end_task();
        self.table.count += 1;
        self.table.alignments = alignments;
        let label = format!("{} {}", self.options.words.table, self.table.count);
        let out = self.out();
        out.raw("<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"");
        out.attribute(&label);
        out.raw("\"><table>");
    }

    fn table_cell(&mut self) {
        let align = match self.table.alignments.get(self.table.column) {
            Some(Alignment::Center) => " class=\"center\"",
            Some(Alignment::Right) => " class=\"right\"",
            _ => "",
        };
        let tag = if self.table.in_head {
            "th scope=\"col\""
        } else {
            "td"
        };
        self.out().raw(&format!("<{tag}{align}>"));
    }

    fn task_box(&mut self, done: bool) {
        let out = self.out();
        out.raw("<label class=\"task\"><input type=\"checkbox\"");
        out.raw(if done { " checked> " } else { "> " });
        self.task = true;
    }

    fn end_task(&mut self) {
        if std::mem::take(&mut self.task) {
            self.out().trim_end();
            self.out().raw("</label>\n");
        }
    }

    fn raw_html(&mut self, html: &str, span: Range<usize>) {
        match self.options.raw_html {
            RawHtml::Text => self.text(html),
            RawHtml::Refuse if html.trim().is_empty() => {}
            RawHtml::Refuse => self.problems.push(Problem {
                code: Code::RawHtml,
                message: "raw HTML is not supported".to_owned(),
                hint: "write it in Markdown, put it between backticks to show it, or set \
                       `raw_html = \"text\"` under `[markdown]` in site.toml"
                    .to_owned(),
                span,
            }),
        }
    }

    fn open_link(&mut self, target: String, kind: LinkKind, span: Range<usize>) {
        if kind == LinkKind::Image {
            for link in &mut self.open_links {
                link.has_image = true;
            }
        }
        let index = self.document.links.len();
        let visible = !self.in_image();
        self.document.links.push(Link {
            target,
            text: String::new(),
            kind,
            span,
        });
        self.open_links.push(OpenLink {
            index,
            has_image: false,
        });
        if visible {
            let out = self.out();
            out.raw(match kind {
                LinkKind::Link => "<a",
                LinkKind::Image => "<img",
            });
            out.hole(index, HolePart::Attributes);
            if kind == LinkKind::Link {
                out.raw(">");
            }
        }
    }

    fn end_link(&mut self) {
        let Some(link) = self.open_links.pop() else {
            return;
        };
        if self.in_image() {
            return;
        }
        let wordless = self.document.links[link.index].text.trim().is_empty() && !link.has_image;
        let out = self.out();
        if wordless {
            out.hole(link.index, HolePart::Text);
        }
        out.raw("</a>");
        out.hole(link.index, HolePart::After);
    }

    fn end_image(&mut self) {
        let Some(link) = self.open_links.pop() else {
            return;
        };
        if self.in_image() {
            return;
        }
        let alt = self.document.links[link.index].text.clone();
        let out = self.out();
        out.raw(" alt=\"");
        out.attribute(alt.trim());
        out.raw("\" loading=\"lazy\">");
    }

    fn footnote_reference(&mut self, label: &str) {
        let next = self.footnotes.numbers.len() + 1;
        let known = self.footnotes.numbers.get(label).copied();
        let number = known.unwrap_or(next);
        if known.is_none() {
            self.footnotes.numbers.insert(label.to_owned(), number);
        }
        // Only the first mention can be led back to: an id stands once on a page.
        let id = match known {
            None => format!(" id=\"note-ref-{number}\""),
            Some(_) => String::new(),
        };
        self.inline(&format!(
            "<sup><a{id} href=\"#note-{number}\">[{number}]</a></sup>"
        ));
    }

    fn end_footnote(&mut self) {
        let (Some(label), Some(html)) = (self.footnotes.open.take(), self.buffers.pop()) else {
            return;
        };
        self.footnotes.bodies.insert(label, html);
    }

    /// Footnotes stand at the end in the order of their first mention.
    fn footnotes(&mut self) {
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
        let words = &self.options.words;
        let mut notes = Html::default();
        notes.raw("<section class=\"footnotes\" aria-label=\"");
        notes.attribute(&words.footnotes);
        notes.raw("\"><ol>\n");
        for (number, body) in mentioned {
            notes.raw(&format!("<li id=\"note-{number}\" value=\"{number}\">"));
            notes.append(body);
            notes.raw(&format!("<a href=\"#note-ref-{number}\" aria-label=\""));
            notes.attribute(&format!("{} {number}", words.back));
            notes.raw("\">↩</a></li>\n");
        }
        notes.raw("</ol></section>\n");
        self.out().append(&notes);
    }

    fn finish(mut self) -> Parsed {
        self.footnotes();
        self.document.html = self.buffers.swap_remove(0);
        for section in &mut self.document.sections {
            let kept = section.text.trim_end().len();
            section.text.truncate(kept);
            section.text.shrink_to_fit();
        }
        // Documents are kept as long as the site: the room they grew in is not.
        self.document.html.shrink_to_fit();
        Parsed {
            document: self.document,
            problems: self.problems,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn html(text: &str) -> String {
        let parsed = parse(text, 0, &Options::default());
        let links = parsed.document.links;
        parsed.document.html.fill(|link, part, html| match part {
            HolePart::Attributes => {
                html.push_str(&format!(" to=\"{}\"", links[link].target));
            }
            HolePart::Text => html.push_str("(title)"),
            HolePart::After => {}
        })
    }

    #[test]
    fn markdown_becomes_html_with_holes_for_links() {
        let cases = [
            ("a & b\n", "<p>a &amp; b</p>\n"),
            (
                "[x](a.md) [](link:b)\n",
                "<p><a to=\"a.md\">x</a> <a to=\"link:b\">(title)</a></p>\n",
            ),
            (
                "![a *b* `c`](x.png)\n",
                "<p><img to=\"x.png\" alt=\"a b c\" loading=\"lazy\"></p>\n",
            ),
            (
                "[![b](b.png)](a.md)\n",
                "<p><a to=\"a.md\"><img to=\"b.png\" alt=\"b\" loading=\"lazy\"></a></p>\n",
            ),
            (
                "<me@mail.example>\n",
                "<p><a to=\"mailto:me@mail.example\">me@mail.example</a></p>\n",
            ),
            (
                "3. a\n4. b\n",
                "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n",
            ),
            (
                "- [x] a\n- [ ] b\n  - c\n",
                "<ul>\n<li><label class=\"task\"><input type=\"checkbox\" checked> a</label>\n</li>\n\
                 <li><label class=\"task\"><input type=\"checkbox\"> b</label>\n<ul>\n<li>c</li>\n</ul>\n</li>\n</ul>\n",
            ),
            (
                "> [!WARNING]\n> Stop.\n",
                "<div class=\"callout callout-warning\" role=\"note\">\n<p class=\"callout-title\">Warning</p>\n<p>Stop.</p>\n</div>\n",
            ),
            ("> said\n", "<blockquote>\n<p>said</p>\n</blockquote>\n"),
            (
                "```sh\na < b\n```\n",
                "<pre><code class=\"language-sh\">a &lt; b\n</code></pre>\n",
            ),
            (
                "|a|b|\n|-|-:|\n|1|2|\n",
                "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Table 1\"><table><thead><tr>\
                 <th scope=\"col\">a</th><th scope=\"col\" class=\"right\">b</th></tr></thead>\n\
                 <tbody><tr><td>1</td><td class=\"right\">2</td></tr>\n</tbody></table></div>\n",
            ),
            (
                "a[^x] b[^x]\n\n[^x]: note\n",
                "<p>a<sup><a id=\"note-ref-1\" href=\"#note-1\">[1]</a></sup> b<sup><a href=\"#note-1\">[1]</a></sup></p>\n\
                 <section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\n<li id=\"note-1\" value=\"1\"><p>note</p>\n\
                 <a href=\"#note-ref-1\" aria-label=\"Back to the text 1\">↩</a></li>\n</ol></section>\n",
            ),
            (
                "# One\n\n# Two *b*\n",
                "<h2 id=\"two-b\">Two <em>b</em> <a class=\"anchor\" href=\"#two-b\" aria-label=\"Link to this part: Two b\">\
                 <span aria-hidden=\"true\">#</span></a></h2>\n",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(html(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_outline_and_the_plain_text_follow_the_headings() {
        let text = "# Title\n\nIntro `code`.\n\n## First\n\n- a\n- b\n\n## First\n\nlast\n";
        let document = parse(text, 0, &Options::default()).document;
        assert_eq!(
            document.heading.map(|heading| heading.text),
            Some("Title".to_owned())
        );
        let ids: Vec<_> = document
            .headings
            .iter()
            .map(|heading| heading.id.as_str())
            .collect();
        assert_eq!(ids, ["first", "first-2"]);
        let texts: Vec<_> = document
            .sections
            .iter()
            .map(|section| section.text.as_str())
            .collect();
        assert_eq!(texts, ["Intro code.", "a\nb", "last"]);
    }

    #[test]
    fn problems_name_their_place_in_the_whole_file() {
        let parsed = parse("a <b>c</b>\n\n[d][e]\n", 100, &Options::default());
        let found: Vec<_> = parsed
            .problems
            .iter()
            .map(|problem| (problem.code.as_str(), problem.span.clone()))
            .collect();
        assert_eq!(
            found,
            [
                ("raw-html", 102..105),
                ("raw-html", 106..110),
                ("broken-reference", 112..118)
            ]
        );
    }

    #[test]
    fn raw_html_can_be_shown_as_text() {
        let options = Options {
            raw_html: RawHtml::Text,
            ..Options::default()
        };
        let parsed = parse("a <b>c</b>\n", 0, &options);
        assert_eq!(parsed.problems, []);
        let html = parsed.document.html.fill(|_, _, _| {});
        assert_eq!(html, "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
    }

    proptest! {
        #[test]
        fn any_text_gives_a_document_without_live_markup(text in "[a<>&\"'\\[\\]()!#*`|~:\n> -]{0,80}") {
            let parsed = parse(&text, 0, &Options { raw_html: RawHtml::Text, ..Options::default() });
            let html = parsed.document.html.fill(|_, _, _| {});
            prop_assert!(!html.contains("<script") && !html.contains("<a>a<a>"));
            for heading in &parsed.document.headings {
                prop_assert!(heading.level >= 2 && !heading.id.is_empty());
            }
        }
    }
}
