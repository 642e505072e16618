//! A site without errors → its files.
//!
//! In: the site, its theme, redirects and search index. Out: every page, copied file and host file, made when it is asked
//! for: on a large site the pages take more memory than everything else. A compressed copy and the offline archive make
//! them once more. `render` makes the pages.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::lost_addresses::headings;
use super::preview::RenderedPages;
use super::{LoadedSite, assets, build_id};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::{OutPath, UrlPath};
use crate::markdown::PAGE_LIMIT;
use crate::output::headers::PAGE_POLICY;
use crate::output::zip::zip;
use crate::output::{FileDigest, Files, Manifest, Output, Redirect, compress, host_files};
use crate::render::{Renderer, SearchAssets};
use crate::site::{GeneratedPage, Guide, HostFile, MARKDOWN, Page};
use crate::source::Location;

/// The files of a site.
#[derive(Debug)]
pub struct Rendering<'a> {
    loaded: &'a LoadedSite,
    renderer: Renderer<'a>,
    files: BTreeMap<OutPath, File<'a>>,
    /// Pages of an earlier build that may be reused.
    kept: Option<&'a RenderedPages>,
    /// The id of the build, for the manifest.
    id: String,
}

/// How a file is made.
#[derive(Debug)]
enum File<'a> {
    /// It is there already.
    Made(Arc<[u8]>),
    Page(&'a UrlPath, &'a Page),
    Markdown(&'a Guide),
    NotFound,
    Redirect(&'a Redirect),
    /// An archive of the pages and what they need.
    Archive,
    /// The compressed copy of another file.
    Copy(OutPath),
}

impl<'a> Rendering<'a> {
    /// Decides which files there are; `index` makes those of the search index, and names them for pages. Without a
    /// value, a problem stops the build.
    pub(super) fn new(
        loaded: &'a LoadedSite,
        redirects: &'a [Redirect],
        index: impl FnOnce() -> (Output, Option<SearchAssets>) + Send,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let LoadedSite { site, theme, .. } = loaded;
        let theme_files = || {
            let mut files = Output::new();
            let assets = assets::assets(theme, site.checklist.as_ref(), &mut files);
            (files, Renderer::new(site, theme, assets, PAGE_POLICY))
        };
        // On a small site, these two take most of the time of a build.
        let ((index, search), (mut ready, renderer)) = rayon::join(index, theme_files);
        let renderer = renderer.map_err(|problems| diagnostics.extend(problems));
        let renderer = renderer.ok()?.with_search(search);
        ready.extend(index);
        let host_files = host_files(site, redirects, |url| renderer.page_title(url));
        let host_files = host_files
            .into_iter()
            .map(|(path, text)| (path, text.into_bytes().into()));
        // A site's own icons take the place of the theme's, whatever their capitals: some systems ignore those.
        let own: HashSet<_> = site.files.keys().map(OutPath::folded).collect();
        ready.retain(|path, _| !own.contains(&path.folded()));
        ready.extend(host_files);
        let ready = ready.into_iter();
        let mut files: BTreeMap<_, _> = ready
            .map(|(path, bytes)| (path, File::Made(bytes)))
            .collect();
        for (url, page) in site.pages() {
            files.insert(url.out(), File::Page(url, page));
            if let Some(guide) = site.guide_at(url) {
                files.insert(url.file(MARKDOWN), File::Markdown(guide));
            }
        }
        files.insert(HostFile::NotFound.path(), File::NotFound);
        for redirect in redirects {
            let from = &redirect.from;
            if files
                .insert(from.clone(), File::Redirect(redirect))
                .is_some()
            {
                let message = format!("`/{from}` is a file of the theme");
                diagnostics.push(Diagnostic::error(Code::Redirect, message));
            }
        }
        for (path, bytes) in &site.files {
            files.insert(path.clone(), File::Made(Arc::clone(bytes)));
        }
        if site.config.publish.offline {
            files.insert(HostFile::Offline.path(), File::Archive);
        }
        if site.config.publish.compress {
            let originals = files.keys();
            let copies = originals
                .filter_map(|path| Some((compress::copy_path(path)?, File::Copy(path.clone()))));
            let copies: Vec<_> = copies.collect();
            files.extend(copies);
        }
        let rendering = Self {
            id: build_id::build_id(loaded, diagnostics),
            loaded,
            renderer,
            files,
            kept: None,
        };
        (!diagnostics.has_errors()).then_some(rendering)
    }

    /// Without compressed copies, which the preview does not serve; reuses pages of an earlier build.
    pub(super) fn for_preview(mut self, pages: Option<&'a RenderedPages>) -> Self {
        self.files.retain(|_, file| !matches!(file, File::Copy(_)));
        self.kept = pages.filter(|pages| pages.fit(self.loaded));
        self
    }

    fn page(&self, url: &UrlPath, page: &Page) -> Result<Arc<[u8]>, Diagnostic> {
        let kept = self
            .kept
            .and_then(|kept| kept.page(&self.loaded.site, url, page));
        if let Some(html) = kept {
            return Ok(html);
        }
        let html = self.renderer.page(url, page)?;
        if html.len() > PAGE_LIMIT {
            let limit = PAGE_LIMIT / 1024 / 1024;
            let message = format!("the page {url} would be larger than {limit} MiB");
            let hint = if *page == Page::Generated(GeneratedPage::Print) {
                "leave out `print` in `[publish]` of site.toml"
            } else {
                "split it into several pages"
            };
            let problem = Diagnostic::error(Code::TooLarge, message).hint(hint);
            return Err(match self.loaded.site.guide_at(url) {
                Some(guide) => problem.at(Location::start_of(&guide.source)),
                None => problem,
            });
        }
        // A slice has no spare capacity, which a string built bit by bit does.
        Ok(html.into_bytes().into())
    }

    /// `None` if a page cannot be made, which the page itself reports.
    fn archive(&self) -> Option<Result<Arc<[u8]>, Diagnostic>> {
        let host_files = HostFile::ALL.map(HostFile::path);
        let files = self
            .files
            .par_iter()
            .filter(|(path, file)| !matches!(file, File::Copy(_)) && !host_files.contains(path));
        let files = files.map(|(path, _)| Ok(self.bytes(path)?.map(|bytes| (path, bytes))));
        let files: Vec<_> = files.collect::<Result<_, Diagnostic>>().ok()?;
        let files = files.iter().flatten();
        let archive = zip(files.map(|(path, bytes)| (*path, &**bytes)));
        Some(archive.map(Into::into).ok_or_else(|| {
            Diagnostic::error(Code::TooLarge, "the site is too large for one ZIP file")
                .hint("leave out `offline` in `[publish]` of site.toml")
        }))
    }
}

impl Files for Rendering<'_> {
    fn paths(&self) -> Vec<&OutPath> {
        self.files.keys().collect()
    }

    fn bytes(&self, path: &OutPath) -> Result<Option<Arc<[u8]>>, Diagnostic> {
        let text = match self.files.get(path) {
            None => return Ok(None),
            Some(File::Made(bytes)) => return Ok(Some(Arc::clone(bytes))),
            Some(File::Page(url, page)) => return self.page(url, page).map(Some),
            Some(File::Archive) => return self.archive().transpose(),
            Some(File::Copy(original)) => {
                let original = self.bytes(original).ok().flatten();
                let copy = original.and_then(|bytes| compress::copy(&bytes));
                return Ok(copy.map(Into::into));
            }
            Some(File::Markdown(guide)) => self.renderer.plain_markdown(guide),
            Some(File::NotFound) => Some(self.renderer.not_found()?),
            Some(File::Redirect(Redirect { from, to, fragment })) => {
                Some(self.renderer.redirect(from, to, fragment.as_deref())?)
            }
        };
        Ok(text.map(|text| text.into_bytes().into()))
    }

    fn manifest(&self, files: BTreeMap<OutPath, FileDigest>) -> Vec<u8> {
        let manifest = Manifest::new(files, Some(&self.id));
        manifest.with_headings(headings(&self.loaded.site)).text()
    }
}
