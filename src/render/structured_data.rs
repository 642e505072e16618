//! What search engines read about a page: JSON-LD in the vocabulary of schema.org.
//!
//! In: a page. Out: where it is on the site, its questions with their answers if its headings are questions, and its first
//! numbered list as steps; as JSON for a `script` element that no browser runs.

use serde::Serialize;

use super::Renderer;
use super::checklist_data::embed;
use crate::ids::{UrlPath, encode_path};
use crate::site::Guide;

/// All that a page says.
#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Thing<'a>>,
}

/// A type of schema.org with its properties. Every page has some, so they are written without a JSON value in between.
#[derive(Serialize)]
#[serde(tag = "@type", rename_all_fields = "camelCase")]
enum Thing<'a> {
    BreadcrumbList {
        item_list_element: Vec<Thing<'a>>,
    },
    ListItem {
        position: usize,
        name: &'a str,
        item: String,
    },
    #[serde(rename = "FAQPage")]
    FaqPage {
        main_entity: Vec<Thing<'a>>,
    },
    Question {
        name: &'a str,
        accepted_answer: Box<Thing<'a>>,
    },
    Answer {
        text: &'a str,
    },
    HowTo {
        name: &'a str,
        step: Vec<Thing<'a>>,
    },
    HowToStep {
        text: &'a str,
    },
}

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
        let path = path.map(|(index, (url, name))| {
            Some(Thing::ListItem {
                position: index + 1,
                name,
                item: base.absolute(&encode_path(url.as_str()))?,
            })
        });
        let item_list_element = path.collect::<Option<_>>()?;
        let mut graph = vec![Thing::BreadcrumbList { item_list_element }];
        if let Some(guide) = self.site.guide_at(url) {
            graph.extend(questions(guide));
            graph.extend(steps(guide));
        }
        Some(embed(&Graph {
            context: "https://schema.org",
            graph,
        }))
    }
}

/// A page with at least two questions for headings, and what is below them.
fn questions(guide: &Guide) -> Option<Thing<'_>> {
    let sections = guide.document.sections.iter();
    let questions = sections.filter_map(|section| {
        let name = &guide.document.headings[section.heading?].text;
        let text = &section.text;
        let is_answered = name.ends_with('?') && !text.trim().is_empty();
        is_answered.then(|| Thing::Question {
            name,
            accepted_answer: Box::new(Thing::Answer { text }),
        })
    });
    let main_entity: Vec<_> = questions.collect();
    (main_entity.len() > 1).then_some(Thing::FaqPage { main_entity })
}

/// The first section with at least two steps.
fn steps(guide: &Guide) -> Option<Thing<'_>> {
    let mut sections = guide.document.sections.iter();
    let section = sections.find(|section| section.steps.len() > 1)?;
    let steps = section.steps.iter().map(|step| {
        let text = section.text.get(step.clone()).unwrap_or_default();
        Thing::HowToStep { text: text.trim() }
    });
    Some(Thing::HowTo {
        name: &guide.title,
        step: steps.collect(),
    })
}
