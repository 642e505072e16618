//! The old folder and the new one change names.
//!
//! In: the place, the finished new folder, the old one. Out: the name the old one has now. Nobody who
//! opens a file by its path ever finds the output missing, half old or half new.
//!
//! A folder beside the output is named `.OUTPUT.regain-INODE-N`, INODE being the number of the old
//! folder, which stays with it however it is renamed. So after a `kill -9` the next run can tell what
//! such a folder is without any journal: if it has the number in its name it *is* the old site,
//! switched out and not yet cleared away; if not, it is a new site that was never switched in.

use std::ffi::OsString;

use rustix::io::Errno;

use super::fault::{At, Fault};
use super::folder::{Below, Folder};
use super::place::Place;
use crate::diagnostic::Error;

/// A folder being made ready, and its name for now.
#[derive(Debug)]
pub(super) struct Fresh {
    pub(super) folder: Folder,
    pub(super) name: OsString,
}

/// Makes an empty folder beside the output.
pub(super) fn fresh(place: &Place<Folder>, old: Option<&Folder>) -> Result<Fresh, Error> {
    let make = || -> Result<Fresh, Errno> {
        // No folder has the number 0, so a first build's leftover is never taken for an old site.
        let inode = old.map_or(Ok(0), Folder::inode)?;
        let name = free_name(place, inode)?;
        let folder = place.parent.make(&name)?;
        Ok(Fresh { folder, name })
    };
    make().map_err(|error| {
        Error::Machine(format!(
            "cannot write beside `{}`, where the new site is made ready: {error}",
            place.shown
        ))
    })
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
        return Err(Fault::new(top, Errno::BUSY));
    }
    match parent.exchange(&fresh.name, &place.name) {
        Ok(()) => Ok(Some(fresh.name.clone())),
        // The file system knows no such request.
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {
            rename_twice(place, fresh, old).map(Some).at(&top)
        }
        Err(error) => Err(error).at(&top),
    }
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

/// The number in the name of a folder beside the output; `None` for any other name.
pub(super) fn inode_in(place: &Place<Folder>, entry: &std::ffi::OsStr) -> Option<u64> {
    let (inode, number) = place.what_of(entry)?.split_once('-')?;
    number.parse::<u32>().ok()?;
    inode.parse().ok()
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
        assert_eq!(inode_in(&place, &left), old.inode().ok());
        assert!(!space.path().join(&fresh.name).exists());
    }
}
