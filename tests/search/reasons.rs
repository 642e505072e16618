//! The reasons of a ranking: its parts add up to each score, and what an index no longer says of a page's
//! fields is what went into it.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use regain::pipeline::{Drafts, searchable};
use regain::search::Found;

use crate::site::{queries, questions, root};

/// Pages of each question whose fields are looked at; they are gathered anew for each.
const LOOKED_AT: usize = 4;

#[test]
fn the_parts_of_every_score_add_up_to_it() {
    let site = bundled();
    let engine = site.engine();
    let mut results = 0;
    for query in queries() {
        let found = engine.find(&query);
        for result in &found.results {
            results += 1;
            assert_eq!(result.parts.sum(), result.score, "{query}");
            assert_eq!(result.parts.shares.len(), found.asked.len(), "{query}");
            assert!(result.score > 0, "{query}");
        }
    }
    assert!(results > 5_000, "{results}");
}

#[test]
fn the_fields_of_a_page_make_the_very_value_the_index_gave() {
    let site = bundled();
    let (engine, explainer) = (site.engine(), site.explainer());
    let mut told = 0;
    for question in questions() {
        let found = engine.find(question.text);
        for result in found.results.iter().take(LOOKED_AT) {
            let page = explainer.page(result.page).expect("a page of this index");
            for (asked, share) in found.asked.iter().zip(&result.parts.shares) {
                if share.value == 0 {
                    continue;
                }
                let reading = &asked.readings[share.variant];
                let fields = page.of(&reading.word).expect("the page holds it");
                let points: u64 = fields.points(share.value).iter().map(|(_, all)| all).sum();
                assert_eq!(points, share.value, "{}: {}", question.text, asked.word);
                assert_eq!(
                    share.value % u64::from(fields.impact()),
                    0,
                    "{}: {}",
                    question.text,
                    asked.word
                );
                told += 1;
            }
        }
    }
    assert!(told > 500, "{told}");
}

#[test]
fn no_question_breaks_it() {
    let site = bundled();
    let engine = site.engine();
    let mut runner = TestRunner::new(Config::with_cases(500));
    let texts = prop_oneof!["[a-z .?-]{0,60}", "\\PC{0,40}", "[a-z]{20,90}"];
    let outcome = runner.run(&texts, |query| {
        let found = engine.find(&query);
        for result in &found.results {
            prop_assert_eq!(result.parts.sum(), result.score);
            prop_assert!(engine.show(&found, result).is_some());
        }
        for word in &found.unknown {
            prop_assert!(engine.near(word).len() <= 3);
        }
        let _ = engine.uncovered(&query);
        Ok(())
    });
    outcome.expect("every question has an answer or none");
}

#[test]
fn every_word_of_a_question_is_accounted_for() {
    let site = bundled();
    let engine = site.engine();
    let Found {
        asked,
        unknown,
        fillers,
        ..
    } = engine.find("I lost my yubikey wumfle");
    let asked: Vec<_> = asked.iter().map(|asked| asked.word.as_str()).collect();
    assert_eq!(
        (asked, unknown, fillers),
        (
            vec!["lost", "yubikey"],
            vec!["wumfle".to_owned()],
            vec!["i".to_owned(), "my".to_owned()]
        )
    );
}

fn bundled() -> regain::pipeline::Searchable {
    let site = searchable(root(), Drafts::Hidden).expect("a folder");
    site.expect("its search is on")
}
