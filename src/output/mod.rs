//! The built site as one value, and what writes it to disk.
//!
//! In: bytes by path, from the pipeline. Out: the same on disk (`write`), with the files for static hosts. It renders
//! no page.

pub mod compress;
mod feed;
pub mod headers;
pub mod host_files;
pub mod hosts;
mod llms_txt;
pub mod manifest;
pub mod redirects;
pub mod sitemap;
pub mod verify;
pub mod write;
pub mod zip;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::ids::{BaseUrl, OutPath, UrlPath, encode_path};

pub use host_files::HostFiles;
pub use manifest::Manifest;
pub use redirects::Redirect;
pub use write::Written;

/// A page that search engines, feed readers and language models should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its address.
    pub url: UrlPath,
    /// Its title.
    pub title: String,
    /// What it is about, as plain text.
    pub summary: Option<String>,
    /// When it was last checked against its sources.
    pub reviewed: Option<Date>,
    /// Whether the site also has it as Markdown.
    pub markdown: bool,
}

/// Every file of the built site. `build` writes it, `serve` answers from it, tests compare it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    files: BTreeMap<OutPath, Arc<[u8]>>,
}

impl Output {
    /// Adds a file. Gives the file that had the same path, since two files for one path are a mistake.
    pub fn insert(&mut self, path: OutPath, bytes: impl Into<Arc<[u8]>>) -> Option<Arc<[u8]>> {
        self.files.insert(path, bytes.into())
    }

    /// The bytes at a path such as `a/b/index.html`.
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }

    /// All files in path order.
    pub fn iter(&self) -> impl Iterator<Item = (&OutPath, &Arc<[u8]>)> {
        self.files.iter()
    }

    /// The HTML pages with their paths.
    pub fn pages(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files
            .iter()
            .filter(|(path, _)| matches!(path.as_str().rsplit_once('.'), Some((_, "html"))))
            .filter_map(|(path, bytes)| Some((path.as_str(), std::str::from_utf8(bytes).ok()?)))
    }

    /// How many files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether nothing was built.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// The address path of something below the site's root, as host rule files want it. Control
/// characters and spaces are encoded, so one path is always one word on one line.
fn address(base: &BaseUrl, below: &str) -> String {
    format!("{}{}", base.path(), encode_path(below))
}

/// Text for XML.
fn xml(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\'', "&apos;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_word_under_the_base_path() {
        let base = BaseUrl::parse("https://a.example/docs/").expect("a good base");
        let cases = [
            ("", "/docs/"),
            ("a/b/", "/docs/a/b/"),
            ("a b\n/100%/é", "/docs/a%20b%0A/100%25/%C3%A9"),
        ];
        for (below, expected) in cases {
            assert_eq!(address(&base, below), expected);
        }
    }
}
