//! How well secrets are found, on texts as people write them.
//!
//! `tests/secrets/seen.txt` has the texts that the rules were written for, and `unseen.txt` others that were written before
//! them. `strangers.txt` has texts of four people who did not know the rules, many of which only hint at what a secret is; the
//! rules were improved with them afterwards. A line is a text, with its secrets in `⟦…⟧`. A `¦` is left out, so that no whole
//! secret is in the repository.

use std::fs;

use regain::testing::{Scanner, SecretRules};

use crate::harness::{bundled_checklist, tests_folder};

/// What was counted in one file.
#[derive(Default)]
struct Score {
    secrets: usize,
    found: usize,
    alarms: usize,
    wrong: usize,
    report: Vec<String>,
}

#[test]
#[allow(
    clippy::print_stdout,
    reason = "the figures are for whoever asks with --nocapture"
)]
fn secrets_are_found_and_harmless_texts_are_left_alone() {
    for (file, least) in [
        ("seen.txt", (990, 990)),
        ("unseen.txt", (990, 990)),
        ("strangers.txt", (940, 970)),
    ] {
        let score = score(file);
        let recall = score.found * 1000 / score.secrets;
        let precision = (score.alarms - score.wrong) * 1000 / score.alarms;
        let figures = format!(
            "{file}: recall {recall} ‰ of {}, precision {precision} ‰ of {}",
            score.secrets, score.alarms
        );
        println!("{figures}");
        assert!(score.secrets > 100, "{figures}");
        assert!(
            (recall, precision) >= least && precision >= least.1,
            "{figures}\n{:#?}",
            score.report
        );
    }
}

fn score(file: &str) -> Score {
    let rules = SecretRules::with(&bundled_checklist().secrets);
    let said = ["support@help.example".to_owned()];
    let scanner = Scanner::new(&rules, &said).expect("the scripts work");
    let lines = fs::read_to_string(tests_folder().join("secrets").join(file)).expect("the texts");
    let mut score = Score::default();
    for line in lines.lines() {
        let (text, secrets) = parts(line);
        let found = scanner.find(&text, "").expect("the scripts work");
        let meets = |a: &std::ops::Range<usize>, b: &std::ops::Range<usize>| {
            a.start < b.end && b.start < a.end
        };
        for secret in &secrets {
            if found.iter().any(|one| meets(&one.span, secret)) {
                score.found += 1;
            } else {
                score
                    .report
                    .push(format!("missed {:?} in {text:?}", &text[secret.clone()]));
            }
        }
        for one in &found {
            if !secrets.iter().any(|secret| meets(&one.span, secret)) {
                score.wrong += 1;
                let value = &text[one.span.clone()];
                score
                    .report
                    .push(format!("{value:?} is not a {} in {text:?}", one.kind));
            }
        }
        score.secrets += secrets.len();
        score.alarms += found.len();
    }
    score
}

/// A text without its marks, and what was marked in it.
fn parts(line: &str) -> (String, Vec<std::ops::Range<usize>>) {
    let line = line.replace('¦', "").replace("\\n", "\n");
    let line = ["200b", "200d", "00a0", "00ad"]
        .iter()
        .fold(line, |line, code| {
            let character = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
            line.replace(
                &format!("\\u{code}"),
                &character.expect("a character").to_string(),
            )
        });
    let mut text = String::new();
    let mut marked = Vec::new();
    let mut start = 0;
    for character in line.chars() {
        match character {
            '⟦' => start = text.len(),
            '⟧' => marked.push(start..text.len()),
            _ => text.push(character),
        }
    }
    (text, marked)
}
