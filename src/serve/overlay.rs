//! What the preview adds to the pages: live reload, and the problems of a failed build.
//!
//! In: a page, or problems as text. Out: the page with the script that follows the builds, or a page
//! that shows the problems while there is no site yet. Text is escaped by the template, or set as text
//! by the script; it never becomes markup.

use std::sync::Arc;

use tera::{Context, Tera};

use super::live::State;
use crate::ids::BaseUrl;

/// The folder of the preview's own files, below the base path. No page of a site has this name by
/// accident.
const FOLDER: &str = "__regain/";

/// The preview's own files.
pub(super) const FILES: [(&str, &str); 2] = [
    ("live.js", include_str!("live.js")),
    ("overlay.css", include_str!("overlay.css")),
];

/// The name of one of the preview's own files, if the path is in their folder.
pub(super) fn own_name<'a>(path: &'a str, base: &BaseUrl) -> Option<&'a str> {
    path.strip_prefix(base.path())?.strip_prefix(FOLDER)
}

/// A page with the script of live reload, and a policy that allows it to connect; unchanged if there
/// is no `head` to put it in.
pub(super) fn with_live_reload(page: &[u8], state: &State) -> Arc<[u8]> {
    let parts = std::str::from_utf8(page)
        .ok()
        .and_then(|page| page.split_once("</head>"));
    let Some((head, rest)) = parts else {
        return page.into();
    };
    // Quotes in attribute values may be escaped.
    let head = head
        .replace("connect-src 'none'", "connect-src 'self'")
        .replace("connect-src &#39;none&#39;", "connect-src &#39;self&#39;");
    // A base path contains no quotes or angle brackets.
    let script = format!(
        "<script defer src=\"{}{FOLDER}live.js\" data-site=\"{}\"></script>",
        state.base.path(),
        state.generation
    );
    format!("{head}{script}</head>{rest}").into_bytes().into()
}

/// The page that shows the problems while there is no site yet.
pub(super) fn problems_page(state: &State) -> Arc<[u8]> {
    let mut context = Context::new();
    context.insert("problems", &state.problems);
    context.insert("folder", &format!("{}{FOLDER}", state.base.path()));
    // The template is ours and a test renders it, so this cannot fail whatever the text.
    let page = Tera::one_off(include_str!("overlay.html"), &context, true).unwrap_or_default();
    with_live_reload(page.as_bytes(), state)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_policy_of_the_page_itself_changes() {
        let state = State {
            base: BaseUrl::parse("/sub/").expect("a valid base"),
            ..State::default()
        };
        let head = "<head><meta content=\"script-src &#39;self&#39;; connect-src &#39;none&#39;\">";
        let body = "</head><body><code>connect-src 'none' </head></code>";
        let page = with_live_reload(format!("{head}{body}").as_bytes(), &state);
        let head = head.replace("none", "self");
        let script = "<script defer src=\"/sub/__regain/live.js\" data-site=\"0\"></script>";
        let expected = format!("{head}{script}{body}");
        assert_eq!(String::from_utf8_lossy(&page), expected);
    }

    #[test]
    fn the_script_sets_text_and_never_markup() {
        let script = include_str!("live.js");
        for sink in ["HTML", "eval(", ".style", "document.write"] {
            assert!(!script.contains(sink), "{sink}");
        }
    }
}
