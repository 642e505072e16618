//! What an author expects of the site's search: `expect.toml` as values.

use crate::source::Located;

/// Characters of a question at most: readers ask for less than a line.
pub const QUESTION_LIMIT: usize = 1_000;

/// Everything `expect.toml` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expectations {
    /// What readers may ask, and what must come of it.
    pub questions: Vec<Expectation>,
    /// Words readers may use; each should lead somewhere.
    pub words: Vec<Located<String>>,
}

/// A reader's question and what must come of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The question, as a reader might type it.
    pub ask: Located<String>,
    /// What must come of it.
    pub answer: Answer,
}

/// What must come of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A page of the site.
    Page {
        /// The one meant, then others that answer as well. Written as a link from `content/`:
        /// `a/b.md`, `/checklist/`, `a/b.md#steps`.
        pages: Vec<Located<String>>,
        /// One of them is among the first so many pages.
        within: usize,
    },
    /// Nothing: the words are made up, or of another subject.
    Nothing,
}
