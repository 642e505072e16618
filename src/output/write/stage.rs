//! The new folder, made beside the old one and flushed.
//!
//! In: a plan, an empty folder and the old one. Out: the whole new site, which nobody looks at yet.
//! The old folder is only read: an unchanged file gets a second name, so its date stays and an upload
//! by date or size stays small.

use std::ffi::OsStr;

use rayon::prelude::*;
use rustix::fs::Mode;
use rustix::io::Errno;

use super::fault::{At, Fault};
use super::folder::{Below, FOLDER_MODE, Folder, Kind};
use super::plan::{Plan, Step};

/// Carries out the plan and waits until it is on the disk.
pub(super) fn stage(new: &Folder, old: Option<&Folder>, plan: &Plan<'_>) -> Result<(), Fault> {
    let top = Below::default();
    fill(new, old, plan, &top)?;
    new.flush_all().at(&top).map_err(|fault| {
        fault.hint(
            "this file system cannot confirm that files are on the disk: build into a folder on another \
             one with `--output`, then copy it",
        )
    })
}

/// Carries out the plan in an empty folder that cannot be exchanged for another, such as a mount point.
pub(super) fn fill_in_place(folder: &Folder, plan: &Plan<'_>) -> Result<(), Fault> {
    let top = Below::default();
    let mode = folder.mode().at(&top)?;
    stage(folder, None, plan)?;
    folder.set_mode(mode).at(&top)
}

fn fill(new: &Folder, old: Option<&Folder>, plan: &Plan<'_>, at: &Below) -> Result<(), Fault> {
    if let Some(old) = old {
        new.take_group(old).at(at).map_err(|fault| {
            fault.hint(
                "the new folder must have the group of the old one, or a web server could lose its \
                 access: build as a member of that group, or give the folder another with `chgrp`",
            )
        })?;
    }
    plan.steps.par_iter().try_for_each(|(name, step)| {
        let below = at.join(name);
        match step {
            Step::Write(bytes) => new.create(name, bytes).at(&below),
            Step::Keep(bytes) => keep(new, old, name, bytes).at(&below),
            Step::Carry(kind) => match old {
                Some(old) => carry(new, old, name, *kind).at(&below),
                None => Ok(()),
            },
            Step::Enter(plan) => {
                let inner = new.make(name).at(&below)?;
                let old = match old {
                    Some(old) => old.enter_if_folder(name).at(&below)?,
                    None => None,
                };
                fill(&inner, old.as_ref(), plan, &below)
            }
        }
    })?;
    // Only now: what others may do with it must not keep us from filling it.
    let mode = match old {
        Some(old) => old.mode().at(at)?,
        // The system passes this bit on from folder to folder.
        None => FOLDER_MODE | (new.mode().at(at)? & Mode::SGID),
    };
    new.set_mode(mode).at(at)
}

/// A file of ours with the bytes it had. A file system without second names gets a new file.
fn keep(new: &Folder, old: Option<&Folder>, name: &OsStr, bytes: &[u8]) -> std::io::Result<()> {
    match old.map(|old| old.link(name, new)) {
        Some(Ok(())) => Ok(()),
        _ => new.create(name, bytes),
    }
}

/// A stranger's file. Where it can get no second name (the file system has none, or it belongs to
/// somebody else) a copy stands in for it.
fn carry(new: &Folder, old: &Folder, name: &OsStr, kind: Kind) -> std::io::Result<()> {
    let refused = match old.link(name, new) {
        Ok(()) => return Ok(()),
        Err(refused) => refused,
    };
    match kind {
        Kind::File => match old.read(name, |_| true)? {
            Some(bytes) => new.create(name, &bytes),
            None => Err(refused.into()),
        },
        Kind::Other => match old.read_link(name) {
            Ok(target) => Ok(new.make_link(name, &target)?),
            Err(Errno::INVAL) => Err(refused.into()),
            Err(error) => Err(error.into()),
        },
        Kind::Folder => Err(refused.into()),
    }
}
