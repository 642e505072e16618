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
use std::path::Path;

use rayon::prelude::*;
use rustix::fs::Mode;
use rustix::io::Errno;

use super::error::{At as _, PathError, escaped};
use super::folder::{FOLDER_MODE, Folder, Kind};
use super::tree::{Node, Tree};
use super::{OldSite, Written};
use crate::diagnostic::{Code, Diagnostic};
use crate::output::Manifest;
use crate::output::manifest::Entry;

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
    fn of(done: Written) -> Self {
        Self {
            done,
            ..Self::default()
        }
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

    fn sum(parts: Vec<Self>) -> Self {
        parts.into_iter().fold(Self::default(), Self::and)
    }
}

/// Makes the new site in the empty folder `new`.
pub(super) fn stage(
    new: &Folder,
    old: Option<&OldSite>,
    site: &Tree<'_>,
) -> Result<Staged, PathError> {
    let top = Path::new("");
    let Some(old) = old else {
        return make(new, site, top);
    };
    let update = Update {
        listed: &old.listed,
        device: old.folder.identity().at(top)?.device,
    };
    let pair = Pair {
        old: &old.folder,
        new,
    };
    update.folder(pair, Some(site), top)
}

/// Makes a folder of the site that the old site does not have.
fn make(new: &Folder, site: &Tree<'_>, at: &Path) -> Result<Staged, PathError> {
    let made = site
        .0
        .par_iter()
        .map(|(name, node)| make_node(new, name.as_ref(), node, &at.join(name)));
    let staged = Staged::sum(made.collect::<Result<_, _>>()?);
    // The system passes the set-group-ID bit on.
    let inherited = new.mode().at(at)? & Mode::SGID;
    new.set_mode(FOLDER_MODE | inherited).at(at)?;
    Ok(staged)
}

fn make_node(new: &Folder, name: &OsStr, node: &Node<'_>, at: &Path) -> Result<Staged, PathError> {
    match node {
        Node::Folder(tree) => make(&new.make(name).at(at)?, tree, at),
        Node::File(bytes) => {
            new.create(name, bytes).at(at)?;
            Ok(Staged::of(Written {
                written: 1,
                ..Written::default()
            }))
        }
    }
}

/// A folder of the old site and the same folder of the new one.
#[derive(Clone, Copy)]
struct Pair<'f> {
    old: &'f Folder,
    new: &'f Folder,
}

impl Pair<'_> {
    /// Takes a file that is not ours into the new site. If it cannot be linked (it may belong to somebody
    /// else), it is copied.
    fn carry(self, name: &OsStr, kind: Kind) -> std::io::Result<Staged> {
        let Self { old, new } = self;
        if let Err(refused) = old.link(name, new) {
            match (kind, old.read_link(name)) {
                (Kind::File, _) => {
                    let bytes = old.read(name, |_| true)?.ok_or(refused)?;
                    new.create(name, &bytes)?;
                }
                (_, Ok(target)) => new.make_link(name, &target)?,
                (_, Err(_)) => return Err(refused.into()),
            }
        }
        Ok(Staged::of(Written {
            foreign: 1,
            ..Written::default()
        }))
    }
}

/// Merges the old site and the new one, folder by folder.
struct Update<'o> {
    /// What the last build wrote.
    listed: &'o Manifest,
    /// The file system of the old site; another one is mounted.
    device: u64,
}

impl Update<'_> {
    /// Merges a folder. `site` is `None` if the new site does not have it.
    fn folder(
        &self,
        pair: Pair<'_>,
        site: Option<&Tree<'_>>,
        at: &Path,
    ) -> Result<Staged, PathError> {
        let Pair { old, new } = pair;
        if site.is_none() && !self.is_our_folder(at) && at.components().count() > MAX_DEPTH {
            return Err(PathError::new(at, Errno::NAMETOOLONG));
        }
        // Otherwise the old site could not be removed later.
        old.check_writable().at(at)?;
        new.take_group(old).at(at).map_err(|error| {
            error.hint(
                "the new folder must have the group of the old one, or a web server could lose its \
                 access: build as a member of that group, or give the folder another with `chgrp`",
            )
        })?;
        let entries = old.entries().at(at)?;
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
            match (kind, node) {
                (Some(Kind::Folder), _) => self.replace_folder(pair, name, node, &at),
                (Some(Kind::File), _) => {
                    let mut staged = self.replace_file(pair, name, node, &at)?;
                    if site.is_some_and(|site| site.is_foreign_copy(name)) {
                        staged.done.copies.push(at);
                    }
                    Ok(staged)
                }
                (Some(Kind::Other), None) if self.listed(&at).is_none() => {
                    pair.carry(name, Kind::Other).at(&at)
                }
                (Some(Kind::Other), _) => Ok(Staged::conflict(self.conflict(&at))),
                (None, Some(node)) => make_node(new, name, node, &at),
                (None, None) => Ok(Staged::default()),
            }
        });
        let staged = Staged::sum(merged.collect::<Result<_, _>>()?);
        // Only now: the mode may forbid us to write.
        new.set_mode(old.mode().at(at)?).at(at)?;
        Ok(staged)
    }

    fn replace_folder(
        &self,
        Pair { old, new }: Pair<'_>,
        name: &OsStr,
        node: Option<&Node<'_>>,
        at: &Path,
    ) -> Result<Staged, PathError> {
        let inner_old = old.enter(name).at(at)?;
        if inner_old.identity().at(at)?.device != self.device {
            return Err(PathError::new(at, Errno::XDEV)
                .hint("a mounted folder cannot become part of a new site: unmount it"));
        }
        let inner_new = new.make(name).at(at)?;
        let inner = Pair {
            old: &inner_old,
            new: &inner_new,
        };
        if let Some(Node::Folder(tree)) = node {
            return self.folder(inner, Some(tree), at);
        }
        let mut staged = self.folder(inner, None, at)?;
        let is_empty = inner_new.is_empty().at(at)?;
        if is_empty && self.is_our_folder(at) {
            new.remove_folder(name).at(at)?;
            return match node {
                Some(node) => Ok(staged.and(make_node(new, name, node, at)?)),
                None => Ok(staged),
            };
        }
        if node.is_some() {
            return Ok(Staged::conflict(in_the_way(at)));
        }
        staged.done.foreign += usize::from(is_empty);
        Ok(staged)
    }

    fn replace_file(
        &self,
        pair: Pair<'_>,
        name: &OsStr,
        node: Option<&Node<'_>>,
        at: &Path,
    ) -> Result<Staged, PathError> {
        let listed = self.listed(at);
        if listed.is_none() && node.is_none() {
            return pair.carry(name, Kind::File).at(at);
        }
        let wanted = match node {
            Some(Node::File(bytes)) => Some(*bytes),
            _ => None,
        };
        let could_be = |size| {
            wanted.is_some_and(|wanted| wanted.len() as u64 == size)
                || listed.is_some_and(|listed| listed.size == size)
        };
        let Pair { old, new } = pair;
        let found = old.read(name, could_be).at(at)?;
        if found.is_some() && found.as_deref() == wanted {
            // Some file systems have no links.
            if old.link(name, new).is_err() {
                new.create(name, wanted.unwrap_or_default()).at(at)?;
            }
            return Ok(Staged::of(Written {
                kept: 1,
                ..Written::default()
            }));
        }
        let is_ours = found
            .zip(listed)
            .is_some_and(|(found, listed)| listed.is(&found));
        if !is_ours {
            return Ok(Staged::conflict(self.conflict(at)));
        }
        let mut staged = match node {
            Some(node) => make_node(new, name, node, at)?,
            None => Staged::default(),
        };
        staged.done.removed += usize::from(wanted.is_none());
        Ok(staged)
    }

    fn listed(&self, at: &Path) -> Option<&Entry> {
        self.listed.get(at.to_str()?)
    }

    fn is_our_folder(&self, at: &Path) -> bool {
        at.to_str().is_some_and(|path| self.listed.has_folder(path))
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

fn in_the_way(at: &Path) -> Diagnostic {
    let path = escaped(at);
    Diagnostic::error(
        Code::OutputInTheWay,
        format!("`{path}` in the output folder is not regain's, but the site needs this path"),
    )
    .hint("move it out of the output folder, or rename the page that needs the path")
}
