//! Where on a page a word of the index stands: the reasons an index no longer holds.
//!
//! In: the site an index was made from, a page of it and a word of it. Out: what title, keywords,
//! summary, headings and text add to the word's impact there. The page is gathered and weighed
//! again by the same code, so nothing is said here that the index does not count.

use super::SiteText;
use super::gather::Gathered;
use super::vocabulary::synonym_name;
use super::weigh::FieldScores;
use crate::site::Site;

/// A site whose index can be explained.
pub struct Explainer<'a> {
    text: SiteText<'a>,
}

/// One page of it.
pub struct PageFields<'e> {
    gathered: Gathered,
    text: &'e SiteText<'e>,
    page: usize,
}

impl<'a> Explainer<'a> {
    /// Of the index that was made of the same values.
    pub fn new(site: &'a Site, official_title: &'a str) -> Self {
        Self {
            text: SiteText::new(site, official_title),
        }
    }

    /// A page by its number in the index; `None` for one of another index.
    pub fn page(&self, page: usize) -> Option<PageFields<'_>> {
        let record = self.text.records.get(page..=page)?;
        Some(PageFields {
            gathered: self.text.gather(page, record),
            text: &self.text,
            page,
        })
    }
}

impl PageFields<'_> {
    /// What each place adds for the stem of a word of the index, or for a group of synonyms (`~3`).
    pub fn scores(&self, word: &str) -> Option<FieldScores> {
        let Gathered {
            stems,
            lists,
            synonyms,
            ..
        } = &self.gathered;
        let mut groups = (0..).zip(synonyms);
        let group =
            groups.find(|(number, _)| word.starts_with('~') && synonym_name(*number) == word);
        let list = match group {
            Some((_, list)) => list,
            None => lists.get(*stems.get(&*self.text.language.stem(word))?)?,
        };
        (list.pages > 0).then(|| FieldScores::of(list.last_found(), self.text.shapes[self.page]))
    }
}
