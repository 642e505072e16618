//! One build at a time into one folder: a lock held by the system, which releases it when the process dies.

use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use super::folder::Identity;
use super::output_folder::OutputFolder;
use crate::diagnostic::Error;

/// How long to wait for another build: longer than writing a large site takes.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long to wait before the next attempt.
const PAUSE: Duration = Duration::from_millis(20);

/// Held while a site is written.
#[derive(Debug)]
pub(super) struct Lock<'a> {
    output: &'a OutputFolder,
    name: OsString,
    /// Closing it releases the lock.
    _file: File,
}

impl<'a> Lock<'a> {
    /// Waits briefly for another build to finish.
    pub(super) fn take(output: &'a OutputFolder) -> Result<Self, Error> {
        let until = Instant::now() + PATIENCE;
        loop {
            let taken = Self::try_take(output);
            match taken.map_err(|error| output.cannot_write_beside(&error))? {
                Some(lock) => return Ok(lock),
                None if Instant::now() >= until => {
                    return Err(Error::Machine(format!(
                        "another build is running: it holds the lock on `{}`",
                        output.shown
                    )));
                }
                None => thread::sleep(PAUSE),
            }
        }
    }

    /// `None` if another process holds it.
    fn try_take(output: &'a OutputFolder) -> std::io::Result<Option<Self>> {
        let name = output.temporary("lock");
        let file = output.parent.open_lock(&name)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(error),
            Ok(()) => {}
        }
        // Whoever held it before may have removed the name meanwhile, and others would lock a new file.
        let has_name = output.parent.identity_of(&name)? == Some(Identity::of(&file)?);
        Ok(has_name.then(|| Self {
            output,
            name,
            _file: file,
        }))
    }
}

impl Drop for Lock<'_> {
    /// Removes the name before the lock is released, so that nobody takes a lock whose name is about to go.
    fn drop(&mut self) {
        let _ = self.output.parent.remove(&self.name);
    }
}
