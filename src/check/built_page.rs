//! A built page → problems in its HTML that come from the theme, so rules about Markdown cannot find them. These rules
//! do not know the templates, so they give locations in the built page.

mod markup;
mod page_policy;

use super::html_tokens::tokens;
use crate::diagnostic::Diagnostic;
use crate::source::{Location, Source};

/// Reads a page with its path in the output.
pub fn built_page(path: &str, html: &str) -> Vec<Diagnostic> {
    let tokens: Vec<_> = tokens(html).collect();
    let source = Source::new(path, html);
    let found = [markup::findings(&tokens), page_policy::findings(&tokens)];
    let found = found.into_iter().flatten();
    found
        .map(|(span, problem)| problem.at(Location::new(&source, span)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Diagnostics, short};

    const POLICY: &str = "<meta http-equiv=Content-Security-Policy content=x>";

    fn reported(html: &str) -> Diagnostics {
        built_page("p.html", html).into_iter().collect()
    }

    #[test]
    fn each_mistake_is_reported_where_it_is() {
        let cases = [
            (
                "<h1>a</h1><p id=x>@<p id=x>",
                "markup: two elements have the id `x`",
            ),
            (
                "<h1>a</h1>@<a href=\"#y\">b</a>",
                "markup: no element on this page has the id `y`",
            ),
            ("<h1>a</h1>@<input name=q>", "markup: a field has no label"),
            ("<h1>a</h1>@<img src=x>", "markup: an image has no `alt`"),
            (
                "<h1>a</h1>@<h1>b</h1>",
                "markup: the page has more than one `h1`",
            ),
            (
                "<h1>a</h1>@<script>a()</script>",
                "page-policy: the page contains an inline script",
            ),
            (
                "<h1>a</h1>@<style>a{}</style>",
                "page-policy: the page contains a `style` element",
            ),
            (
                "<h1>a</h1>@<p style=a>",
                "page-policy: `p` has a `style` attribute",
            ),
            (
                "<h1>a</h1>@<p onclick=a()>",
                "page-policy: `p` has a script in its attribute `onclick`",
            ),
            (
                "<h1>a</h1>@<script src=https://x.example/a.js></script>",
                "page-policy: `script` loads from or sends to another host: `https://x.example/a.js`",
            ),
            (
                "<h1>a</h1>@<img alt=\"\" src=//x.example/a.png>",
                "page-policy: `img` loads from or sends to another host: `//x.example/a.png`",
            ),
            (
                "<h1>a</h1>@<img alt=\"\" srcset=\"a.png, //x.example/a.png 2x\">",
                "page-policy: `img` loads from or sends to another host: `a.png, //x.example/a.png 2x`",
            ),
            (
                "<h1>a</h1>@<link rel=stylesheet href=https://x.example/a.css>",
                "page-policy: `link` loads from or sends to another host: `https://x.example/a.css`",
            ),
            (
                "<h1>a</h1>@<form action=https://x.example/>",
                "page-policy: `form` loads from or sends to another host: `https://x.example/`",
            ),
        ];
        for (marked, expected) in cases {
            let marked = format!("{POLICY}{marked}");
            let column = marked.find('@').expect("a mark") + 1;
            let reported = reported(&marked.replace('@', ""));
            assert_eq!(reported.iter().count(), 1, "{marked}");
            let severity = if expected.starts_with("markup") {
                "warning: "
            } else {
                ""
            };
            assert_eq!(
                short(&reported).lines().next(),
                Some(format!("p.html:1:{column}: {severity}{expected}").as_str())
            );
        }
    }

    #[test]
    fn what_every_page_needs_is_reported_if_it_is_missing() {
        let reported = short(&reported("<p>a"));
        assert!(reported.contains("p.html:1:1: warning: markup: the page has no `h1`"));
        assert!(reported.contains(
            "p.html:1:1: warning: page-policy: the page does not contain the page policy"
        ));
    }

    #[test]
    fn a_page_without_mistakes_has_no_findings() {
        let html = "<link rel=canonical href=https://x.example/><link rel=icon href=../a.svg>\
                    <h1 id=\"é\">a</h1><a href=\"#%C3%A9\">b</a><label>c <input></label>\
                    <label for=d>e</label><input id=d><input aria-label=f><img alt=\"\" src=a.png>\
                    <script src=../a.js></script><a href=https://x.example/>b</a>\
                    <form action=../search/>";
        assert!(reported(&format!("{POLICY}{html}")).is_empty());
    }
}
