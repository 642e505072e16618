//! How the new folder is made, and what that comes to.
//!
//! In: what `survey` finds, name by name. Out: the steps `stage` takes, sums, and what stands in the
//! way. Plain values.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::Written;
use super::folder::{Below, Kind};
use super::tree::{Tree, Wanted};
use crate::diagnostic::Diagnostic;

/// How the new folder is made.
#[derive(Debug, Default)]
pub(super) struct Plan<'a> {
    /// Sorted by name.
    pub(super) steps: Vec<(OsString, Step<'a>)>,
}

/// How one name of the new folder is made.
#[derive(Debug)]
pub(super) enum Step<'a> {
    /// A file with these bytes.
    Write(&'a [u8]),
    /// The old file, which has these bytes.
    Keep(&'a [u8]),
    /// Whatever stands there; it is not ours.
    Carry(Kind),
    /// A folder.
    Enter(Plan<'a>),
}

impl Plan<'_> {
    /// Strangers' `.gz` and `.br` files beside files of ours, of which they may hold older text.
    pub(super) fn compressed(&self, at: &Below) -> Vec<Below> {
        let is_ours = |name: &OsStr| {
            let found = self
                .steps
                .binary_search_by(|(other, _)| other.as_os_str().cmp(name));
            found.is_ok_and(|at| matches!(self.steps[at].1, Step::Write(_) | Step::Keep(_)))
        };
        let mut found = Vec::new();
        for (name, step) in &self.steps {
            let path = Path::new(name);
            match step {
                Step::Enter(inner) => found.extend(inner.compressed(&at.join(name))),
                Step::Carry(Kind::File)
                    if path
                        .extension()
                        .is_some_and(|end| end == "gz" || end == "br")
                        && path.file_stem().is_some_and(is_ours) =>
                {
                    found.push(at.join(name));
                }
                _ => {}
            }
        }
        found
    }
}

/// The plan, what it comes to, and what stands in its way.
#[derive(Debug, Default)]
pub(super) struct Survey<'a> {
    pub(super) plan: Plan<'a>,
    pub(super) tally: Tally,
    pub(super) problems: Vec<Diagnostic>,
}

/// Files by what happens to them, and the bytes to be written.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Tally {
    pub(super) done: Written,
    pub(super) bytes: u64,
}

/// What becomes of one name.
#[derive(Debug, Default)]
pub(super) struct Part<'a> {
    /// `None` where the new folder does not have it.
    pub(super) step: Option<Step<'a>>,
    pub(super) tally: Tally,
    pub(super) problems: Vec<Diagnostic>,
}

impl<'a> Part<'a> {
    pub(super) fn write(bytes: &'a [u8]) -> Self {
        let mut part = Self {
            step: Some(Step::Write(bytes)),
            ..Self::default()
        };
        part.tally.done.written = 1;
        part.tally.bytes = bytes.len() as u64;
        part
    }

    /// A name nothing stands at yet.
    pub(super) fn missing(wanted: Option<&Wanted<'a>>) -> Self {
        match wanted {
            None => Self::default(),
            Some(Wanted::File(bytes)) => Self::write(bytes),
            Some(Wanted::Folder(tree)) => Survey::fresh(tree).entered(),
        }
    }

    pub(super) fn keep(bytes: &'a [u8]) -> Self {
        let mut part = Self {
            step: Some(Step::Keep(bytes)),
            ..Self::default()
        };
        part.tally.done.kept = 1;
        part
    }

    pub(super) fn carry(kind: Kind) -> Self {
        let mut part = Self {
            step: Some(Step::Carry(kind)),
            ..Self::default()
        };
        part.tally.done.foreign = 1;
        part
    }

    pub(super) fn problem(problem: Diagnostic) -> Self {
        Self {
            problems: vec![problem],
            ..Self::default()
        }
    }
}

impl<'a> Survey<'a> {
    /// A folder with nothing old in it.
    pub(super) fn fresh(wanted: &Tree<'a>) -> Self {
        let mut survey = Self::default();
        for (name, wanted) in &wanted.0 {
            survey.add(name.as_ref(), Part::missing(Some(wanted)));
        }
        survey
    }

    /// The survey of a folder as a part of the folder above.
    pub(super) fn entered(self) -> Part<'a> {
        Part {
            step: Some(Step::Enter(self.plan)),
            tally: self.tally,
            problems: self.problems,
        }
    }

    /// The same for a folder the new site does not have.
    pub(super) fn left_out(self) -> Part<'a> {
        Part {
            step: None,
            ..self.entered()
        }
    }

    pub(super) fn add(&mut self, name: &OsStr, part: Part<'a>) {
        if let Some(step) = part.step {
            self.plan.steps.push((name.to_owned(), step));
        }
        let (sum, done) = (&mut self.tally.done, part.tally.done);
        sum.written += done.written;
        sum.kept += done.kept;
        sum.removed += done.removed;
        sum.foreign += done.foreign;
        self.tally.bytes += part.tally.bytes;
        self.problems.extend(part.problems);
    }
}
