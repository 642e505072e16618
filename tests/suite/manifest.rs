//! `manifest.json` vouches for every other file.

use std::collections::BTreeMap;

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::harness::SiteTest;

#[test]
fn it_holds_the_digest_and_size_of_every_other_file() {
    let site = SiteTest::with(&[
        ("content/a/b.md", "# B\n"),
        ("content/a/dot.png", "picture"),
        ("content/\u{e9} 1.txt", "text"),
        ("content/empty.txt", ""),
    ])
    .build();
    let mut files = site.public();
    let manifest = files.remove("manifest.json").expect("a manifest");
    let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    let listed = manifest["files"].as_object().expect("a table of files");
    let listed: BTreeMap<_, _> = listed
        .iter()
        .map(|(name, entry)| {
            let digest = entry["sha256"].as_str().expect("a digest").to_owned();
            (name.clone(), (digest, entry["size"].as_u64()))
        })
        .collect();
    let expected: BTreeMap<_, _> = files
        .iter()
        .map(|(name, bytes)| {
            let digest = Sha256::digest(bytes);
            let hex = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            (name.clone(), (hex, Some(bytes.len() as u64)))
        })
        .collect();
    assert_eq!(listed, expected);
}
