//! Search on the bundled site: questions a locked-out reader might ask, and the browser's half beside
//! this one. `cargo test --test search -- --nocapture` prints the figures.

mod parity;
mod questions;
mod site;
