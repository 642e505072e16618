//! Everything there is to say about a site: what a build says, with the drafts and without, and
//! what only an author asks.
//!
//! In: a folder and options. Out: diagnostics and figures. It gives no output.

use super::{BuildOptions, Built, Drafts, Memory, searchable};
use crate::check::{self, Reading, markup, page_policy};
use crate::diagnostic::{Diagnostics, Error};
use crate::load::{self, Choices};

/// What is wrong with the drafts, and with the site that readers get, which is without them.
///
/// Errors: as those of a build.
pub fn review(mut options: BuildOptions, memory: &mut Memory) -> Result<Diagnostics, Error> {
    options.drafts = Drafts::Shown;
    let with_drafts = build_and_ask(&options, memory)?;
    let mut problems = with_drafts.diagnostics;
    if let Some(output) = &with_drafts.output {
        let pages: Vec<_> = output.pages().collect();
        problems.extend(markup(&pages));
        problems.extend(page_policy(&pages));
    }
    if with_drafts.shows_drafts {
        options.drafts = Drafts::Hidden;
        problems.extend(build_and_ask(&options, memory)?.diagnostics);
    }
    Ok(problems.sorted())
}

/// A build, and the answers to the questions of `expect.toml`: what readers find is no reason not to
/// build, and a preview has no time for hundreds of questions, so only a review asks them.
fn build_and_ask(options: &BuildOptions, memory: &mut Memory) -> Result<Built, Error> {
    let checked = super::check(options, memory)?;
    let loaded = checked.loaded.as_ref();
    let index = loaded.and_then(searchable::index);
    let answers = loaded
        .map(|loaded| searchable::ask(&loaded.site, index.as_ref(), options.drafts))
        .unwrap_or_default();
    let mut built = checked.make_with(index);
    built.diagnostics.extend(answers);
    Ok(built)
}

/// How easily each page reads, the hardest first; nothing where the site cannot be loaded.
///
/// Errors: as those of a build.
pub fn reading(options: &BuildOptions, memory: &mut Memory) -> Result<Vec<Reading>, Error> {
    let choices = Choices {
        base_url: options.base_url.as_ref(),
        drafts: options.drafts,
    };
    let mut unheard = Diagnostics::default();
    let loaded = load::load(&options.root, choices, &mut memory.load, &mut unheard)?;
    Ok(loaded.map_or_else(Vec::new, |loaded| check::reading(&loaded.site)))
}
