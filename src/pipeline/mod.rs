//! The whole of a build: load → check → render → index → output.
//!
//! In: a folder and options. Out: the files of the site, each made when it is asked for, and every problem found. It
//! writes nothing and prints nothing.

mod assets;
mod build_id;
mod full_check;
mod lost_addresses;
mod preview;
mod redirects;
mod render_site;
mod search_index;

use std::path::PathBuf;

use jiff::civil::Date;

pub use self::full_check::{FullCheck, full_check};
use self::lost_addresses::lost_addresses;
pub use self::preview::{LateIndex, preview};
pub use self::render_site::Rendering;
pub use self::search_index::{Searchable, searchable};
use crate::check;
pub use crate::config::Drafts;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Error, Levels};
use crate::ids::{BaseUrl, ContentPath};
use crate::load::{FileCache, GuideCache, InputDigest, Loaded, SiteFiles};
use crate::markdown::Passages;
use crate::output::{Manifest, Output, Redirect, make_each, next_step};
use crate::render::SearchAssets;
use crate::search::SearchIndex;
use crate::site::Site;
use crate::source::{Location, Source};
use crate::theme::Theme;

/// What to build and how.
#[derive(Debug, Clone)]
pub struct BuildOptions {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// Where the site will be published, if not where `site.toml` says.
    pub base_url: Option<BaseUrl>,
    /// Whether drafts are published.
    pub drafts: Drafts,
    /// The day that decides which reviews are due, so that a build never asks the clock.
    pub today: Date,
}

/// A site in memory.
#[derive(Debug, Clone)]
pub struct Built {
    /// Where the site will be published; a preview serves it under this path.
    pub base_url: BaseUrl,
    /// The site, unless a problem stopped the build.
    pub output: Option<Output>,
    /// Every problem found, sorted.
    pub diagnostics: Diagnostics,
    /// The search index, if it is not part of the output.
    pub search: Option<LateIndex>,
}

/// What one build leaves for the next to make it faster. It never changes the result.
#[derive(Debug, Default)]
pub struct BuildCache {
    files: FileCache,
    /// What the last preview found on disk.
    state: Option<Result<(Option<InputDigest>, Diagnostics), Error>>,
    guides: GuideCache,
    pages: Option<preview::RenderedPages>,
}

/// The files of a site, read but not yet parsed.
#[derive(Debug)]
pub struct Sources {
    files: Option<SiteFiles>,
    options: BuildOptions,
    diagnostics: Diagnostics,
}

/// A site whose addresses are resolved, with its theme.
#[derive(Debug)]
struct LoadedSite {
    site: Site,
    theme: Theme,
    /// The digest of everything the build depends on.
    digest: String,
    /// The digest of all files but the Markdown.
    frame: String,
}

/// A site that was loaded and checked.
#[derive(Debug)]
pub struct Checked {
    loaded: Option<LoadedSite>,
    redirects: Vec<Redirect>,
    /// The manifest of the last build, if there was one.
    last: Option<Manifest>,
    /// Every problem found so far, in the order it was found.
    pub diagnostics: Diagnostics,
}

/// Builds the site in memory.
///
/// Errors: as [`Sources::read`]; problems of the site are in [`Built::diagnostics`].
pub fn build(options: &BuildOptions, cache: &mut BuildCache) -> Result<Built, Error> {
    let checked = Sources::read(options)?.check(cache);
    let (rendering, diagnostics) = checked.render();
    Ok(checked.built(rendering.as_ref(), diagnostics))
}

impl Sources {
    /// Reads the files of a site.
    ///
    /// Errors: [`Error::Usage`] if the folder holds no site.
    pub fn read(options: &BuildOptions) -> Result<Self, Error> {
        Self::read_with(options, None)
    }

    fn read_with(options: &BuildOptions, cache: Option<&mut FileCache>) -> Result<Self, Error> {
        let mut diagnostics = Diagnostics::default();
        Ok(Self {
            files: SiteFiles::read(&options.root, cache, &mut diagnostics)?,
            options: options.clone(),
            diagnostics,
        })
    }

    /// Parses the files and applies every rule that needs no rendered page.
    pub fn check(self, cache: &mut BuildCache) -> Checked {
        let options = self.options.clone();
        let (loaded, diagnostics) = self.parse(Passages::Skipped, &mut cache.guides);
        Checked::new(loaded, &options, diagnostics)
    }

    fn parse(self, passages: Passages, cache: &mut GuideCache) -> (Option<Loaded>, Diagnostics) {
        let mut diagnostics = self.diagnostics;
        let files = self.files;
        let loaded = files.and_then(|files| files.parse(passages, cache, &mut diagnostics));
        (loaded, diagnostics)
    }
}

impl LoadedSite {
    /// Resolves the addresses of a site.
    fn new(loaded: Loaded, options: &BuildOptions, diagnostics: &mut Diagnostics) -> Self {
        let Loaded {
            mut parts,
            theme,
            digest,
        } = loaded;
        if let Some(base_url) = &options.base_url {
            parts.config.base_url = base_url.clone();
        }
        let drafts = options.drafts;
        let mut guides = parts.guides.iter();
        let has_page = guides.any(|guide| drafts == Drafts::Shown || !guide.meta.draft);
        if !has_page && !diagnostics.has_errors() {
            diagnostics.push(no_pages());
        }
        Self {
            digest: build_id::digest(options, &digest),
            frame: digest.other,
            site: Site::new(parts, drafts),
            theme,
        }
    }
}

fn no_pages() -> Diagnostic {
    let index = ContentPath::new("index.md");
    Diagnostic::error(Code::NoPages, "`content/` has no pages")
        .at(Location::start_of(&Source::new(index.source_path(), "")))
        .hint("write a page, or run `regain init` in an empty folder to get a starter site")
}

impl Checked {
    fn new(loaded: Option<Loaded>, options: &BuildOptions, mut diagnostics: Diagnostics) -> Self {
        let mut redirects = Vec::new();
        let loaded = loaded.map(|loaded| LoadedSite::new(loaded, options, &mut diagnostics));
        if let Some(LoadedSite { site, theme, .. }) = &loaded {
            check::check(site, theme, options.today, &mut diagnostics);
            redirects = redirects::redirects(site, &mut diagnostics);
            check::set_levels(site, &mut diagnostics);
        }
        Self {
            loaded,
            redirects,
            last: None,
            diagnostics,
        }
    }

    /// What to do next to publish the site, built into `folder`, on its host.
    pub fn next_step(&self, folder: &str) -> Option<String> {
        let config = &self.sound()?.site.config;
        let target = config.publish.target.as_ref()?.value;
        Some(next_step(target, &config.base_url, folder))
    }

    /// The levels of rules that the site has chosen.
    pub fn levels(&self) -> Levels {
        let loaded = self.loaded.as_ref();
        loaded.map_or_else(Levels::default, |loaded| loaded.site.config.rules.clone())
    }

    /// Reports the addresses of the last build that this one lacks.
    #[must_use]
    pub fn compared_with(mut self, last: Option<Manifest>) -> Self {
        self.last = last;
        self
    }

    /// The site, if it has no errors.
    fn sound(&self) -> Option<&LoadedSite> {
        let loaded = self.loaded.as_ref();
        loaded.filter(|_| !self.diagnostics.has_errors())
    }

    /// Makes the search index, if the site has no errors and its search is enabled.
    pub fn index(&self) -> Option<SearchIndex> {
        self.sound().and_then(search_index::index)
    }

    /// The files of the site, if it has no errors, and every problem found so far.
    pub fn render(&self) -> (Option<Rendering<'_>>, Diagnostics) {
        self.render_with(|| self.index())
    }

    /// The same as [`render`](Self::render), with an index that exists already.
    pub fn render_with(
        &self,
        index: impl FnOnce() -> Option<SearchIndex> + Send,
    ) -> (Option<Rendering<'_>>, Diagnostics) {
        self.render_files(|| {
            let mut files = Output::new();
            let search = index().map(|index| search_index::add_files(index, &mut files));
            (files, search)
        })
    }

    /// The same; `index` makes the files of the index, and names them for pages.
    fn render_files(
        &self,
        index: impl FnOnce() -> (Output, Option<SearchAssets>) + Send,
    ) -> (Option<Rendering<'_>>, Diagnostics) {
        let mut diagnostics = self.diagnostics.clone();
        let rendering = self
            .sound()
            .and_then(|loaded| Rendering::new(loaded, &self.redirects, index, &mut diagnostics));
        // These are not part of the id: the next build has nothing to compare them with.
        if let (Some(files), Some(last), Some(loaded)) = (&rendering, &self.last, &self.loaded) {
            diagnostics.extend(lost_addresses(last, &loaded.site, files));
        }
        self.set_levels(&mut diagnostics);
        (rendering, diagnostics.sorted())
    }

    fn set_levels(&self, diagnostics: &mut Diagnostics) {
        if let Some(loaded) = &self.loaded {
            check::set_levels(&loaded.site, diagnostics);
        }
    }

    /// The site in memory.
    fn built(&self, rendering: Option<&Rendering<'_>>, mut diagnostics: Diagnostics) -> Built {
        let made = rendering.map(|one| make_each(one, |path, bytes| (path.clone(), bytes)));
        let output = match made.transpose() {
            Ok(files) => files.map(Output::from_iter),
            Err(problems) => {
                diagnostics.extend(problems);
                None
            }
        };
        self.set_levels(&mut diagnostics);
        let site = self.loaded.as_ref().map(|loaded| &loaded.site);
        Built {
            base_url: site.map_or_else(BaseUrl::default, |site| site.config.base_url.clone()),
            output,
            diagnostics: diagnostics.sorted(),
            search: None,
        }
    }
}
