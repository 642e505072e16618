//! What an author expects of the site's search: `expect.toml` as values.

use crate::from_toml::{Written, from_toml};
use crate::source::Located;

/// Characters of a question at most: readers ask for less than a line.
pub const QUESTION_LIMIT: usize = 1_000;

from_toml! {
    /// What the author expects of search. `regain check` asks every question.
    #[derive(Debug, Clone, Default, PartialEq, Eq)]
    pub struct Expectations from RawExpectations {
        /// Words that readers may use. `check` warns about each that no page and no synonym covers.
        pub words: Vec<Located<String>> = default,
        /// Questions and what they should find.
        pub questions as "question": Vec<Expectation> = default,
    }

    /// A question and what it should find.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Expectation from RawExpectation {
        /// What a reader types.
        pub ask: Located<String>,
        /// The page to find: a guide's file, or an address such as `/checklist/`. With `#heading`, that section of it.
        pub page: Option<Written<Located<String>>>,
        /// Other pages that answer the question as well.
        pub or: Vec<Located<String>> = default,
        /// How far down the page may be in the results. Default: `3`.
        pub within: Option<Located<usize>>,
        /// `true` if nothing should be found.
        pub nothing: Option<Written<Located<bool>>>,
    }
}

impl Expectation {
    /// The pages that answer it, starting with `page`.
    pub fn pages(&self) -> impl Iterator<Item = &Located<String>> {
        let page = self.page.iter().filter_map(|page| page.0.as_ref());
        page.chain(&self.or)
    }

    /// `nothing`, if it is `true`.
    pub fn nothing(&self) -> Option<&Located<bool>> {
        let nothing = self.nothing.as_ref()?.0.as_ref();
        nothing.filter(|nothing| nothing.value)
    }

    /// Whether what is expected was written but could not be read.
    pub fn is_unclear(&self) -> bool {
        let page = self.page.as_ref().is_some_and(|page| page.0.is_none());
        page || self.nothing.as_ref().is_some_and(|one| one.0.is_none())
    }
}
