//! What `check` prints about how easily the pages read.
//!
//! In: the scores, the hardest page first. Out: one line or a table. No exit code depends on them.

use std::fmt::Write as _;

use crate::check::Reading;

const SCALE: &str = "LIX; 20 is very easy, plain language is below 40";

/// One line: the median, the hardest page, and how to list them all.
pub(super) fn line(readings: &[Reading]) -> Option<String> {
    let hardest = readings.first()?;
    let median = &readings[readings.len() / 2];
    Some(format!(
        "readability ({SCALE}): median {}, hardest {} ({}); `--reading` lists every page",
        median.lix, hardest.lix, hardest.file
    ))
}

/// One row per page.
pub(super) fn table(readings: &[Reading]) -> String {
    if readings.is_empty() {
        return "no page has enough text in Latin, Greek or Cyrillic letters to be scored\n"
            .to_owned();
    }
    let mut text = format!("readability ({SCALE})\n");
    text.push_str(" score               words  longest sentence  page\n");
    for reading in readings {
        let longest = reading.longest_sentence;
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{:>6.1}  {:<11}  {:>5}  {:>10} words  {}:{}",
            reading.lix,
            reading.level(),
            reading.words,
            longest.words,
            reading.file,
            longest.line
        );
    }
    text
}
