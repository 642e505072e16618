//! What questions cost readers, in requests and bytes: on the bundled site, and on an invented one of a thousand pages.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::site::{questions, root};
use crate::{pages, words};

/// Requests and bytes of each question: the first one that a reader asks, and those after it.
#[derive(serde::Deserialize)]
struct Costs {
    first: Vec<(u32, u32)>,
    further: Vec<(u32, u32)>,
}

/// What half of the questions may cost, and what all of them may cost.
struct Budget {
    usual: (u32, u32),
    most: (u32, u32),
}

fn assert_within(costs: &[(u32, u32)], budget: &Budget, name: &str) {
    let sorted = |unit: fn(&(u32, u32)) -> u32| {
        let mut all: Vec<_> = costs.iter().map(unit).collect();
        all.sort_unstable();
        (all[all.len() / 2], all[all.len() - 1])
    };
    let (requests, bytes) = (sorted(|cost| cost.0), sorted(|cost| cost.1));
    println!(
        "{name:<28} requests {} (at most {})  bytes {} (at most {})",
        requests.0, requests.1, bytes.0, bytes.1
    );
    let (usual, most) = ((requests.0, bytes.0), (requests.1, bytes.1));
    let within = |cost: (u32, u32), limit: (u32, u32)| cost.0 <= limit.0 && cost.1 <= limit.1;
    assert!(
        within(usual, budget.usual) && within(most, budget.most),
        "{name}"
    );
}

/// Builds a site and asks the questions.
fn costs(site: &Path, questions: &[String]) -> Costs {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = folder.path().join("site");
    let build = Command::new(env!("CARGO_BIN_EXE_regain"))
        .args(["build".as_ref(), "--root".as_ref(), site.as_os_str()])
        .args(["--output".as_ref(), output.as_os_str()])
        .output();
    assert!(build.expect("regain runs").status.success());
    let script = root().join("tests/search/cost.mjs");
    let asked = Command::new("node")
        .args([script.as_os_str(), output.as_os_str()])
        .arg(serde_json::to_string(questions).expect("plain strings"))
        .output()
        .expect("this test needs Node.js; tests/run installs it");
    let errors = String::from_utf8_lossy(&asked.stderr);
    serde_json::from_slice(&asked.stdout).unwrap_or_else(|_| panic!("{errors}"))
}

/// A site like the benchmark's. The questions are the titles of some of its pages, except titles that are mostly stop
/// words.
fn invented(count: usize) -> (TempDir, Vec<String>) {
    let site = tempfile::tempdir().expect("a temporary folder");
    pages::write(site.path(), count).expect("writable");
    let title = |number: usize| {
        let path = site.path().join("content").join(pages::path(number));
        let text = std::fs::read_to_string(path).expect("just written");
        let heading = text.lines().find_map(|line| line.strip_prefix("# "));
        let (title, _) = heading.and_then(|heading| heading.rsplit_once(' '))?;
        let is_common = |word: &str| words::COMMON.contains(&&*word.to_lowercase());
        let rare = title.split(' ').filter(|word| !is_common(word)).count();
        (rare >= 2).then(|| title.to_owned())
    };
    let questions = (0..count).step_by(count / 200).filter_map(title).collect();
    (site, questions)
}

#[test]
fn a_question_to_the_bundled_site_is_within_its_budget() {
    let questions: Vec<_> = questions()
        .into_iter()
        .map(|question| question.text.to_owned())
        .collect();
    let costs = costs(root(), &questions);
    let first = Budget {
        usual: (9, 22_000),
        most: (12, 25_000),
    };
    assert_within(&costs.first, &first, "bundled, first question");
    let further = Budget {
        usual: (5, 4_000),
        most: (9, 8_300),
    };
    assert_within(&costs.further, &further, "bundled, further questions");
}

#[test]
fn a_question_to_a_large_site_is_within_its_budget() {
    let (site, questions) = invented(1_000);
    let costs = costs(site.path(), &questions);
    let first = Budget {
        usual: (9, 23_000),
        most: (11, 25_500),
    };
    assert_within(&costs.first, &first, "1,000 pages, first question");
    let further = Budget {
        usual: (5, 5_500),
        most: (7, 8_500),
    };
    assert_within(&costs.further, &further, "1,000 pages, further questions");
}
