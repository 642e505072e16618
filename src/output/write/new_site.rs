//! The new site, made in a folder beside the old one.
//!
//! In: the old folder with its manifest, an empty folder, and the files of the site, each of which is made when it is
//! written. Out: the new site in the empty folder, and everything that keeps it from replacing the old one. The old
//! folder is not changed.
//!
//! A file is ours if the manifest lists it with the bytes it has; dates are never compared. An unchanged file
//! is linked, so it keeps its date, and an upload by date or size stays small. Files that are not ours are
//! linked as well.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::Written;
use super::error::{At as _, PathError, escaped};
use super::file_tree::{FileTree, Node};
use super::folder::{DirEntry, Folder, Kind, slashed};
use super::old_site::OldSite;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::OutPath;
use crate::output::{Files, Manifest, manifest};

/// How deeply folders that are not ours may be nested: deeper ones could overflow the stack.
const MAX_DEPTH: usize = 100;

/// How the new site differs from the old one.
#[derive(Debug, Default)]
pub(super) struct Staged {
    pub(super) done: Written,
    /// Why the new site must not replace the old one.
    pub(super) problems: Diagnostics,
    /// The files of the new site.
    files: BTreeMap<OutPath, manifest::FileDigest>,
}

/// Makes the new site in the empty folder `new`.
pub(super) fn stage(
    new: &Folder,
    old: Option<&OldSite>,
    files: &dyn Files,
    site: &FileTree<'_, &OutPath>,
) -> Result<Staged, PathError> {
    let top = Path::new("");
    let folder = old.map(|old| &old.folder);
    let device = folder.map(Folder::identity).transpose().at(top)?;
    let nothing = Manifest::default();
    let merge = Merge {
        files,
        listed: old.map_or(&nothing, |old| &old.listed),
        device: device.map(|identity| identity.device),
        staged: Mutex::default(),
    };
    merge.folder(Pair { old: folder, new }, Some(site), top)?;
    let staged = merge.staged.into_inner();
    let mut staged = staged.unwrap_or_else(PoisonError::into_inner);
    staged.done.copies.sort();
    Ok(staged)
}

/// A folder of the old site, if it has it, and the same folder of the new one.
#[derive(Clone, Copy)]
struct Pair<'f> {
    old: Option<&'f Folder>,
    new: &'f Folder,
}

/// What the new site has at a path.
enum Wanted<'t> {
    Nothing,
    File(Arc<[u8]>),
    Folder(&'t FileTree<'t, &'t OutPath>),
}

/// Merges the old site and the new one, folder by folder.
struct Merge<'o> {
    files: &'o dyn Files,
    /// What the last build wrote.
    listed: &'o Manifest,
    /// The file system of the old site; another one is mounted.
    device: Option<u64>,
    /// The result so far. Folders are merged within each other, so what they return takes up stack.
    staged: Mutex<Staged>,
}

impl Merge<'_> {
    /// Merges a folder. `site` is `None` if the new site does not have it.
    fn folder(
        &self,
        pair: Pair<'_>,
        site: Option<&FileTree<'_, &OutPath>>,
        at: &Path,
    ) -> Result<(), PathError> {
        if site.is_none() && !self.is_our_folder(at) && at.components().count() > MAX_DEPTH {
            return Err(PathError::new(at, ErrorKind::InvalidFilename.into()));
        }
        let Pair { old, new } = pair;
        let entries = match old {
            Some(old) => begin(old, new, at)?,
            None => Vec::new(),
        };
        let mut names: BTreeMap<&OsStr, (Option<Kind>, Option<&Node<'_, &OutPath>>)> =
            BTreeMap::new();
        for entry in &entries {
            names.insert(&entry.name, (Some(entry.kind), None));
        }
        for (name, node) in site.into_iter().flat_map(|site| &site.0) {
            names.entry(name.as_ref()).or_default().1 = Some(node);
        }
        let is_top = at.as_os_str().is_empty();
        let manifest = is_top.then(|| names.remove(OsStr::new(manifest::NAME)));
        // Most names are folders with one page in them.
        names.into_par_iter().try_for_each(|(name, (kind, node))| {
            let at = at.join(name);
            match self.wanted(node) {
                Ok(wanted) => {
                    if kind == Some(Kind::File)
                        && matches!(wanted, Wanted::Nothing)
                        && self.listed(&at).is_none()
                        && site.is_some_and(|site| site.has_original_of(name))
                    {
                        self.record(|staged| staged.done.copies.push(at.clone()));
                    }
                    self.replace(pair, kind, wanted, &at)
                }
                Err(problem) => {
                    self.record(|staged| staged.problems.push(problem));
                    Ok(())
                }
            }
        })?;
        if let Some(found) = manifest {
            let files = self.record(|staged| std::mem::take(&mut staged.files));
            let wanted = Wanted::File(self.files.manifest(files).into());
            let kind = found.and_then(|(kind, _)| kind);
            self.replace(pair, kind, wanted, Path::new(manifest::NAME))?;
        }
        // Only now: the mode may forbid us to write. The folder of the site is finished before the switch.
        if is_top {
            Ok(())
        } else {
            new.finish(old).at(at)
        }
    }

    /// Makes a file of the new site.
    fn wanted<'t>(
        &self,
        node: Option<&'t Node<'t, &'t OutPath>>,
    ) -> Result<Wanted<'t>, Diagnostic> {
        match node {
            None => Ok(Wanted::Nothing),
            Some(Node::Folder(tree)) => Ok(Wanted::Folder(tree)),
            Some(Node::File(path)) => {
                let Some(bytes) = self.files.bytes(path)? else {
                    return Ok(Wanted::Nothing);
                };
                let entry = manifest::FileDigest::of(&bytes);
                self.record(|staged| staged.files.insert((*path).clone(), entry));
                Ok(Wanted::File(bytes))
            }
        }
    }

    /// Decides what to do at a path that the old site, the new one, or both have.
    fn replace(
        &self,
        Pair { old, new }: Pair<'_>,
        kind: Option<Kind>,
        wanted: Wanted<'_>,
        at: &Path,
    ) -> Result<(), PathError> {
        let Some((old, kind)) = old.zip(kind) else {
            return self.make(new, wanted, at);
        };
        match kind {
            Kind::Folder => self.replace_folder(old, new, wanted, at),
            Kind::File | Kind::Other
                if matches!(wanted, Wanted::Nothing) && self.listed(at).is_none() =>
            {
                carry_over(old, new, at.file_name().unwrap_or_default(), kind).at(at)?;
                self.record(|staged| staged.done.unlisted += 1);
                Ok(())
            }
            Kind::File => self.replace_file(old, new, wanted, at),
            Kind::Other => {
                self.record(|staged| staged.problems.push(self.conflict(at)));
                Ok(())
            }
        }
    }

    /// Makes what the old site does not have.
    fn make(&self, new: &Folder, wanted: Wanted<'_>, at: &Path) -> Result<(), PathError> {
        let name = at.file_name().unwrap_or_default();
        match wanted {
            Wanted::Nothing => Ok(()),
            Wanted::File(bytes) => {
                new.create(name, &bytes).at(at)?;
                self.record(|staged| staged.done.written += 1);
                Ok(())
            }
            Wanted::Folder(tree) => {
                let new = new.make(name).at(at)?;
                let pair = Pair {
                    old: None,
                    new: &new,
                };
                self.folder(pair, Some(tree), at)
            }
        }
    }

    fn replace_folder(
        &self,
        old: &Folder,
        new: &Folder,
        wanted: Wanted<'_>,
        at: &Path,
    ) -> Result<(), PathError> {
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
        if let Wanted::Folder(tree) = wanted {
            return self.folder(inner, Some(tree), at);
        }
        self.folder(inner, None, at)?;
        let is_empty = inner_new.is_empty().at(at)?;
        if is_empty && self.is_our_folder(at) {
            new.remove_folder(name).at(at)?;
            return self.make(new, wanted, at);
        }
        self.record(|staged| match wanted {
            Wanted::File(_) => staged.problems.push(in_the_way(at)),
            _ => staged.done.unlisted += usize::from(is_empty),
        });
        Ok(())
    }

    fn replace_file(
        &self,
        old: &Folder,
        new: &Folder,
        wanted: Wanted<'_>,
        at: &Path,
    ) -> Result<(), PathError> {
        let name = at.file_name().unwrap_or_default();
        let listed = self.listed(at);
        let file = match &wanted {
            Wanted::File(bytes) => Some(&**bytes),
            _ => None,
        };
        let could_be = |size| {
            file.is_some_and(|file| file.len() as u64 == size)
                || listed.is_some_and(|listed| listed.size == size)
        };
        let found = old.read(name, could_be).at(at)?;
        if let (Some(found), Some(file)) = (&found, file)
            && *found == *file
        {
            // Some file systems have no links.
            if old.link(name, new).is_err() {
                new.create(name, file).at(at)?;
            }
            self.record(|staged| staged.done.kept += 1);
            return Ok(());
        }
        let is_ours = found
            .zip(listed)
            .is_some_and(|(found, listed)| listed.is(&found));
        if !is_ours {
            self.record(|staged| staged.problems.push(self.conflict(at)));
            return Ok(());
        }
        self.record(|staged| staged.done.removed += usize::from(file.is_none()));
        self.make(new, wanted, at)
    }

    fn record<T>(&self, record: impl FnOnce(&mut Staged) -> T) -> T {
        let staged = self.staged.lock();
        record(&mut staged.unwrap_or_else(PoisonError::into_inner))
    }

    fn listed(&self, at: &Path) -> Option<&manifest::FileDigest> {
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
fn begin(old: &Folder, new: &Folder, at: &Path) -> Result<Vec<DirEntry>, PathError> {
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
fn carry_over(old: &Folder, new: &Folder, name: &OsStr, kind: Kind) -> std::io::Result<()> {
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
    Ok(())
}

fn in_the_way(at: &Path) -> Diagnostic {
    let path = escaped(at);
    Diagnostic::error(
        Code::OutputInTheWay,
        format!("`{path}` in the output folder is not regain's, but the site needs this path"),
    )
    .hint("move it out of the output folder, or rename the page that needs the path")
}
