//! One Markdown page.

use std::sync::Arc;

use super::FrontMatter;
use crate::ids::{ContentPath, UrlPath};
use crate::markdown::Document;
use crate::source::Source;

/// The name of a guide's plain Markdown, which is published beside its page.
pub const MARKDOWN: &str = "index.md";

/// One Markdown page.
#[derive(Debug, Clone)]
pub struct Guide {
    /// The text of the file.
    pub source: Arc<Source>,
    /// The file, such as `a/b.md`.
    pub file: ContentPath,
    /// Its address.
    pub url: UrlPath,
    /// Home, a folder's page, or a page in a folder.
    pub kind: GuideKind,
    /// Its title in the navigation.
    pub title: String,
    /// Its front matter.
    pub meta: FrontMatter,
    /// Where the body begins, in bytes of the source.
    pub body: usize,
    /// The parsed body.
    pub document: Document,
    /// Whether an author wrote it.
    pub origin: Origin,
}

impl Guide {
    /// Whether it is the page of a folder.
    pub fn is_folder(&self) -> bool {
        self.kind != GuideKind::Page
    }

    /// The heading of the page: the first one in its text, else its title.
    pub fn heading(&self) -> &str {
        self.document
            .heading
            .as_ref()
            .map(|heading| heading.text.as_str())
            .filter(|text| !text.is_empty())
            .unwrap_or(&self.title)
    }
}

/// Whether an author wrote a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// It is a file below `content/`.
    File,
    /// It was made for a folder without `index.md`.
    Folder,
}

/// What kind of page a Markdown file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuideKind {
    /// `content/index.md`
    Home,
    /// `index.md` of a folder.
    Section,
    /// Any other page.
    Page,
}
