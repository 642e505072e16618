//! A failed build, shown to the author in the browser.
//!
//! In: a title and the problems as text. Out: a page for when there is no good build to show, and
//! the files that lay the same panel over a page of the last good one. Texts are escaped by the
//! template or set as text by the script; neither ever becomes markup.

use tera::{Context, Tera};

use crate::ids::BaseUrl;

/// The folder of the preview's own files, below the base path. A site's path cannot begin so by
/// accident.
const FOLDER: &str = "__regain/";

/// The preview's own files: name, type, text.
pub(super) const FILES: [(&str, &str, &str); 2] = [
    (
        "live.js",
        "text/javascript; charset=utf-8",
        include_str!("live.js"),
    ),
    (
        "overlay.css",
        "text/css; charset=utf-8",
        include_str!("overlay.css"),
    ),
];

/// The name of one of the preview's own files, if the path is one.
pub(super) fn own_name<'a>(path: &'a str, base: &BaseUrl) -> Option<&'a str> {
    path.strip_prefix(base.path())?.strip_prefix(FOLDER)
}

/// The element that makes a page follow the builds; `number` is that of the build it is from.
pub(super) fn script_tag(base: &BaseUrl, number: u64) -> String {
    // A base path holds no quote or angle bracket.
    format!(
        "<script defer src=\"{}{FOLDER}live.js\" data-site=\"{number}\"></script>",
        base.path()
    )
}

/// A page of our own.
#[derive(Debug, Clone, Copy)]
pub(super) struct Notice<'a> {
    /// The heading.
    pub(super) title: &'a str,
    /// What to do.
    pub(super) advice: &'a str,
    /// The list of problems; may be empty.
    pub(super) problems: &'a str,
}

impl Notice<'_> {
    /// The whole page, without the script tag.
    pub(super) fn page(self, base: &BaseUrl) -> String {
        let mut context = Context::new();
        context.insert("title", self.title);
        context.insert("advice", self.advice);
        context.insert("problems", self.problems);
        context.insert("style", &format!("{}{FOLDER}overlay.css", base.path()));
        // The template is ours and a test renders it, so this cannot fail for any text.
        Tera::one_off(include_str!("overlay.html"), &context, true).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_authors_wrote_is_shown_as_text() {
        let hostile = "</pre><script>alert(1)</script>";
        let page = Notice {
            title: hostile,
            advice: "Mend the problems.",
            problems: hostile,
        }
        .page(&BaseUrl::default());
        assert!(!page.contains("<script>"), "{page}");
        assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
        assert!(page.contains("href=\"/__regain/overlay.css\""), "{page}");
        assert!(page.contains("</head>"), "{page}");
    }

    #[test]
    fn the_script_sets_text_and_never_markup() {
        let script = include_str!("live.js");
        for sink in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "eval(",
            ".style",
            "document.write",
        ] {
            assert!(!script.contains(sink), "{sink}");
        }
    }

    #[test]
    fn the_tag_names_the_build_below_the_base() {
        let base = BaseUrl::parse("/sub/").expect("a good base");
        assert_eq!(
            script_tag(&base, 7),
            r#"<script defer src="/sub/__regain/live.js" data-site="7"></script>"#
        );
    }
}
