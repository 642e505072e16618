//! Finds markup of other tools that readers would see as literal text.

use std::ops::Range;

use regex_lite::Regex;

use super::document::{Document, Foreign};
use super::options::CALLOUTS;
use crate::diagnostic::{Code, Diagnostic};

impl Foreign {
    /// Whether a problem is due to this markup, so that it need not be reported as well.
    pub(super) fn explains(&self, problem: &Diagnostic) -> bool {
        let location = problem.location.as_ref();
        matches!(problem.code, Code::RawHtml | Code::BrokenReference)
            && location.is_some_and(|location| self.span.contains(&location.span.start))
    }
}

/// A kind of markup: what it is called, what it looks like, and what to write instead.
pub struct Kind {
    /// What it is called.
    pub what: &'static str,
    /// What to write instead.
    pub instead: &'static str,
    /// What readers see of a match has one of these. Few texts do, so most need no regular expression.
    signs: &'static [&'static str],
    pattern: &'static str,
    /// Whether a match is markup after all. Regular expressions without look-around cannot tell.
    is_foreign: fn(Match<'_>) -> bool,
}

/// Where a pattern matches.
struct Match<'a> {
    text: &'a str,
    /// The line it is on, up to the match.
    before: &'a str,
    /// The whole text, from the end of the match.
    after: &'a str,
    /// The whole text.
    all: &'a str,
    /// Whether it is part of a link that Markdown knows.
    in_link: bool,
}

const CALLOUT: &str = "write `> [!NOTE]` (or TIP, IMPORTANT, WARNING, CAUTION) alone on its line, a title in bold on the \
                       next, and `> ` before each line of the text";
const TEXT: &str = "write the text itself: pages have no templates";

/// Every kind.
pub const KINDS: [Kind; 14] = [
    Kind {
        what: "admonitions",
        signs: &["!!", "??"],
        pattern: r"(?m)^[ \t]*(!!!|\?\?\?\+?)[ \t]+\w.*$",
        instead: CALLOUT,
        is_foreign: |_| true,
    },
    Kind {
        what: "containers",
        signs: &["::"],
        pattern: r"(?m)^[ \t]*:::+[ \t]*\{?[\w.].*$",
        instead: CALLOUT,
        is_foreign: |_| true,
    },
    Kind {
        what: "callouts with a title or of an unknown type",
        signs: &["[!"],
        pattern: r"(?m)^[ \t]*(?:>[ \t]?)+\[![^\]\n]+\].*$",
        instead: CALLOUT,
        is_foreign: |found| !is_callout(found.text),
    },
    Kind {
        what: "content tabs",
        signs: &["=="],
        pattern: r#"(?m)^[ \t]*===[!+]?[ \t]+".*"[ \t]*$"#,
        instead: "write a heading for each tab",
        is_foreign: |_| true,
    },
    Kind {
        what: "shortcodes",
        signs: &["{{"],
        pattern: r"\{\{[<%][^\n]*?[>%]\}\}",
        instead: "write in Markdown what the shortcode shows",
        is_foreign: |_| true,
    },
    Kind {
        what: "template tags",
        signs: &["{%", "{#", "{{"],
        pattern: r"\{%[^\n]*?%\}|\{#[ \t][^\n]*?#\}|\{\{-?[ \t]*[\w.$][^\n{}]*\}\}",
        instead: TEXT,
        is_foreign: |_| true,
    },
    Kind {
        what: "tables of contents",
        signs: &["[T", "[[", "{:"],
        pattern: r"(?m)^(\[TOC\]|\[\[_TOC_\]\]|\[\[toc\]\]|\{:toc\})[ \t]*$",
        instead: "remove it: each page lists its own headings",
        is_foreign: |_| true,
    },
    Kind {
        what: "wiki links",
        signs: &["[["],
        pattern: r"!?\[\[[^\[\]\n]+\]\]",
        instead: "write `[text](file.md)` for a page and `![what it shows](image.png)` for an image",
        is_foreign: |found| !found.in_link,
    },
    Kind {
        what: "attribute lists",
        signs: &["{:", "{.", "{#"],
        pattern: r"\{:?[ \t]*[.#:][A-Za-z][^{}\n]*\}|\{:[ \t][^{}\n]*\}",
        instead: "remove them: the theme decides how a page looks",
        is_foreign: |found| !found.before.trim_start().starts_with('#'),
    },
    Kind {
        what: "imports",
        signs: &["import "],
        pattern: r#"(?m)^import [\w{}*, ]+ from ['"][^'"\n]+['"];?[ \t]*$"#,
        instead: "remove it: pages have no components",
        is_foreign: |_| true,
    },
    Kind {
        what: "footnotes without a text",
        signs: &["[^"],
        pattern: r"\[\^[^\]\s]+\]",
        instead: "add a line `[^name]: text of the note` to the page",
        is_foreign: |found| {
            !found.after.starts_with(':') && !found.all.contains(&format!("{}:", found.text))
        },
    },
    Kind {
        what: "comments between `%%`",
        signs: &["%%"],
        pattern: r"%%[^%\n]+%%",
        instead: "write `<!-- … -->`, which no reader sees",
        is_foreign: |_| true,
    },
    Kind {
        what: "links with the brackets swapped or apart",
        signs: &[")[", "] "],
        pattern: r"\([^()\n]+\)\[[^\]\n]*(?:/|\.md)[^\]\n]*\]|\[[^\[\]\n]+\][ \t]+\((?:https?://[^()\n]+|[^()\s]+\.md(?:#[^()\s]*)?)\)",
        instead: "write `[text](target)` without a space between the brackets",
        is_foreign: |found| !found.in_link,
    },
    Kind {
        what: "links with a space in the target",
        signs: &["]("],
        pattern: r#"\[[^\[\]\n]+\]\([^()<>"'\n]*[^()<>"'\s][ \t]+[^()<>"'\s][^()<>"'\n]*\)"#,
        instead: "put the target in angle brackets: `[text](<a file.md>)`",
        is_foreign: |found| !found.in_link,
    },
];

/// Whether a line opens a callout that regain knows.
fn is_callout(line: &str) -> bool {
    let kind = line.trim_start_matches(['>', ' ', '\t']).trim_end();
    let kind = kind
        .strip_prefix("[!")
        .and_then(|rest| rest.strip_suffix(']'));
    kind.is_some_and(|kind| {
        CALLOUTS
            .iter()
            .any(|known| known.eq_ignore_ascii_case(kind))
    })
}

/// Finds the markup in `text`, which is at `start` of the source, outside of code and comments.
pub(super) fn find(text: &str, start: usize, document: &Document) -> Vec<Foreign> {
    let mut found: Vec<Foreign> = Vec::new();
    for (kind, rule) in KINDS.iter().enumerate() {
        let has_sign = |shown: &str| rule.signs.iter().any(|start| shown.contains(start));
        if !document.sections.iter().any(|one| has_sign(&one.text)) {
            continue;
        }
        let pattern = Regex::new(rule.pattern).expect("a constant");
        for whole in pattern.find_iter(text) {
            let found_text = whole.as_str().trim_start();
            let at = whole.end() - found_text.len();
            let span = start + at..start + at + found_text.trim_end().len();
            let is_within = |spans: &[Range<usize>]| {
                let next = spans.partition_point(|other| other.end <= span.start);
                spans.get(next).is_some_and(|one| one.start <= span.start)
            };
            let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
            let mut links = document.links.iter();
            let found_match = Match {
                text: found_text,
                before: &text[line..at],
                after: &text[whole.end()..],
                all: text,
                in_link: links.any(|link| link.span.contains(&span.start)),
            };
            if !found.iter().any(|one| one.span.contains(&span.start))
                && !is_within(&document.code)
                && !is_within(&document.comments)
                && (rule.is_foreign)(found_match)
            {
                found.push(Foreign { kind, span });
            }
        }
    }
    found
}
