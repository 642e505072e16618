//! load → check → render → index → output: the whole of a build, as one function.
//!
//! In: a folder and options. Out: the built site in memory and everything there is to say about
//! it. It writes nothing and prints nothing.

mod bundle;
mod redirects;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use crate::check::Reading;
pub use crate::config::Drafts;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Failure};
use crate::fingerprint::Asset;
use crate::ids::{BaseUrl, OutPath, UrlPath};
use crate::load::{self, Choices, Loaded};
use crate::markdown::PAGE_LIMIT;
use crate::output::{self, Hosting, Output, Redirect};
use crate::render::Renderer;
use crate::search;
use crate::site::{Guide, Page, Site};
use crate::source::{Place, Source};
use crate::{check, output::headers::PAGE_POLICY};

/// Folders in which every name changes with its content, so that browsers may keep the files.
const IMMUTABLE: [&str; 1] = ["assets/"];

/// What to build and how.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// Where the site will live, in place of what `site.toml` says.
    pub base_url: Option<BaseUrl>,
    /// Whether drafts are pages too.
    pub drafts: Drafts,
    /// The day reviews are counted from; a parameter, so that a build never asks the clock.
    pub today: Date,
}

/// The result of one build.
#[derive(Debug, Clone)]
pub struct Built {
    /// Where the site will live; a preview serves it under this path.
    pub base_url: BaseUrl,
    /// The site, or nothing where a problem stopped the build.
    pub output: Option<Output>,
    /// Every problem found, sorted.
    pub diagnostics: Diagnostics,
    /// Whether drafts are among the pages, so that without them it would be another site.
    pub shows_drafts: bool,
}

/// What one build leaves for the next to make it quick; the result is the same with an empty one.
#[derive(Debug, Default)]
pub struct Memory {
    load: load::Memory,
}

/// Builds the site in memory.
///
/// Errors: only [`Failure::Machine`] and [`Failure::Usage`], when the folder cannot be read at
/// all; problems of the site are in [`Built::diagnostics`].
pub fn build(options: &BuildOptions, memory: &mut Memory) -> Result<Built, Failure> {
    let mut diagnostics = Diagnostics::default();
    let choices = Choices {
        base_url: options.base_url.as_ref(),
        drafts: options.drafts,
    };
    let loaded = load::load(&options.root, choices, &mut memory.load, &mut diagnostics)?;
    let base_url = loaded
        .as_ref()
        .map(|loaded| loaded.site.config.base_url.clone())
        .unwrap_or_default();
    let mut output = None;
    let mut shows_drafts = false;
    if let Some(loaded) = loaded {
        shows_drafts = loaded.site.guides.iter().any(|guide| guide.meta.draft);
        check::check(&loaded.site, options.today, &mut diagnostics);
        check::check_templates(&loaded.theme, &mut diagnostics);
        let redirects = redirects::redirects(&loaded.site, &mut diagnostics);
        if !diagnostics.has_errors() {
            output = make(&loaded, &redirects, &mut diagnostics);
        }
    }
    Ok(Built {
        base_url,
        output: output.filter(|_| !diagnostics.has_errors()),
        diagnostics: diagnostics.sorted(),
        shows_drafts,
    })
}

/// How easily each page reads, the hardest first; nothing where the site cannot be loaded.
///
/// Errors: as for [`build`].
pub fn reading(options: &BuildOptions, memory: &mut Memory) -> Result<Vec<Reading>, Failure> {
    let choices = Choices {
        base_url: options.base_url.as_ref(),
        drafts: options.drafts,
    };
    let mut unheard = Diagnostics::default();
    let loaded = load::load(&options.root, choices, &mut memory.load, &mut unheard)?;
    Ok(loaded.map_or_else(Vec::new, |loaded| check::reading(&loaded.site)))
}

/// Everything after checking: a site without errors → its files.
fn make(loaded: &Loaded, redirects: &[Redirect], diagnostics: &mut Diagnostics) -> Option<Output> {
    let Loaded { site, theme } = loaded;
    let mut output = Output::default();
    let mut assets = bundle::assets(theme, &mut output);
    if site.config.search {
        assets.search = Some(index(site, theme.string("official_title"), &mut output));
    }
    let renderer = match Renderer::new(site, theme, &assets, PAGE_POLICY) {
        Ok(renderer) => renderer,
        Err(problems) => {
            diagnostics.extend(problems);
            return None;
        }
    };
    render(site, &renderer, &mut output, diagnostics);
    for redirect in redirects {
        match renderer.redirect(&redirect.from, &redirect.to) {
            Ok(html) => {
                if output
                    .insert(redirect.from.clone(), html.into_bytes())
                    .is_some()
                {
                    let message = format!("`/{}` is a file of the theme", redirect.from);
                    diagnostics.push(Diagnostic::error(Code::Redirect, message));
                }
            }
            Err(problem) => diagnostics.push(problem),
        }
    }
    for (path, bytes) in &site.files {
        if output.insert(path.clone(), bytes.clone()).is_some() {
            diagnostics.push(theirs(path));
        }
    }
    host_files(site, redirects, &mut output);
    Some(output)
}

fn theirs(path: &OutPath) -> Diagnostic {
    Diagnostic::error(Code::AddressTaken, "the theme has a file of this name")
        .at(Place::start_of(&Source::new(format!("content/{path}"), "")))
        .hint("rename the file, or put it into the site's theme instead")
}

/// Puts the search index into the output; gives the file a query begins with.
fn index(site: &Site, official: &str, output: &mut Output) -> Asset {
    let index = search::index(site, search::Names { official });
    for piece in index.pieces {
        output.insert(piece.path, piece.bytes);
    }
    let head = index.head;
    output.insert(head.path.clone(), head.bytes);
    Asset {
        path: head.path,
        integrity: head.integrity,
    }
}

fn render(
    site: &Site,
    renderer: &Renderer<'_>,
    output: &mut Output,
    diagnostics: &mut Diagnostics,
) {
    let pages: Vec<(&UrlPath, &Page)> = site.pages().iter().collect();
    // Each page becomes bytes of its own length at once: text that was written bit by bit holds
    // room for as much again, and ten thousand of them would be kept until the last is done.
    let built: Vec<_> = pages
        .par_iter()
        .map(|(url, page)| {
            let html = renderer.page(url, page);
            (
                url.out(),
                html.and_then(|html| bytes((url, site.guide_at(url)), html)),
            )
        })
        .collect();
    let not_found = renderer.not_found().map(|html| html.into_bytes().into());
    let not_found = OutPath::new("404.html").map(|path| (path, not_found));
    for (path, html) in built.into_iter().chain(not_found) {
        match html {
            Ok(html) => drop(output.insert(path, html)),
            Err(problem) => diagnostics.push(problem),
        }
    }
}

fn bytes(
    (url, guide): (&UrlPath, Option<&Arc<Guide>>),
    html: String,
) -> Result<Arc<[u8]>, Diagnostic> {
    if html.len() > PAGE_LIMIT {
        let limit = PAGE_LIMIT / 1024 / 1024;
        let message = format!("the page {url} would be larger than {limit} MiB");
        let problem =
            Diagnostic::error(Code::TooLarge, message).hint("split it into several pages");
        return Err(match guide {
            Some(guide) => problem.at(Place::start_of(&guide.source)),
            None => problem,
        });
    }
    Ok(html.into_bytes().into())
}

fn host_files(site: &Site, redirects: &[Redirect], output: &mut Output) {
    let pages: Vec<_> = site
        .pages()
        .iter()
        .map(|(url, page)| output::Page {
            url: url.clone(),
            reviewed: match page {
                Page::Guide(index) => site.guides[*index]
                    .meta
                    .reviewed
                    .as_ref()
                    .map(|day| day.value),
                _ => None,
            },
        })
        .collect();
    let hosting = Hosting {
        base: &site.config.base_url,
        pages: &pages,
        redirects,
        immutable: &IMMUTABLE,
    };
    for (path, text) in hosting.files() {
        output.insert(path, text.into_bytes());
    }
    let manifest = output::manifest::manifest(output);
    if let Some(path) = OutPath::new(output::manifest::NAME) {
        output.insert(path, manifest);
    }
}
