//! What is left beside the output goes away, without anything of a stranger's going with it.
//!
//! In: the old folder after the switch, or what a killed run left. Out: nothing, when all went well.
//! Of an old site only what its manifest lists is deleted; anything else is in the new site by the
//! same name already, or is moved there, or stays and is named.

use std::ffi::OsStr;

use rayon::prelude::*;
use rustix::io::Errno;

use super::fault::{At, Fault};
use super::folder::{Below, Entry, Folder, Kind};
use super::place::Place;
use super::switch::Leftover;
use super::{OldSite, manifest_of, switch};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Error};
use crate::output::{Manifest, manifest};

/// What may be deleted.
#[derive(Debug, Clone, Copy)]
enum Claim<'a> {
    /// Everything: a folder nobody but us has seen, in which strangers' files are second names.
    All,
    /// What a manifest lists, which `survey` found unchanged before the switch.
    Listed(&'a Manifest),
}

/// Finishes or undoes what killed runs left beside the output.
pub(super) fn recover(place: &Place<Folder>) -> Result<(), Error> {
    let entries = place
        .parent
        .entries()
        .at(&Below::default())
        .map_err(|fault| fault.failure(&place.shown))?;
    for Entry { name, kind } in entries {
        if kind == Kind::Folder && place.what_of(&name).is_some() {
            recover_one(place, &name)?;
        }
    }
    Ok(())
}

fn recover_one(place: &Place<Folder>, name: &OsStr) -> Result<(), Error> {
    let fail = |error: Errno| failure(name)(Fault::new(Below::default(), error));
    let folder = place.parent.enter(name).map_err(fail)?;
    match switch::leftover(place, name, &folder).map_err(fail)? {
        None => return Ok(()),
        Some(Leftover::New) => return discard(place, &folder, name),
        Some(Leftover::Old) => {}
    }
    match place.target()? {
        // It died between two renames: the old site goes back.
        None => place
            .parent
            .move_to(name, &place.parent, &place.name)
            .map_err(fail),
        Some(new) => {
            let listed = manifest_of(&folder).unwrap_or_default();
            retire(place, &OldSite { folder, listed }, (name, &new))
        }
    }
}

/// Clears away a new site that was never switched in.
pub(super) fn discard(place: &Place<Folder>, folder: &Folder, name: &OsStr) -> Result<(), Error> {
    let top = Below::default();
    clear((folder, None), Claim::All, &top)
        .and_then(|_| place.parent.remove_folder(name).at(&top))
        .map_err(failure(name))
}

/// Clears away an old site, now called `name`, of which `new` has taken the place.
pub(super) fn retire(
    place: &Place<Folder>,
    old: &OldSite,
    (name, new): (&OsStr, &Folder),
) -> Result<(), Error> {
    let top = Below::default();
    // The switch must be on the disk before the old names go.
    place.parent.flush().at(&top).map_err(failure(name))?;
    let kept =
        clear((&old.folder, Some(new)), Claim::Listed(&old.listed), &top).map_err(failure(name))?;
    if kept.is_empty() {
        return place
            .parent
            .remove_folder(name)
            .at(&top)
            .map_err(failure(name));
    }
    let mut problems = Diagnostics::default();
    problems.extend(kept.iter().map(|below| {
        let (name, shown) = (name.to_string_lossy(), &place.shown);
        Diagnostic::error(
            Code::OutputChanged,
            format!("`{below}` was changed in `{shown}` while a build ran, and is now in `{name}`"),
        )
        .hint(format!(
            "keep what you need of it, then delete the folder `{name}` beside `{shown}`"
        ))
    }));
    Err(Error::Site(problems.sorted()))
}

fn failure(name: &OsStr) -> impl Fn(Fault) -> Error {
    move |fault| fault.failure(&name.to_string_lossy())
}

/// Empties `old`, keeping in `new` what may not be deleted; the paths that can be kept in neither.
fn clear(
    (old, new): (&Folder, Option<&Folder>),
    claim: Claim<'_>,
    at: &Below,
) -> Result<Vec<Below>, Fault> {
    let (last, entries): (Vec<_>, Vec<_>) = old
        .entries()
        .at(at)?
        .into_iter()
        .partition(|entry| claim.is_manifest(&at.join(&entry.name)));
    let kept: Vec<Below> = entries
        .par_iter()
        .map(|entry| clear_entry((old, new), claim, (entry, &at.join(&entry.name))))
        .collect::<Result<Vec<_>, Fault>>()?
        .concat();
    // A run that dies here leaves the manifest, so the next one still knows what is ours.
    if kept.is_empty() {
        for entry in last {
            old.remove(&entry.name).at(at)?;
        }
    }
    Ok(kept)
}

fn clear_entry(
    (old, new): (&Folder, Option<&Folder>),
    claim: Claim<'_>,
    (Entry { name, kind }, at): (&Entry, &Below),
) -> Result<Vec<Below>, Fault> {
    if *kind != Kind::Folder {
        return if claim.covers(at, *kind) {
            old.remove(name).at(at).map(|()| Vec::new())
        } else {
            leave_to(new, old, name, at)
        };
    }
    let inner = old.enter(name).at(at)?;
    let new_inner = match new {
        Some(new) => new.enter_if_folder(name).at(at)?,
        None => None,
    };
    if new_inner.is_none() && !claim.covers_some_in(at) {
        return leave_to(new, old, name, at);
    }
    let mut left = clear((&inner, new_inner.as_ref()), claim, at)?;
    if left.is_empty() {
        match old.remove_folder(name) {
            Ok(()) => {}
            // Somebody is still writing there.
            Err(Errno::NOTEMPTY | Errno::EXIST) => left.push(at.clone()),
            Err(error) => return Err(error).at(at),
        }
    }
    Ok(left)
}

/// Leaves a stranger's file or folder to the new site, which has it already or gets it now; its path
/// where neither can be.
fn leave_to(
    new: Option<&Folder>,
    old: &Folder,
    name: &OsStr,
    at: &Below,
) -> Result<Vec<Below>, Fault> {
    let Some(new) = new else {
        return Ok(vec![at.clone()]);
    };
    match old.move_to(name, new, name) {
        Ok(()) => return Ok(Vec::new()),
        Err(Errno::EXIST) => {}
        Err(error) => return Err(error).at(at),
    }
    let (old_is, new_is) = (old.identity_of(name).at(at)?, new.identity_of(name).at(at)?);
    if old_is == new_is || same_content(old, new, name).at(at)? {
        old.remove(name).at(at)?;
        return Ok(Vec::new());
    }
    Ok(vec![at.clone()])
}

/// A copy stands in for a file that could get no second name.
fn same_content(old: &Folder, new: &Folder, name: &OsStr) -> std::io::Result<bool> {
    if let (Ok(one), Ok(other)) = (old.read_link(name), new.read_link(name)) {
        return Ok(one == other);
    }
    let Ok(Some(new)) = new.read(name, |_| true) else {
        return Ok(false);
    };
    let old = old.read(name, |size| size == new.len() as u64)?;
    Ok(old.is_some_and(|old| old == new))
}

impl Claim<'_> {
    fn is_manifest(self, at: &Below) -> bool {
        matches!(self, Self::Listed(_)) && at.as_str() == Some(manifest::NAME)
    }

    fn covers(self, at: &Below, kind: Kind) -> bool {
        match self {
            Self::All => true,
            Self::Listed(listed) => {
                kind == Kind::File && at.as_str().is_some_and(|path| listed.get(path).is_some())
            }
        }
    }

    fn covers_some_in(self, at: &Below) -> bool {
        match self {
            Self::All => true,
            Self::Listed(listed) => at.as_str().is_some_and(|path| listed.has_folder(path)),
        }
    }
}
