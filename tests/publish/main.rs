//! The built site into a folder: what is promised to those who publish.
//!
//! Run with `cargo test --test publish`. Tests that need a file system of their own mount a small one
//! and say so when they cannot.

mod child;
mod faults;
mod foreign;
mod harness;
mod replace;
mod up_to_date;
