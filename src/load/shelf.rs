//! The files of `content/` by what they are.
//!
//! In: bytes by name. Out: tables, pages, pictures and forms apart, and of these a site. What a page says
//! is read elsewhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use super::checklist::Markdown;
use super::{checklist, config, expect, guides, request, text, triage, walk};
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::ids::OutPath;
use crate::markdown::Options;
use crate::site::{Guide, Parts, Site};
use crate::source::{Location, Source};

/// Files of `content/` that are read as TOML; any other `.toml` there is a mistake.
pub(super) const TABLES: [&str; 6] = [
    "site.toml",
    "links.toml",
    "checklist.toml",
    "triage.toml",
    "synonyms.toml",
    "expect.toml",
];

/// What is copied beside the guides.
const COPIED: [&str; 11] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "pdf", "txt", "csv",
];

/// The files, sorted.
#[derive(Debug)]
pub(super) struct Shelf {
    tables: BTreeMap<String, Arc<Source>>,
    /// Not yet read as text: that is done for many at once.
    pub(super) pages: Vec<(String, Vec<u8>)>,
    files: BTreeMap<OutPath, Arc<[u8]>>,
    forms: BTreeMap<String, Arc<Source>>,
}

impl Shelf {
    pub(super) fn sort(content: walk::Files, diagnostics: &mut Diagnostics) -> Self {
        let mut shelf = Self {
            tables: BTreeMap::new(),
            pages: Vec::new(),
            files: BTreeMap::new(),
            forms: BTreeMap::new(),
        };
        for (name, bytes) in content {
            let shown = format!("content/{name}");
            let extension = name.rsplit_once('.').map_or("", |(_, end)| end);
            match extension.to_ascii_lowercase().as_str() {
                "md" if extension == "md" => shelf.pages.push((name, bytes)),
                "toml" if TABLES.contains(&name.as_str()) => {
                    let source = text::source(&shown, bytes, diagnostics);
                    shelf.tables.extend(source.map(|source| (name, source)));
                }
                "yml" | "yaml" => {
                    let source = text::source(&shown, bytes, diagnostics);
                    shelf.forms.extend(source.map(|source| (name, source)));
                }
                end if COPIED.contains(&end) => {
                    if let Some(path) = OutPath::new(name.nfc().collect::<String>()) {
                        shelf.files.insert(path, bytes.into());
                    }
                }
                _ => diagnostics.push(not_content(&name, &shown)),
            }
        }
        shelf
    }

    pub(super) fn table(&self, name: &str) -> Option<&Arc<Source>> {
        self.tables.get(name)
    }

    pub(super) fn site(
        self,
        mut config: Config,
        mut guides: Vec<Arc<Guide>>,
        options: &Options,
        diagnostics: &mut Diagnostics,
    ) -> Site {
        if config.title.is_empty() {
            config.title = guides::site_title(&guides);
        }
        guides::adopt_folders(&mut guides);
        guides.extend(guides::missing_folders(&guides, &config.title));
        let links = self
            .table("links.toml")
            .map(|source| config::links(source, diagnostics))
            .unwrap_or_default();
        let synonyms = self
            .table("synonyms.toml")
            .map(|source| config::synonyms(source, diagnostics))
            .unwrap_or_default();
        let expectations = self
            .table("expect.toml")
            .map(|source| expect::expectations(source, diagnostics))
            .unwrap_or_default();
        let mut in_markdown = Diagnostics::default();
        let mut checklist = self.table("checklist.toml").and_then(|source| {
            let markdown = Markdown {
                options,
                diagnostics: &mut in_markdown,
            };
            checklist::checklist(source, markdown, diagnostics)
        });
        for request in checklist.iter_mut().flat_map(|list| &mut list.requests) {
            request::fill_links(request, &links, diagnostics);
        }
        let triage = self.table("triage.toml").and_then(|source| {
            let markdown = Markdown {
                options,
                diagnostics: &mut in_markdown,
            };
            triage::triage(source, markdown, diagnostics)
        });
        diagnostics.extend(in_markdown);
        Site::new(Parts {
            config,
            guides,
            links,
            checklist,
            triage,
            synonyms,
            expectations,
            files: self.files,
            forms: self.forms,
            tables: self.tables.into_values().collect(),
        })
    }
}

fn not_content(name: &str, shown: &str) -> Diagnostic {
    let problem = Diagnostic::error(
        Code::NotContent,
        "a file of this kind is neither a page nor copied beside one",
    )
    .at(Location::start_of(&Source::new(shown, "")));
    match nearest(name, TABLES) {
        Some(near) => problem.hint(format!("did you mean `content/{near}`?")),
        None => problem.hint(format!(
            "pages end in `.md`; copied are: {}. Templates, styles and scripts belong in a theme",
            COPIED.join(", ")
        )),
    }
}
