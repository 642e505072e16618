//! Search: the index of a site, and queries for the command line and `check`.
//!
//! `index` makes the script files of the index at build time. The scripts in `themes/default/js/search/`
//! answer queries from them in the reader's browser, and `query` runs the same scripts.

mod index;
mod query;

pub use index::{Explainer, FieldScores, POINTER, PageFields, SearchIndex, Shard, index};
pub use query::{Answer, Engine, Expansion, SearchResult, Term};
