//! The TOML files that `content/` may have.

use crate::named::named;

named! {
    /// A TOML file directly below `content/`; any other is a mistake.
    #[derive(PartialOrd, Ord)]
    pub enum Table {
        /// `site.toml`: settings.
        Site = "site.toml",
        /// `links.toml`: official addresses by name.
        Links = "links.toml",
        /// `checklist.toml`: the details a request needs.
        Checklist = "checklist.toml",
        /// `triage.toml`: the questions that lead to an outcome.
        Triage = "triage.toml",
        /// `synonyms.toml`: words readers use for the same thing.
        Synonyms = "synonyms.toml",
        /// `expect.toml`: what the author expects of the search.
        Expect = "expect.toml",
    }
}
