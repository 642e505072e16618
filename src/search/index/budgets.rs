//! How large the files of the index are. Readers pay for each request as well as for each byte, so many small shards
//! cost as much as a few large ones; `tests/search/cost.rs` sets the budget of a query.
//!
//! Sizes are bytes before compression, which leaves about half.

/// Up to this size an index is a single file: the first queries would load as much anyway.
pub(super) const ONE_FILE: usize = 32_000;

/// Sections in a shard of text. Each result needs one shard, wherever its page is, so small ones cost least.
pub(super) const SECTIONS: usize = 3;
/// The most shards of text; beyond that, shards get larger instead, because each file has a cost too.
pub(super) const TEXT_SHARDS: usize = 12_000;

/// The least size of a shard of terms. A query needs one for each of its words.
const TERMS: usize = 800;

/// How much larger a shard of terms may be if that keeps similar words together.
pub(super) const SIMILAR_TERMS: usize = 700;

/// The size of a shard of terms, when all of them together have `all` bytes. Every query pays for the list of shards in
/// the head, and for the size of each shard it needs: the total is smallest near the square root.
pub(super) fn terms(all: usize) -> usize {
    all.isqrt().max(TERMS)
}

/// The least number of words in a shard of the dictionary.
const DICTIONARY: usize = 300;

/// The number of words in a shard of a dictionary of `all` words. A correction needs all words with the same first
/// letter, which are usually in at most four shards if there are 24.
pub(super) fn dictionary(all: usize) -> usize {
    all.div_ceil(24).max(DICTIONARY)
}

/// The most pages of a posting list, and the most for a term on almost every page or for a group of synonyms, which
/// distinguish pages too little to cost readers more. The pages that are most about the term are kept.
pub(super) const MAX_PAGES: usize = 300;
pub(super) const MAX_PAGES_IF_COMMON: usize = 120;

/// The most sections of a page in a posting list: those that are most about the term. A term on almost every
/// page gets one, and those whose heading contains it.
pub(super) const MAX_SECTIONS: usize = 4;

/// What is kept of the text of a section: in English, somewhat more than a result shows.
pub(super) const MAX_TEXT: usize = 320;
