//! What is wrong, where, and how to fix it.
//!
//! In: what loading and checking found. Out: values that `human`, `short`, `github` and `json` turn into text. Nothing
//! here prints or chooses an exit code.

mod codes;
mod github;
mod human;
mod json;
mod short;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::named::named;
use crate::source::Location;

pub use codes::Code;
pub use github::github;
pub use human::human;
pub use json::json;
pub use short::short;

/// How many problems of one kind are reported in one file: the first hundred explain the rest.
const MOST_OF_A_KIND: usize = 100;

/// How many pairs of letters are compared for "did you mean", which takes well below a second. Thousands of wrong names
/// among thousands of known ones would take minutes, and nobody reads that many hints.
const COMPARISON_LIMIT: usize = 200_000_000;

named! {
    /// How bad it is.
    #[derive(PartialOrd, Ord, Hash, Serialize)]
    #[serde(rename_all = "lowercase")]
    pub enum Severity {
        /// The site is not built.
        Error = "error",
        /// The site is built; `check --strict` fails.
        Warning = "warning",
        /// Worth knowing; never fails anything.
        Info = "info",
    }
}

/// One problem: what it is, where, and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The stable name of this kind of problem.
    pub code: Code,
    /// Lower case, no full stop, the thing in backticks.
    pub message: String,
    /// Where; `None` only if no file is to blame.
    #[serde(flatten)]
    pub location: Option<Location>,
    /// Other locations that explain it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<Related>,
    /// What to do about it.
    pub hints: Vec<String>,
    /// The name or path that the message quotes, for rules that compare problems.
    #[serde(skip)]
    pub subject: Option<Box<str>>,
}

/// Another location that explains a problem, with a short label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Related {
    #[serde(flatten)]
    location: Location,
    label: String,
}

impl Diagnostic {
    /// A problem that stops the build.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message)
    }

    /// A problem the author should fix before publishing.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message)
    }

    /// A fact for a review.
    pub fn info(code: Code, message: impl Into<String>) -> Self {
        Self::new(Severity::Info, code, message)
    }

    fn new(severity: Severity, code: Code, message: impl Into<String>) -> Self {
        Self {
            severity,
            code,
            message: message.into(),
            location: None,
            related: Vec::new(),
            hints: Vec::new(),
            subject: None,
        }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, location: impl Into<Location>) -> Self {
        self.location = Some(location.into());
        self
    }

    /// Adds another location that explains the problem.
    #[must_use]
    pub fn see(mut self, location: impl Into<Location>, label: impl Into<String>) -> Self {
        self.related.push(Related {
            location: location.into(),
            label: label.into(),
        });
        self
    }

    /// Adds a way to fix it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Suggests the known name nearest to a mistyped one; if none is near, gives another hint.
    #[must_use]
    pub fn suggest<'a>(
        self,
        typed: &str,
        known: impl IntoIterator<Item = &'a str>,
        otherwise: &str,
    ) -> Self {
        match nearest(typed, known) {
            Some(near) => self.hint(format!("did you mean `{near}`?")),
            None => self.hint(otherwise),
        }
    }

    /// Records the name or path the problem is about.
    #[must_use]
    pub fn about(mut self, subject: impl Into<Box<str>>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// What the list is sorted by: what is in no file comes first.
    fn order(&self) -> (Severity, Option<(&str, usize)>, &str, &str) {
        let location = self.location.as_ref();
        let position = location.map(|one| (one.source.path(), one.span.start));
        (self.severity, position, self.code.as_str(), &self.message)
    }
}

/// Levels that were chosen for codes; without a level, a code is not reported.
pub type Levels = BTreeMap<Code, Option<Severity>>;

/// The problems found so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    /// How many pairs of letters have been compared for "did you mean".
    compared: usize,
}

impl Diagnostics {
    /// Adds a problem.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all of another list.
    pub fn extend(&mut self, other: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(other);
    }

    /// As [`nearest`], but gives up when this list has spent [`COMPARISON_LIMIT`] on comparing names.
    pub fn nearest<'a>(
        &mut self,
        typed: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        let mut best: Option<(usize, &str)> = None;
        for name in known {
            let most = (name.chars().count() / 3).max(1);
            // An edit changes at most four bytes.
            let is_close = typed.len().abs_diff(name.len()) <= 4 * most;
            self.compared += 1 + if is_close {
                typed.len() * name.len()
            } else {
                0
            };
            if !self.compares_names() {
                return None;
            }
            if is_close {
                let edits = strsim::osa_distance(typed, name);
                let continues = typed.starts_with(name) || name.starts_with(typed);
                let is_near = edits <= name.chars().count() / 3 || (edits == 1 && continues);
                let found = is_near.then_some((edits, name));
                best = best.into_iter().chain(found).min();
            }
        }
        best.map(|(_, name)| name)
    }

    /// Whether names are still compared.
    pub fn compares_names(&self) -> bool {
        self.compared <= COMPARISON_LIMIT
    }

    /// Whether any of them stops the build.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// How many of one severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.list
            .iter()
            .filter(|one| one.severity == severity)
            .count()
    }

    /// The list without those of one severity.
    #[must_use]
    pub fn without(mut self, severity: Severity) -> Self {
        self.list.retain(|one| one.severity != severity);
        self
    }

    /// Gives each problem the level that was chosen for it, if one was.
    pub fn set_levels<'a>(&mut self, levels: impl Fn(&Diagnostic) -> Option<&'a Option<Severity>>) {
        self.list.retain_mut(|one| match levels(one) {
            Some(Some(severity)) => {
                one.severity = *severity;
                true
            }
            Some(None) => false,
            None => true,
        });
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Errors first, then warnings, then one line of information per kind, each by file and location. Exact repeats
    /// are dropped, so that the same site always gives the same list.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.list.sort_by(|a, b| a.order().cmp(&b.order()));
        self.list.dedup();
        self.shortened().with_information_merged()
    }

    /// One line of information for each code: the first, with what all of them are about.
    fn with_information_merged(mut self) -> Self {
        let first = self
            .list
            .partition_point(|one| one.severity != Severity::Info);
        let mut kinds: BTreeMap<Code, Vec<Diagnostic>> = BTreeMap::new();
        for one in self.list.drain(first..) {
            kinds.entry(one.code).or_default().push(one);
        }
        self.list.extend(kinds.into_values().filter_map(|kind| {
            let subjects = kind.iter().filter_map(|one| one.subject.as_deref());
            let subjects: Vec<&str> = subjects.collect::<BTreeSet<_>>().into_iter().collect();
            let what = match (subjects.as_slice(), kind.len()) {
                ([], 1) => String::new(),
                ([], count) => format!(" (and {} more like it)", count - 1),
                (subjects, _) => format!(": {}", subjects.join(", ")),
            };
            let mut first = kind.into_iter().next()?;
            first.message.push_str(&what);
            first.subject = None;
            Some(first)
        }));
        self
    }

    /// The first of each kind in each file; the last of them says how many more there are.
    fn shortened(self) -> Self {
        // How many there are, and which is the last that is kept.
        let mut kinds: BTreeMap<_, (usize, usize)> = BTreeMap::new();
        let mut kept: Vec<Diagnostic> = Vec::new();
        for one in self.list {
            if let Some(location) = &one.location {
                let kind = (location.source.path().to_owned(), one.code, one.severity);
                let (count, last) = kinds.entry(kind).or_default();
                *count += 1;
                if *count > MOST_OF_A_KIND {
                    continue;
                }
                *last = kept.len();
            }
            kept.push(one);
        }
        for (count, last) in kinds.into_values() {
            if let Some(more @ 1..) = count.checked_sub(MOST_OF_A_KIND) {
                let hint = format!("this file has {more} more like it");
                kept[last].hints.push(hint);
            }
        }
        Self { list: kept, ..self }
    }

    /// The problems, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }
}

impl FromIterator<Diagnostic> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(list: I) -> Self {
        Self {
            list: list.into_iter().collect(),
            compared: 0,
        }
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}

/// Why a command could not do its work; each kind has its own exit code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// The site has problems: exit 1.
    Site(Diagnostics),
    /// The command line asks for something that cannot be: exit 2.
    Usage(String),
    /// The machine refused: disk, permission, port, another build. Exit 3.
    Machine(String),
}

/// The known name nearest to a mistyped one, for "did you mean": at most a third of it wrong, so that a person
/// would see the likeness.
///
/// If an author's files decide how many names there are, use [`Diagnostics::nearest`].
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    Diagnostics::default().nearest(typed, known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn a_flood_of_one_kind_is_cut_and_counted() {
        let source = Source::new("content/a.md", "a".repeat(400));
        let mut diagnostics = Diagnostics::default();
        for at in 0..350 {
            let code = if at < 50 {
                Code::BrokenLink
            } else {
                Code::RawHtml
            };
            diagnostics.push(Diagnostic::error(code, "no").at(Location::new(&source, at..at)));
        }
        let sorted = diagnostics.sorted();
        assert_eq!(sorted.iter().count(), 150);
        let last = sorted.iter().last().expect("150 of them");
        assert_eq!(last.hints, ["this file has 200 more like it"]);
    }

    /// Comparing all of these would take hours.
    #[test]
    fn a_flood_of_wrong_names_gets_hints_only_at_first() {
        let known: Vec<_> = (0..10_000)
            .map(|at| format!("a-rather-long-name-{at:05}"))
            .collect();
        let known = || known.iter().map(String::as_str);
        let mut diagnostics = Diagnostics::default();
        let hints = (0..10_000).filter(|at| {
            let typed = format!("a-rather-lnog-name-{at:05}");
            diagnostics.nearest(&typed, known()).is_some()
        });
        assert!((10..100).contains(&hints.count()));
        assert_eq!(diagnostics.nearest(&"a".repeat(1 << 20), known()), None);
    }

    #[test]
    fn the_nearest_name_is_near_or_not_given() {
        let known = ["title", "summary", "reviewed", "order"];
        let cases = [
            ("titel", Some("title")),
            ("sumary", Some("summary")),
            ("ordre", Some("order")),
            ("colour", None),
        ];
        for (typed, expected) in cases {
            assert_eq!(nearest(typed, known), expected, "{typed}");
        }
    }
}
