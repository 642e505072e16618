//! load → check → render → index → output: the whole of a build, as one function.
//!
//! In: a folder and options. Out: the built site in memory and everything there is to say about
//! it. It writes nothing and prints nothing.

mod bundle;
mod preview;
mod redirects;
mod review;
mod searchable;
mod sources;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

pub use self::preview::{LateIndex, preview};
pub use self::review::{reading, review};
pub use self::searchable::{Searchable, searchable};
pub use self::sources::{Sources, read};
pub use crate::config::Drafts;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Error};
use crate::ids::{BaseUrl, OutPath, UrlPath};
use crate::load::{self, Loaded};
use crate::markdown::PAGE_LIMIT;
use crate::output::{self, Hosting, Output, Redirect};
use crate::recovery::Triage;
use crate::render::{Assets, Renderer};
use crate::search::SearchIndex;
use crate::site::{Guide, Page, Site};
use crate::source::{Location, Source};
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
    /// The search index, where it is not part of the output.
    pub search: Option<LateIndex>,
}

impl Built {
    /// What is known of a site before any page is made.
    fn without_output(loaded: Option<&Loaded>) -> Self {
        let site = loaded.map(|loaded| &loaded.site);
        Self {
            base_url: site.map_or_else(BaseUrl::default, |site| site.config.base_url.clone()),
            output: None,
            diagnostics: Diagnostics::default(),
            shows_drafts: site.is_some_and(|site| site.guides.iter().any(|one| one.meta.draft)),
            search: None,
        }
    }
}

/// What one build leaves for the next to make it quick; the result is the same with an empty one.
#[derive(Debug, Default)]
pub struct Memory {
    load: load::Memory,
    pages: Option<preview::Pages>,
}

/// A site that was read and checked.
#[derive(Debug)]
pub struct Checked {
    loaded: Option<Loaded>,
    redirects: Vec<Redirect>,
    /// Every problem found so far, in the order it was found.
    pub diagnostics: Diagnostics,
}

/// Builds the site in memory.
///
/// Errors: only [`Failure::Machine`] and [`Failure::Usage`], when the folder cannot be read at
/// all; problems of the site are in [`Built::diagnostics`].
pub fn build(options: &BuildOptions, memory: &mut Memory) -> Result<Built, Error> {
    Ok(check(options, memory)?.make())
}

/// The first half of [`build`]: everything that can be said without making a page.
///
/// Errors: as [`build`].
pub fn check(options: &BuildOptions, memory: &mut Memory) -> Result<Checked, Error> {
    Ok(read(options)?.check(memory))
}

impl Checked {
    fn of(loaded: Option<Loaded>, today: Date, mut diagnostics: Diagnostics) -> Self {
        let mut redirects = Vec::new();
        if let Some(Loaded { site, theme, .. }) = &loaded {
            check::check(site, today, &mut diagnostics);
            check::check_templates(theme, &mut diagnostics);
            redirects = redirects::redirects(site, &mut diagnostics);
        }
        Self {
            loaded,
            redirects,
            diagnostics,
        }
    }

    /// What the site says of the files it is made from; `None` where it has errors.
    pub fn made_from(&self) -> Option<String> {
        let loaded = self.loaded.as_ref()?;
        let sound = !self.diagnostics.has_errors();
        sound.then(|| sources::made_from(loaded, &self.diagnostics))
    }

    /// The questions as far as they could be read, faults and all.
    pub fn triage(&self) -> Option<&Triage> {
        self.loaded.as_ref()?.site.triage.as_ref()
    }

    /// The second half of [`build`].
    pub fn make(self) -> Built {
        let sound = self
            .loaded
            .as_ref()
            .filter(|_| !self.diagnostics.has_errors());
        let index = sound.and_then(searchable::index);
        self.make_with(index)
    }

    /// The same, with an index that is there already.
    fn make_with(self, index: Option<SearchIndex>) -> Built {
        let mut diagnostics = self.diagnostics;
        let mut built = Built::without_output(self.loaded.as_ref());
        if let Some(loaded) = self.loaded.filter(|_| !diagnostics.has_errors()) {
            let mut output = Output::default();
            let mut assets = bundle::assets(&loaded.theme, &mut output);
            assets.search = index.map(|index| searchable::shelve(index, &mut output));
            let materials = Materials {
                loaded: &loaded,
                redirects: &self.redirects,
                assets: &assets,
                known: None,
            };
            let made = make(&materials, output, &mut diagnostics);
            built.output = made
                .filter(|_| !diagnostics.has_errors())
                .map(|mut output| {
                    seal(&mut output, &sources::made_from(&loaded, &diagnostics));
                    output
                });
        }
        built.diagnostics = diagnostics.sorted();
        built
    }
}

/// What pages are made from.
struct Materials<'a> {
    loaded: &'a Loaded,
    redirects: &'a [Redirect],
    assets: &'a Assets,
    /// Pages of an earlier build that may be kept.
    known: Option<&'a preview::Pages>,
}

/// Everything after checking: a site without errors → its files, beside those in `output`.
fn make(
    materials: &Materials<'_>,
    mut output: Output,
    diagnostics: &mut Diagnostics,
) -> Option<Output> {
    let Loaded { site, theme, .. } = materials.loaded;
    let renderer = match Renderer::new(site, theme, materials.assets, PAGE_POLICY) {
        Ok(renderer) => renderer,
        Err(problems) => {
            diagnostics.extend(problems);
            return None;
        }
    };
    render((site, materials.known), &renderer, &mut output, diagnostics);
    for redirect in materials.redirects {
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
    host_files(site, materials.redirects, &mut output);
    Some(output)
}

fn theirs(path: &OutPath) -> Diagnostic {
    Diagnostic::error(Code::AddressTaken, "the theme has a file of this name")
        .at(Location::start_of(&Source::new(
            format!("content/{path}"),
            "",
        )))
        .hint("rename the file, or put it into the site's theme instead")
}

fn render(
    (site, known): (&Site, Option<&preview::Pages>),
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
            let kept = known.and_then(|known| known.kept(site, (url, page)));
            let html = kept.map_or_else(|| new_page(site, renderer, (url, page)), Ok);
            (url.out(), html)
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

fn new_page(
    site: &Site,
    renderer: &Renderer<'_>,
    (url, page): (&UrlPath, &Page),
) -> Result<Arc<[u8]>, Diagnostic> {
    let html = renderer.page(url, page)?;
    bytes((url, site.guide_at(url)), html)
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
            Some(guide) => problem.at(Location::start_of(&guide.source)),
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
}

/// Adds the manifest, which tells of every other file.
fn seal(output: &mut Output, made_from: &str) {
    let manifest = output::manifest::manifest(output, Some(made_from));
    if let Some(path) = OutPath::new(output::manifest::NAME) {
        output.insert(path, manifest);
    }
}
