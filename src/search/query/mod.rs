//! Queries, as a reader's browser answers them.
//!
//! In: an index, the theme's search scripts and queries. Out: results and their explanation. Parsing,
//! spelling, synonyms and ranking are in the scripts, `themes/default/js/search/query/`: there is no
//! second implementation of them.

mod engine;

pub use engine::{Answer, Engine, Expansion, SearchResult, Term};
