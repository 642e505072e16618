//! What authors, maintainers and readers see of regain, feature by feature.
//!
//! One binary, one module per feature; `tests/README.md` says how to run, add and update.

#![allow(clippy::needless_raw_string_hashes, reason = "snapbox writes them")]

mod addresses;
mod arrows;
mod commands;
mod determinism;
mod diagnostics;
mod forms;
mod front_matter;
mod harness;
mod html;
mod links;
mod manifest;
mod markdown;
mod navigation;
mod official;
mod page_contract;
mod plain_folder;
mod redirects;
mod robustness;
mod theme_override;
