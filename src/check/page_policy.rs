//! Built pages → what in them would act or load against the page policy: only a theme can do that.
//!
//! In: pages as they will be published. Out: diagnostics with the place in the built page. Links that a
//! reader follows are not looked at here.

use std::ops::Range;
use std::sync::Arc;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Location, Source};

/// Attributes a browser loads from, or sends to, by itself.
const LOADS: [&str; 7] = [
    "src",
    "srcset",
    "poster",
    "data",
    "action",
    "formaction",
    "background",
];

/// Reads built pages, each with its path in the output.
pub fn page_policy(pages: &[(&str, &str)]) -> Diagnostics {
    let told: Vec<_> = pages
        .par_iter()
        .map(|(path, html)| page(path, html))
        .collect();
    let mut diagnostics = Diagnostics::default();
    for page in told {
        diagnostics.extend(page);
    }
    diagnostics.sorted()
}

fn page(path: &str, html: &str) -> Diagnostics {
    let source = Source::new(path, html);
    let mut told = Diagnostics::default();
    let mut has_policy = false;
    let emitter = DefaultEmitter::<usize>::new_with_span();
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        let Token::StartTag(tag) = token else {
            continue;
        };
        has_policy |= value(&tag, "http-equiv")
            .is_some_and(|name| name.eq_ignore_ascii_case("content-security-policy"));
        for (message, hint) in faults(&tag) {
            let location = Location::new(&source, tag.span.start..tag.span.end);
            let problem = Diagnostic::error(Code::PagePolicy, message).at(location);
            told.push(problem.hint(hint));
        }
    }
    if !has_policy {
        told.push(no_policy(&source, 0..0));
    }
    told
}

fn no_policy(source: &Arc<Source>, location: Range<usize>) -> Diagnostic {
    Diagnostic::warning(Code::PagePolicy, "the page does not contain the page policy")
        .at(Location::new(source, location))
        .hint("use the component `page_head`, or put the `meta` element with `{{ policy }}` into the head")
}

fn faults(tag: &StartTag<usize>) -> Vec<(String, &'static str)> {
    let mut faults = Vec::new();
    let name = String::from_utf8_lossy(&tag.name).into_owned();
    match name.as_str() {
        "style" => faults.push((
            "the page contains a `style` element".to_owned(),
            "move the styles into a file of the theme and list it in `theme.toml`",
        )),
        "script" if value(tag, "src").is_none() => faults.push((
            "the page contains an inline script".to_owned(),
            "move the script into a file of the theme and list it in `theme.toml`",
        )),
        _ => {}
    }
    for (key, found) in &tag.attributes {
        let key = String::from_utf8_lossy(key).into_owned();
        let found = String::from_utf8_lossy(&found.value).into_owned();
        let loads = LOADS.contains(&key.as_str()) || (name == "link" && loads_by_href(tag, &key));
        if key == "style" {
            faults.push((
                format!("`{name}` has a `style` attribute"),
                "give it a class and move its style into a file of the theme",
            ));
        } else if key.starts_with("on") {
            faults.push((
                format!("`{name}` has a script in its attribute `{key}`"),
                "listen for the event in a script file of the theme",
            ));
        } else if loads && leaves_the_site(&found) {
            faults.push((
                format!("`{name}` loads from or sends to another host: `{found}`"),
                "put the file into the theme, so that no other site learns who reads the page",
            ));
        }
    }
    faults
}

/// A `link` whose file the browser gets, other than one that only says where the page lives.
fn loads_by_href(tag: &StartTag<usize>, key: &str) -> bool {
    let told = [
        "canonical",
        "alternate",
        "author",
        "license",
        "help",
        "next",
        "prev",
        "search",
    ];
    let relations = value(tag, "rel").unwrap_or_default().to_ascii_lowercase();
    key == "href" && !relations.split_whitespace().all(|one| told.contains(&one))
}

/// Whether an address has a scheme or a host of its own.
fn leaves_the_site(address: &str) -> bool {
    let start = address.trim_start();
    let scheme = start.split(['/', '?', '#']).next().unwrap_or_default();
    start.starts_with("//") || start.starts_with('\\') || scheme.contains(':')
}

fn value(tag: &StartTag<usize>, name: &str) -> Option<String> {
    let found = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(&found.value).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::short;

    const POLICY: &str = "<meta http-equiv=Content-Security-Policy content=x>";

    #[test]
    fn what_would_act_or_load_is_told_where_it_stands() {
        let cases = [
            ("<script>a()</script>", "the page contains an inline script"),
            ("<style>a{}</style>", "the page contains a `style` element"),
            ("<p style=a>", "`p` has a `style` attribute"),
            (
                "<p onclick=a()>",
                "`p` has a script in its attribute `onclick`",
            ),
            (
                "<script src=https://x.example/a.js></script>",
                "`script` loads from or sends to another host: `https://x.example/a.js`",
            ),
            (
                "<img src=//x.example/a.png>",
                "`img` loads from or sends to another host: `//x.example/a.png`",
            ),
            (
                "<link rel=stylesheet href=https://x.example/a.css>",
                "`link` loads from or sends to another host: `https://x.example/a.css`",
            ),
            (
                "<form action=https://x.example/>",
                "`form` loads from or sends to another host: `https://x.example/`",
            ),
        ];
        for (html, expected) in cases {
            let told = short(&page_policy(&[("p.html", &format!("{POLICY}{html}"))]));
            let column = POLICY.len() + 1;
            assert_eq!(
                told.lines().next(),
                Some(format!("p.html:1:{column}: page-policy: {expected}").as_str())
            );
        }
    }

    #[test]
    fn a_page_without_its_policy_is_told() {
        let told = short(&page_policy(&[("p.html", "<h1>a</h1>")]));
        assert_eq!(
            told.lines().next(),
            Some("p.html:1:1: warning: page-policy: the page does not contain the page policy")
        );
    }

    #[test]
    fn what_stays_on_the_site_and_links_to_follow_are_left_alone() {
        let html = "<link rel=canonical href=https://x.example/><link rel=icon href=../a.svg>\
                    <script src=../a.js></script><img src=a.png><a href=https://x.example/>b</a>\
                    <form action=../search/>";
        assert!(page_policy(&[("p.html", &format!("{POLICY}{html}"))]).is_empty());
    }
}
