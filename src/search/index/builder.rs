//! Token stream → posting lists.
//!
//! In: the words of some documents, and the lexicon of the site. Out: a posting list for each stem and each group
//! of synonyms. Parts of a site are built in parallel, and `vocabulary` merges them.

use super::lexicon::Lexicon;
use super::postings::PostingList;
use super::scoring::PageStats;
use super::tokens::TokenStream;

/// The posting lists of a stream: those of the stems, and after them those of the groups of synonyms, `all` of them.
/// `of_words` are the stems of the stream's words, and `stats` are those of all documents.
pub(super) fn build(
    stream: &TokenStream,
    of_words: &[u32],
    lexicon: &Lexicon,
    all: usize,
    stats: &[PageStats],
) -> Vec<PostingList> {
    let groups_from = lexicon.stems.len();
    let mut lists = Vec::new();
    lists.resize_with(all, PostingList::default);
    // The stems of the words just read.
    let mut recent: Vec<u32> = Vec::new();
    for (at, field, tokens) in stream.texts() {
        recent.clear();
        for token in tokens {
            let stem = of_words[token.word()];
            lists[stem as usize].found(at, field, stats);
            for part in lexicon.compounds.get(&stem).into_iter().flatten() {
                lists[*part as usize].found(at, field, stats);
            }
            if !token.is_compound() {
                recent.push(stem);
            }
            let phrases = lexicon.phrases_by_last_stem.get(stem as usize);
            for (phrase, group) in phrases.into_iter().flatten() {
                let ends_here = if token.is_compound() {
                    phrase.len() == 1
                } else {
                    recent.ends_with(phrase)
                };
                if ends_here {
                    lists[groups_from + group].found(at, field, stats);
                }
            }
        }
    }
    for list in &mut lists {
        list.finish_page(stats);
    }
    lists
}
