//! Files on disk → values of the domain.
//!
//! In: a folder. Out: sources, settings, guides, the checklist and the triage, and a diagnostic for
//! each thing in them that cannot be read. Whether what they say makes sense is for `check`.

mod config;
mod expect;
mod file;
mod front;
mod guide;
mod guides;
mod inputs;
mod recovery;
mod recovery_raw;
#[cfg(test)]
mod recovery_vectors;
mod request;
mod table;
mod text;
mod theme;
mod theme_manifest;
mod toml_limits;
mod toml_words;
mod triage;
mod walk;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization as _;

use crate::config::{Config, Drafts};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Failure, nearest};
use crate::ids::{BaseUrl, OutPath};
use crate::markdown::Options;
use crate::site::{Guide, Parts, Site};
use crate::source::{Place, Source};
use crate::theme::Theme;

pub use file::read_source;
pub use guides::Memory;
pub use recovery::checklist as read_checklist;
pub use walk::{is_left_over_name, open_file};

use inputs::Inputs;

/// What a build found in its folder.
#[derive(Debug)]
pub struct Loaded {
    /// The site.
    pub site: Site,
    /// Its theme.
    pub theme: Theme,
    /// A digest of all that was read and chosen: where it is the same, so is the built site.
    pub made_from: String,
    /// The same of all but the pages' text.
    pub frame: String,
}

/// What the caller chose instead of what the site's files say.
#[derive(Debug, Clone, Copy)]
pub struct Choices<'a> {
    /// Where the site will live.
    pub base_url: Option<&'a BaseUrl>,
    /// Whether drafts are pages.
    pub drafts: Drafts,
}

/// Files of `content/` that are read as TOML; any other `.toml` there is a mistake.
const TABLES: [&str; 6] = [
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

/// Reads the site below `root`. Without a value where something is so wrong that the rest could
/// not be looked at.
///
/// Errors: [`Failure::Usage`] where there is no folder `content/`.
pub fn load(
    root: &Path,
    choices: Choices<'_>,
    memory: &mut Memory,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Loaded>, Failure> {
    if !root.join("content").is_dir() {
        return Err(Failure::Usage(format!(
            "there is no folder `content` in {}\nhint: run this in a site's folder, name one with \
             `--root DIR`, or make one with `regain init DIR`",
            root.display()
        )));
    }
    let mut inputs = Inputs::new(choices);
    let content = walk::folder(root, "content", diagnostics);
    inputs.add("content", &content);
    let folders = TABLES
        .iter()
        .filter(|name| root.join("content").join(name).is_dir());
    diagnostics.extend(folders.map(|name| {
        Diagnostic::error(Code::NotAFile, "must be a file, not a folder")
            .at(Place::start_of(&Source::new(format!("content/{name}"), "")))
            .hint("rename the folder")
    }));
    let mut shelf = Shelf::sort(content, diagnostics);
    let Some(mut config) = config::config(shelf.table("site.toml"), diagnostics) else {
        return Ok(None);
    };
    if let Some(base_url) = choices.base_url {
        config.base_url = base_url.clone();
    }
    let own = walk::folder(root, &format!("themes/{}", config.theme.value), diagnostics);
    inputs.add("theme", &own);
    let Some(theme) = theme::theme(&config.theme, &own, &config.language, diagnostics) else {
        return Ok(None);
    };
    let options = Options {
        raw_html: config.raw_html,
        words: theme.words(),
    };
    let pages = std::mem::take(&mut shelf.pages);
    let guides = guides::guides(pages, options, choices.drafts, (memory, diagnostics));
    if guides.is_empty() && !diagnostics.has_errors() {
        diagnostics.push(no_pages());
    }
    let site = shelf.site(config, guides, diagnostics);
    Ok(Some(Loaded {
        site,
        theme,
        made_from: inputs.digest(),
        frame: inputs.frame(),
    }))
}

/// The files of `content/` by what they are.
struct Shelf {
    tables: BTreeMap<String, Arc<Source>>,
    /// Not yet read as text: that is done for many at once.
    pages: Vec<(String, Vec<u8>)>,
    files: BTreeMap<OutPath, Arc<[u8]>>,
    forms: BTreeMap<String, Arc<Source>>,
}

impl Shelf {
    fn sort(content: walk::Files, diagnostics: &mut Diagnostics) -> Self {
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

    fn table(&self, name: &str) -> Option<&Arc<Source>> {
        self.tables.get(name)
    }

    fn site(
        self,
        mut config: Config,
        mut guides: Vec<Arc<Guide>>,
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
        let checklist = self
            .table("checklist.toml")
            .and_then(|source| recovery::checklist(source, diagnostics));
        let triage = self
            .table("triage.toml")
            .and_then(|source| triage::triage(source, diagnostics));
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
    .at(Place::start_of(&Source::new(shown, "")));
    match nearest(name, TABLES) {
        Some(near) => problem.hint(format!("did you mean `content/{near}`?")),
        None => problem.hint(format!(
            "pages end in `.md`; copied are: {}. Templates, styles and scripts belong in a theme",
            COPIED.join(", ")
        )),
    }
}

fn no_pages() -> Diagnostic {
    Diagnostic::error(Code::NoPages, "there is no page in `content/`")
        .at(Place::start_of(&Source::new("content/index.md", "")))
        .hint("write one, or run `regain init` in an empty folder for a site to start from")
}
