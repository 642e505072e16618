//! An open folder, worked on by single names and never through a symlink.
//!
//! In: names. Out: bytes, entries, system errors. Every call starts at an open folder and takes one
//! step, so a link planted anywhere on the way is an error and not a way out. It decides nothing.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use rustix::fd::OwnedFd;
use rustix::fs::{self, Access, AtFlags, CWD, Dir, FileType, Gid, Mode, OFlags, RenameFlags, Uid};
use rustix::io::{Errno, Result};
use rustix::process::{Resource, getrlimit};

/// What everybody may do with a published file; fixed, so that no umask reaches the output.
pub(super) const FILE_MODE: Mode = Mode::from_bits_retain(0o644);

/// The same for a folder.
pub(super) const FOLDER_MODE: Mode = Mode::from_bits_retain(0o755);

/// Nobody else sees a folder that is not finished.
const UNFINISHED_MODE: Mode = Mode::from_bits_retain(0o700);

const OPEN_FOLDER: OFlags = OFlags::RDONLY
    .union(OFlags::DIRECTORY)
    .union(OFlags::NOFOLLOW)
    .union(OFlags::CLOEXEC);

/// An open folder.
#[derive(Debug)]
pub(super) struct Folder {
    fd: OwnedFd,
}

/// One name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) name: OsString,
    pub(super) kind: Kind,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    /// A symlink, or nothing a site is made of: a pipe, a socket, a device.
    Other,
}

/// Which file a name stands for, however many names it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Identity {
    device: u64,
    inode: u64,
}

impl Folder {
    /// Opens a folder the user named; here, and only here, a path is followed.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let fd = fs::openat(CWD, path, OPEN_FOLDER, Mode::empty())?;
        Ok(Self { fd })
    }

    /// Opens a folder in this one.
    pub(super) fn enter(&self, name: &OsStr) -> Result<Self> {
        let fd = fs::openat(&self.fd, name, OPEN_FOLDER, Mode::empty())?;
        Ok(Self { fd })
    }

    /// The same, where anything but a folder is `None`.
    pub(super) fn enter_if_folder(&self, name: &OsStr) -> Result<Option<Self>> {
        match self.enter(name) {
            Ok(folder) => Ok(Some(folder)),
            Err(Errno::NOENT | Errno::NOTDIR | Errno::LOOP) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Every name but `.` and `..`, sorted.
    pub(super) fn entries(&self) -> Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in Dir::read_from(&self.fd)? {
            let entry = entry?;
            let name = OsStr::from_bytes(entry.file_name().to_bytes());
            if name == "." || name == ".." {
                continue;
            }
            let kind = match entry.file_type() {
                // Some file systems tell only when asked.
                FileType::Unknown => FileType::from_raw_mode(self.stat(name)?.st_mode),
                known => known,
            };
            entries.push(Entry {
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

    /// The bytes of a file whose size is `expected`; `None` for other sizes, so that a huge stranger
    /// is not read, and for what is no file at all.
    pub(super) fn read(
        &self,
        name: &OsStr,
        expected: impl FnOnce(u64) -> bool,
    ) -> std::io::Result<Option<Vec<u8>>> {
        // A pipe put there meanwhile would block without the last flag.
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
        // Not a byte more: asking whether there is one would be another call for every file.
        file.take(facts.len()).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }

    /// Makes a file that was not there.
    pub(super) fn create(&self, name: &OsStr, bytes: &[u8]) -> std::io::Result<()> {
        // Writing past the limit on file sizes would end the process with a signal, which safe code
        // cannot catch; so it is seen coming.
        let limit = getrlimit(Resource::Fsize).current;
        if limit.is_some_and(|limit| bytes.len() as u64 > limit) {
            return Err(Errno::FBIG.into());
        }
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        let fd = fs::openat(&self.fd, name, flags, FILE_MODE)?;
        set_mode(&fd, FILE_MODE)?;
        let mut file = File::from(fd);
        file.write_all(bytes)?;
        flush_file(&file)
    }

    /// Makes a folder that was not there, for our eyes until [`Folder::set_mode`].
    pub(super) fn make(&self, name: &OsStr) -> Result<Self> {
        fs::mkdirat(&self.fd, name, UNFINISHED_MODE)?;
        self.enter(name)
    }

    /// Says what others may do with this folder.
    pub(super) fn set_mode(&self, mode: Mode) -> Result<()> {
        set_mode(&self.fd, mode)
    }

    /// What others may do with this folder.
    pub(super) fn mode(&self) -> Result<Mode> {
        Ok(Mode::from_raw_mode(fs::fstat(&self.fd)?.st_mode))
    }

    /// Gives this empty folder the group of another one, and the bit by which what is made in it will
    /// have that group too; and its owner, if we are allowed to.
    pub(super) fn take_group(&self, of: &Self) -> Result<()> {
        let (ours, theirs) = (fs::fstat(&self.fd)?, fs::fstat(&of.fd)?);
        if ours.st_gid != theirs.st_gid {
            fs::fchown(&self.fd, None, Some(Gid::from_raw(theirs.st_gid)))?;
        }
        if ours.st_uid != theirs.st_uid {
            let _ = fs::fchown(&self.fd, Some(Uid::from_raw(theirs.st_uid)), None);
        }
        let inherited = Mode::from_raw_mode(theirs.st_mode) & Mode::SGID;
        self.set_mode(UNFINISHED_MODE | inherited)
    }

    /// Whether names can be added to and taken from this folder.
    pub(super) fn check_writable(&self) -> Result<()> {
        let both = Access::WRITE_OK | Access::EXEC_OK;
        fs::accessat(&self.fd, ".", both, AtFlags::EACCESS)
    }

    /// Gives the file, link or pipe `name` the same name in another folder too.
    pub(super) fn link(&self, name: &OsStr, into: &Self) -> Result<()> {
        fs::linkat(&self.fd, name, &into.fd, name, AtFlags::empty())
    }

    /// Where a symlink leads; nothing is followed.
    pub(super) fn read_link(&self, name: &OsStr) -> Result<OsString> {
        let target = fs::readlinkat(&self.fd, name, Vec::new())?;
        Ok(OsStr::from_bytes(target.to_bytes()).to_owned())
    }

    /// Makes a symlink.
    pub(super) fn make_link(&self, name: &OsStr, target: &OsStr) -> Result<()> {
        fs::symlinkat(target, &self.fd, name)
    }

    /// Gives `from` the free name `to` in another folder; a name that is taken is an error.
    pub(super) fn move_to(&self, from: &OsStr, into: &Self, to: &OsStr) -> Result<()> {
        match fs::renameat_with(&self.fd, from, &into.fd, to, RenameFlags::NOREPLACE) {
            // The file system knows no such request: look first, then rename.
            Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {
                if into.identity_of(to)?.is_some() {
                    return Err(Errno::EXIST);
                }
                fs::renameat(&self.fd, from, &into.fd, to)
            }
            other => other,
        }
    }

    /// Lets two names of this folder change what they stand for, in one step.
    pub(super) fn exchange(&self, one: &OsStr, other: &OsStr) -> Result<()> {
        fs::renameat_with(&self.fd, one, &self.fd, other, RenameFlags::EXCHANGE)
    }

    /// Takes away a name that is no folder.
    pub(super) fn remove(&self, name: &OsStr) -> Result<()> {
        fs::unlinkat(&self.fd, name, AtFlags::empty())
    }

    /// Takes away an empty folder.
    pub(super) fn remove_folder(&self, name: &OsStr) -> Result<()> {
        fs::unlinkat(&self.fd, name, AtFlags::REMOVEDIR)
    }

    /// Which file a name stands for; `None` where there is none.
    pub(super) fn identity_of(&self, name: &OsStr) -> Result<Option<Identity>> {
        match self.stat(name) {
            Ok(facts) => Ok(Some(Identity::from(&facts))),
            Err(Errno::NOENT) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Which folder this is.
    pub(super) fn identity(&self) -> Result<Identity> {
        Ok(Identity::from(&fs::fstat(&self.fd)?))
    }

    /// The number that stays with this folder when it is renamed.
    pub(super) fn inode(&self) -> Result<u64> {
        Ok(self.identity()?.inode)
    }

    /// Waits until the names in this folder are on the disk.
    pub(super) fn flush(&self) -> Result<()> {
        fs::fsync(&self.fd)
    }

    /// Waits until everything below this folder is on the disk.
    ///
    /// One request for the whole file system: ten thousand pages flushed one by one would take
    /// longer than everything else a build does. Where there is no such request, each file was
    /// flushed as it was written.
    pub(super) fn flush_all(&self) -> Result<()> {
        #[cfg(target_os = "linux")]
        fs::syncfs(&self.fd)?;
        self.flush()
    }

    /// Opens the file the lock is held on, making it where it is missing.
    pub(super) fn open_lock(&self, name: &OsStr) -> Result<File> {
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(File::from(fs::openat(&self.fd, name, flags, FILE_MODE)?))
    }

    fn stat(&self, name: &OsStr) -> Result<fs::Stat> {
        fs::statat(&self.fd, name, AtFlags::SYMLINK_NOFOLLOW)
    }
}

impl Identity {
    pub(super) fn of(file: &File) -> Result<Self> {
        Ok(Self::from(&fs::fstat(file)?))
    }

    /// Whether both are on one file system.
    pub(super) fn is_beside(self, other: Self) -> bool {
        self.device == other.device
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

/// A file system that knows no modes has nothing to set.
fn set_mode(fd: &OwnedFd, mode: Mode) -> Result<()> {
    match fs::fchmod(fd, mode) {
        Err(Errno::PERM | Errno::OPNOTSUPP) => Ok(()),
        other => other,
    }
}

/// See [`Folder::flush_all`].
#[cfg_attr(
    target_os = "linux",
    allow(clippy::unnecessary_wraps, reason = "other systems flush here")
)]
fn flush_file(file: &File) -> std::io::Result<()> {
    if cfg!(target_os = "linux") {
        Ok(())
    } else {
        file.sync_data()
    }
}

/// A path below the output, kept as bytes since strangers' names may be no text.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Below(Vec<u8>);

impl Below {
    pub(super) fn join(&self, name: &OsStr) -> Self {
        let mut path = Vec::with_capacity(self.0.len() + 1 + name.len());
        path.extend_from_slice(&self.0);
        if !path.is_empty() {
            path.push(b'/');
        }
        path.extend_from_slice(name.as_bytes());
        Self(path)
    }

    /// The path as a manifest would list it; `None` where no manifest can.
    pub(super) fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.0).ok()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many names the path has.
    pub(super) fn depth(&self) -> usize {
        self.0.split(|byte| *byte == b'/').count()
    }
}

/// Control and other unseen characters are escaped: the name may be hostile.
impl fmt::Display for Below {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            write!(f, "{}", chunk.valid().escape_debug())?;
            for byte in chunk.invalid() {
                write!(f, "\\x{byte:02x}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_are_shown_escaped() {
        let cases: [(&[u8], &str); 3] = [
            (b"a\x1b[2J\n", "a\\u{1b}[2J\\n"),
            (b"\xff.txt", "\\xff.txt"),
            ("é".as_bytes(), "é"),
        ];
        for (name, expected) in cases {
            let below = Below::default().join(OsStr::from_bytes(name));
            assert_eq!(below.to_string(), expected);
        }
    }

    #[test]
    fn a_link_is_never_entered_or_read() {
        let space = tempfile::tempdir().expect("a place for tests");
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
