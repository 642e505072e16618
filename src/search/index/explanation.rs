//! Explains an impact: which fields of a page contain a term. The index does not record this.
//!
//! In: the site that an index was made from, a page and a word. Out: what title, keywords, summary, headings
//! and text add to the impact of the word. The page is indexed again by the same code.

use super::SiteText;
use super::lexicon::Lexicon;
use super::postings::{PostingList, posting_lists};
use super::scoring::FieldScores;
use super::tokens::{Table, TokenStream};
use super::vocabulary::number;
use crate::site::Site;

/// A site whose index can be explained.
pub struct Explainer<'a> {
    text: SiteText<'a>,
}

/// A page of it.
pub struct PageFields<'e> {
    text: &'e SiteText<'e>,
    page: usize,
    stems: Table<u32>,
    /// The posting lists of the stems, and after them those of the groups of synonyms.
    lists: Vec<PostingList>,
}

impl<'a> Explainer<'a> {
    /// For the index that was made from the same values.
    pub fn new(site: &'a Site, official_title: &'a str) -> Self {
        Self {
            text: SiteText::new(site, official_title),
        }
    }

    /// A page by the number of its first section in the index; `None` for a page of another index.
    pub fn page(&self, first_section: usize) -> Option<PageFields<'_>> {
        let text = &self.text;
        let numbers = &text.first_sections;
        let page = numbers.binary_search(&number(first_section)).ok()?;
        let document = text.documents.get(page..=page)?;
        let (words, stream) = TokenStream::of(page, document, &text.language);
        let words = [words];
        let lexicon = Lexicon::new(&words, &text.synonyms, &text.language);
        let lists = posting_lists(&stream, &lexicon.of_streams[0], &lexicon, &text.stats);
        Some(PageFields {
            text,
            page,
            stems: lexicon.stems,
            lists,
        })
    }
}

impl PageFields<'_> {
    /// What each field adds for a word of the index, or for a group of synonyms (`~3`).
    pub fn scores(&self, word: &str) -> Option<FieldScores> {
        let at = match word.strip_prefix('~') {
            Some(group) => self.stems.len() + group.parse::<usize>().ok()?,
            None => *self.stems.get(&*self.text.language.stem(word))? as usize,
        };
        let found = self.lists.get(at)?.last_occurrences()?;
        Some(FieldScores::of(found, self.text.stats[self.page]))
    }
}
