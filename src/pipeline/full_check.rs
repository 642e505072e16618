//! Everything `regain check` reports about a site.
//!
//! In: a folder and options. Out: the problems of the site with its drafts and of the site as published,
//! how easily it reads, and its triage. All of it comes from one load, so it describes the files at one
//! moment.

use std::sync::Arc;

use super::{BuildOptions, Built, Checked, Drafts, Sources, search_index};
use crate::check::{self, OutsideLinks, Reading};
use crate::diagnostic::{Diagnostics, Error, Severity};
use crate::load::{GuideCache, Loaded};
use crate::markdown::Passages;
use crate::output::Manifest;
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
    let levels = loaded.parts.config.rules.clone();
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
    let built = with_drafts.build(last);
    let mut diagnostics = built.diagnostics;
    diagnostics.extend(outside);
    if let Some(output) = &built.output {
        let pages: Vec<_> = output.pages().collect();
        let mut of_theme = check::built_pages(&pages);
        of_theme.set_levels(|problem| levels.get(&problem.code));
        diagnostics.extend(of_theme);
    }
    if let Some(loaded) = published {
        let view = View::new(loaded, &view(Drafts::Hidden), sources.diagnostics);
        diagnostics.extend(
            view.build(last_published)
                .diagnostics
                .without(Severity::Info),
        );
    }
    Ok(FullCheck {
        diagnostics: diagnostics.sorted(),
        readings,
        triage,
    })
}

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

    /// Builds the site and asks the questions of `expect.toml`. Only `check` asks them: what readers find
    /// should not stop a build, and a preview has no time for hundreds of questions.
    fn build(self, last: Option<Manifest>) -> Built {
        let loaded = self.checked.loaded.as_ref();
        let index = loaded.and_then(search_index::index).map(Arc::new);
        let answers = loaded.map(|loaded| search_index::ask(loaded, index.as_ref(), self.drafts));
        let mut answers = answers.unwrap_or_default();
        if let Some(loaded) = loaded {
            check::set_levels(&loaded.site, &mut answers);
        }
        let checked = self.checked.compared_with(last);
        let mut built = checked.render_with(index.map(Arc::unwrap_or_clone));
        built.diagnostics.extend(answers);
        built
    }
}
