//! `regain`: Markdown guides and a TOML checklist in; a help site for locked-out people out.
//!
//! Stages are functions from values to values, in one direction:
//!
//! ```text
//! main → cli → serve → pipeline ─┬→ output
//!                                ├→ search ─┐
//!                                ├→ render ─┼→ site → theme, recovery → markdown → config
//!                                ├→ check  ─┤                            ↓
//!                                └→ load   ─┘      ids, slug, fingerprint, diagnostic, source
//! ```

pub mod check;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod fingerprint;
pub mod form;
pub mod ids;
pub mod invisible;
pub mod load;
pub mod markdown;
pub mod migrate;
pub mod output;
pub mod pipeline;
pub mod recovery;
pub mod render;
pub mod search;
pub mod serve;
pub mod site;
pub mod slug;
pub mod source;
pub mod theme;
pub mod yaml;
