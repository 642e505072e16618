//! The program and the page agree on which characters are invisible.

use regain::testing::is_invisible;

use crate::harness::ask_script;

#[test]
fn page_and_program_agree_on_invisible_characters() {
    let page: Vec<(u32, u32)> = ask_script("invisible.mjs", &());
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for character in ('\0'..=char::MAX).filter(|character| is_invisible(*character)) {
        let code = u32::from(character);
        match runs.last_mut() {
            Some((_, end)) if *end + 1 == code => *end = code,
            _ => runs.push((code, code)),
        }
    }
    assert_eq!(page, runs);
}
