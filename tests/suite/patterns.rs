//! What `check` accepts as a pattern is read by the browser's engine, and takes it no time.

use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::TestRunner;
use regain::testing::{Matches, compile_pattern};
use serde::{Deserialize, Serialize};

use crate::harness::ask_script;

#[derive(Serialize)]
struct Inputs {
    accepted: Vec<String>,
    refused: Vec<String>,
}

#[derive(Deserialize)]
struct Page {
    /// Patterns that the engine does not read, or that took it too long.
    failed: Vec<String>,
    slow: Vec<String>,
}

/// Patterns of pieces that overlap, so that many of them are slow.
fn patterns() -> impl Strategy<Value = String> {
    let leaf = proptest::sample::select(
        &[
            "a", "b", "-", ".", "[ab]", "[a-c]", "[^a]", "\\d", "\\w", "x",
        ][..],
    );
    let times =
        proptest::sample::select(&["", "", "", "?", "*", "+", "{2}", "{1,3}", "{2,}", "+?"][..]);
    let piece = (leaf, times.clone()).prop_map(|(leaf, times)| format!("{leaf}{times}"));
    piece.prop_recursive(3, 12, 4, move |inner| {
        let parts = proptest::collection::vec(inner, 1..4);
        (parts, proptest::bool::ANY, times.clone()).prop_map(|(parts, is_choice, times)| {
            let all = if is_choice {
                parts.join("|")
            } else {
                parts.concat()
            };
            format!("({all}){times}")
        })
    })
}

#[test]
fn accepted_patterns_are_fast() {
    let mut runner = TestRunner::deterministic();
    let made = (0..3_000).map(|_| {
        patterns()
            .new_tree(&mut runner)
            .expect("a pattern")
            .current()
    });
    let mut accepted: Vec<String> = made
        .filter(|one| compile_pattern(one, Matches::Anywhere).is_ok())
        .collect();
    assert!(accepted.len() > 500, "{}", accepted.len());
    accepted.truncate(1_000);
    let refused = [
        "(a|aa)+$",
        "(.|a)+x$",
        "([a-z]{1,9}-?){1,99}!",
        "[a-z]*[a-z]*[a-z]*[a-z]*[a-z]*!",
    ];
    for one in refused {
        assert!(compile_pattern(one, Matches::Whole).is_err(), "{one}");
    }
    let refused = refused.map(str::to_owned).to_vec();
    let page: Page = ask_script(
        "patterns.mjs",
        &Inputs {
            accepted,
            refused: refused.clone(),
        },
    );
    assert_eq!(page.failed, Vec::<String>::new());
    assert_eq!(
        page.slow, refused,
        "the texts tried would find a slow pattern"
    );
}
