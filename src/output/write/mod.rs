//! The built site into a folder, all of it or nothing, and nothing lost that is not ours.
//!
//! In: the site in memory and the folder it goes to. Out: files, or a reason and the old site as it
//! was. It knows nothing of pages: a file is a path and bytes.
//!
//! ```text
//! place    which folder, and may the site go there
//! lock     one build at a time, held by the system
//! clear    finish what a killed run left behind
//! standing is it all there already, made from the same sources → nothing to make
//! survey   what stands there: ours unchanged, ours, strangers' → a plan, or a refusal
//! stage    the plan into a fresh folder beside the old one
//! switch   the two folders change names in one step
//! clear    the old folder goes, file by file that its manifest lists
//! ```

mod clear;
mod fault;
mod folder;
mod lock;
mod place;
mod plan;
mod stage;
mod standing;
mod survey;
mod switch;
mod tree;

use std::path::{Path, PathBuf};

use self::clear::recover;
use self::fault::At;
use self::folder::{Below, Folder};
use self::lock::Lock;
use self::place::Place;
use self::plan::Survey;
use self::survey::survey;
use self::tree::Tree;
use super::{Manifest, Output, manifest};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Error};
use crate::ids::OutPath;

/// What a write did, in files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// New, or with new bytes.
    pub written: usize,
    /// With the bytes they had; the same file on disk, dates and all.
    pub kept: usize,
    /// Ours before, no longer part of the site.
    pub removed: usize,
    /// Strangers' files and folders, carried over.
    pub foreign: usize,
}

impl Written {
    /// Whether the folder held exactly this site already, and nothing was touched.
    pub fn nothing_to_do(&self) -> bool {
        self.written == 0 && self.removed == 0
    }
}

/// Makes `target` hold `output`, in one step as anybody else sees it.
///
/// `protected` names the folders the site is read from. The target may neither be nor hold one of
/// them, nor lie in one; a folder that holds another protected one is the site's root, and the
/// target may lie in that.
///
/// Errors, each with the old site as it was: [`Error::Usage`] for a target that cannot be,
/// [`Error::Site`] for what stands in the way there, [`Error::Machine`] for the rest. The one
/// error after the switch says that the new site is in place.
///
/// What the author should know of the folder, though it was written, goes to `warnings`.
pub fn write(
    output: &Output,
    target: &Path,
    protected: &[PathBuf],
    warnings: &mut Diagnostics,
) -> Result<Written, Error> {
    let place = Place::find(target, protected)?;
    let sealed = sealed(output);
    let files = sealed.iter().map(|(path, bytes)| (path, &**bytes));
    let wanted = Tree::of(files).map_err(Error::Site)?;

    let place = place.open()?;
    let _lock = Lock::take(&place)?;
    recover(&place)?;
    let old = OldSite::open(&place)?;
    let survey = survey(old.as_ref(), &wanted)
        .map_err(|fault| fault.failure_before_switch(&place.shown, 0))?;
    if !survey.problems.is_empty() {
        let mut problems = Diagnostics::default();
        problems.extend(survey.problems);
        return Err(Error::Site(problems.sorted()));
    }
    warnings.extend(compressed(&survey.plan.compressed(&Below::default())));
    let done = survey.tally.done;
    if done.nothing_to_do() && old.is_some() {
        return Ok(done);
    }
    publish(&place, old.as_ref(), &survey)?;
    Ok(done)
}

/// What [`write()`] would find to do, if `target` holds a site that was made from the same sources:
/// nothing, and so it need not be made at all. `None` where it must be.
///
/// `made_from` is what [`manifest::manifest`] was given then. Every file the manifest lists is read:
/// only one that has its bytes still stands.
///
/// Errors: as [`write()`].
pub fn standing(
    target: &Path,
    protected: &[PathBuf],
    made_from: &str,
) -> Result<Option<Written>, Error> {
    if !target.is_dir() {
        return Ok(None);
    }
    let place = Place::find(target, protected)?.open()?;
    let _lock = Lock::take(&place)?;
    recover(&place)?;
    let Some(folder) = place.target()? else {
        return Ok(None);
    };
    let listed = manifest_of(&folder).filter(|listed| listed.made_from() == Some(made_from));
    let standing = listed.filter(|listed| standing::is_whole(&folder, listed));
    Ok(standing.map(|listed| Written {
        // The manifest does not list itself.
        kept: listed.iter().count() + 1,
        ..Written::default()
    }))
}

/// The manifest of the site that `target` holds, if it holds one.
pub fn last_manifest(target: &Path) -> Option<Manifest> {
    let bytes = std::fs::read(target.join(manifest::NAME)).ok()?;
    Manifest::parse(&bytes)
}

/// The folder as the last build left it, with what strangers did since.
struct OldSite {
    folder: Folder,
    listed: Manifest,
}

impl OldSite {
    /// `None` where there is nothing yet; a folder that is neither empty nor ours is refused.
    fn open(place: &Place<Folder>) -> Result<Option<Self>, Error> {
        let Some(folder) = place.target()? else {
            return Ok(None);
        };
        let names = folder
            .entries()
            .at(&Below::default())
            .map_err(|fault| fault.failure(&place.shown))?;
        let listed = if names.is_empty() {
            Some(Manifest::default())
        } else {
            manifest_of(&folder)
        };
        match listed {
            Some(listed) => Ok(Some(Self { folder, listed })),
            None if is_damaged(&folder) => Err(refuse_damaged(&place.shown)),
            None => Err(refuse_strange_folder(&place.shown, &names)),
        }
    }

    fn is_empty(&self) -> bool {
        self.folder.entries().is_ok_and(|names| names.is_empty())
    }
}

/// The manifest that stands in a folder, where it is one of ours.
fn manifest_of(folder: &Folder) -> Option<Manifest> {
    let bytes = folder.read(manifest::NAME.as_ref(), |_| true).ok()??;
    Manifest::parse(&bytes)
}

/// Whether a manifest stands in the folder that was once ours and can no longer be read.
fn is_damaged(folder: &Folder) -> bool {
    let bytes = folder
        .read(manifest::NAME.as_ref(), |_| true)
        .ok()
        .flatten();
    bytes.is_some_and(|bytes| manifest::bears_our_mark(&bytes))
}

fn refuse_damaged(shown: &str) -> Error {
    let name = manifest::NAME;
    let problem = Diagnostic::error(
        Code::OutputNotOurs,
        format!("`{name}` in the output folder `{shown}` is damaged, or a newer regain's"),
    )
    .hint(format!(
        "without it nobody can say which files regain wrote: put `{name}` back as it was, or move the \
         folder away and build again"
    ));
    let mut problems = Diagnostics::default();
    problems.push(problem);
    Error::Site(problems)
}

/// The first names, which are enough to recognise a folder by, and how many more there are.
fn some_of(paths: &[Below]) -> String {
    const NAMED: usize = 4;
    let mut found: Vec<_> = paths
        .iter()
        .take(NAMED)
        .map(|path| format!("`{path}`"))
        .collect();
    if paths.len() > NAMED {
        found.push(format!("{} more", paths.len() - NAMED));
    }
    found.join(", ")
}

/// What hosts would send instead of the new pages.
fn compressed(found: &[Below]) -> Option<Diagnostic> {
    let problem = Diagnostic::warning(
        Code::OutputCompressed,
        format!(
            "the output folder has compressed files that regain did not write: {}",
            some_of(found)
        ),
    );
    (!found.is_empty()).then(|| {
        problem.hint(
            "many hosts send them instead of the pages beside them, so readers get old text: delete them, \
             or compress the pages again after every build",
        )
    })
}

fn refuse_strange_folder(shown: &str, names: &[folder::Entry]) -> Error {
    let top = Below::default();
    let names: Vec<_> = names.iter().map(|entry| top.join(&entry.name)).collect();
    let problem = Diagnostic::error(
        Code::OutputNotOurs,
        format!(
            "the output folder `{shown}` holds files that regain did not write: {}",
            some_of(&names)
        ),
    )
    .hint("name an empty or a new folder with `--output`")
    .hint(
        "to keep these files beside the site, build into an empty folder and move them into it \
         afterwards: from then on every build carries them over",
    );
    let mut problems = Diagnostics::default();
    problems.push(problem);
    Error::Site(problems)
}

/// The site with its manifest, without which the next build would not know the folder as ours.
fn sealed(output: &Output) -> Output {
    let mut sealed = output.clone();
    if sealed.get(manifest::NAME).is_none()
        && let Some(path) = OutPath::new(manifest::NAME)
    {
        sealed.insert(path, manifest::manifest(output, None));
    }
    sealed
}

/// Stages, switches and clears up.
fn publish(place: &Place<Folder>, old: Option<&OldSite>, survey: &Survey<'_>) -> Result<(), Error> {
    let old_folder = old.map(|site| &site.folder);
    let fresh = switch::fresh(place, old_folder)?;
    let staged = stage::stage(&fresh.folder, old_folder, &survey.plan)
        .and_then(|()| switch::switch(place, &fresh, old_folder));
    let left = staged.or_else(|fault| {
        // What cannot be cleared away now, the next run clears; the fault is what matters.
        let _ = clear::discard(place, &fresh.folder, &fresh.name);
        match old {
            Some(old) if fault.is_about_exchange() && old.is_empty() => {
                stage::fill_in_place(&old.folder, &survey.plan).map(|()| None)
            }
            _ => Err(fault),
        }
        .map_err(|fault| fault.failure_before_switch(&place.shown, survey.tally.bytes))
    })?;
    let cleared = match (old, left) {
        (Some(site), Some(left)) => clear::retire(place, site, (&left, &fresh.folder)),
        _ => Ok(()),
    };
    cleared.map_err(|failure| match failure {
        Error::Machine(reason) => Error::Machine(format!(
            "the new site is in place, but the old one could not be cleared away: {reason}"
        )),
        other => other,
    })
}
