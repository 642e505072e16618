//! The browser's scripts rank exactly as `regain` does: the same pages and sections in the same order
//! with the same scores, on the questions and on hundreds of spoilt ones.

use std::path::Path;
use std::process::Command;

use regain::search::{Engine, Piece, SearchIndex};

use crate::site::{bundled_index, queries};

type Row = (usize, usize, u64);

#[test]
fn browsers_rank_as_the_program_does() {
    let queries = queries();
    assert!(queries.len() > 500);
    compare(&bundled_index(), queries);
}

/// Asks both of them the same of an index.
pub(crate) fn compare(index: &SearchIndex, queries: Vec<String>) {
    let engine = Engine::new(index).expect("what was just made");
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), &index.head);
    index
        .pieces
        .iter()
        .for_each(|piece| write(folder.path(), piece));
    let rankings: Vec<(String, Vec<Row>)> = queries
        .into_iter()
        .map(|query| {
            let results = engine.find(&query).results.into_iter();
            let rows = results.map(|result| (result.page, result.section, result.score));
            (query, rows.collect())
        })
        .collect();
    let json = serde_json::to_string(&rankings).expect("plain values");
    std::fs::write(folder.path().join("rankings.json"), json).expect("writable");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/parity.mjs");
    let told = Command::new("node")
        .arg(script)
        .arg(folder.path())
        .output()
        .expect("this test needs Node.js; tests/run installs it");
    assert!(
        told.status.success(),
        "{}{}",
        String::from_utf8_lossy(&told.stdout),
        String::from_utf8_lossy(&told.stderr)
    );
}

fn write(folder: &Path, piece: &Piece) {
    let path = folder.join(piece.path.as_str());
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
    std::fs::write(path, &piece.bytes).expect("writable");
}
