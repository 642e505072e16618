//! The figures, for people.
#![allow(clippy::print_stdout, reason = "printing is what a benchmark is for")]

use std::path::Path;
use std::time::Duration;

use crate::measure::Cost;

/// One line of the table.
pub(crate) struct Row {
    what: String,
    cost: Cost,
    index: Option<u64>,
}

impl Row {
    pub(crate) fn new(what: &str, cost: Cost) -> Self {
        Self {
            what: what.to_owned(),
            cost,
            index: None,
        }
    }

    pub(crate) fn with_index(self, bytes: u64) -> Self {
        Self {
            index: Some(bytes),
            ..self
        }
    }
}

pub(crate) fn print_head(folder: &Path) {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    println!(
        "regain {}, {processors} processors, files in {}; the best of {} runs\n",
        env!("CARGO_PKG_VERSION"),
        folder.parent().unwrap_or(folder).display(),
        crate::RUNS
    );
}

/// Prints one size; the first row is what the others are compared with.
pub(crate) fn print_rows(pages: usize, bytes: u64, rows: &[Row]) {
    let size = megabytes(bytes);
    println!(
        "{pages} {}, {size} of Markdown",
        if pages == 1 { "page" } else { "pages" }
    );
    println!(
        "  {:<28}{:>10}{:>8}{:>12}{:>8}{:>10}{:>10}{:>10}",
        "", "time", "ratio", "processor", "ratio", "a page", "memory", "index"
    );
    let Some(floor) = rows.first().map(|row| row.cost) else {
        return;
    };
    for Row { what, cost, index } in rows {
        println!(
            "  {what:<28}{:>10}{:>8}{:>12}{:>8}{:>10}{:>10}{:>10}",
            time(cost.elapsed),
            ratio(cost.elapsed, floor.elapsed),
            time(cost.processor),
            ratio(cost.processor, floor.processor),
            time(cost.processor / u32::try_from(pages).unwrap_or(u32::MAX)),
            megabytes(cost.memory),
            index.map_or(String::new(), megabytes)
        );
    }
}

/// Prints how long each stage of a first build takes.
pub(crate) fn print_stages(stages: &[(&str, Duration)]) {
    let stages = stages
        .iter()
        .map(|(name, took)| format!("{name} {}", time(*took)));
    println!("  stages: {}", stages.collect::<Vec<_>>().join(", "));
}

/// Prints how long a save takes to reach the served page.
pub(crate) fn print_save(latency: Duration) {
    println!("  a save is served after {}\n", time(latency));
}

fn time(time: Duration) -> String {
    let seconds = time.as_secs_f64();
    if seconds < 1.0 {
        format!("{:.1} ms", seconds * 1000.0)
    } else {
        format!("{seconds:.2} s")
    }
}

fn ratio(time: Duration, floor: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() / floor.as_secs_f64().max(1e-6))
}

#[allow(clippy::cast_precision_loss, reason = "two digits are shown")]
fn megabytes(bytes: u64) -> String {
    if bytes < 100_000 {
        format!("{:.1} kB", bytes as f64 / 1e3)
    } else {
        format!("{:.1} MB", bytes as f64 / 1e6)
    }
}
