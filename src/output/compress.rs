//! Compressed copies of text files, which servers send as they are.

use rayon::prelude::*;
use zlib_rs::{DeflateConfig, ReturnCode, compress_bound, compress_slice};

use super::Output;
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

/// Adds a `.gz` copy of every text file.
pub fn add_copies(output: &mut Output) {
    let files: Vec<_> = output.iter().collect();
    let copies = files.par_iter().filter_map(|(path, bytes)| {
        let (_, extension) = path.as_str().rsplit_once('.')?;
        let is_text = bytes.len() >= MIN_SIZE && TYPES.contains(&extension);
        let copy = is_text.then(|| gzip(bytes))??;
        let path = OutPath::new(format!("{path}.gz"))?;
        (copy.len() < bytes.len()).then_some((path, copy))
    });
    for (path, copy) in copies.collect::<Vec<_>>() {
        output.insert(path, copy);
    }
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
        let mut output = Output::default();
        let long = "text ".repeat(1000);
        for (path, text) in [
            ("a/index.html", long.as_str()),
            ("short.html", "text"),
            ("image.png", &long),
            ("nginx.conf", &long),
        ] {
            let path = OutPath::new(path).expect("a path");
            output.insert(path, text.as_bytes());
        }
        add_copies(&mut output);
        let paths: Vec<_> = output.iter().map(|(path, _)| path.as_str()).collect();
        let copy = "a/index.html.gz";
        assert_eq!(
            paths,
            [
                "a/index.html",
                copy,
                "image.png",
                "nginx.conf",
                "short.html"
            ]
        );
        let copy = output.get(copy).expect("a copy");
        // The header names neither a date nor a system.
        assert_eq!(copy[..10], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255]);
        assert!(copy.len() < long.len() / 10);
    }
}
