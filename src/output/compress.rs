//! Compressed copies of text files, which servers send as they are.

use zlib_rs::{DeflateConfig, ReturnCode, compress_bound, compress_slice};

use crate::ids::OutPath;

/// The file types that gain from compression.
const TYPES: [&str; 9] = [
    "html", "css", "js", "json", "xml", "svg", "md", "txt", "csv",
];

/// Smaller files fit into one packet anyway.
const MIN_SIZE: usize = 512;

/// Files are compressed once and sent often.
const BEST: i32 = 9;

/// The largest window of the format, plus 16 for a gzip header.
const GZIP: i32 = 15 + 16;

/// The byte of a gzip header that names the system it was made on.
const SYSTEM: usize = 9;
const UNKNOWN_SYSTEM: u8 = 255;

/// The path of the compressed copy of a file; `None` if its type does not gain from it.
pub fn copy_path(path: &OutPath) -> Option<OutPath> {
    let (_, extension) = path.as_str().rsplit_once('.')?;
    let is_text = TYPES.contains(&extension);
    is_text.then(|| OutPath::new(format!("{path}.gz")))?
}

/// The compressed copy of a file; `None` if it would not be smaller.
pub fn copy(bytes: &[u8]) -> Option<Vec<u8>> {
    let copy = (bytes.len() >= MIN_SIZE).then(|| gzip(bytes))??;
    (copy.len() < bytes.len()).then_some(copy)
}

fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let config = DeflateConfig {
        window_bits: GZIP,
        ..DeflateConfig::new(BEST)
    };
    // The header of gzip is 12 bytes longer than the one that the bound includes.
    let mut buffer = vec![0; compress_bound(bytes.len()) + 12];
    let (copy, result) = compress_slice(&mut buffer, bytes, config);
    if result != ReturnCode::Ok {
        return None;
    }
    *copy.get_mut(SYSTEM)? = UNKNOWN_SYSTEM;
    Some(copy.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_files_get_a_copy_that_is_smaller() {
        for (path, expected) in [
            ("a/index.html", Some("a/index.html.gz")),
            ("image.png", None),
            ("nginx.conf", None),
        ] {
            let path = OutPath::new(path).expect("a path");
            let copy = copy_path(&path);
            assert_eq!(copy.as_ref().map(OutPath::as_str), expected);
        }
        assert_eq!(copy(b"text"), None);
        let long = "text ".repeat(1000);
        let copy = copy(long.as_bytes()).expect("a copy");
        // The header names neither a date nor a system.
        assert_eq!(copy[..10], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
        assert!(copy.len() < long.len() / 10);
    }
}
