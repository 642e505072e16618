//! What the bundled guide expects of its own search: `content/expect.toml`, as `regain check` asks it.

use std::collections::BTreeSet;

use jiff::civil::date;
use regain::testing::GuideKind;
use regain::testing::{BuildOptions, Drafts, full_check};
use regain::testing::{Code, Diagnostics, short};

use crate::site::{bundled, root};

#[test]
fn the_bundled_guide_meets_its_own_expectations() {
    let options = BuildOptions {
        root: root().to_owned(),
        base_url: None,
        drafts: Drafts::Hidden,
        today: date(2026, 10, 1),
    };
    let all = full_check(&options, None, None)
        .expect("a folder")
        .diagnostics;
    let about_search = [
        Code::Expectation,
        Code::FalseResult,
        Code::MissedPage,
        Code::UncoveredWord,
        Code::UnknownPage,
    ];
    let mut told = Diagnostics::default();
    told.extend(
        all.iter()
            .filter(|one| about_search.contains(&one.code))
            .cloned(),
    );
    assert_eq!(short(&told), "");
}

#[test]
fn every_page_of_the_bundled_guide_has_its_questions() {
    let site = bundled();
    let questions = &site.expectations.questions;
    let asked: BTreeSet<&str> = questions
        .iter()
        .filter_map(|question| question.pages().next()?.value.split('#').next())
        .collect();
    let guides = site.guides.iter();
    let pages = guides.filter(|guide| guide.kind == GuideKind::Page);
    let without: Vec<_> = pages
        .map(|guide| guide.file.as_str())
        .filter(|file| !asked.contains(file))
        .collect();
    assert!(without.is_empty(), "nobody asks for {without:?}");
    assert!(questions.len() > 300 && site.expectations.words.len() > 150);
}
