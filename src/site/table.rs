//! The TOML files that `content/` may hold.

/// A TOML file directly below `content/`; any other is a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// `site.toml`: settings.
    Site,
    /// `links.toml`: official addresses by name.
    Links,
    /// `checklist.toml`: the details a request needs.
    Checklist,
    /// `triage.toml`: the questions that lead to an outcome.
    Triage,
    /// `synonyms.toml`: words readers use for the same thing.
    Synonyms,
    /// `expect.toml`: what the author expects of the search.
    Expect,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Site,
        Self::Links,
        Self::Checklist,
        Self::Triage,
        Self::Synonyms,
        Self::Expect,
    ];

    /// The name of the file.
    pub fn file_name(self) -> &'static str {
        match self {
            Self::Site => "site.toml",
            Self::Links => "links.toml",
            Self::Checklist => "checklist.toml",
            Self::Triage => "triage.toml",
            Self::Synonyms => "synonyms.toml",
            Self::Expect => "expect.toml",
        }
    }

    /// The table in a file of this name.
    pub fn named(file_name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|table| table.file_name() == file_name)
    }
}
