//! The old folder and the new one are exchanged.
//!
//! Nobody who opens a file by its path ever finds the output missing, or half old and half new.
//!
//! A folder beside the output is named `.OUTPUT.regain-OLD-NEW` after the inodes of the old folder and of
//! the new one, which renaming does not change. So after a `kill -9`, the next run knows what such a folder
//! is without a journal: the old site, replaced but not yet removed; a new site that was never published;
//! or, if it is neither, not ours.

use std::ffi::{OsStr, OsString};
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::error::{At as _, PathError};
use super::folder::{Folder, Kind};
use super::output_folder::OutputFolder;
use crate::diagnostic::Error;

/// The suffix of a new folder until its inode is known.
const UNNAMED: &str = "new";

/// A folder for the new site. Dropping this deletes it, unless it was switched into place.
#[derive(Debug)]
pub(super) struct Fresh<'a> {
    output: &'a OutputFolder,
    pub(super) folder: Folder,
    /// Its name beside the output.
    name: OsString,
    is_switched: bool,
}

impl<'a> Fresh<'a> {
    /// Makes an empty folder beside the output.
    pub(super) fn make(output: &'a OutputFolder, old: Option<&Folder>) -> Result<Self, Error> {
        let make = || -> Result<Self, io::Error> {
            // No folder has the inode 0.
            let old = old.map(Folder::identity).transpose()?;
            let old = old.map_or(0, |old| old.inode);
            let unnamed = output.temporary(UNNAMED);
            let new = output.parent.make(&unnamed)?.identity()?.inode;
            let name = output.temporary(&format!("{old}-{new}"));
            output.parent.move_to(&unnamed, &output.parent, &name)?;
            Ok(Self {
                output,
                folder: output.parent.enter(&name)?,
                name,
                is_switched: false,
            })
        };
        make().map_err(|error| output.cannot_write_beside(&error))
    }

    /// Replaces the old folder with the new one. Returns the name that the old one has now, if there is one.
    pub(super) fn switch(&mut self, old: Option<&Folder>) -> Result<Option<OsString>, PathError> {
        let left = self.switch_with(old).at(Path::new("")).map_err(|error| {
            if error.is_about_exchange() {
                error.hint(
                    "a mount point, or a folder of a container's image, cannot be replaced in one step: \
                     empty it and build again, or mount the folder above it and build into a new folder \
                     there with `--output`",
                )
            } else {
                error
            }
        })?;
        self.is_switched = true;
        Ok(left)
    }

    fn switch_with(&self, old: Option<&Folder>) -> io::Result<Option<OsString>> {
        let (parent, name) = (&self.output.parent, &self.output.name);
        let Some(old) = old else {
            parent.move_to(&self.name, parent, name)?;
            return Ok(None);
        };
        if parent.identity_of(name)? != Some(old.identity()?) {
            return Err(io::Error::other(
                "another program has put a new folder there",
            ));
        }
        if parent.exchange(&self.name, name)? {
            Ok(Some(self.name.clone()))
        } else {
            Ok(Some(self.rename_twice(old)?))
        }
    }

    /// The switch in two steps, between which there is no output. If the run dies there, the next one
    /// restores the old site (`clear::recover`).
    fn rename_twice(&self, old: &Folder) -> Result<OsString, io::Error> {
        let (parent, name) = (&self.output.parent, &self.output.name);
        let aside = self
            .output
            .temporary(&format!("{}-0", old.identity()?.inode));
        parent.move_to(name, parent, &aside)?;
        if let Err(error) = parent.move_to(&self.name, parent, name) {
            parent.move_to(&aside, parent, name)?;
            return Err(error);
        }
        Ok(aside)
    }
}

impl Drop for Fresh<'_> {
    fn drop(&mut self) {
        if !self.is_switched {
            // What cannot be deleted now, the next run deletes.
            let _ = discard(self.output, &self.folder, &self.name);
        }
    }
}

/// Deletes a new site that was never published, in which files that are not ours are only links.
pub(super) fn discard(
    output: &OutputFolder,
    folder: &Folder,
    name: &OsStr,
) -> Result<(), PathError> {
    let top = Path::new("");
    empty(folder, top)?;
    output.parent.remove_folder(name).at(top)
}

fn empty(folder: &Folder, at: &Path) -> Result<(), PathError> {
    folder.entries().at(at)?.par_iter().try_for_each(|entry| {
        let (name, at) = (&entry.name, at.join(&entry.name));
        if entry.kind == Kind::Folder {
            empty(&folder.enter(name).at(&at)?, &at)?;
            folder.remove_folder(name).at(&at)
        } else {
            folder.remove(name).at(&at)
        }
    })
}

/// A folder that a run left beside the output.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Leftover {
    /// The old site, which has been replaced.
    Old,
    /// A new site, which has not replaced the old one.
    New,
}

impl Leftover {
    /// What `folder` is, by its `name`; `None` if it is not ours.
    pub(super) fn of(
        output: &OutputFolder,
        name: &OsStr,
        folder: &Folder,
    ) -> Result<Option<Self>, io::Error> {
        let inode = folder.identity()?.inode;
        let suffix = output.suffix(name).unwrap_or_default();
        if suffix == UNNAMED {
            // A run that died before it could name the folder has put nothing in it.
            return Ok(folder.is_empty()?.then_some(Self::New));
        }
        let (old, new) = suffix.split_once('-').unwrap_or_default();
        Ok(if old.parse() == Ok(inode) {
            Some(Self::Old)
        } else if new.parse() == Ok(inode) {
            Some(Self::New)
        } else {
            None
        })
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn two_renames_have_the_result_of_an_exchange() {
        let space = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(space.path().join("public")).expect("a folder");
        fs::write(space.path().join("public/page"), "old").expect("a file");
        let output = OutputFolder::open(&space.path().join("public"), &[]).expect("a good output");
        let old = output.folder().expect("an answer").expect("the old folder");
        let fresh = Fresh::make(&output, Some(&old)).expect("a new folder");
        let page = "page".as_ref();
        fresh.folder.create(page, b"new").expect("a file");

        let left = fresh.rename_twice(&old).expect("two renames");
        let read = |path: &Path| fs::read_to_string(path).expect("a file");
        assert_eq!(read(&space.path().join("public/page")), "new");
        assert_eq!(read(&space.path().join(&left).join("page")), "old");
        let leftover = Leftover::of(&output, &left, &old);
        assert_eq!(leftover.expect("an answer"), Some(Leftover::Old));
        assert!(!space.path().join(&fresh.name).exists());
    }
}
