use html5gum::{Token, Tokenizer};
use proptest::prelude::*;

use super::*;
use crate::markdown::Strings;
use crate::markdown::html::PlaceholderPart;

fn english() -> Options {
    let strings = Strings {
        callouts: ["Note", "Tip", "Important", "Warning", "Caution"].map(str::to_owned),
        anchor: "Link to this part:".to_owned(),
        table: "Table".to_owned(),
        footnotes: "Footnotes".to_owned(),
        back: "Back to the text".to_owned(),
    };
    Options {
        strings,
        ..Options::default()
    }
}

fn parsed(text: &str, options: &Options) -> (Document, Diagnostics) {
    let source = Source::new("a.md", text);
    let location = Location::new(&source, 0..text.len());
    let mut diagnostics = Diagnostics::default();
    let document = parse(text, &location, options, &mut diagnostics);
    (document, diagnostics)
}

/// Code and span of each problem.
fn problems(diagnostics: &Diagnostics) -> Vec<(&str, Range<usize>)> {
    let located = diagnostics.iter().filter_map(|problem| {
        let location = problem.location.as_ref()?;
        Some((problem.code.as_str(), location.span.clone()))
    });
    located.collect()
}

fn html(text: &str) -> String {
    let (document, _) = parsed(text, &english());
    let links = document.links;
    document.html.fill(|link, part, html| match part {
        PlaceholderPart::Attributes => {
            html.extend([" to=\"", &links[link].target, "\""]);
        }
        PlaceholderPart::Text => html.push_str("(title)"),
        PlaceholderPart::After => {}
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
        (
            "> [!NOTE]\n> a\n\n> [!CAUTION]\n> b\n",
            "<div class=\"callout callout-note\" role=\"note\">\n<p class=\"callout-title\">Note</p>\n<p>a</p>\n</div>\n\
             <div class=\"callout callout-caution\" role=\"note\">\n<p class=\"callout-title\">Caution</p>\n<p>b</p>\n</div>\n",
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
            "<p>a<sup id=\"note--ref-1\"><a href=\"#note--1\">[1]</a></sup> b<sup><a href=\"#note--1\">[1]</a></sup></p>\n\
             <section class=\"footnotes\" aria-label=\"Footnotes\"><ol>\n<li id=\"note--1\" value=\"1\"><p>note</p>\n\
             <a href=\"#note--ref-1\" aria-label=\"Back to the text 1\">↩</a></li>\n</ol></section>\n",
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
    let (document, _) = parsed(text, &english());
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
fn problems_are_located_in_the_whole_file() {
    let source = Source::new("a.md", "title\n\na <b>c</b>\n\n[d][e]\n");
    let location = Location::new(&source, 7..source.text().len());
    let mut diagnostics = Diagnostics::default();
    let text = &source.text()[7..];
    parse(text, &location, &english(), &mut diagnostics);
    assert_eq!(
        problems(&diagnostics),
        [
            ("raw-html", 9..12),
            ("raw-html", 13..17),
            ("broken-reference", 19..25)
        ]
    );
}

#[test]
fn text_that_is_escaped_in_its_file_is_located_as_a_whole() {
    let source = Source::new("a.toml", "a = \"\\tb `c` [d](e)\"\n");
    let location = Location::new(&source, 4..21);
    let mut diagnostics = Diagnostics::default();
    let text = "\tb `c` [d](e) <b>".trim();
    let document = parse(text, &location, &english(), &mut diagnostics);
    assert_eq!(document.links[0].span, 4..21);
    assert_eq!(document.code.first(), Some(&(4..21)));
    assert_eq!(problems(&diagnostics), [("raw-html", 4..21)]);
}

#[test]
fn code_blocks_and_code_spans_are_found() {
    let text = "a `b` c\n\n    d\n\n~~~\ne\n~~~\n";
    let (document, _) = parsed(text, &english());
    let code: Vec<_> = document.code.into_iter().map(|span| &text[span]).collect();
    assert_eq!(code, ["`b`", "d\n", "~~~\ne\n~~~"]);
}

#[test]
fn a_block_of_raw_html_is_one_problem() {
    let text = "<div>\n<p>a</p>\n</div>\n\nb\n";
    let (_, diagnostics) = parsed(text, &english());
    assert_eq!(problems(&diagnostics), [("raw-html", 0..22)]);
}

#[test]
fn raw_html_can_be_shown_as_text() {
    let options = Options {
        raw_html: RawHtml::Text,
        ..english()
    };
    let (document, diagnostics) = parsed("a <b>c</b>\n", &options);
    assert!(diagnostics.is_empty());
    let html = document.html.fill(|_, _, _| {});
    assert_eq!(html, "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
}

/// The elements that a document can have.
const TAGS: [&str; 32] = [
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "input",
    "label",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

proptest! {
    #[test]
    fn any_text_gives_a_document_without_live_markup(
        text in "(<script>|<b onclick=x>|</p>|<!--|-->|&lt;|javascript:|[ab<>&\"'\\[\\]()!#*`|~:\n> -]){0,60}"
    ) {
        let options = Options { raw_html: RawHtml::Text, ..english() };
        let (document, _) = parsed(&text, &options);
        let html = document.html.fill(|_, _, _| {});
        for tag in html.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap_or_default();
            let outside_quotes: String = tag.split('"').step_by(2).collect();
            let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
            prop_assert!(TAGS.contains(&name) && !outside_quotes.contains("onclick"), "{html}");
        }
        for heading in &document.headings {
            prop_assert!(heading.level >= 2 && !heading.id.is_empty());
        }
    }
}

/// Pieces that make blocks and lines of every kind when strung together.
const PIECES: [&str; 60] = [
    "a",
    "b",
    " ",
    "  ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "- ",
    "- [ ] ",
    "- [x] ",
    "1. ",
    "> ",
    "> [!NOTE]\n> ",
    "# ",
    "## ",
    "###### ",
    "`",
    "```",
    "```\n",
    "~~~\n",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "](y)",
    "![",
    "[^1]",
    "[^1]: ",
    "[^b]: ",
    "[^b]",
    "|",
    "|a|b|\n|-|-|\n",
    "{#id}",
    "<b>",
    "<!--",
    "&amp;",
    "\\",
    "\\\n",
    "<https://a.example>",
    "<a@b.example>",
    "---\n",
    "===\n",
    "é",
    "[a]: /x\n",
    "[a]",
    "[a][b]",
    "\u{a0}",
    "+ ",
    ":",
    "<",
    ">",
    "\"",
    "!",
    "#",
    "$",
    "10) ",
    "====\n----\n",
];

/// The first way in which HTML is not what a browser would make of it.
fn malformed(html: &str) -> Option<String> {
    const BLOCKS: [&str; 12] = [
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "pre",
        "table",
        "blockquote",
        "h2",
        "h3",
        "hr",
        "section",
    ];
    const LINES: [&str; 10] = [
        "p", "h2", "h3", "h6", "a", "em", "strong", "label", "sup", "del",
    ];
    let mut open: Vec<String> = Vec::new();
    let mut ids = std::collections::HashSet::new();
    for token in Tokenizer::new(html).flatten() {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let within = |names: &[&str]| open.iter().any(|open| names.contains(&&**open));
                let id = tag.attributes.get(&b"id"[..]);
                if id.is_some_and(|id| !ids.insert(id.to_vec())) {
                    return Some(format!("{id:?} stands twice"));
                }
                if (BLOCKS.contains(&&*name) && within(&LINES)) || (name == "a" && within(&["a"])) {
                    return Some(format!("{name} in {open:?}"));
                }
                if !["br", "img", "input", "hr"].contains(&&*name) {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if open.pop().as_ref() != Some(&name) {
                    return Some(format!("{name} closed in {open:?}"));
                }
            }
            _ => {}
        }
    }
    open.pop().map(|name| format!("{name} is not closed"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_markdown_becomes_well_formed_html(pieces in prop::collection::vec(prop::sample::select(&PIECES), 1..24)) {
        let text = pieces.concat();
        let options = Options { raw_html: RawHtml::Text, ..english() };
        let (document, diagnostics) = parsed(&text, &options);
        // Two headings that claim one name stop the build.
        if diagnostics.iter().any(|problem| problem.code == Code::DuplicateId) {
            return Ok(());
        }
        let html = document.html.fill(|_, part, html| {
            if part == PlaceholderPart::Attributes {
                html.push_str(" href=\"x\"");
            }
        });
        prop_assert_eq!(malformed(&html), None, "{:?}\n{}", text, html);
    }
}
