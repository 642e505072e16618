//! The program and the page agree on which characters are invisible, and on how a text is cleaned of them.

use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;
use regain::testing::{cleaned, is_invisible};
use serde::Deserialize;

use crate::harness::ask_script;

#[derive(Deserialize)]
struct Page {
    runs: Vec<(u32, u32)>,
    cleaned: Vec<String>,
}

#[test]
fn page_and_program_agree_on_invisible_characters() {
    let mut runner = TestRunner::deterministic();
    let texts = proptest::string::string_regex(
        "([a1#é復م👩\\n\\r\\t\0 ´½ｐ１ﷺｶﾞ\u{301}\u{308}\u{a0}\u{2009}\u{2028}\u{3000}]|[\u{ad}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{2064}\u{fe0f}\u{e0041}\u{34f}]){0,12}",
    )
    .expect("a good expression");
    let texts: Vec<String> = (0..2_000)
        .map(|_| texts.new_tree(&mut runner).expect("a text").current())
        .collect();
    let page: Page = ask_script("invisible.mjs", &texts);
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for character in ('\0'..=char::MAX).filter(|character| is_invisible(*character)) {
        let code = u32::from(character);
        match runs.last_mut() {
            Some((_, end)) if *end + 1 == code => *end = code,
            _ => runs.push((code, code)),
        }
    }
    assert_eq!(page.runs, runs);
    let ours: Vec<String> = texts.iter().map(|text| cleaned(text)).collect();
    for ((text, page), ours) in texts.iter().zip(page.cleaned).zip(ours) {
        assert_eq!(page, ours, "{text:?}");
    }
}
