//! A ZIP archive, so that readers can take the whole site with them.
//!
//! In: files. Out: the bytes of an archive, the same for the same files: it has no dates. It is not compressed,
//! since the preview makes it after every save.

use zlib_rs::crc32::crc32;

use crate::ids::OutPath;

/// The folder that the files are in, so that unpacking them makes no mess.
const FOLDER: &str = "offline/";

/// Version 2.0 of the format, names in UTF-8, no compression, and the first day that it can express.
const KIND: [u8; 10] = [20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0];

/// Files made on Unix, which everybody can read.
const MADE_BY: [u8; 2] = [20, 3];
const MODE: u32 = 0o100_644 << 16;

/// Packs files; `None` if there are more, or larger ones, than the format allows.
pub fn zip<'a>(files: impl IntoIterator<Item = (&'a OutPath, &'a [u8])>) -> Option<Vec<u8>> {
    let (mut archive, mut directory) = (Vec::new(), Vec::new());
    let mut count = 0_u16;
    for (path, bytes) in files {
        count = count.checked_add(1)?;
        let name = format!("{FOLDER}{path}");
        let offset = length(archive.len())?;
        let mut facts = KIND.to_vec();
        facts.extend(crc32(0, bytes).to_le_bytes());
        facts.extend([length(bytes.len())?; 2].concat());
        facts.extend(u16::try_from(name.len()).ok()?.to_le_bytes());
        facts.extend([0; 2]);
        archive.extend(b"PK\x03\x04");
        archive.extend(&facts);
        archive.extend(name.as_bytes());
        archive.extend(bytes);
        directory.extend(b"PK\x01\x02");
        directory.extend(MADE_BY);
        directory.extend(&facts);
        directory.extend([0; 6]);
        directory.extend(MODE.to_le_bytes());
        directory.extend(offset);
        directory.extend(name.as_bytes());
    }
    let (size, start) = (length(directory.len())?, length(archive.len())?);
    archive.extend(&directory);
    archive.extend(b"PK\x05\x06\0\0\0\0");
    archive.extend([count.to_le_bytes(); 2].concat());
    archive.extend(size);
    archive.extend(start);
    archive.extend([0; 2]);
    Some(archive)
}

/// A length as the format writes it.
fn length(bytes: usize) -> Option<[u8; 4]> {
    Some(u32::try_from(bytes).ok()?.to_le_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_files_than_the_format_can_have_are_refused() {
        let path = OutPath::new("a").expect("a path");
        let files = |count| std::iter::repeat_n((&path, &b""[..]), count);
        assert!(zip(files(65_535)).is_some());
        assert_eq!(zip(files(65_536)), None);
    }
}
