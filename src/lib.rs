//! `regain`: Markdown guides and a TOML checklist in; a help site for locked-out people out.
//!
//! Stages are functions from values to values, in one direction:
//!
//! ```text
//! main → cli → serve → pipeline ─┬→ output
//!                                ├→ search ─┐
//!                                ├→ render ─┼→ site → markdown, recovery, config
//!                                ├→ check  ─┤             ↓
//!                                └→ load   ─┘      ids, slug, diagnostic, source
//! ```

pub mod diagnostic;
pub mod ids;
pub mod output;
pub mod pipeline;
pub mod source;
