//! Files on disk → values of the domain.
//!
//! In: a folder. Out: sources, settings, guides, the checklist and the triage, and a diagnostic for
//! each thing in them that cannot be read. Whether what they say makes sense is for `check`.

mod recovery;
mod recovery_raw;
mod table;
mod toml_limits;
