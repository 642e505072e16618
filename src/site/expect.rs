//! What an author expects of the site's search: `expect.toml` as values.

use crate::from_toml::from_toml;
use crate::source::Located;

/// Characters of a question at most: readers ask for less than a line.
pub const QUESTION_LIMIT: usize = 1_000;

from_toml! {
    /// What the author expects of search. `regain check` asks every question.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct Expectations from RawExpectations {
        /// Words that readers may use. `check` warns about each that no page and no synonym covers.
        #[serde(default)]
        pub words: Vec<Located<String>>,
        /// Questions and what they should find.
        #[serde(rename = "question", default)]
        pub questions: Vec<Expectation>,
    }
}

/// A reader's question and what it must find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// The question, as a reader might type it.
    pub ask: Located<String>,
    /// What it must find.
    pub answer: Answer,
}

/// What a question must find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A page of the site.
    Page {
        /// The one meant, then others that answer as well. Written as a link from `content/`:
        /// `a/b.md`, `/checklist/`, `a/b.md#steps`.
        pages: Vec<Located<String>>,
        /// One of them must be among this many first results.
        within: usize,
    },
    /// Nothing: the words are made up, or of another subject.
    Nothing,
}
