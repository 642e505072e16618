//! The browser's scripts rank exactly as `regain` does: the same pages and sections in the same order
//! with the same scores, on the questions and on hundreds of spoilt ones.

use std::path::Path;
use std::process::Command;

use regain::search::{Engine, Piece};

use crate::site::{bundled_index, questions};

type Row = (usize, usize, u64);

#[test]
fn browsers_rank_as_the_program_does() {
    if Command::new("node").arg("--version").output().is_err() {
        println!("skipped: there is no node");
        return;
    }
    let index = bundled_index();
    let engine = Engine::new(&index).expect("what was just made");
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), &index.head);
    index
        .pieces
        .iter()
        .for_each(|piece| write(folder.path(), piece));
    let rankings: Vec<(String, Vec<Row>)> = queries()
        .into_iter()
        .map(|query| {
            let results = engine.find(&query).results.into_iter();
            let rows = results.map(|result| (result.page, result.section, result.score));
            (query, rows.collect())
        })
        .collect();
    assert!(rankings.len() > 500);
    let json = serde_json::to_string(&rankings).expect("plain values");
    std::fs::write(folder.path().join("rankings.json"), json).expect("writable");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/search/parity.mjs");
    let told = Command::new("node")
        .arg(script)
        .arg(folder.path())
        .output()
        .expect("node runs");
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

/// Every question, and each spoilt in four ways: cut short, two letters swapped, one dropped, an odd
/// one put in.
fn queries() -> Vec<String> {
    let mut all = Vec::new();
    for (number, question) in questions().iter().enumerate() {
        let letters: Vec<char> = question.text.chars().collect();
        let at = (number * 7) % letters.len();
        let mut swapped = letters.clone();
        swapped.swap(at, (at + 1) % letters.len());
        let mut dropped = letters.clone();
        dropped.remove(at);
        let mut odd = letters.clone();
        odd.insert(
            at,
            ['é', '-', '.', 'ß', '码', 'Σ', ' ', '\u{301}'][number % 8],
        );
        all.push(letters.iter().collect());
        all.push(letters[..=at].iter().collect());
        all.extend([swapped, dropped, odd].map(|letters| letters.into_iter().collect()));
    }
    all
}
