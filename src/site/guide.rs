//! One Markdown page and what its front matter says.

use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::Levels;
use crate::ids::{ContentPath, UrlPath};
use crate::markdown::{Document, Prose};
use crate::source::{Located, Source};

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

/// The front matter of a guide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// `title`, if given.
    pub title: Option<Located<String>>,
    /// What the page gets the reader, in two lines at most.
    pub summary: Option<Prose>,
    /// What the reader needs at hand.
    pub needs: Vec<Prose>,
    /// How long it takes.
    pub takes: Option<Located<String>>,
    /// Position in its folder: lower first; pages without one follow by title.
    pub order: Option<i64>,
    /// When it was last checked against its sources.
    pub reviewed: Option<Located<Date>>,
    /// How long a review is valid.
    pub review_every: Option<Located<Period>>,
    /// What it was written from.
    pub sources: Vec<Prose>,
    /// Words readers use, searched with the page.
    pub keywords: Vec<Located<String>>,
    /// Old addresses that redirect to the page.
    pub aliases: Vec<Located<String>>,
    /// Published only with `--drafts`.
    pub draft: bool,
    /// Levels of rules on this page.
    pub levels: Levels,
}

/// A number of months and days, such as `6 months`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// Whole months.
    pub months: i32,
    /// Whole days.
    pub days: i32,
}

impl Period {
    /// The day a review made on `from` expires, or the last day of the calendar if that is earlier.
    pub fn after(self, from: Date) -> Date {
        let span = jiff::Span::new().months(self.months).days(self.days);
        from.saturating_add(span)
    }
}
