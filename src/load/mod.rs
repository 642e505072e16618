//! Files on disk → values of the domain.
//!
//! In: a folder. Out: sources, settings, guides, the checklist and the triage, and a diagnostic for
//! each thing in them that cannot be read. Whether what they say makes sense is for `check`.

mod checklist;
mod checklist_raw;
#[cfg(test)]
mod checklist_vectors;
mod config;
mod expect;
mod file;
mod front;
mod guide;
mod guides;
mod inputs;
mod request;
mod shelf;
mod text;
mod theme;
mod theme_manifest;
mod toml_file;
mod toml_messages;
mod triage;
mod walk;
mod words;

use std::path::Path;

use crate::config::{Config, Drafts};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Error};
use crate::ids::BaseUrl;
use crate::markdown::Options;
use crate::site::Site;
use crate::source::{Located, Location, Source};
use crate::theme::Theme;

pub use file::{read_checklist, read_source};
pub use guides::Memory;
pub use walk::{is_left_over_name, open_file};

use inputs::Inputs;
use shelf::{Shelf, TABLES};

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

/// Reads the site below `root`. Without a value where something is so wrong that the rest could
/// not be looked at.
///
/// Errors: [`Failure::Usage`] where there is no folder `content/`.
pub fn load(
    root: &Path,
    choices: Choices<'_>,
    memory: &mut Memory,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Loaded>, Error> {
    let files = read(root, choices, diagnostics)?;
    Ok(files.and_then(|files| files.load(memory, diagnostics)))
}

/// The files of a site with its settings; nothing else in them was looked at.
#[derive(Debug)]
pub struct SiteFiles {
    shelf: Shelf,
    config: Config,
    drafts: Drafts,
    theme: walk::Files,
    inputs: Inputs,
}

/// The first half of [`load`].
///
/// Errors: as [`load`].
pub fn read(
    root: &Path,
    choices: Choices<'_>,
    diagnostics: &mut Diagnostics,
) -> Result<Option<SiteFiles>, Error> {
    if !root.join("content").is_dir() {
        return Err(Error::Usage(format!(
            "{} has no folder `content`\nhint: run this in a site's folder, choose one with \
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
            .at(Location::start_of(&Source::new(
                format!("content/{name}"),
                "",
            )))
            .hint("rename the folder")
    }));
    let shelf = Shelf::sort(content, diagnostics);
    let Some(mut config) = config::config(shelf.table("site.toml"), diagnostics) else {
        return Ok(None);
    };
    if let Some(base_url) = choices.base_url {
        config.base_url = base_url.clone();
    }
    let theme = walk::folder(root, &format!("themes/{}", config.theme.value), diagnostics);
    inputs.add("theme", &theme);
    Ok(Some(SiteFiles {
        shelf,
        config,
        drafts: choices.drafts,
        theme,
        inputs,
    }))
}

impl SiteFiles {
    /// A digest of all that was read and chosen: where it is the same, so is the built site, and what
    /// there is to tell of it on a given day.
    pub fn digest(&self) -> String {
        self.inputs.digest()
    }

    /// The second half of [`load`].
    pub fn load(mut self, memory: &mut Memory, diagnostics: &mut Diagnostics) -> Option<Loaded> {
        let config = self.config;
        let language = Located::new(config.language.clone(), config.language_place.clone());
        let theme = theme::theme(&config.theme, &self.theme, &language, diagnostics)?;
        let options = Options {
            raw_html: config.raw_html,
            words: theme.words(),
        };
        let pages = std::mem::take(&mut self.shelf.pages);
        let guides = guides::guides(pages, options.clone(), self.drafts, (memory, diagnostics));
        if guides.is_empty() && !diagnostics.has_errors() {
            diagnostics.push(no_pages());
        }
        Some(Loaded {
            site: self.shelf.site(config, guides, &options, diagnostics),
            theme,
            made_from: self.inputs.digest(),
            frame: self.inputs.frame(),
        })
    }
}

fn no_pages() -> Diagnostic {
    Diagnostic::error(Code::NoPages, "`content/` has no pages")
        .at(Location::start_of(&Source::new("content/index.md", "")))
        .hint("write a page, or run `regain init` in an empty folder to get a starter site")
}
