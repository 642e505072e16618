//! Folders of Windows, by their paths.
//!
//! Windows has no calls that start at an open folder, so a link that somebody plants between two steps can be followed. It
//! has no modes, no groups and no exchange of two folders either.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{ErrorKind, Result, Write as _};
use std::os::windows::fs::{MetadataExt as _, symlink_dir, symlink_file};
use std::path::{Path, PathBuf};

use super::{DirEntry, Identity, Kind};

/// An open folder.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens a folder by its path. Only this follows links.
    pub fn open(path: &Path) -> Result<Self> {
        let path = fs::canonicalize(path)?;
        if !path.metadata()?.is_dir() {
            return Err(ErrorKind::NotADirectory.into());
        }
        Ok(Self { path })
    }

    /// Opens a folder in this one.
    pub fn enter(&self, name: &OsStr) -> Result<Self> {
        if !self.stat(name)?.is_dir() {
            return Err(ErrorKind::NotADirectory.into());
        }
        let path = self.path.join(name);
        Ok(Self { path })
    }

    /// Every name, sorted.
    pub fn entries(&self) -> Result<Vec<DirEntry>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(&self.path)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            entries.push(DirEntry {
                name: entry.file_name(),
                kind: if kind.is_file() {
                    Kind::File
                } else if kind.is_dir() {
                    Kind::Folder
                } else {
                    Kind::Other
                },
            });
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    /// The bytes of a file; `None` if it is not a regular file, or does not have an `expected` size.
    pub fn read(
        &self,
        name: &OsStr,
        expected: impl FnOnce(u64) -> bool,
    ) -> Result<Option<Vec<u8>>> {
        let facts = self.stat(name)?;
        if !facts.is_file() || !expected(facts.len()) {
            return Ok(None);
        }
        fs::read(self.path.join(name)).map(Some)
    }

    /// Makes a new file.
    pub fn create(&self, name: &OsStr, bytes: &[u8]) -> Result<()> {
        let mut file = File::create_new(self.path.join(name))?;
        file.write_all(bytes)?;
        file.sync_data()
    }

    /// Makes a new folder.
    pub fn make(&self, name: &OsStr) -> Result<Self> {
        fs::create_dir(self.path.join(name))?;
        self.enter(name)
    }

    /// Windows has no modes.
    pub fn finish(&self, _: Option<&Self>) -> Result<()> {
        Ok(())
    }

    /// Windows has no groups.
    pub fn take_group(&self, _: &Self) -> Result<()> {
        Ok(())
    }

    /// A folder that cannot be written to fails at the first file.
    pub fn check_writable(&self) -> Result<()> {
        Ok(())
    }

    /// Makes a hard link of the same name in another folder.
    pub fn link(&self, name: &OsStr, into: &Self) -> Result<()> {
        fs::hard_link(self.path.join(name), into.path.join(name))
    }

    /// The target of a symlink.
    pub fn read_link(&self, name: &OsStr) -> Result<OsString> {
        Ok(fs::read_link(self.path.join(name))?.into_os_string())
    }

    /// Makes a symlink.
    pub fn make_link(&self, name: &OsStr, target: &OsStr) -> Result<()> {
        let link = self.path.join(name);
        if self.path.join(target).is_dir() {
            symlink_dir(target, link)
        } else {
            symlink_file(target, link)
        }
    }

    /// Renames `from` to `to` in another folder, where nothing may have that name.
    pub fn move_to(&self, from: &OsStr, into: &Self, to: &OsStr) -> Result<()> {
        if into.identity_of(to)?.is_some() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        fs::rename(self.path.join(from), into.path.join(to))
    }

    /// Windows cannot exchange two names in one step.
    pub fn exchange(&self, _: &OsStr, _: &OsStr) -> Result<bool> {
        Ok(false)
    }

    /// Removes a file or link.
    pub fn remove(&self, name: &OsStr) -> Result<()> {
        fs::remove_file(self.path.join(name))
    }

    /// Removes an empty folder.
    pub fn remove_folder(&self, name: &OsStr) -> Result<()> {
        fs::remove_dir(self.path.join(name))
    }

    /// Identifies this folder.
    pub fn identity(&self) -> Result<Identity> {
        Ok(Identity::from(&fs::symlink_metadata(&self.path)?))
    }

    /// Windows writes names to the disk in order.
    pub fn flush(&self) -> Result<()> {
        Ok(())
    }

    /// Each file was flushed as it was written.
    pub fn flush_all(&self) -> Result<()> {
        Ok(())
    }

    /// Opens the file of the lock, and makes it if there is none.
    pub fn open_lock(&self, name: &OsStr) -> Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        options.open(self.path.join(name))
    }

    /// What the system knows of a name, without following a link.
    pub fn stat(&self, name: &OsStr) -> Result<Metadata> {
        fs::symlink_metadata(self.path.join(name))
    }
}

impl Identity {
    pub fn of(file: &File) -> Result<Self> {
        Ok(Self::from(&file.metadata()?))
    }
}

impl From<&Metadata> for Identity {
    /// The file index is not in the standard library yet. The time of creation, in units of 100 ns, stays with a file or
    /// folder when it is renamed.
    fn from(facts: &Metadata) -> Self {
        Self {
            device: 0,
            inode: facts.creation_time(),
        }
    }
}
