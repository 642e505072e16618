//! `regain`: Markdown guides and a TOML checklist in; a help site for locked-out people out.
//!
//! Stages are functions from values to values, in one direction:
//!
//! ```text
//!        cli → outside_links → curl
//! main → cli → serve → pipeline ─┬→ output → curl
//!                                ├→ search ─┐
//!                                ├→ render ─┼→ site → theme, recovery → config → from_toml → markdown
//!                                ├→ check  ─┤                            ↓
//!                                └→ load   ─┘      ids, heading_ids, fingerprint, diagnostic, source
//! ```

mod check;
mod cli;
mod config;
mod curl;
mod diagnostic;
mod fingerprint;
mod form;
mod from_toml;
mod heading_ids;
mod ids;
mod invisible;
mod load;
mod markdown;
mod migrate;
mod named;
mod output;
mod outside_links;
mod pipeline;
mod recovery;
mod render;
mod search;
mod serve;
mod site;
mod source;
mod theme;
mod yaml;

pub use cli::run;

/// What the tests in `tests/` use. Everything else is private, so that the compiler reports unused code.
#[doc(hidden)]
pub mod testing {
    pub use crate::check::{Matches, compile_pattern};
    pub use crate::config::Drafts;
    pub use crate::diagnostic::{Code, Diagnostic, Diagnostics, Error, short};
    pub use crate::ids::{BaseUrl, OutPath};
    pub use crate::invisible::is_invisible;
    pub use crate::load::{load, read_checklist};
    pub use crate::output::headers::{FIXED_HEADERS, IMMUTABLE, PAGE_POLICY, header_policy};
    pub use crate::output::manifest::NAME as MANIFEST;
    pub use crate::output::write::{up_to_date, write};
    pub use crate::output::{FileDigest, Files, Manifest, Output, Written};
    pub use crate::pipeline::{
        BuildCache, BuildOptions, Built, LateIndex, Searchable, Sources, build, full_check,
        preview, searchable,
    };
    pub use crate::recovery::secret_scanner::{Scanner, SecretRules};
    pub use crate::recovery::{Checklist, IssueForm, review};
    pub use crate::search::{Engine, SearchIndex, Shard};
    pub use crate::serve::{News, Settings, run};
    pub use crate::site::{GuideKind, Site};
    pub use crate::source::Source;
    pub use crate::theme::Theme;

    pub mod form {
        pub use crate::form::{checklist, read, yaml};
    }
    pub mod search {
        pub use crate::search::index;
    }
}
