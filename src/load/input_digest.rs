//! The digest of everything a site is made from.
//!
//! In: the files of a site as they are on disk. Out: digests that change whenever a file does.

use std::fmt::Write as _;

use super::walk::Files;
use crate::fingerprint::sha256_hex;

/// Digests of the files of a site: SHA-256 in lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputDigest {
    /// Of all Markdown files.
    pub pages: String,
    /// Of all other files.
    pub other: String,
}

impl InputDigest {
    /// Starts without a file.
    pub(super) fn builder() -> Builder {
        Builder::default()
    }
}

/// Lists the files of a site with the digest of each.
#[derive(Default)]
pub(super) struct Builder {
    pages: String,
    other: String,
}

impl Builder {
    /// Adds every file of a folder.
    pub(super) fn add(&mut self, folder: &str, files: &Files) {
        for (name, file) in files {
            let list = if matches!(name.rsplit_once('.'), Some((_, "md"))) {
                &mut self.pages
            } else {
                &mut self.other
            };
            // Names are quoted: no name can look like another file's line.
            let _ = writeln!(list, "{} {folder:?} {name:?}", file.digest);
        }
    }

    /// The digests of the two lists.
    pub(super) fn finish(self) -> InputDigest {
        InputDigest {
            pages: sha256_hex(self.pages.as_bytes()),
            other: sha256_hex(self.other.as_bytes()),
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
        let mut builder = InputDigest::builder();
        builder.add(folder, &files.collect());
        builder.finish()
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
