//! Everything a build reads → one digest.
//!
//! In: the files as they are on disk, and what the caller chose. Out: a digest that is the same only
//! where the site would be the same, byte for byte: regain itself is part of it. It judges nothing.

use std::fmt::Write as _;

use rayon::prelude::*;

use super::Choices;
use super::walk::Files;
use crate::fingerprint::sha256_hex;

/// Collects what a build reads.
#[derive(Debug)]
pub(super) struct Inputs {
    pages: String,
    frame: String,
}

impl Inputs {
    /// Begins with the program and the choices.
    pub(super) fn new(choices: Choices<'_>) -> Self {
        Self {
            pages: String::new(),
            frame: format!(
                "{} {}\n{choices:?}\n",
                env!("CARGO_PKG_VERSION"),
                env!("REGAIN_SOURCES")
            ),
        }
    }

    /// Adds every file of a folder.
    pub(super) fn add(&mut self, folder: &str, files: &Files) {
        let files: Vec<_> = files.iter().collect();
        let digests: Vec<_> = files
            .par_iter()
            .map(|(_, bytes)| sha256_hex(bytes))
            .collect();
        for ((name, _), digest) in files.iter().zip(digests) {
            let lines = if matches!(name.rsplit_once('.'), Some((_, "md"))) {
                &mut self.pages
            } else {
                &mut self.frame
            };
            // Names are quoted: no name can look like another file's line.
            let _ = writeln!(lines, "{digest} {folder:?} {name:?}");
        }
    }

    /// The digest of all but the pages' text: SHA-256 in lower-case hex.
    pub(super) fn frame(&self) -> String {
        sha256_hex(self.frame.as_bytes())
    }

    /// The digest of it all.
    pub(super) fn digest(&self) -> String {
        sha256_hex(format!("{}\n{}", self.frame(), self.pages).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Drafts;
    use crate::ids::BaseUrl;

    const CHOICES: Choices<'_> = Choices {
        base_url: None,
        drafts: Drafts::Hidden,
    };

    fn digest(choices: Choices<'_>, folder: &str, files: &[(&str, &str)]) -> String {
        let files: Files = files
            .iter()
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
            .collect();
        let mut inputs = Inputs::new(choices);
        inputs.add(folder, &files);
        inputs.digest()
    }

    #[test]
    fn each_thing_a_build_depends_on_changes_the_digest() {
        let base = BaseUrl::parse("https://a.example/docs/").expect("a good base");
        let moved = Choices {
            base_url: Some(&base),
            ..CHOICES
        };
        let drafts = Choices {
            drafts: Drafts::Shown,
            ..CHOICES
        };
        let mut digests = vec![
            digest(CHOICES, "content", &[]),
            digest(CHOICES, "content", &[("a.md", "")]),
            digest(CHOICES, "content", &[("a.md", "x")]),
            digest(CHOICES, "content", &[("b.md", "x")]),
            digest(CHOICES, "content", &[("a.md", "x"), ("b.md", "")]),
            digest(CHOICES, "theme", &[("a.md", "x")]),
            digest(moved, "content", &[("a.md", "x")]),
            digest(drafts, "content", &[("a.md", "x")]),
        ];
        let count = digests.len();
        digests.sort();
        digests.dedup();
        assert_eq!(digests.len(), count);
    }

    #[test]
    fn the_same_files_have_the_same_digest() {
        let files = [("a.md", "x"), ("b.md", "")];
        assert_eq!(
            digest(CHOICES, "content", &files),
            digest(CHOICES, "content", &files)
        );
    }
}
