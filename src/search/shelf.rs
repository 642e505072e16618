//! Payloads → script files by content digest, and the shelf that says which file holds what.
//!
//! In: payloads in the order of their keys. Out: files, and a [`Shelf`] small enough to be part of
//! the index head. Where there are many files the shelf names shelves, which are files themselves.
//! It knows nothing of what the payloads say.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::fingerprint;
use crate::ids::OutPath;

/// Files a shelf that is a file itself names at most: most of a kilobyte.
const WIDTH: usize = 24;
/// Shelves the head names at most.
const WIDEST_OF_SHELVES: usize = 256;

/// How the files of a kind are shelved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    /// What they are called.
    pub(super) name: &'static str,
    /// Files the head may name itself; past it, it names shelves. Each costs the first question some
    /// 40 bytes, and each shelf on the way to a piece costs every reader a round trip.
    pub(super) widest: usize,
    /// Files a question takes.
    pub(super) taken: usize,
}

/// One script file of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shard {
    /// What it calls itself when it is run: `terms/0/12`.
    pub id: String,
    /// Where it is written.
    pub path: OutPath,
    /// What a browser must find there.
    pub integrity: String,
    /// The script.
    pub bytes: Vec<u8>,
}

/// Which file holds the payload of a key: the last whose first key is not past it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Shelf<K> {
    /// 0 where the files hold payloads, more where they hold shelves.
    pub(super) level: usize,
    /// The number of the first file.
    pub(super) first: usize,
    /// The first key of each file.
    pub(super) from: Vec<K>,
    /// SHA-256 of each file in base64 without padding, run together. Names are made from it.
    pub(super) digests: String,
}

impl<K> Shelf<K> {
    /// For files that need not be fetched.
    pub(super) fn forget_digests(&mut self) {
        self.digests.clear();
    }
}

/// Makes files of `payloads`, which are JSON, each with its first key.
pub(super) fn shelve<K>(kind: Kind, payloads: Vec<(K, String)>) -> (Shelf<K>, Vec<Shard>)
where
    K: Clone + Serialize + Send + Sync,
{
    let mut files = Vec::new();
    let mut row = place(kind.name, 0, payloads, &mut files);
    let mut level = 0;
    let mut widest = kind.widest;
    while row.len() > widest {
        let width = width(row.len(), kind.taken);
        let shelves = (0..row.len()).step_by(width).map(|first| {
            let shelf = shelf(level, first, &row[first..row.len().min(first + width)]);
            let json = serde_json::to_string(&shelf).unwrap_or_default();
            (shelf.from[0].clone(), json)
        });
        let shelves = shelves.collect();
        level += 1;
        row = place(kind.name, level, shelves, &mut files);
        widest = WIDEST_OF_SHELVES;
    }
    (shelf(level, 0, &row), files)
}

/// How many files a shelf names, so that a question learns of the fewest: of `files` divided by it
/// from the head, and of so many a file it takes.
fn width(files: usize, taken: usize) -> usize {
    (files / taken.max(1)).isqrt().clamp(2, WIDTH)
}

/// The script that hands over a payload when it is run.
pub(super) fn piece(kind: &str, id: String, payload: &str) -> Shard {
    let bytes = script(&id, payload).into_bytes();
    file(kind, id, bytes)
}

/// A piece whose script hands over what other pieces do, too: one file instead of many.
pub(super) fn bound(kind: &str, id: String, payload: &str, others: &[Shard]) -> Shard {
    let mut bytes = script(&id, payload).into_bytes();
    bytes.extend(others.iter().flat_map(|other| &other.bytes));
    file(kind, id, bytes)
}

fn script(id: &str, payload: &str) -> String {
    let mut script = format!("regain.search.add(\"{id}\",");
    script.reserve(payload.len() + 3);
    push_ascii(&mut script, payload);
    script.push_str(");\n");
    script
}

fn file(kind: &str, id: String, bytes: Vec<u8>) -> Shard {
    let asset = fingerprint::asset(&format!("assets/search/{kind}.js"), &bytes)
        .expect("kinds are plain names");
    Shard {
        id,
        path: asset.path,
        integrity: asset.integrity,
        bytes,
    }
}

fn place<K: Send + Sync>(
    kind: &str,
    level: usize,
    payloads: Vec<(K, String)>,
    files: &mut Vec<Shard>,
) -> Vec<(K, String)> {
    let made: Vec<_> = payloads
        .into_par_iter()
        .enumerate()
        .map(|(number, (key, payload))| {
            (
                key,
                piece(kind, format!("{kind}/{level}/{number}"), &payload),
            )
        })
        .collect();
    let row = made.into_iter().map(|(key, piece)| {
        let digest = piece.integrity.trim_start_matches("sha256-");
        let digest = digest.trim_end_matches('=').to_owned();
        files.push(piece);
        (key, digest)
    });
    row.collect()
}

fn shelf<K: Clone>(level: usize, first: usize, row: &[(K, String)]) -> Shelf<K> {
    Shelf {
        level,
        first,
        from: row.iter().map(|(key, _)| key.clone()).collect(),
        digests: row.iter().map(|(_, digest)| digest.as_str()).collect(),
    }
}

/// Only ASCII goes into a script, so that no server's idea of its encoding can change it.
fn push_ascii(script: &mut String, json: &str) {
    use std::fmt::Write as _;
    let mut rest = json;
    while let Some(at) = rest.find(|letter: char| !letter.is_ascii()) {
        script.push_str(&rest[..at]);
        let letter = rest[at..].chars().next().unwrap_or_default();
        for unit in letter.encode_utf16(&mut [0; 2]) {
            // Writing to a string cannot fail.
            let _ = write!(script, "\\u{unit:04x}");
        }
        rest = &rest[at + letter.len_utf8()..];
    }
    script.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_ascii_and_its_payload_json() {
        let piece = piece("text", "text/0/0".to_owned(), "[\"é 🔑 </script>\"]");
        let script = String::from_utf8(piece.bytes).expect("ASCII");
        assert_eq!(
            script,
            "regain.search.add(\"text/0/0\",[\"\\u00e9 \\ud83d\\udd11 </script>\"]);\n"
        );
        assert!(piece.path.as_str().starts_with("assets/search/text."));
    }

    #[test]
    fn many_files_are_shelved_in_levels() {
        let payloads: Vec<_> = (0..150).map(|key| (key, key.to_string())).collect();
        let text = Kind {
            name: "text",
            widest: 64,
            taken: 6,
        };
        let (shelf, files) = shelve(text, payloads);
        assert_eq!((shelf.level, shelf.from.len(), files.len()), (1, 30, 180));
        assert_eq!(files[150].id, "text/1/0");
        assert_eq!(shelf.digests.len(), 30 * 43);
        let (shelf, files) = shelve(text, vec![(0, "[]".to_owned())]);
        assert_eq!((shelf.level, files.len()), (0, 1));
    }
}
