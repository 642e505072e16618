//! The explanation of a ranking: its parts add up to each score, and the fields it names are those
//! that went into the index.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use regain::testing::{BuildOptions, Drafts, searchable};

use crate::site::{COMPARED, queries, questions, root};

#[test]
fn the_parts_of_every_score_add_up() {
    let engine = bundled().engine().expect("the scripts run");
    let mut results = 0;
    for query in queries() {
        let answer = engine.search(&query, COMPARED).expect("an answer");
        assert_eq!(answer.results.len(), answer.count.min(COMPARED), "{query}");
        for result in &answer.results {
            results += 1;
            assert_eq!(result.parts.sum(), result.score, "{query}");
            assert_eq!(result.parts.values.len(), answer.terms.len(), "{query}");
            assert!(result.score > 0, "{query}");
        }
    }
    assert!(results > 3_000, "{results}");
}

#[test]
fn the_fields_of_a_page_give_the_value_in_the_index() {
    let site = bundled();
    let (engine, explainer) = (site.engine().expect("the scripts run"), site.explainer());
    let mut compared = 0;
    for question in questions() {
        let answer = engine.search(question.text, COMPARED).expect("an answer");
        for result in &answer.results {
            let page = explainer.page(result.page).expect("a page of this index");
            for (term, part) in answer.terms.iter().zip(&result.parts.values) {
                if part.value == 0 {
                    continue;
                }
                let expansion = &term.expansions[part.expansion];
                let fields = page.scores(&expansion.word).expect("the page contains it");
                let shares: u64 = fields
                    .shares(part.value)
                    .iter()
                    .map(|(_, share)| share)
                    .sum();
                assert_eq!(shares, part.value, "{}: {}", question.text, term.word);
                let impact = u64::from(fields.impact());
                assert_eq!(part.value % impact, 0, "{}: {}", question.text, term.word);
                compared += 1;
            }
        }
    }
    assert!(compared > 500, "{compared}");
}

#[test]
fn every_query_has_an_answer() {
    let engine = bundled().engine().expect("the scripts run");
    let mut runner = TestRunner::new(Config::with_cases(200));
    let texts = prop_oneof!["[a-z .?-]{0,60}", "\\PC{0,40}", "[a-z]{20,90}"];
    let outcome = runner.run(&texts, |query| {
        let answer = engine.search(&query, COMPARED).expect("an answer");
        for result in &answer.results {
            prop_assert_eq!(result.parts.sum(), result.score);
        }
        for unknown in &answer.unknown {
            prop_assert!(unknown.similar.len() <= 3);
        }
        prop_assert_eq!(
            engine.answers(&query).expect("an answer").len(),
            answer.count
        );
        prop_assert!(engine.uncovered(&query).is_ok());
        Ok(())
    });
    outcome.expect("every query has an answer");
}

#[test]
fn every_word_of_a_query_is_accounted_for() {
    let engine = bundled().engine().expect("the scripts run");
    let answer = engine
        .search("I lost my yubikey wumfle", COMPARED)
        .expect("an answer");
    let terms: Vec<_> = answer.terms.iter().map(|term| term.word.as_str()).collect();
    let unknown: Vec<_> = answer.unknown.iter().map(|one| one.word.as_str()).collect();
    assert_eq!(
        (terms, unknown, answer.stop_words),
        (
            vec!["lost", "yubikey"],
            vec!["wumfle"],
            vec!["i".to_owned(), "my".to_owned()]
        )
    );
}

fn bundled() -> regain::testing::Searchable {
    let options = BuildOptions {
        root: root().to_owned(),
        base_url: None,
        drafts: Drafts::Hidden,
        today: jiff::civil::date(2026, 10, 1),
    };
    let site = searchable(&options).expect("a folder");
    site.expect("its search is on")
}
