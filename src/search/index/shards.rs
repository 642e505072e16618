//! Payloads → the files of the index: scripts in a folder that is named by the digest of them all.
//!
//! In: the head and the shards as JSON. Out: the files. What the payloads contain does not matter here.
//! A change to any of them gives all of them new addresses, so browsers can keep them indefinitely and never mix
//! two builds.
//!
//! Browsers verify the digest of the head, but not those of the shards: even with only eight bytes each, the digests would
//! add 2 kB to the first query on the bundled site and 36 kB on a thousand pages. `manifest.json` lists them.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::budgets::ONE_FILE;
use crate::fingerprint::{self, Asset};
use crate::ids::OutPath;

/// Where browsers find the name of the newest index. Unlike all others, this file has the same name in every build.
pub const POINTER: &str = "search/latest.js";

/// The index of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchIndex {
    /// What every query needs.
    pub head: Asset,
    /// All files, the head and the pointer among them.
    pub shards: Vec<Shard>,
}

/// One script file of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shard {
    /// What it is registered as when it runs: `terms/12`.
    pub id: String,
    /// Where it is written.
    pub path: OutPath,
    /// The script.
    pub bytes: Vec<u8>,
}

/// Makes a file of the head and of each shard, which come with their ids. A small index is one file.
pub(super) fn files(mut head: Value, shards: Vec<(String, String)>) -> SearchIndex {
    let scripts = shards.into_par_iter().map(|(id, payload)| {
        let script = script(&id, &payload);
        let digest = fingerprint::sha256_hex(&script);
        (id, script, digest)
    });
    let mut scripts: Vec<_> = scripts.collect();
    let digests: String = scripts.iter().map(|(.., digest)| digest.as_str()).collect();
    let folder = fingerprint::short_digest(format!("{digests}{head}").as_bytes());
    head["folder"] = json!(folder);
    let mut head = script("head", &head.to_string());
    if scripts
        .iter()
        .map(|(_, script, _)| script.len())
        .sum::<usize>()
        <= ONE_FILE
    {
        head.extend(scripts.drain(..).flat_map(|(_, script, _)| script));
    }
    let in_folder = |id: &str| path(format!("assets/search/{folder}/{id}.js"));
    let asset = Asset {
        path: in_folder("head"),
        integrity: fingerprint::integrity(&head),
    };
    let pointer = script("latest", &json!([folder, asset.integrity]).to_string());
    let shards = scripts.into_iter().map(|(id, bytes, _)| Shard {
        path: in_folder(&id),
        id,
        bytes,
    });
    let named = [
        ("head", asset.path.clone(), head),
        ("latest", path(POINTER.to_owned()), pointer),
    ];
    let named = named.map(|(id, path, bytes)| Shard {
        id: id.to_owned(),
        path,
        bytes,
    });
    SearchIndex {
        head: asset,
        shards: shards.chain(named).collect(),
    }
}

fn path(plain: String) -> OutPath {
    OutPath::new(plain).expect("ids are plain names and numbers")
}

/// A script that registers a payload when it runs.
fn script(id: &str, payload: &str) -> Vec<u8> {
    let mut script = format!("regain.search.add(\"{id}\",");
    // A character takes at most three times as many bytes in ASCII.
    let escaped = payload.bytes().filter(|byte| !byte.is_ascii()).count();
    script.reserve_exact(payload.len() + 2 * escaped + 3);
    push_ascii(&mut script, payload);
    script.push_str(");\n");
    script.into_bytes()
}

/// Scripts are ASCII, so that they do not depend on the encoding a server declares.
fn push_ascii(script: &mut String, json: &str) {
    use std::fmt::Write as _;
    let mut rest = json;
    while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
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

    /// An index of two shards, which are too large for one file.
    fn index(text: &str) -> SearchIndex {
        let long = json!("a".repeat(ONE_FILE)).to_string();
        let shards = [("text/0", json!([text]).to_string()), ("text/1", long)];
        let shards = shards.map(|(id, payload)| (id.to_owned(), payload));
        files(json!({}), shards.into())
    }

    #[test]
    fn a_script_is_ascii_and_its_payload_json() {
        let index = index("é 🔑 </script>");
        assert_eq!(
            String::from_utf8_lossy(&index.shards[0].bytes),
            "regain.search.add(\"text/0\",[\"\\u00e9 \\ud83d\\udd11 </script>\"]);\n"
        );
    }

    #[test]
    fn every_change_moves_the_index_to_another_folder() {
        let paths = |text| index(text).shards.into_iter().map(|shard| shard.path);
        let (one, other) = (paths("one"), paths("other"));
        for (one, other) in one.zip(other) {
            assert_eq!(one == other, one.as_str() == POINTER, "{one} {other}");
        }
        assert!(paths("one").eq(paths("one")));
    }

    #[test]
    fn a_small_index_is_one_file() {
        let index = files(json!({}), vec![("terms/0".to_owned(), "[]".to_owned())]);
        let ids: Vec<_> = index.shards.iter().map(|shard| &*shard.id).collect();
        assert_eq!(ids, ["head", "latest"]);
        let script = String::from_utf8_lossy(&index.shards[0].bytes);
        let scripts: Vec<_> = script.lines().collect();
        assert_eq!(scripts.len(), 2, "{script}");
        assert_eq!(scripts[1], "regain.search.add(\"terms/0\",[]);");
    }
}
