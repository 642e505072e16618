//! What only Windows knows of a file.

use std::fs::{File, Metadata, OpenOptions};
use std::io::Result;
use std::os::windows::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

/// Opens a link itself instead of its target.
const FILE_FLAG_OPEN_REPARSE_POINT: u32 = 0x0020_0000;

/// The time of creation and the attributes.
pub type Traits = (u64, u32);

pub fn traits(metadata: &Metadata) -> Traits {
    (metadata.creation_time(), metadata.file_attributes())
}

/// Opens a file, without following a link that was put there since the folder was listed.
pub fn open(path: &Path) -> Result<File> {
    OpenOptions::new()
        .read(true)
        .custom_flags(FILE_FLAG_OPEN_REPARSE_POINT)
        .open(path)
}
