//! One build at a time into one folder.
//!
//! In: where the output stands. Out: a lock the system holds for as long as the value lives, and
//! takes back when the process dies. It protects nothing from programs that do not ask for it.

use std::ffi::{OsStr, OsString};
use std::fs::{File, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use super::folder::{Folder, Identity};
use super::place::Place;
use crate::diagnostic::Error;

/// Longer than writing a large site takes; another build is worth waiting for, not more.
const PATIENCE: Duration = Duration::from_secs(3);

/// Short enough not to be felt.
const PAUSE: Duration = Duration::from_millis(20);

/// Held while a site is written.
#[derive(Debug)]
pub(super) struct Lock<'a> {
    parent: &'a Folder,
    name: OsString,
    /// The system's lock goes when this is closed.
    _file: File,
}

impl<'a> Lock<'a> {
    /// Waits briefly for another build to finish.
    pub(super) fn take(place: &'a Place<Folder>) -> Result<Self, Error> {
        let name = place.temporary("lock");
        let until = Instant::now() + PATIENCE;
        loop {
            let tried = try_take(&place.parent, &name)
                .map_err(|error| place.cannot_write_beside(&error))?;
            if let Some(file) = tried {
                return Ok(Self {
                    parent: &place.parent,
                    name,
                    _file: file,
                });
            }
            if Instant::now() >= until {
                return Err(Error::Machine(format!(
                    "another build is running: it holds the lock on `{}`",
                    place.shown
                )));
            }
            thread::sleep(PAUSE);
        }
    }
}

impl Drop for Lock<'_> {
    /// The name goes before the lock does, so nobody can take a lock on a name that is about to go.
    fn drop(&mut self) {
        let _ = self.parent.remove(&self.name);
    }
}

/// `None` where another process holds it.
fn try_take(parent: &Folder, name: &OsStr) -> std::io::Result<Option<File>> {
    let file = parent.open_lock(name)?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(error)) => return Err(error),
        Ok(()) => {}
    }
    // Whoever held it before has taken the name away; a lock without its name locks nobody out.
    let still_there = parent.identity_of(name)? == Some(Identity::of(&file)?);
    Ok(still_there.then_some(file))
}
