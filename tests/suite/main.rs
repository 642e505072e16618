//! What authors, maintainers and readers see of regain, feature by feature.
//!
//! One binary, one module per feature; `tests/README.md` says how to run, add and update.

mod arrows;
mod commands;
mod determinism;
mod diagnostics;
mod harness;
mod html;
mod manifest;
mod page_contract;
mod plain_folder;
mod robustness;
