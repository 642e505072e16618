//! Old addresses and the pages they redirect to.

use super::address;
use crate::ids::{BaseUrl, OutPath, UrlPath, encode_path};

/// One old address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Redirect {
    /// The file of its page, for hosts that read no list of redirects: `old/index.html`, or `old.html`.
    pub from: OutPath,
    /// The page it redirects to.
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

/// The file of an old address as authors write it: `old/index.html` for `/old/` and `/old`, `old.html` for
/// `/old.html`. `None` for the home page, and if it is not a path of the site.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_address_has_one_file() {
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
}
