//! An open folder. Every call takes one step from it, by a single name, and follows no symlink: a link
//! that somebody planted on the way is an error.

//!
//! Each system has a file of its own for it.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::ffi::{OsStr, OsString};
use std::path::Path;

#[cfg(unix)]
pub(super) use unix::Folder;
#[cfg(windows)]
pub(super) use windows::Folder;

/// One name in a folder.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: OsString,
    pub(super) kind: Kind,
}

/// What has a name.
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

/// A relative path with `/` between its names, as manifests have it.
pub(super) fn slashed(path: &Path) -> Option<String> {
    let names: Option<Vec<_>> = path.iter().map(OsStr::to_str).collect();
    Some(names?.join("/"))
}
