//! Everything `regain check` reports about a site.
//!
//! In: a folder and options. Out: the problems of the site with its drafts and of the site as published,
//! how easily it reads, and its triage. All of it comes from one load, so it describes the files at one
//! moment.

use std::sync::Arc;

use rayon::prelude::*;

use super::{BuildOptions, Checked, Drafts, Sources, search_index};
use crate::check::{self, OutsideLinks, Reading};
use crate::diagnostic::{Diagnostic, Diagnostics, Error, Severity};
use crate::ids::OutPath;
use crate::load::{GuideCache, Loaded};
use crate::markdown::Passages;
use crate::output::{Files, Manifest};
use crate::recovery::Triage;

/// What there is to say about a site.
#[derive(Debug, Default)]
pub struct FullCheck {
    /// Every problem, sorted.
    pub diagnostics: Diagnostics,
    /// How easily each page reads, hardest first. Empty if the site cannot be loaded.
    pub readings: Vec<Reading>,
    /// The triage, as far as it can be read.
    pub triage: Option<Triage>,
}

/// Looks up outside links, and reports those that do not work.
pub type LookUp<'a> = &'a mut dyn FnMut(&OutsideLinks) -> Result<Diagnostics, Error>;

/// Checks a site with its drafts, and without them if there are any. `options.drafts` is ignored. `last` is the
/// manifest of the last build, whose addresses the site should still have.
///
/// Errors: as [`Sources::read`], and those of `look_up`.
pub fn full_check(
    options: &BuildOptions,
    last: Option<Manifest>,
    look_up: Option<LookUp<'_>>,
) -> Result<FullCheck, Error> {
    let mut sources = Sources::read(options)?;
    let Some(loaded) = sources.parse(Passages::Collected, &mut GuideCache::default()) else {
        return Ok(FullCheck {
            diagnostics: sources.diagnostics.sorted(),
            ..FullCheck::default()
        });
    };
    let triage = loaded.parts.triage.clone();
    let has_drafts = loaded.parts.guides.iter().any(|guide| guide.meta.draft);
    let published = has_drafts.then(|| loaded.clone());

    let view = |drafts| BuildOptions {
        drafts,
        ..options.clone()
    };
    let (last, last_published) = if has_drafts {
        (None, last)
    } else {
        (last, None)
    };
    let with_drafts = View::new(loaded, &view(Drafts::Shown), sources.diagnostics.clone());
    let readings = with_drafts.readings();
    let outside = match look_up {
        Some(look_up) => with_drafts.outside(look_up)?,
        None => Diagnostics::default(),
    };
    let mut diagnostics = with_drafts.build(last, check::built_page);
    diagnostics.extend(outside);
    if let Some(loaded) = published {
        let view = View::new(loaded, &view(Drafts::Hidden), sources.diagnostics);
        let published = view.build(last_published, |_, _| Vec::new());
        diagnostics.extend(published.without(Severity::Info));
    }
    Ok(FullCheck {
        diagnostics: diagnostics.sorted(),
        readings,
        triage,
    })
}

/// Says what is wrong with a page, going by its path and HTML.
type Look = fn(&str, &str) -> Vec<Diagnostic>;

/// The site with its drafts, or as it is published.
struct View {
    drafts: Drafts,
    checked: Checked,
}

impl View {
    fn new(loaded: Loaded, options: &BuildOptions, diagnostics: Diagnostics) -> Self {
        Self {
            checked: Checked::new(Some(loaded), options, diagnostics),
            drafts: options.drafts,
        }
    }

    fn readings(&self) -> Vec<Reading> {
        let loaded = self.checked.loaded.iter();
        loaded
            .flat_map(|loaded| check::reading(&loaded.site))
            .collect()
    }

    fn outside(&self, look_up: LookUp<'_>) -> Result<Diagnostics, Error> {
        let Some(loaded) = &self.checked.loaded else {
            return Ok(Diagnostics::default());
        };
        let mut found = look_up(&check::outside_links(&loaded.site))?;
        check::set_levels(&loaded.site, &mut found);
        Ok(found)
    }

    /// Makes every file, looks at the pages, and asks the questions of `expect.toml`. Only `check` asks them: what
    /// readers find should not stop a build, and a preview has no time for hundreds of questions.
    fn build(self, last: Option<Manifest>, look: Look) -> Diagnostics {
        let loaded = self.checked.loaded.as_ref();
        let index = loaded.and_then(search_index::index).map(Arc::new);
        let answers = loaded.map(|loaded| search_index::ask(loaded, index.as_ref(), self.drafts));
        let checked = self.checked.compared_with(last);
        let (rendering, mut diagnostics) = checked.render_with(index.map(Arc::unwrap_or_clone));
        let mut found = answers.unwrap_or_default();
        if let Some(rendering) = rendering {
            found.extend(look_at_pages(&rendering, look));
        }
        checked.set_levels(&mut found);
        diagnostics.extend(found);
        diagnostics
    }
}

/// Makes every file, and gives the problems of the pages; if files cannot be made, reports only those.
fn look_at_pages(files: &impl Files, look: Look) -> Diagnostics {
    let look = |path: &OutPath| -> Result<Vec<Diagnostic>, Diagnostic> {
        let bytes = files.bytes(path)?.unwrap_or_default();
        let is_page = matches!(path.as_str().rsplit_once('.'), Some((_, "html")));
        let html = std::str::from_utf8(&bytes).ok().filter(|_| is_page);
        Ok(html.map_or_else(Vec::new, |html| look(path.as_str(), html)))
    };
    let (mut found, mut problems) = (Diagnostics::default(), Diagnostics::default());
    let pages = files.paths().into_par_iter().map(look);
    for page in pages.collect::<Vec<_>>() {
        match page {
            Ok(page) => found.extend(page),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { found } else { problems }
}
