//! An open folder. Every call takes one step from it, by a single name, and follows no symlink: a link
//! that somebody planted on the way is an error.
//!
//! Each system has its own implementation.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::ffi::{OsStr, OsString};
use std::io::{ErrorKind, Result};
use std::path::Path;

#[cfg(unix)]
pub(super) use unix::Folder;
#[cfg(windows)]
pub(super) use windows::Folder;

/// A file, folder or other thing in a folder.
#[derive(Debug)]
pub(super) struct DirEntry {
    pub(super) name: OsString,
    pub(super) kind: Kind,
}

/// What a name in a folder belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    /// A symlink, a pipe, a socket or a device.
    Other,
}

/// Identifies a file or folder, however it is renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) device: u64,
    pub(super) inode: u64,
}

impl Folder {
    /// Opens a folder in this one; `None` if no folder has the name.
    pub(super) fn enter_if_folder(&self, name: &OsStr) -> Result<Option<Self>> {
        match self.enter(name) {
            Ok(folder) => Ok(Some(folder)),
            Err(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Whether there is nothing in it.
    pub(super) fn is_empty(&self) -> Result<bool> {
        Ok(self.entries()?.is_empty())
    }

    /// What has a name in this folder; `None` if nothing does.
    pub(super) fn identity_of(&self, name: &OsStr) -> Result<Option<Identity>> {
        match self.stat(name) {
            Ok(facts) => Ok(Some(Identity::from(&facts))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// A relative path with `/` between its names, as manifests have it.
pub(super) fn slashed(path: &Path) -> Option<String> {
    let names: Option<Vec<_>> = path.iter().map(OsStr::to_str).collect();
    Some(names?.join("/"))
}
