//! Search on the bundled site: questions a locked-out reader might ask, and the browser's half beside
//! this one. `cargo test --test search -- --nocapture --test-threads=1` prints the figures.

#![allow(clippy::print_stdout, reason = "the figures are what is printed")]

mod english;
mod expected;
mod explanation;
mod languages;
mod parity;
mod questions;
mod site;
