//! The problems found so far, and the order they are shown in.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::Code;
use super::nearest::Comparisons;
use super::{Diagnostic, Severity};

/// How many problems of one kind are reported in one file: the first hundred explain the rest.
const MOST_OF_A_KIND: usize = 100;

/// Levels that were chosen for codes; without a level, a code is not reported.
pub type Levels = BTreeMap<Code, Option<Severity>>;

/// The problems found so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics {
    pub(super) list: Vec<Diagnostic>,
    compared: Comparisons,
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

    /// As [`nearest`](super::nearest), but gives up when this list has spent a limit on comparing names.
    pub fn nearest<'a>(
        &mut self,
        typed: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        self.compared.nearest(typed, known)
    }

    /// Whether names are still compared.
    pub fn compares_names(&self) -> bool {
        self.compared.are_within_limit()
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
            compared: Comparisons::default(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Location, Source};

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
}
