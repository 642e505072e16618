//! Search on the bundled site: questions a locked-out reader might ask, and the browser's half beside
//! this one. `cargo test --test search -- --nocapture --test-threads=1` prints the figures.

#![allow(clippy::print_stdout, reason = "the figures are what is printed")]

mod cost;
mod english;
mod expected;
mod explanation;
mod languages;
#[path = "../../benches/build/pages.rs"]
#[allow(dead_code, reason = "the benchmark also changes pages")]
mod pages;
mod parity;
mod questions;
mod site;
#[path = "../../benches/build/words.rs"]
mod words;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;
