//! What authors, maintainers and readers see of regain, feature by feature.
//!
//! One binary, one module per feature; `tests/README.md` says how to run, add and update.

#![allow(clippy::needless_raw_string_hashes, reason = "snapbox writes them")]
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    clippy::format_collect,
    clippy::items_after_statements,
    clippy::needless_pass_by_value,
    clippy::type_complexity,
    reason = "a test reads best as a short story; names of files are the tests' own"
)]

mod addresses;
mod authors;
mod commands;
mod determinism;
mod diagnostics;
mod findable;
mod forms;
mod front_matter;
mod harness;
mod html;
mod invisible;
mod layers;
mod links;
mod manifest;
mod markdown;
mod navigation;
mod official;
mod offline;
mod online;
mod page_contract;
mod patterns;
mod plain_folder;
mod preview;
mod redirects;
mod requests;
mod robustness;
mod search;
mod secrets;
mod theme_override;
mod triage;
