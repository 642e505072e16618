//! Folders of Unix, by their descriptors.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{Read as _, Result, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{self, Access, AtFlags, CWD, Dir, FileType, Gid, Mode, OFlags, RenameFlags, Uid};
use rustix::io::Errno;
use rustix::process::{Resource, getrlimit};

use super::{DirEntry, Identity, Kind};

/// The modes of published files and folders. They are fixed, so that the umask does not affect the output.
const FILE_MODE: Mode = Mode::from_bits_retain(0o644);
const FOLDER_MODE: Mode = Mode::from_bits_retain(0o755);

/// A folder that is not finished is closed to others.
const UNFINISHED_MODE: Mode = Mode::from_bits_retain(0o700);

const OPEN_FOLDER: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC);

/// An open folder.
#[derive(Debug)]
pub struct Folder {
    fd: OwnedFd,
}

impl Folder {
    /// Opens a folder by its path. Only this follows links.
    pub fn open(path: &Path) -> Result<Self> {
        let fd = fs::openat(CWD, path, OPEN_FOLDER, Mode::empty())?;
        Ok(Self { fd })
    }

    /// Opens a folder in this one.
    pub fn enter(&self, name: &OsStr) -> Result<Self> {
        match fs::openat(&self.fd, name, OPEN_FOLDER, Mode::empty()) {
            Ok(fd) => Ok(Self { fd }),
            // A link.
            Err(Errno::LOOP) => Err(Errno::NOTDIR.into()),
            Err(error) => Err(error.into()),
        }
    }

    /// Every name but `.` and `..`, sorted.
    pub fn entries(&self) -> Result<Vec<DirEntry>> {
        let mut entries = Vec::new();
        for entry in Dir::read_from(&self.fd)? {
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if name == "." || name == ".." {
                continue;
            }
            let kind = match entry.file_type() {
                // Some file systems do not list the types.
                FileType::Unknown => FileType::from_raw_mode(self.stat(name)?.st_mode),
                known => known,
            };
            entries.push(DirEntry {
                name: name.to_owned(),
                kind: match kind {
                    FileType::RegularFile => Kind::File,
                    FileType::Directory => Kind::Folder,
                    _ => Kind::Other,
                },
            });
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    /// The bytes of a file; `None` if it is not a regular file or does not have an `expected` size, so that a
    /// huge file is not read just to find that it differs.
    pub fn read(
        &self,
        name: &OsStr,
        expected: impl FnOnce(u64) -> bool,
    ) -> Result<Option<Vec<u8>>> {
        // Without the last flag, a pipe that replaced the file would block.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::CLOEXEC | OFlags::NONBLOCK;
        let file = match fs::openat(&self.fd, name, flags, Mode::empty()) {
            Err(Errno::LOOP) => return Ok(None),
            other => File::from(other?),
        };
        let facts = file.metadata()?;
        if !facts.is_file() || !expected(facts.len()) {
            return Ok(None);
        }
        let mut bytes = Vec::with_capacity(usize::try_from(facts.len()).unwrap_or(0));
        // Without the limit, the end of each file would cost another system call.
        file.take(facts.len()).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    /// Makes a new file.
    pub fn create(&self, name: &OsStr, bytes: &[u8]) -> Result<()> {
        // A write past the limit on file sizes would end the process with a signal.
        let limit = getrlimit(Resource::Fsize).current;
        if limit.is_some_and(|limit| bytes.len() as u64 > limit) {
            return Err(Errno::FBIG.into());
        }
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let fd = fs::openat(&self.fd, name, flags, FILE_MODE)?;
        set_mode(&fd, FILE_MODE)?;
        let mut file = File::from(fd);
        file.write_all(bytes)?;
        // See `flush_all`.
        if !cfg!(target_os = "linux") {
            file.sync_data()?;
        }
        Ok(())
    }

    /// Makes a new folder, which others cannot enter until [`Folder::finish`].
    pub fn make(&self, name: &OsStr) -> Result<Self> {
        fs::mkdirat(&self.fd, name, UNFINISHED_MODE)?;
        self.enter(name)
    }

    /// Opens this folder to others, with the mode of the folder it replaces; a new one has the fixed mode, with the
    /// set-group-ID bit if the system has passed it on.
    pub fn finish(&self, replaced: Option<&Self>) -> Result<()> {
        let mode = |folder: &Self| fs::fstat(&folder.fd).map(|facts| facts.st_mode.into());
        let mode = match replaced {
            Some(replaced) => mode(replaced)?,
            None => FOLDER_MODE | (mode(self)? & Mode::SGID),
        };
        set_mode(&self.fd, mode)
    }

    /// Gives this empty folder the group of another, and its set-group-ID bit, so that what is made in it
    /// has that group as well. The owner is copied if we are allowed to.
    pub fn take_group(&self, of: &Self) -> Result<()> {
        let (ours, theirs) = (fs::fstat(&self.fd)?, fs::fstat(&of.fd)?);
        if ours.st_gid != theirs.st_gid {
            fs::fchown(&self.fd, None, Some(Gid::from_raw(theirs.st_gid)))?;
        }
        if ours.st_uid != theirs.st_uid {
            let _ = fs::fchown(&self.fd, Some(Uid::from_raw(theirs.st_uid)), None);
        }
        let inherited = Mode::from_raw_mode(theirs.st_mode) & Mode::SGID;
        set_mode(&self.fd, UNFINISHED_MODE | inherited)
    }

    /// Fails if names cannot be added to this folder or removed from it.
    pub fn check_writable(&self) -> Result<()> {
        let both = Access::WRITE_OK | Access::EXEC_OK;
        Ok(fs::accessat(&self.fd, ".", both, AtFlags::EACCESS)?)
    }

    /// Makes a hard link of the same name in another folder.
    pub fn link(&self, name: &OsStr, into: &Self) -> Result<()> {
        Ok(fs::linkat(
            &self.fd,
            name,
            &into.fd,
            name,
            AtFlags::empty(),
        )?)
    }

    /// The target of a symlink.
    pub fn read_link(&self, name: &OsStr) -> Result<OsString> {
        let target = fs::readlinkat(&self.fd, name, Vec::new())?;
        Ok(OsStr::from_bytes(target.to_bytes()).to_owned())
    }

    /// Makes a symlink.
    pub fn make_link(&self, name: &OsStr, target: &OsStr) -> Result<()> {
        Ok(fs::symlinkat(target, &self.fd, name)?)
    }

    /// Renames `from` to `to` in another folder, where nothing may have that name.
    pub fn move_to(&self, from: &OsStr, into: &Self, to: &OsStr) -> Result<()> {
        match fs::renameat_with(&self.fd, from, &into.fd, to, RenameFlags::NOREPLACE) {
            // The file system cannot do both in one step.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {
                if into.identity_of(to)?.is_some() {
                    return Err(Errno::EXIST.into());
                }
                Ok(fs::renameat(&self.fd, from, &into.fd, to)?)
            }
            other => Ok(other?),
        }
    }

    /// Exchanges two names of this folder in one step. `false` if the file system cannot do that.
    pub fn exchange(&self, one: &OsStr, other: &OsStr) -> Result<bool> {
        match fs::renameat_with(&self.fd, one, &self.fd, other, RenameFlags::EXCHANGE) {
            Ok(()) => Ok(true),
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Removes a file, link or pipe.
    pub fn remove(&self, name: &OsStr) -> Result<()> {
        Ok(fs::unlinkat(&self.fd, name, AtFlags::empty())?)
    }

    /// Removes an empty folder.
    pub fn remove_folder(&self, name: &OsStr) -> Result<()> {
        Ok(fs::unlinkat(&self.fd, name, AtFlags::REMOVEDIR)?)
    }

    /// Identifies this folder.
    pub fn identity(&self) -> Result<Identity> {
        Identity::of(&self.fd)
    }

    /// Waits until the names in this folder are on the disk.
    pub fn flush(&self) -> Result<()> {
        Ok(fs::fsync(&self.fd)?)
    }

    /// Waits until everything below this folder is on the disk.
    ///
    /// One request for the whole file system: flushing ten thousand pages one by one would take longer
    /// than the rest of a build. Systems without that request flush each file as it is written.
    pub fn flush_all(&self) -> Result<()> {
        #[cfg(target_os = "linux")]
        fs::syncfs(&self.fd)?;
        self.flush()
    }

    /// Opens the file of the lock, and makes it if there is none.
    pub fn open_lock(&self, name: &OsStr) -> Result<File> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(File::from(fs::openat(&self.fd, name, flags, FILE_MODE)?))
    }

    /// What the system knows of a name, without following a link.
    pub fn stat(&self, name: &OsStr) -> Result<fs::Stat> {
        Ok(fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW)?)
    }
}

impl Identity {
    pub fn of(file: impl AsFd) -> Result<Self> {
        Ok(Self::from(&fs::fstat(file)?))
    }
}

impl From<&fs::Stat> for Identity {
    #[allow(
        clippy::unnecessary_cast,
        clippy::cast_sign_loss,
        reason = "the width and sign of both numbers differ between systems"
    )]
    fn from(facts: &fs::Stat) -> Self {
        Self {
            device: facts.st_dev as u64,
            inode: facts.st_ino as u64,
        }
    }
}

/// Sets a mode, unless the file system has none.
fn set_mode(fd: &OwnedFd, mode: Mode) -> Result<()> {
    match fs::fchmod(fd, mode) {
        Err(Errno::PERM | Errno::OPNOTSUPP) => Ok(()),
        other => Ok(other?),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_never_entered_or_read() {
        let space = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(space.path().join("real")).expect("a folder");
        std::fs::write(space.path().join("file"), "x").expect("a file");
        std::os::unix::fs::symlink("real", space.path().join("folder-link")).expect("a link");
        std::os::unix::fs::symlink("file", space.path().join("file-link")).expect("a link");
        let folder = Folder::open(space.path()).expect("an open folder");
        assert!(folder.enter("real".as_ref()).is_ok());
        assert!(folder.enter("folder-link".as_ref()).is_err());
        let followed = folder.enter_if_folder("folder-link".as_ref());
        assert!(followed.expect("an answer").is_none());
        let read = |name: &str| folder.read(name.as_ref(), |_| true).expect("an answer");
        assert_eq!(read("file"), Some(b"x".to_vec()));
        assert_eq!(read("file-link"), None);
    }
}
