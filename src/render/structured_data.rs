//! What search engines read about a page: JSON-LD in the vocabulary of schema.org.
//!
//! In: a page. Out: where it is on the site, its questions with their answers if its headings are questions, and its first
//! numbered list as steps; as JSON for a `script` element that no browser runs.

use serde_json::{Value, json};

use super::Renderer;
use super::checklist_data::embed;
use crate::ids::{UrlPath, encode_path};
use crate::site::Guide;

impl Renderer<'_> {
    /// The data of the page at `url`. `None` for the home page, which says nothing new, and if the site does
    /// not know its host.
    pub(super) fn structured_data(&self, url: &UrlPath) -> Option<String> {
        let own = (url.clone(), self.page_title(url)?);
        let ancestors = self.ancestors(url);
        if ancestors.is_empty() {
            return None;
        }
        let base = &self.site.config.base_url;
        let path = ancestors.into_iter().chain([own]).enumerate();
        let path = path.map(|(index, (url, title))| {
            let address = base.absolute(&encode_path(url.as_str()))?;
            Some(json!({ "@type": "ListItem", "position": index + 1, "name": title, "item": address }))
        });
        let path: Vec<Value> = path.collect::<Option<_>>()?;
        let mut graph = vec![json!({ "@type": "BreadcrumbList", "itemListElement": path })];
        if let Some(guide) = self.site.guide_at(url) {
            graph.extend(questions(guide));
            graph.extend(steps(guide));
        }
        Some(embed(
            &json!({ "@context": "https://schema.org", "@graph": graph }),
        ))
    }
}

/// A page with at least two questions for headings, and what is below them.
fn questions(guide: &Guide) -> Option<Value> {
    let sections = guide.document.sections.iter();
    let questions = sections.filter_map(|section| {
        let question = &guide.document.headings[section.heading?].text;
        let is_answered = question.ends_with('?') && !section.text.trim().is_empty();
        is_answered.then(|| {
            let answer = json!({ "@type": "Answer", "text": section.text });
            json!({ "@type": "Question", "name": question, "acceptedAnswer": answer })
        })
    });
    let questions: Vec<_> = questions.collect();
    (questions.len() > 1).then(|| json!({ "@type": "FAQPage", "mainEntity": questions }))
}

/// The first section with at least two steps.
fn steps(guide: &Guide) -> Option<Value> {
    let mut sections = guide.document.sections.iter();
    let section = sections.find(|section| section.steps.len() > 1)?;
    let steps = section.steps.iter().map(|step| {
        let text = section.text.get(step.clone()).unwrap_or_default();
        json!({ "@type": "HowToStep", "text": text.trim() })
    });
    Some(json!({ "@type": "HowTo", "name": guide.title, "step": steps.collect::<Vec<_>>() }))
}
