//! Old addresses that lead to new ones.
//!
//! In: pairs of an old address and a page. Out: the text of `_redirects`, and where the page for hosts
//! that do not read that file is written. What that page looks like is for the theme.

use std::fmt::Write as _;

use super::address;
use crate::ids::{BaseUrl, OutPath, UrlPath, encode_path};

/// One old address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Redirect {
    /// Where its stub page is written: `old/index.html`, or a file such as `old.html`.
    pub from: OutPath,
    /// The page it leads to.
    pub to: UrlPath,
    /// The heading on that page.
    pub fragment: Option<String>,
}

impl Redirect {
    /// The old address and the new one, below the root of the host.
    pub(super) fn addresses(&self, base: &BaseUrl) -> (String, String) {
        let from = self.from.as_str();
        let from = address(base, from.strip_suffix("index.html").unwrap_or(from));
        let mut to = address(base, self.to.as_str());
        if let Some(fragment) = &self.fragment {
            to = format!("{to}#{}", encode_path(fragment));
        }
        (from, to)
    }
}

/// The stub of an address as authors write it: `/old/` and `/old` give `old/index.html`, `/old.html`
/// itself. `None` where it is no path below the root or the home page.
pub fn stub_path(from: &str) -> Option<OutPath> {
    let path = from.strip_prefix('/').unwrap_or(from);
    let last = path.rsplit('/').next().unwrap_or_default();
    if matches!(last.rsplit_once('.'), Some((_, "html" | "htm"))) {
        return OutPath::new(path);
    }
    let folder = path.strip_suffix('/').unwrap_or(path);
    let clean = !folder.is_empty() && !last.contains(['?', '#']);
    clean.then(|| OutPath::new(format!("{folder}/index.html")))?
}

/// The text of `_redirects`, which several static hosts read: one `old new 301` a line.
pub fn redirects_file(base: &BaseUrl, redirects: &[Redirect]) -> String {
    let mut text = String::new();
    for redirect in redirects {
        let (from, to) = redirect.addresses(base);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{from} {to} 301");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redirect(from: &str, to: &str) -> Redirect {
        Redirect {
            from: stub_path(from).expect("a good old address"),
            to: UrlPath::of_parts(to.split('/')),
            fragment: None,
        }
    }

    #[test]
    fn an_old_address_has_one_stub() {
        let cases = [
            ("/old/", Some("old/index.html")),
            ("/old", Some("old/index.html")),
            ("old/page/", Some("old/page/index.html")),
            ("/old.html", Some("old.html")),
            ("/", None),
            ("", None),
            ("/../old/", None),
            ("//host/", None),
            ("/old?x", None),
        ];
        for (from, expected) in cases {
            let stub = stub_path(from);
            assert_eq!(stub.as_ref().map(OutPath::as_str), expected, "{from}");
        }
    }

    #[test]
    fn the_file_holds_one_rule_a_line_under_the_base_path() {
        let base = BaseUrl::parse("/docs/").expect("a good base");
        let text = redirects_file(
            &base,
            &[redirect("/old page/", "new"), redirect("/o.html", "")],
        );
        assert_eq!(
            text,
            "/docs/old%20page/ /docs/new/ 301\n/docs/o.html /docs/ 301\n"
        );
    }
}
