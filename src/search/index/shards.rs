//! Payloads → shards: script files named by their digest, and an index of them.
//!
//! In: payloads in the order of their keys. Out: files, and a [`ShardIndex`] small enough for the index
//! head. If there are many files, it lists shard indexes, which are files themselves. What the payloads
//! contain does not matter here.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::fingerprint;
use crate::ids::OutPath;

/// The most files listed by a shard index that is a file itself: most of a kilobyte.
const MAX_WIDTH: usize = 24;
/// The most shard indexes listed in the head.
const MAX_INDEXES: usize = 256;

/// Where browsers find the name of the newest index head.
pub const POINTER: &str = "search/latest.js";

/// A kind of shards.
#[derive(Debug, Clone, Copy)]
pub(super) struct ShardKind {
    /// The start of their names.
    pub(super) name: &'static str,
    /// The most files that the head lists itself; with more, it lists shard indexes. Each file costs the
    /// first query some 40 bytes, and each shard index costs every query a round trip.
    pub(super) max_in_head: usize,
    /// Files that a query needs.
    pub(super) per_query: usize,
}

/// One script file of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shard {
    /// What it is registered as when it runs: `terms/0/12`.
    pub id: String,
    /// Where it is written.
    pub path: OutPath,
    /// The digest that browsers check.
    pub integrity: String,
    /// The script.
    pub bytes: Vec<u8>,
}

/// Says which file contains a key: the last one whose first key is not after it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct ShardIndex<K> {
    /// 0 if the files contain payloads, more if they contain shard indexes.
    pub(super) level: usize,
    /// The number of the first file.
    pub(super) first: usize,
    /// The first key of each file.
    pub(super) from: Vec<K>,
    /// SHA-256 of each file in base64 without padding, concatenated. Their names are made from it.
    pub(super) digests: String,
}

impl<K> ShardIndex<K> {
    /// For files that need not be loaded.
    pub(super) fn clear_digests(&mut self) {
        self.digests.clear();
    }
}

/// Makes a file of each payload, which is JSON; each comes with its first key.
pub(super) fn shards<K>(kind: ShardKind, payloads: Vec<(K, String)>) -> (ShardIndex<K>, Vec<Shard>)
where
    K: Clone + Serialize + Send + Sync,
{
    let mut files = Vec::new();
    let mut row = make_level(kind.name, 0, payloads, &mut files);
    let mut level = 0;
    let mut max = kind.max_in_head;
    while row.len() > max {
        let width = width(row.len(), kind.per_query);
        let indexes = (0..row.len()).step_by(width).map(|first| {
            let index = shard_index(level, first, &row[first..row.len().min(first + width)]);
            let json = serde_json::to_string(&index).unwrap_or_default();
            (index.from[0].clone(), json)
        });
        let indexes = indexes.collect();
        level += 1;
        row = make_level(kind.name, level, indexes, &mut files);
        max = MAX_INDEXES;
    }
    (shard_index(level, 0, &row), files)
}

/// How many files a shard index lists. Balances the two costs: bytes listed in the head, and bytes of the
/// shard indexes that a query loads.
fn width(files: usize, per_query: usize) -> usize {
    (files / per_query.max(1)).isqrt().clamp(2, MAX_WIDTH)
}

/// A script that registers a payload when it runs.
fn shard(kind: &str, id: String, payload: &str) -> Shard {
    let bytes = script(&id, payload).into_bytes();
    file(kind, id, bytes)
}

/// A small script that names the head of the index. Its own name is the same in every build, so that pages do
/// not change with the index.
pub(super) fn pointer(head: &Shard) -> Shard {
    let name = head.path.as_str().rsplit('/').next().unwrap_or_default();
    let id = "latest".to_owned();
    let bytes = script(&id, &json!([name, head.integrity]).to_string()).into_bytes();
    Shard {
        id,
        path: OutPath::new(POINTER).expect("a plain path"),
        integrity: String::new(),
        bytes,
    }
}

/// A shard that contains others: one file instead of many.
pub(super) fn bundle(kind: &str, id: String, payload: &str, others: &[Shard]) -> Shard {
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

fn make_level<K: Send + Sync>(
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
                shard(kind, format!("{kind}/{level}/{number}"), &payload),
            )
        })
        .collect();
    let row = made.into_iter().map(|(key, shard)| {
        let digest = shard.integrity.trim_start_matches("sha256-");
        let digest = digest.trim_end_matches('=').to_owned();
        files.push(shard);
        (key, digest)
    });
    row.collect()
}

fn shard_index<K: Clone>(level: usize, first: usize, row: &[(K, String)]) -> ShardIndex<K> {
    ShardIndex {
        level,
        first,
        from: row.iter().map(|(key, _)| key.clone()).collect(),
        digests: row.iter().map(|(_, digest)| digest.as_str()).collect(),
    }
}

/// Scripts are ASCII, so that they do not depend on the encoding a server declares.
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
        let shard = shard("text", "text/0/0".to_owned(), "[\"é 🔑 </script>\"]");
        let script = String::from_utf8(shard.bytes).expect("ASCII");
        assert_eq!(
            script,
            "regain.search.add(\"text/0/0\",[\"\\u00e9 \\ud83d\\udd11 </script>\"]);\n"
        );
        assert!(shard.path.as_str().starts_with("assets/search/text."));
    }

    #[test]
    fn many_files_are_listed_in_levels() {
        let payloads: Vec<_> = (0..150).map(|key| (key, key.to_string())).collect();
        let text = ShardKind {
            name: "text",
            max_in_head: 64,
            per_query: 6,
        };
        let (index, files) = shards(text, payloads);
        assert_eq!((index.level, index.from.len(), files.len()), (1, 30, 180));
        assert_eq!(files[150].id, "text/1/0");
        assert_eq!(index.digests.len(), 30 * 43);
        let (index, files) = shards(text, vec![(0, "[]".to_owned())]);
        assert_eq!((index.level, files.len()), (0, 1));
    }
}
