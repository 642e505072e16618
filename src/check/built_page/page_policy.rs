//! Parts of a built page that the page policy forbids: scripts, styles and requests, which only a theme can cause.
//!
//! Links that a reader follows are checked elsewhere.

use html5gum::Token;

use crate::check::html_tokens::{Finding, Tag, attribute, attributes, lists, words};
use crate::diagnostic::{Code, Diagnostic};

/// Attributes a browser loads from, or sends to, by itself.
const LOADS: &str = "src srcset poster data action formaction background";

/// Relations of a `link` whose file no browser loads.
const NOT_LOADED: &str = "canonical alternate author license help next prev search";

/// What is wrong with a page.
pub(super) fn findings(tokens: &[Token<usize>]) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut is_stated = false;
    for token in tokens {
        if let Token::StartTag(tag) = token {
            is_stated |= attribute(tag, "http-equiv")
                .is_some_and(|name| name.eq_ignore_ascii_case("content-security-policy"));
            add_faults(tag, &mut found);
        }
    }
    if !is_stated {
        let message = "the page does not contain the page policy";
        let hint = "use the component `page_head`, or put the `meta` element with `{{ policy }}` into the head";
        let problem = Diagnostic::warning(Code::PagePolicy, message).hint(hint);
        found.push((0..0, problem));
    }
    found
}

fn add_faults(tag: &Tag, found: &mut Vec<Finding>) {
    let mut report = |message: &str, hint: &str| {
        let problem = Diagnostic::error(Code::PagePolicy, message).hint(hint);
        found.push((tag.span.start..tag.span.end, problem));
    };
    let name = words(&tag.name);
    if name == "style" {
        let hint = "move the styles into a file of the theme and list it in `theme.toml`";
        report("the page contains a `style` element", hint);
    }
    if name == "script" && attribute(tag, "src").is_none() && !is_data(tag) {
        let hint = "move the script into a file of the theme and list it in `theme.toml`";
        report("the page contains an inline script", hint);
    }
    for (key, value) in attributes(tag) {
        let loads = lists(LOADS, &key) || (name == "link" && key == "href" && is_loaded(tag));
        if key == "style" {
            let hint = "give it a class and move its style into a file of the theme";
            report(&format!("`{name}` has a `style` attribute"), hint);
        } else if key.starts_with("on") {
            let message = format!("`{name}` has a script in its attribute `{key}`");
            let hint = "listen for the event in a script file of the theme";
            report(&message, hint);
        } else if loads && leaves_the_site(&key, &value) {
            let message = format!("`{name}` loads from or sends to another host: `{value}`");
            let hint =
                "put the file into the theme, so that no other site learns who reads the page";
            report(&message, hint);
        }
    }
}

/// Whether the script is JSON-LD for search engines, which browsers do not run.
fn is_data(script: &Tag) -> bool {
    attribute(script, "type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"))
}

fn is_loaded(link: &Tag) -> bool {
    let relations = attribute(link, "rel")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let mut relations = relations.split_whitespace();
    !relations.all(|one| lists(NOT_LOADED, one))
}

/// Whether an address has a scheme or a host of its own; a `srcset` lists several.
fn leaves_the_site(key: &str, value: &str) -> bool {
    let several = if key == "srcset" { "," } else { "\0" };
    value.split(several).map(str::trim_start).any(|address| {
        let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
        address.starts_with("//") || address.starts_with('\\') || scheme.contains(':')
    })
}
