//! The digest of all input files, which changes whenever one of them does. It is part of the build id (`pipeline`).

use std::fmt::Write as _;

use super::walk::Files;
use crate::fingerprint::sha256_hex;

/// Digests of the files of a site: SHA-256 in lower-case hex.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InputDigest {
    /// Of all Markdown files.
    pub pages: String,
    /// Of all other files.
    pub other: String,
}

impl InputDigest {
    /// The digest of these files as well.
    #[must_use]
    pub(super) fn with(self, folder: &str, files: &Files) -> Self {
        let Self {
            mut pages,
            mut other,
        } = self;
        for (name, file) in files {
            let is_page = matches!(name.rsplit_once('.'), Some((_, "md")));
            let list = if is_page { &mut pages } else { &mut other };
            // Names are quoted: no name can look like another file's line.
            let _ = writeln!(list, "{} {folder:?} {name:?}", file.digest);
        }
        Self {
            pages: sha256_hex(pages.as_bytes()),
            other: sha256_hex(other.as_bytes()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::walk::FileBytes;
    use super::*;

    fn digest(folder: &str, files: &[(&str, &str)]) -> InputDigest {
        let files = files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), FileBytes::new(text.as_bytes().to_vec())));
        InputDigest::default().with(folder, &files.collect())
    }

    #[test]
    fn the_digest_depends_on_folders_names_and_bytes() {
        let digests = [
            digest("content", &[]),
            digest("content", &[("a.md", "")]),
            digest("content", &[("a.md", "x")]),
            digest("content", &[("b.md", "x")]),
            digest("content", &[("a.md", "x"), ("b.md", "")]),
            digest("content", &[("a.png", "x")]),
            digest("theme", &[("a.md", "x")]),
        ];
        for (index, one) in digests.iter().enumerate() {
            assert!(!digests[..index].contains(one), "{index}");
        }
        let files = [("a.md", "x"), ("b.md", "")];
        assert_eq!(digest("content", &files), digest("content", &files));
    }

    #[test]
    fn only_markdown_counts_as_pages() {
        let before = digest("content", &[("a.md", "x"), ("a.toml", "x")]);
        let page = digest("content", &[("a.md", "y"), ("a.toml", "x")]);
        let table = digest("content", &[("a.md", "x"), ("a.toml", "y")]);
        assert!(before.other == page.other && before.pages != page.pages);
        assert!(before.pages == table.pages && before.other != table.other);
    }
}
