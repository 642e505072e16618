//! Removes what earlier builds left behind, and only files that regain wrote.
//!
//! Of an old site, only what its manifest lists is deleted. Everything else is in the new site already, is
//! moved there, or stays and is reported.

use std::ffi::OsStr;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::{At as _, PathError, escaped};
use super::folder::{Folder, Kind, slashed};
use super::old_site::listed_in;
use super::output_folder::OutputFolder;
use super::switch::{Leftover, discard};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Error};
use crate::output::{Manifest, manifest};

/// Finishes or undoes what killed runs left beside the output.
pub(super) fn recover(output: &OutputFolder) -> Result<(), Error> {
    let entries = output.parent.entries().at(Path::new(""));
    for entry in entries.map_err(|error| error.describe(&output.shown))? {
        if entry.kind == Kind::Folder && output.suffix(&entry.name).is_some() {
            recover_one(output, &entry.name)?;
        }
    }
    Ok(())
}

fn recover_one(output: &OutputFolder, name: &OsStr) -> Result<(), Error> {
    let fail = |error: io::Error| describe(name)(PathError::new(Path::new(""), error));
    let folder = output.parent.enter(name).map_err(fail)?;
    match Leftover::of(output, name, &folder).map_err(fail)? {
        None => Ok(()),
        Some(Leftover::New) => discard(output, &folder, name).map_err(describe(name)),
        Some(Leftover::Old) => retire(output, name, &listed_in(&folder)),
    }
}

/// Deletes an old site, now called `name`, which has been replaced. `listed` is its manifest.
pub(super) fn retire(output: &OutputFolder, name: &OsStr, listed: &Manifest) -> Result<(), Error> {
    let top = Path::new("");
    let Some(new) = output.folder()? else {
        // The run died between two renames.
        let restored = output.parent.move_to(name, &output.parent, &output.name);
        return restored.at(top).map_err(describe(name));
    };
    // Opened after the switch, because Windows knows an open folder by its path.
    let old = output.parent.enter(name).at(top).map_err(describe(name))?;
    // The switch must be on the disk before the old site is gone.
    output.parent.flush().at(top).map_err(describe(name))?;
    let kept = clear(&old, Some(&new), listed, top).map_err(describe(name))?;
    if kept.is_empty() {
        let removed = output.parent.remove_folder(name);
        return removed.at(top).map_err(describe(name));
    }
    let (name, shown) = (name.to_string_lossy(), &output.shown);
    let problems = kept.iter().map(|path| {
        let path = escaped(path);
        Diagnostic::error(
            Code::OutputChanged,
            format!("`{path}` was changed in `{shown}` while a build ran, and is now in `{name}`"),
        )
        .hint(format!(
            "keep what you need of it, then delete the folder `{name}` beside `{shown}`"
        ))
    });
    Err(Error::Site(problems.collect::<Diagnostics>().sorted()))
}

fn describe(name: &OsStr) -> impl Fn(PathError) -> Error {
    move |error| error.describe(&name.to_string_lossy())
}

/// Empties a folder of the old site. Returns the paths of what is not ours and cannot be moved to `new`.
fn clear(
    old: &Folder,
    new: Option<&Folder>,
    listed: &Manifest,
    at: &Path,
) -> Result<Vec<PathBuf>, PathError> {
    let entries = old.entries().at(at)?;
    let is_manifest = |name: &OsStr| at.as_os_str().is_empty() && name == manifest::NAME;
    let kept = entries.par_iter().filter(|entry| !is_manifest(&entry.name));
    let kept = kept.map(|entry| {
        let (name, at) = (&entry.name, at.join(&entry.name));
        // No other path can be listed.
        let path = slashed(&at).unwrap_or_default();
        if entry.kind == Kind::File && listed.get(&path).is_some() {
            old.remove(name).at(&at)?;
            return Ok(Vec::new());
        }
        if entry.kind == Kind::Folder {
            let inner_new = match new {
                Some(new) => new.enter_if_folder(name).at(&at)?,
                None => None,
            };
            if inner_new.is_some() || listed.has_folder(&path) {
                return clear_folder(old, name, inner_new.as_ref(), listed, &at);
            }
        }
        let has_it = match new {
            Some(new) => hand_over(old, new, name).at(&at)?,
            None => false,
        };
        Ok(if has_it { Vec::new() } else { vec![at] })
    });
    let kept = kept.collect::<Result<Vec<_>, PathError>>()?.concat();
    // If the run dies before this, the next one still knows what is ours.
    if kept.is_empty()
        && let Some(manifest) = entries.iter().find(|entry| is_manifest(&entry.name))
    {
        old.remove(&manifest.name).at(at)?;
    }
    Ok(kept)
}

fn clear_folder(
    above: &Folder,
    name: &OsStr,
    new: Option<&Folder>,
    listed: &Manifest,
    at: &Path,
) -> Result<Vec<PathBuf>, PathError> {
    let mut kept = clear(&above.enter(name).at(at)?, new, listed, at)?;
    if kept.is_empty() {
        match above.remove_folder(name) {
            // Somebody is still writing there.
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists
                ) =>
            {
                kept.push(at.to_owned());
            }
            other => other.at(at)?,
        }
    }
    Ok(kept)
}

/// Moves something that is not ours to the new site, unless it was linked or copied there already; `false` if the new site
/// has something else at this path.
fn hand_over(old: &Folder, new: &Folder, name: &OsStr) -> io::Result<bool> {
    match old.move_to(name, new, name) {
        Ok(()) => return Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    let has_it = old.identity_of(name)? == new.identity_of(name)? || same_content(old, new, name)?;
    if has_it {
        old.remove(name)?;
    }
    Ok(has_it)
}

/// Whether the new site has a copy of something that could not be linked.
fn same_content(old: &Folder, new: &Folder, name: &OsStr) -> io::Result<bool> {
    if let (Ok(one), Ok(other)) = (old.read_link(name), new.read_link(name)) {
        return Ok(one == other);
    }
    let Ok(Some(new)) = new.read(name, |_| true) else {
        return Ok(false);
    };
    let old = old.read(name, |size| size == new.len() as u64)?;
    Ok(old.is_some_and(|old| old == new))
}
