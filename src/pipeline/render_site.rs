//! A site without errors → its files.
//!
//! In: the site, its theme, redirects and assets. Out: every page, copied file and host file. What
//! a page looks like is for `render`.

use std::sync::Arc;

use rayon::prelude::*;

use super::lost_addresses::headings;
use super::preview::RenderedPages;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::ids::{ContentPath, OutPath, UrlPath};
use crate::markdown::PAGE_LIMIT;
use crate::output::headers::PAGE_POLICY;
use crate::output::zip::zip;
use crate::output::{self, HostFiles, Manifest, Output, Redirect};
use crate::render::{Assets, Renderer};
use crate::site::{GeneratedPage, HostFile, MARKDOWN, Page, Site};
use crate::source::{Location, Source};
use crate::theme::Theme;

/// Folders in which every name changes with its content, so that browsers may keep the files.
const IMMUTABLE: [&str; 1] = ["assets/"];

/// What the files of a site are made from.
pub(super) struct Rendering<'a> {
    pub(super) site: &'a Site,
    pub(super) theme: &'a Theme,
    pub(super) redirects: &'a [Redirect],
    pub(super) assets: &'a Assets,
    /// Pages of an earlier build that may be reused.
    pub(super) kept: Option<&'a RenderedPages>,
}

impl Rendering<'_> {
    /// Adds the files to those in `output`. Without a value, one of them could not be made.
    pub(super) fn render(
        &self,
        mut output: Output,
        diagnostics: &mut Diagnostics,
    ) -> Option<Output> {
        match Renderer::new(self.site, self.theme, self.assets, PAGE_POLICY) {
            Ok(renderer) => {
                self.host_files(&renderer, &mut output);
                self.pages(&renderer, &mut output, diagnostics);
                self.redirect_pages(&renderer, &mut output, diagnostics);
            }
            Err(problems) => diagnostics.extend(problems),
        }
        for (path, bytes) in &self.site.files {
            if output.insert(path.clone(), bytes.clone()).is_some() {
                diagnostics.push(name_taken_by_theme(path));
            }
        }
        if self.site.config.publish.offline {
            let host_files = HostFile::ALL.map(HostFile::path);
            let files = output.iter().map(|(path, bytes)| (path, &**bytes));
            match zip(files.filter(|(path, _)| !host_files.contains(path))) {
                Some(archive) => drop(output.insert(HostFile::Offline.path(), archive)),
                None => diagnostics.push(
                    Diagnostic::error(Code::TooLarge, "the site is too large for one ZIP file")
                        .hint("leave out `offline` in `[publish]` of site.toml"),
                ),
            }
        }
        (!diagnostics.has_errors()).then_some(output)
    }

    fn pages(&self, renderer: &Renderer<'_>, output: &mut Output, diagnostics: &mut Diagnostics) {
        let pages: Vec<(&UrlPath, &Page)> = self.site.pages().iter().collect();
        let files: Vec<_> = pages
            .par_iter()
            .flat_map_iter(|(url, page)| {
                let html = (url.out(), self.page(renderer, url, page));
                let markdown = self.site.guide_at(url).and_then(|guide| {
                    let text = renderer.plain_markdown(guide)?;
                    Some((url.file(MARKDOWN), Ok(text.into_bytes().into())))
                });
                [html].into_iter().chain(markdown)
            })
            .collect();
        let not_found = renderer.not_found().map(|html| html.into_bytes().into());
        let not_found = (HostFile::NotFound.path(), not_found);
        for (path, bytes) in files.into_iter().chain([not_found]) {
            match bytes {
                Ok(bytes) => drop(output.insert(path, bytes)),
                Err(problem) => diagnostics.push(problem),
            }
        }
    }

    fn page(
        &self,
        renderer: &Renderer<'_>,
        url: &UrlPath,
        page: &Page,
    ) -> Result<Arc<[u8]>, Diagnostic> {
        let kept = self.kept.and_then(|kept| kept.page(self.site, url, page));
        if let Some(html) = kept {
            return Ok(html);
        }
        let html = renderer.page(url, page)?;
        if html.len() > PAGE_LIMIT {
            let limit = PAGE_LIMIT / 1024 / 1024;
            let message = format!("the page {url} would be larger than {limit} MiB");
            let hint = if *page == Page::Generated(GeneratedPage::Print) {
                "leave out `print` in `[publish]` of site.toml"
            } else {
                "split it into several pages"
            };
            let problem = Diagnostic::error(Code::TooLarge, message).hint(hint);
            return Err(match self.site.guide_at(url) {
                Some(guide) => problem.at(Location::start_of(&guide.source)),
                None => problem,
            });
        }
        // A slice has no spare capacity, which a string built bit by bit does.
        Ok(html.into_bytes().into())
    }

    fn redirect_pages(
        &self,
        renderer: &Renderer<'_>,
        output: &mut Output,
        diagnostics: &mut Diagnostics,
    ) {
        for Redirect { from, to, fragment } in self.redirects {
            match renderer.redirect(from, to, fragment.as_deref()) {
                Ok(html) => {
                    if output.insert(from.clone(), html.into_bytes()).is_some() {
                        let message = format!("`/{from}` is a file of the theme");
                        diagnostics.push(Diagnostic::error(Code::Redirect, message));
                    }
                }
                Err(problem) => diagnostics.push(problem),
            }
        }
    }

    fn host_files(&self, renderer: &Renderer<'_>, output: &mut Output) {
        let config = &self.site.config;
        let print = Page::Generated(GeneratedPage::Print);
        let pages = self.site.pages().iter();
        let pages = pages.filter(|(_, page)| **page != print).map(|(url, _)| {
            let guide = self.site.guide_at(url);
            let meta = guide.map(|guide| &guide.meta);
            let summary = meta.and_then(|meta| meta.summary.as_ref());
            output::Page {
                url: url.clone(),
                title: renderer.page_title(url).unwrap_or_default().to_owned(),
                summary: summary.map(|prose| prose.document.plain_text().into_owned()),
                reviewed: meta.and_then(|meta| Some(meta.reviewed.as_ref()?.value)),
                markdown: guide.is_some(),
            }
        });
        let hosting = HostFiles {
            target: config.publish.target.as_ref().map(|target| target.value),
            base: &config.base_url,
            title: &config.title,
            description: &config.description,
            pages: &pages.collect::<Vec<_>>(),
            redirects: self.redirects,
            immutable: &IMMUTABLE,
            compress: config.publish.compress,
        };
        for (path, text) in hosting.files() {
            output.insert(path, text.into_bytes());
        }
    }
}

fn name_taken_by_theme(path: &OutPath) -> Diagnostic {
    let file = ContentPath::new(path.as_str()).source_path();
    Diagnostic::error(Code::AddressTaken, "the theme has a file of this name")
        .at(Location::start_of(&Source::new(file, "")))
        .hint("rename the file, or put it into the site's theme instead")
}

/// Adds the manifest, which lists every other file and the headings of pages.
pub(super) fn add_manifest(output: &mut Output, site: &Site, build_id: &str) {
    let manifest = Manifest::of(output, Some(build_id)).with_headings(headings(site));
    output.insert(HostFile::Manifest.path(), manifest.text());
}
