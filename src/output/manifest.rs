//! `manifest.json`: SHA-256 and size of every other file of the site.
//!
//! In: the digests of files, or the text of a manifest. Out: the manifest as bytes or as a value. It is also how
//! `write` knows which files are ours.

use std::collections::BTreeMap;
use std::ops::Bound;

use serde::{Deserialize, Serialize};

use crate::fingerprint::sha256_hex;
use crate::ids::OutPath;
use crate::site::HostFile;

/// The name of the manifest in the site.
pub const NAME: &str = HostFile::Manifest.name();

/// Increased when the meaning of the file changes; a newer version is not read.
const VERSION: u32 = 1;

/// Path and digest of every file of a site but the manifest itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The first key distinguishes the file from the `manifest.json` of a web app.
    #[serde(rename = "regain-manifest")]
    version: u32,
    /// The id of the build that wrote it, if it had one.
    #[serde(rename = "made-from", skip_serializing_if = "Option::is_none")]
    made_from: Option<String>,
    files: BTreeMap<OutPath, FileDigest>,
    /// The ids that others may link to, by page.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    headings: BTreeMap<OutPath, Vec<String>>,
}

/// What a file must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileDigest {
    /// SHA-256 in lower-case hex.
    pub sha256: String,
    /// Bytes.
    pub size: u64,
}

/// Whether the bytes claim to be a manifest of ours, though they may be cut off or changed.
pub fn is_marked(bytes: &[u8]) -> bool {
    String::from_utf8_lossy(bytes).contains("\"regain-manifest\"")
}

impl Manifest {
    /// Lists all files of a site but the manifest itself. `made_from` is the id of the build.
    pub fn new(files: BTreeMap<OutPath, FileDigest>, made_from: Option<&str>) -> Self {
        Self {
            version: VERSION,
            made_from: made_from.map(str::to_owned),
            files,
            headings: BTreeMap::new(),
        }
    }

    /// Adds the ids of the headings of each page.
    #[must_use]
    pub fn with_headings(mut self, headings: BTreeMap<OutPath, Vec<String>>) -> Self {
        self.headings = headings;
        self
    }

    /// Lists the manifest itself as well.
    #[must_use]
    pub fn with_itself(mut self, bytes: &[u8]) -> Self {
        let path = HostFile::Manifest.path();
        self.files.insert(path, FileDigest::of(bytes));
        self
    }

    /// Reads a manifest; `None` if it is not ours, of a newer version, or lists a path that no site can have.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let manifest: Self = serde_json::from_slice(bytes).ok()?;
        (manifest.version == VERSION).then_some(manifest)
    }

    /// The id of the build that wrote it, if it had one.
    pub fn made_from(&self) -> Option<&str> {
        self.made_from.as_deref()
    }

    /// What the file at `path` must be; `None` if it is not listed.
    pub fn get(&self, path: &str) -> Option<&FileDigest> {
        self.files.get(path)
    }

    /// The ids of the headings of a page.
    pub fn headings(&self, path: &OutPath) -> &[String] {
        self.headings.get(path).map_or(&[], Vec::as_slice)
    }

    /// All listed files in path order.
    pub fn iter(&self) -> impl Iterator<Item = (&OutPath, &FileDigest)> {
        self.files.iter()
    }

    /// Whether any listed file is in the folder `path`, which has no slash at its end.
    pub fn has_folder(&self, path: &str) -> bool {
        let start = format!("{path}/");
        self.files
            .range::<str, _>((Bound::Included(start.as_str()), Bound::Unbounded))
            .next()
            .is_some_and(|(found, _)| found.as_str().starts_with(&start))
    }

    /// The bytes of `manifest.json`.
    pub fn text(&self) -> Vec<u8> {
        // Text keys and plain numbers always have a JSON form.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

impl FileDigest {
    /// What a file with these bytes must be.
    pub fn of(bytes: &[u8]) -> Self {
        Self {
            sha256: sha256_hex(bytes),
            size: bytes.len() as u64,
        }
    }

    /// Whether the bytes are what the manifest says.
    pub fn is(&self, bytes: &[u8]) -> bool {
        self.size == bytes.len() as u64 && self.sha256 == sha256_hex(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries<const N: usize>(files: [(&str, &str); N]) -> BTreeMap<OutPath, FileDigest> {
        let files = files.map(|(path, text)| {
            let path = OutPath::new(path).expect("a good path");
            (path, FileDigest::of(text.as_bytes()))
        });
        files.into()
    }

    #[test]
    fn it_lists_every_file_sorted() {
        let manifest = Manifest::new(entries([("b/index.html", "x"), ("a", "")]), Some("5eed"));
        let text = String::from_utf8(manifest.text()).expect("a text");
        let expected = r#"
            {
              "regain-manifest": 1,
              "made-from": "5eed",
              "files": {
                "a": {
                  "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                  "size": 0
                },
                "b/index.html": {
                  "sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
                  "size": 1
                }
              }
            }
            "#;
        assert_eq!(
            format!("\n{text}"),
            expected.replace("\n            ", "\n")
        );
    }

    #[test]
    fn what_is_written_is_read_back() {
        let files = entries([("b/index.html", "x"), ("a", "")]);
        for made_from in [None, Some("5eed")] {
            let written = Manifest::new(files.clone(), made_from);
            assert_eq!(Manifest::parse(&written.text()), Some(written));
        }
    }

    #[test]
    fn other_manifests_are_not_ours() {
        let entry = r#"{"sha256": "00", "size": 1}"#;
        let cases = [
            String::new(),
            r#"{"name": "A web app", "icons": []}"#.to_owned(),
            r#"{"regain-manifest": 2, "files": {}}"#.to_owned(),
            format!(r#"{{"regain-manifest": 1, "files": {{"../a": {entry}}}}}"#),
            format!(r#"{{"regain-manifest": 1, "files": {{"/etc/a": {entry}}}}}"#),
        ];
        for text in cases {
            assert_eq!(Manifest::parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_folder_is_ours_only_with_a_file_of_ours_below_it() {
        let listed = Manifest::new(entries([("a/b/c", ""), ("ab/c", "")]), None);
        let cases = [
            ("a", true),
            ("a/b", true),
            ("a/b/c", false),
            ("ab", true),
            ("b", false),
        ];
        for (folder, expected) in cases {
            assert_eq!(listed.has_folder(folder), expected, "{folder}");
        }
    }
}
