//! Browsers and `regain search` rank alike: V8 and the program's own engine run the same scripts and
//! must come to the same pages, sections and scores, also for hundreds of misspelt queries.

use std::path::Path;
use std::process::Command;

use regain::testing::Shard;

use crate::site::{COMPARED, Searched, bundled_search, queries};

/// What both engines must agree on.
#[derive(serde::Serialize)]
struct Ranking {
    count: usize,
    /// Page, section and score of the first results.
    rows: Vec<(usize, usize, u64)>,
}

#[test]
fn browsers_rank_like_the_program() {
    let queries = queries();
    assert!(queries.len() > 500);
    compare(&bundled_search(), queries);
}

/// Runs the queries in both engines.
pub(crate) fn compare(search: &Searched, queries: Vec<String>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for shard in &search.index.shards {
        write(folder.path(), shard);
    }
    let rankings: Vec<(String, Ranking)> = queries
        .into_iter()
        .map(|query| {
            let answer = search.engine.search(&query, COMPARED).expect("an answer");
            let results = answer.results.into_iter();
            let rows = results.map(|result| (result.page, result.section, result.score));
            let (count, rows) = (answer.count, rows.collect());
            (query, Ranking { count, rows })
        })
        .collect();
    let json = serde_json::to_string(&rankings).expect("plain values");
    std::fs::write(folder.path().join("rankings.json"), json).expect("writable");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/parity.mjs");
    let output = Command::new("node")
        .arg(script)
        .arg(folder.path())
        .output()
        .expect("this test needs Node.js; tests/run installs it");
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn write(folder: &Path, shard: &Shard) {
    let path = folder.join(shard.path.as_str());
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
    std::fs::write(path, &shard.bytes).expect("writable");
}
