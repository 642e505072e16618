//! The new site, made in a folder beside the old one.
//!
//! In: the old folder with its manifest, an empty folder, and the files of the site. Out: the new site in
//! the empty folder, and everything that keeps it from replacing the old one. The old folder is not changed.
//!
//! A file is ours if the manifest lists it with the bytes it has; dates are never compared. An unchanged file
//! is linked, so it keeps its date, and an upload by date or size stays small. Files that are not ours are
//! linked as well.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::Path;

use rayon::prelude::*;

use super::error::{At as _, PathError, escaped};
use super::folder::{Entry, Folder, Kind, slashed};
use super::tree::{Node, Tree};
use super::{OldSite, Written};
use crate::diagnostic::{Code, Diagnostic};
use crate::output::{Manifest, manifest};

/// The deepest folder that is not ours: deeper ones could use up the stack.
const MAX_DEPTH: usize = 100;

/// How the new site differs from the old one.
#[derive(Debug, Default)]
pub(super) struct Staged {
    pub(super) done: Written,
    /// Why the new site must not replace the old one.
    pub(super) conflicts: Vec<Diagnostic>,
}

impl Staged {
    fn written() -> Self {
        let mut staged = Self::default();
        staged.done.written = 1;
        staged
    }

    fn kept() -> Self {
        let mut staged = Self::default();
        staged.done.kept = 1;
        staged
    }

    fn foreign() -> Self {
        let mut staged = Self::default();
        staged.done.foreign = 1;
        staged
    }

    fn conflict(conflict: Diagnostic) -> Self {
        Self {
            conflicts: vec![conflict],
            ..Self::default()
        }
    }

    fn and(mut self, other: Self) -> Self {
        self.done += other.done;
        self.conflicts.extend(other.conflicts);
        self
    }
}

/// Makes the new site in the empty folder `new`.
pub(super) fn stage(
    new: &Folder,
    old: Option<&OldSite>,
    site: &Tree<'_>,
) -> Result<Staged, PathError> {
    let top = Path::new("");
    let folder = old.map(|old| &old.folder);
    let device = folder.map(Folder::identity).transpose().at(top)?;
    let nothing = Manifest::default();
    let merge = Merge {
        listed: old.map_or(&nothing, |old| &old.listed),
        device: device.map(|identity| identity.device),
    };
    merge.folder(Pair { old: folder, new }, Some(site), top)
}

/// A folder of the old site, if it has it, and the same folder of the new one.
#[derive(Clone, Copy)]
struct Pair<'f> {
    old: Option<&'f Folder>,
    new: &'f Folder,
}

/// Merges the old site and the new one, folder by folder.
struct Merge<'o> {
    /// What the last build wrote.
    listed: &'o Manifest,
    /// The file system of the old site; another one is mounted.
    device: Option<u64>,
}

impl Merge<'_> {
    /// Merges a folder. `site` is `None` if the new site does not have it.
    fn folder(
        &self,
        Pair { old, new }: Pair<'_>,
        site: Option<&Tree<'_>>,
        at: &Path,
    ) -> Result<Staged, PathError> {
        if site.is_none() && !self.is_our_folder(at) && at.components().count() > MAX_DEPTH {
            return Err(PathError::new(at, ErrorKind::InvalidFilename.into()));
        }
        let entries = match old {
            Some(old) => begin(old, new, at)?,
            None => Vec::new(),
        };
        let mut names: BTreeMap<&OsStr, (Option<Kind>, Option<&Node<'_>>)> = BTreeMap::new();
        for entry in &entries {
            names.insert(&entry.name, (Some(entry.kind), None));
        }
        for (name, node) in site.into_iter().flat_map(|site| &site.0) {
            names.entry(name.as_ref()).or_default().1 = Some(node);
        }
        // Most names are folders with one page in them.
        let merged = names.into_par_iter().map(|(name, (kind, node))| {
            let at = at.join(name);
            let Some((old, kind)) = old.zip(kind) else {
                return self.make(new, node, &at);
            };
            match kind {
                Kind::Folder => self.replace_folder(old, new, node, &at),
                Kind::File | Kind::Other if node.is_none() && self.listed(&at).is_none() => {
                    let mut staged = carry(old, new, name, kind).at(&at)?;
                    if kind == Kind::File && site.is_some_and(|site| site.has_original_of(name)) {
                        staged.done.copies.push(at);
                    }
                    Ok(staged)
                }
                Kind::File => self.replace_file(old, new, node, &at),
                Kind::Other => Ok(Staged::conflict(self.conflict(&at))),
            }
        });
        let merged: Vec<_> = merged.collect::<Result<_, _>>()?;
        // Only now: the mode may forbid us to write.
        let mode = match old {
            Some(old) => old.mode().at(at)?,
            None => new.new_mode().at(at)?,
        };
        new.set_mode(mode).at(at)?;
        Ok(merged.into_iter().fold(Staged::default(), Staged::and))
    }

    /// Makes what the old site does not have.
    fn make(&self, new: &Folder, node: Option<&Node<'_>>, at: &Path) -> Result<Staged, PathError> {
        let name = at.file_name().unwrap_or_default();
        match node {
            None => Ok(Staged::default()),
            Some(Node::File(bytes)) => {
                new.create(name, bytes).at(at)?;
                Ok(Staged::written())
            }
            Some(Node::Folder(tree)) => {
                let new = new.make(name).at(at)?;
                self.folder(
                    Pair {
                        old: None,
                        new: &new,
                    },
                    Some(tree),
                    at,
                )
            }
        }
    }

    fn replace_folder(
        &self,
        old: &Folder,
        new: &Folder,
        node: Option<&Node<'_>>,
        at: &Path,
    ) -> Result<Staged, PathError> {
        let name = at.file_name().unwrap_or_default();
        let inner_old = old.enter(name).at(at)?;
        if Some(inner_old.identity().at(at)?.device) != self.device {
            return Err(PathError::new(at, ErrorKind::CrossesDevices.into())
                .hint("a mounted folder cannot become part of a new site: unmount it"));
        }
        let inner_new = new.make(name).at(at)?;
        let inner = Pair {
            old: Some(&inner_old),
            new: &inner_new,
        };
        if let Some(Node::Folder(tree)) = node {
            return self.folder(inner, Some(tree), at);
        }
        let mut staged = self.folder(inner, None, at)?;
        let is_empty = inner_new.is_empty().at(at)?;
        if is_empty && self.is_our_folder(at) {
            new.remove_folder(name).at(at)?;
            return Ok(staged.and(self.make(new, node, at)?));
        }
        if node.is_some() {
            return Ok(Staged::conflict(in_the_way(at)));
        }
        staged.done.foreign += usize::from(is_empty);
        Ok(staged)
    }

    fn replace_file(
        &self,
        old: &Folder,
        new: &Folder,
        node: Option<&Node<'_>>,
        at: &Path,
    ) -> Result<Staged, PathError> {
        let name = at.file_name().unwrap_or_default();
        let listed = self.listed(at);
        let wanted = match node {
            Some(Node::File(bytes)) => Some(*bytes),
            _ => None,
        };
        let could_be = |size| {
            wanted.is_some_and(|wanted| wanted.len() as u64 == size)
                || listed.is_some_and(|listed| listed.size == size)
        };
        let found = old.read(name, could_be).at(at)?;
        if found.is_some() && found.as_deref() == wanted {
            // Some file systems have no links.
            return match old.link(name, new) {
                Ok(()) => Ok(Staged::kept()),
                Err(_) => self.make(new, node, at).map(|_| Staged::kept()),
            };
        }
        let is_ours = found
            .zip(listed)
            .is_some_and(|(found, listed)| listed.is(&found));
        if !is_ours {
            return Ok(Staged::conflict(self.conflict(at)));
        }
        let mut staged = self.make(new, node, at)?;
        staged.done.removed += usize::from(wanted.is_none());
        Ok(staged)
    }

    fn listed(&self, at: &Path) -> Option<&manifest::Entry> {
        self.listed.get(&slashed(at)?)
    }

    fn is_our_folder(&self, at: &Path) -> bool {
        slashed(at).is_some_and(|path| self.listed.has_folder(&path))
    }

    /// Why something must not be replaced: it was ours once, or it never was.
    fn conflict(&self, at: &Path) -> Diagnostic {
        if self.listed(at).is_none() {
            return in_the_way(at);
        }
        Diagnostic::error(
            Code::OutputChanged,
            format!(
                "`{}` in the output folder was changed after regain wrote it",
                escaped(at)
            ),
        )
        .hint(
            "make the change in `content/` or in the theme, then delete this file and build again",
        )
    }
}

/// Looks at a folder of the old site, and prepares the same folder of the new one.
fn begin(old: &Folder, new: &Folder, at: &Path) -> Result<Vec<Entry>, PathError> {
    // Otherwise the old site could not be removed later.
    old.check_writable().at(at)?;
    new.take_group(old).at(at).map_err(|error| {
        error.hint(
            "the new folder must have the group of the old one, or a web server could lose its access: \
             build as a member of that group, or give the folder another with `chgrp`",
        )
    })?;
    old.entries().at(at)
}

/// Takes a file that is not ours into the new site. If it cannot be linked (it may belong to somebody else), it
/// is copied.
fn carry(old: &Folder, new: &Folder, name: &OsStr, kind: Kind) -> std::io::Result<Staged> {
    if let Err(refused) = old.link(name, new) {
        match (kind, old.read_link(name)) {
            (Kind::File, _) => {
                let bytes = old.read(name, |_| true)?.ok_or(refused)?;
                new.create(name, &bytes)?;
            }
            (_, Ok(target)) => new.make_link(name, &target)?,
            (_, Err(_)) => return Err(refused),
        }
    }
    Ok(Staged::foreign())
}

fn in_the_way(at: &Path) -> Diagnostic {
    let path = escaped(at);
    Diagnostic::error(
        Code::OutputInTheWay,
        format!("`{path}` in the output folder is not regain's, but the site needs this path"),
    )
    .hint("move it out of the output folder, or rename the page that needs the path")
}
