//! Headings, quotes, code, tables and tasks.

use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind};

use super::Writer;
use crate::diagnostic::{Code, Diagnostic};
use crate::heading_ids::{OWN, slug};
use crate::markdown::document::{Heading, Section};
use crate::markdown::html::quoted;
use crate::markdown::options::CALLOUTS;
use crate::source::Location;

impl Writer<'_> {
    pub(super) fn end_heading(&mut self) {
        self.end_task();
        let (Some(open), Some(html)) = (self.heading.take(), self.buffers.pop()) else {
            return;
        };
        let text = open.text.trim().to_owned();
        let is_title = open.level == 1 && self.document.heading.is_none();
        let id = match open.id {
            Some(id) => {
                if !is_title {
                    self.own_id(&id, &open.span);
                }
                id
            }
            // This id is the page's own, so another heading may have it too.
            None if is_title => slug(&text),
            None => self.ids.of_text(&text),
        };
        let heading = Heading {
            // The title is the only `h1` of a page.
            level: if is_title { 1 } else { open.level.max(2) },
            id,
            text,
            span: open.span,
        };
        if is_title {
            self.document.heading = Some(heading);
            return;
        }
        let (level, id) = (heading.level, quoted(&heading.id));
        let label = quoted(&format!("{} {}", self.options.strings.anchor, heading.text));
        let out = self.out();
        out.raw(&format!("<h{level} id=\"{id}\">"));
        out.append(&html);
        out.raw(&format!(
            " <a class=\"anchor\" href=\"#{id}\" aria-label=\"{label}\"><span aria-hidden=\"true\">#</span></a></h{level}>\n"
        ));
        self.document.sections.push(Section {
            heading: Some(self.document.headings.len()),
            ..Section::default()
        });
        self.document.headings.push(heading);
    }

    /// An id the author chose, unless the theme or another heading needs it.
    pub(super) fn own_id(&mut self, id: &str, span: &Range<usize>) {
        let location = Location::new(self.source, span.clone());
        let problem = if id.contains(OWN) {
            let plain: Vec<_> = id.split('-').filter(|word| !word.is_empty()).collect();
            let message =
                format!("`{id}` has two hyphens in a row, which only ids of the theme have");
            let hint = format!("write `{{#{}}}`", plain.join("-"));
            Diagnostic::error(Code::DuplicateId, message).hint(hint)
        } else if !self.ids.take(id) {
            let message = format!("another heading of this page has the id `{id}`");
            let mut headings = self.document.headings.iter();
            let first = headings.find(|heading| heading.id == id);
            let first = first.map(|heading| Location::new(self.source, heading.span.clone()));
            let problem = Diagnostic::error(Code::DuplicateId, message)
                .hint("write another id, or remove it so that the heading gets one of its own");
            match first {
                Some(first) => problem.see(first, "the other heading"),
                None => problem,
            }
        } else {
            return;
        };
        self.problems.push(problem.at(location));
    }

    pub(super) fn block_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            return self.out().raw("<blockquote>\n");
        };
        let name = CALLOUTS[kind as usize];
        let title = self.options.strings.callouts[kind as usize].clone();
        let out = self.out();
        out.raw(&format!(
            "<div class=\"callout callout-{name}\" role=\"note\">\n<p class=\"callout-title\">"
        ));
        out.text(&title);
        out.raw("</p>\n");
    }

    pub(super) fn code_block(&mut self, kind: &CodeBlockKind<'_>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',', '{']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        let class = match language {
            "" => String::new(),
            language => format!(" class=\"language-{}\"", quoted(language)),
        };
        self.out().raw(&format!("<pre><code{class}>"));
    }

    pub(super) fn open_table(&mut self, alignments: Vec<Alignment>) {
        self.table.count += 1;
        self.table.alignments = alignments;
        let label = format!("{} {}", self.options.strings.table, self.table.count);
        let label = quoted(&label);
        self.out().raw(&format!(
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{label}\"><table>"
        ));
    }

    pub(super) fn table_cell(&mut self) {
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

    pub(super) fn task_box(&mut self, done: bool) {
        let out = self.out();
        out.raw("<label class=\"task\"><input type=\"checkbox\"");
        out.raw(if done { " checked> " } else { "> " });
        self.task = true;
    }

    pub(super) fn end_task(&mut self) {
        if std::mem::take(&mut self.task) {
            self.out().trim_end();
            self.out().raw("</label>\n");
        }
    }
}
