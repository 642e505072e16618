//! The old folder and the new one change names.
//!
//! In: the place, the finished new folder, the old one. Out: the name the old one has now. Nobody who
//! opens a file by its path ever finds the output missing, half old or half new.
//!
//! A folder beside the output is named `.OUTPUT.regain-OLD-NEW`, after the inodes of the old folder and
//! of the new one, which stay with them however they are renamed. So after a `kill -9` the next run can
//! tell what such a folder is without any journal: the old site, switched out and not yet cleared away;
//! a new site that was never switched in; or, if it is neither, a stranger's.

use std::ffi::{OsStr, OsString};

use rustix::io::Errno;

use super::fault::{At, Fault};
use super::folder::{Below, Folder};
use super::place::Place;
use crate::diagnostic::Error;

/// WHAT of a new folder until its inode is known.
const UNNAMED: &str = "new";

/// A folder being made ready, and its name for now.
#[derive(Debug)]
pub(super) struct Fresh {
    pub(super) folder: Folder,
    pub(super) name: OsString,
}

/// Makes an empty folder beside the output.
pub(super) fn fresh(place: &Place<Folder>, old: Option<&Folder>) -> Result<Fresh, Error> {
    let make = || -> Result<Fresh, Errno> {
        // No folder has the number 0.
        let inode = old.map_or(Ok(0), Folder::inode)?;
        let unnamed = place.temporary(UNNAMED);
        let folder = place.parent.make(&unnamed)?;
        let name = place.temporary(&format!("{inode}-{}", folder.inode()?));
        place.parent.move_to(&unnamed, &place.parent, &name)?;
        Ok(Fresh { folder, name })
    };
    make().map_err(|error| place.cannot_write_beside(&error.into()))
}

/// Puts the new folder in the old one's place; the old one's new name, where there was one.
pub(super) fn switch(
    place: &Place<Folder>,
    fresh: &Fresh,
    old: Option<&Folder>,
) -> Result<Option<OsString>, Fault> {
    let top = Below::default();
    let parent = &place.parent;
    let Some(old) = old else {
        parent.move_to(&fresh.name, parent, &place.name).at(&top)?;
        return Ok(None);
    };
    // Somebody may have put another folder there meanwhile; that one was not looked at.
    let there = parent.identity_of(&place.name).at(&top)?;
    if there != Some(old.identity().at(&top)?) {
        let replaced = std::io::Error::other("another program has put a new folder there");
        return Err(Fault::new(top, replaced));
    }
    let exchanged = match parent.exchange(&fresh.name, &place.name) {
        Ok(()) => Ok(fresh.name.clone()),
        // The file system knows no such request.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => rename_twice(place, fresh, old),
        Err(error) => Err(error),
    };
    exchanged.map(Some).at(&top).map_err(|fault| {
        if fault.is_about_exchange() {
            fault.hint(
                "a mount point, or a folder of a container's image, cannot be replaced in one step: empty \
                 it and build again, or mount the folder above it and build into a new folder there with \
                 `--output`",
            )
        } else {
            fault
        }
    })
}

/// The switch where two folders cannot change names: for a moment there is no output. A run that dies
/// in that moment is undone by the next one (`clear::recover`).
fn rename_twice(place: &Place<Folder>, fresh: &Fresh, old: &Folder) -> Result<OsString, Errno> {
    let parent = &place.parent;
    let aside = free_name(place, old.inode()?)?;
    parent.move_to(&place.name, parent, &aside)?;
    if let Err(error) = parent.move_to(&fresh.name, parent, &place.name) {
        parent.move_to(&aside, parent, &place.name)?;
        return Err(error);
    }
    Ok(aside)
}

/// A name for a folder beside the output that nothing has yet. The lock keeps other builds away.
fn free_name(place: &Place<Folder>, inode: u64) -> Result<OsString, Errno> {
    let mut number = 0_u32;
    loop {
        let name = place.temporary(&format!("{inode}-{number}"));
        if place.parent.identity_of(&name)?.is_none() {
            return Ok(name);
        }
        number += 1;
    }
}

/// What a folder beside the output is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Leftover {
    /// The old site, which has been replaced.
    Old,
    /// A new site, which has not replaced the old one.
    New,
}

/// What the folder `name` is; `None` if it is not ours.
pub(super) fn leftover(
    place: &Place<Folder>,
    name: &OsStr,
    folder: &Folder,
) -> Result<Option<Leftover>, Errno> {
    let inode = folder.inode()?;
    let Some(what) = place.what_of(name) else {
        return Ok(None);
    };
    if what == UNNAMED {
        // A run that died before it could name it has put nothing in it.
        return Ok(folder.entries()?.is_empty().then_some(Leftover::New));
    }
    let (old, new) = what.split_once('-').unwrap_or_default();
    Ok(if old.parse() == Ok(inode) {
        Some(Leftover::Old)
    } else if new.parse() == Ok(inode) {
        Some(Leftover::New)
    } else {
        None
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn two_renames_come_to_the_same_as_an_exchange() {
        let space = tempfile::tempdir().expect("a place for tests");
        fs::create_dir(space.path().join("public")).expect("a folder");
        fs::write(space.path().join("public/page"), "old").expect("a file");
        let place = Place::find(&space.path().join("public"), &[])
            .and_then(Place::open)
            .expect("a good place");
        let old = place.target().expect("an answer").expect("the old folder");
        let fresh = fresh(&place, Some(&old)).expect("a new folder");
        fresh
            .folder
            .create("page".as_ref(), b"new")
            .expect("a file");

        let left = rename_twice(&place, &fresh, &old).expect("two renames");
        let read = |path: &std::path::Path| fs::read_to_string(path).expect("a file");
        assert_eq!(read(&space.path().join("public/page")), "new");
        assert_eq!(read(&space.path().join(&left).join("page")), "old");
        assert_eq!(leftover(&place, &left, &old), Ok(Some(Leftover::Old)));
        assert!(!space.path().join(&fresh.name).exists());
    }
}
