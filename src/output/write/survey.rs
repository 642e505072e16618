//! What stands in the output folder, compared with what shall stand there.
//!
//! In: the old folder, what its manifest lists, and the wanted site. Out: a plan that makes the new
//! folder from both, and everything that stands in its way. It reads and changes nothing.
//!
//! Ours is what the manifest lists and has the bytes it lists. Whether a file changed is told by its
//! bytes, never by a date.

use std::collections::BTreeMap;
use std::ffi::OsStr;

use rayon::prelude::*;
use rustix::io::Errno;

use super::OldSite;
use super::fault::{At, Fault};
use super::folder::{Below, Entry, Folder, Identity, Kind};
use super::plan::{Part, Survey};
use super::tree::{Tree, Wanted};
use crate::diagnostic::{Code, Diagnostic};
use crate::output::{Manifest, manifest};

/// How deep strangers' folders may be, which could use up the stack otherwise.
const MAX_DEPTH: usize = 100;

/// Compares the old folder with the wanted site.
pub(super) fn survey<'a>(old: Option<&OldSite>, wanted: &'a Tree<'a>) -> Result<Survey<'a>, Fault> {
    let top = Below::default();
    let Some(old) = old else {
        return Ok(Survey::fresh(wanted));
    };
    let surveyor = Surveyor {
        listed: &old.listed,
        top: old.folder.identity().at(&top)?,
    };
    surveyor.folder(&old.folder, Some(wanted), &top)
}

struct Surveyor<'o> {
    /// What the last build wrote.
    listed: &'o Manifest,
    /// Which folder it was, to see a mounted one inside.
    top: Identity,
}

impl<'a> Surveyor<'_> {
    /// A folder that is there; `None` is wanted of it where the site has no such folder.
    fn folder(
        &self,
        old: &Folder,
        wanted: Option<&'a Tree<'a>>,
        at: &Below,
    ) -> Result<Survey<'a>, Fault> {
        // The site's own depth is what it is.
        if wanted.is_none() && !self.is_our_folder(at) && at.depth() > MAX_DEPTH {
            return Err(Fault::new(at.clone(), Errno::NAMETOOLONG));
        }
        old.check_writable().at(at)?;
        let entries = old.entries().at(at)?;
        let mut names: BTreeMap<&OsStr, (Option<Kind>, Option<&'a Wanted<'a>>)> = BTreeMap::new();
        for Entry { name, kind } in &entries {
            names.insert(name, (Some(*kind), None));
        }
        for (name, wanted) in wanted.into_iter().flat_map(|tree| &tree.0) {
            names.entry(name.as_ref()).or_default().1 = Some(wanted);
        }
        // Most names are folders of one page each: reading them is what takes the time.
        let parts: Vec<_> = names
            .into_par_iter()
            .map(|(name, (kind, wanted))| {
                let below = at.join(name);
                let part = match kind {
                    None => Ok(Part::missing(wanted)),
                    Some(Kind::Folder) => self.inner(&old.enter(name).at(&below)?, wanted, &below),
                    Some(Kind::File) => self.file(old, name, (wanted, &below)),
                    Some(Kind::Other) => Ok(self.other(wanted, &below)),
                };
                Ok((name, part?))
            })
            .collect::<Result<_, Fault>>()?;
        let mut survey = Survey::default();
        for (name, part) in parts {
            survey.add(name, part);
        }
        Ok(survey)
    }

    fn inner(
        &self,
        old: &Folder,
        wanted: Option<&'a Wanted<'a>>,
        at: &Below,
    ) -> Result<Part<'a>, Fault> {
        if !old.identity().at(at)?.is_beside(self.top) {
            return Err(Fault::new(at.clone(), Errno::XDEV)
                .hint("a mounted folder cannot become part of a new site: unmount it"));
        }
        match wanted {
            Some(Wanted::Folder(tree)) => Ok(self.folder(old, Some(tree), at)?.entered()),
            Some(Wanted::File(bytes)) => {
                let inside = self.folder(old, None, at)?;
                if !inside.plan.steps.is_empty() || !self.is_our_folder(at) {
                    return Ok(Part::problem(in_the_way(at)));
                }
                let mut part = Part::write(bytes);
                part.tally.done.removed += inside.tally.done.removed;
                part.problems = inside.problems;
                Ok(part)
            }
            None => {
                let inside = self.folder(old, None, at)?;
                if inside.plan.steps.is_empty() && self.is_our_folder(at) {
                    return Ok(inside.left_out());
                }
                let empty = inside.plan.steps.is_empty();
                let mut part = inside.entered();
                part.tally.done.foreign += usize::from(empty);
                Ok(part)
            }
        }
    }

    fn file(
        &self,
        old: &Folder,
        name: &OsStr,
        (wanted, at): (Option<&'a Wanted<'a>>, &Below),
    ) -> Result<Part<'a>, Fault> {
        let bytes_wanted = match wanted {
            Some(Wanted::File(bytes)) => Some(*bytes),
            _ => None,
        };
        let listed = self.is_listed(at);
        if !listed && wanted.is_none() {
            return Ok(Part::carry(Kind::File));
        }
        // Any other size settles it unread.
        let could_be = |size| {
            bytes_wanted.is_some_and(|bytes| bytes.len() as u64 == size)
                || self.may_be_ours(at, size)
        };
        let now = old.read(name, could_be).at(at)?;
        if let (Some(now), Some(bytes)) = (&now, bytes_wanted)
            && now == bytes
        {
            return Ok(Part::keep(bytes));
        }
        if !now.is_some_and(|now| self.is_ours(at, &now)) {
            let problem = if listed { changed(at) } else { in_the_way(at) };
            return Ok(Part::problem(problem));
        }
        let mut part = Part::missing(wanted);
        if bytes_wanted.is_none() {
            part.tally.done.removed += 1;
        }
        Ok(part)
    }

    fn other(&self, wanted: Option<&'a Wanted<'a>>, at: &Below) -> Part<'a> {
        if wanted.is_some() {
            Part::problem(in_the_way(at))
        } else if self.is_listed(at) {
            Part::problem(changed(at))
        } else {
            Part::carry(Kind::Other)
        }
    }

    fn is_listed(&self, at: &Below) -> bool {
        at.as_str()
            .is_some_and(|path| path == manifest::NAME || self.listed.get(path).is_some())
    }

    /// Whether the file is as we wrote it. The manifest cannot vouch for itself, but a folder is only
    /// looked at when its manifest could be read.
    fn is_ours(&self, at: &Below, bytes: &[u8]) -> bool {
        at.as_str().is_some_and(|path| {
            path == manifest::NAME || self.listed.get(path).is_some_and(|entry| entry.is(bytes))
        })
    }

    fn may_be_ours(&self, at: &Below, size: u64) -> bool {
        at.as_str().is_some_and(|path| {
            path == manifest::NAME
                || self
                    .listed
                    .get(path)
                    .is_some_and(|entry| entry.size == size)
        })
    }

    fn is_our_folder(&self, at: &Below) -> bool {
        at.as_str().is_some_and(|path| self.listed.has_folder(path))
    }
}

fn in_the_way(at: &Below) -> Diagnostic {
    Diagnostic::error(
        Code::OutputInTheWay,
        format!("`{at}` in the output folder is not regain's, and the site needs its place"),
    )
    .hint("move it out of the output folder, or rename the page that needs the place")
}

fn changed(at: &Below) -> Diagnostic {
    Diagnostic::error(
        Code::OutputChanged,
        format!("`{at}` in the output folder was changed after regain wrote it"),
    )
    .hint("make the change in `content/` or in the theme, then delete this file and build again")
}
