//! Everything `regain check` reports about a site.
//!
//! In: a folder and options. Out: the problems of the site with its drafts and of the site as published,
//! how easily it reads, and its triage. All of it comes from one load, so it describes the files at one
//! moment.

use std::sync::Arc;

use super::{BuildOptions, Checked, Drafts, Sources, search_index};
use crate::check::{self, OutsideLinks, Reading};
use crate::diagnostic::{Diagnostic, Diagnostics, Error, Severity};
use crate::load::{GuideCache, Loaded};
use crate::markdown::Passages;
use crate::output::{Files, Manifest, make_each};
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
    let sources = Sources::read(options)?;
    let (loaded, problems) = sources.parse(Passages::Collected, &mut GuideCache::default());
    let Some(loaded) = loaded else {
        return Ok(FullCheck {
            diagnostics: problems.sorted(),
            ..FullCheck::default()
        });
    };
    let triage = loaded.parts.triage.clone();
    let has_drafts = loaded.parts.guides.iter().any(|guide| guide.meta.draft);
    let published = has_drafts.then(|| loaded.clone());

    let check = |loaded: Loaded, drafts, last| {
        let options = BuildOptions {
            drafts,
            ..options.clone()
        };
        Checked::new(Some(loaded), &options, problems.clone()).compared_with(last)
    };
    let (last, last_published) = if has_drafts {
        (None, last)
    } else {
        (last, None)
    };
    let with_drafts = check(loaded, Drafts::Shown, last);
    let site = with_drafts.loaded.as_ref().map(|loaded| &loaded.site);
    let readings = site.map_or_else(Vec::new, check::reading);
    let mut outside = match (look_up, site) {
        (Some(look_up), Some(site)) => look_up(&check::outside_links(site))?,
        _ => Diagnostics::default(),
    };
    with_drafts.set_levels(&mut outside);
    let mut diagnostics = build(&with_drafts, Drafts::Shown, check::built_page);
    diagnostics.extend(outside);
    if let Some(loaded) = published {
        let published = check(loaded, Drafts::Hidden, last_published);
        let published = build(&published, Drafts::Hidden, |_, _| Vec::new());
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

/// Makes every file, looks at the pages, and asks the questions of `expect.toml`. Only `check` asks them: what
/// readers find should not stop a build, and a preview has no time for hundreds of questions.
fn build(checked: &Checked, drafts: Drafts, look: Look) -> Diagnostics {
    let loaded = checked.loaded.as_ref();
    let index = loaded.and_then(search_index::index).map(Arc::new);
    let answers = loaded.map(|loaded| search_index::ask(loaded, index.as_ref(), drafts));
    let (rendering, mut diagnostics) = checked.render_with(|| index.map(Arc::unwrap_or_clone));
    let mut found = answers.unwrap_or_default();
    if let Some(rendering) = rendering {
        found.extend(look_at_pages(&rendering, look));
    }
    checked.set_levels(&mut found);
    diagnostics.extend(found);
    diagnostics
}

/// Makes every file, and returns the problems of the pages, or of the files that cannot be made.
fn look_at_pages(files: &impl Files, look: Look) -> Diagnostics {
    let found = make_each(files, |path, bytes| {
        let path = path.as_str();
        let html = std::str::from_utf8(&bytes).ok();
        let html = html.filter(|_| matches!(path.rsplit_once('.'), Some((_, "html"))));
        html.map_or_else(Vec::new, |html| look(path, html))
    });
    match found {
        Ok(found) => found.into_iter().flatten().collect(),
        Err(problems) => problems,
    }
}
