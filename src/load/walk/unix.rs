//! What only Unix knows of a file.

use std::fs::{File, Metadata, OpenOptions};
use std::io::Result;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use rustix::fs::OFlags;

/// The time of the last change of any kind (`ctime`), which no program can set, and the device and inode.
pub type Traits = (i64, i64, u64, u64);

pub fn traits(metadata: &Metadata) -> Traits {
    let changed = (metadata.ctime(), metadata.ctime_nsec());
    (changed.0, changed.1, metadata.dev(), metadata.ino())
}

/// Opens a file, without following a link that was put there since the folder was listed, and without waiting for the
/// other end of a pipe.
pub fn open(path: &Path) -> Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    OpenOptions::new()
        .read(true)
        .custom_flags(flags.bits().cast_signed())
        .open(path)
}
