//! What `check` says about how easily the pages read.
//!
//! In: the figures, the hardest page first. Out: one line, or a table. It judges nothing: a figure is
//! information, and no exit code depends on it.

use std::fmt::Write as _;

use crate::check::{Measure, Reading};

/// One line: the median, the hardest page, and how to see all.
pub(super) fn line(readings: &[Reading]) -> Option<String> {
    let hardest = readings.first()?;
    let median = &readings[readings.len() / 2];
    Some(format!(
        "reading ease ({}): median {}, hardest {} ({}); `--reading` lists every page",
        scale(hardest.measure),
        median.score,
        hardest.score,
        hardest.file
    ))
}

/// One row a page.
pub(super) fn table(readings: &[Reading]) -> String {
    let Some(hardest) = readings.first() else {
        return "no page has enough running text in a script that a formula fits\n".to_owned();
    };
    let mut text = format!("reading ease ({})\n", scale(hardest.measure));
    text.push_str(" score               words  longest sentence  page\n");
    for reading in readings {
        let longest = reading.longest_sentence;
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{:>6.1}  {:<11}  {:>5}  {:>10} words  {}:{}",
            reading.score,
            reading.level(),
            reading.words,
            longest.words,
            reading.file,
            longest.line
        );
    }
    text
}

fn scale(measure: Measure) -> &'static str {
    match measure {
        Measure::FleschReadingEase => "Flesch, 100 is easiest, plain from 60",
        Measure::Lix => "LIX, 20 is easiest, plain below 40",
    }
}
