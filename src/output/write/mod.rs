//! Writes a built site to a folder: all of it or nothing, and without losing anything that is not ours.
//!
//! In: the files of the site, and a folder. Out: the site in the folder; or a reason, and the old site as it
//! was. The steps:
//!
//! ```text
//! target  which folder, and may it be that one
//! lock    one build at a time
//! clear   finish what a killed run left behind
//! stage   the new site, in a fresh folder beside the old one
//! switch  both folders are exchanged in one step
//! clear   the old site is removed
//! ```

mod clear;
mod error;
mod folder;
mod lock;
mod stage;
mod switch;
mod target;
mod tree;

use std::ops::AddAssign;
use std::path::{Path, PathBuf};

use self::error::{At as _, PathError, escaped};
use self::folder::Folder;
use self::lock::Lock;
use self::stage::stage;
use self::switch::Fresh;
use self::target::Target;
use self::tree::Tree;
use super::{Manifest, Output, manifest};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Error};
use crate::ids::OutPath;

/// What a write did, in files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// New, or with new bytes.
    pub written: usize,
    /// Unchanged; the same file on disk, dates and all.
    pub kept: usize,
    /// Ours before, but no longer part of the site.
    pub removed: usize,
    /// Files and folders that are not ours.
    pub foreign: usize,
    /// Those of them that are compressed copies of our files, and may be of an older version.
    pub copies: Vec<PathBuf>,
}

impl Written {
    /// Whether the folder contained exactly this site already, so that nothing was changed.
    pub fn nothing_to_do(&self) -> bool {
        self.written == 0 && self.removed == 0
    }

    /// A warning about copies that hosts would send instead of the new pages.
    pub fn warning(&self) -> Option<Diagnostic> {
        let copies = first_of(&self.copies);
        let problem = Diagnostic::warning(
            Code::OutputCompressed,
            format!("the output folder has compressed files that regain did not write: {copies}"),
        );
        (!copies.is_empty()).then(|| {
            problem.hint(
                "many hosts send them instead of the pages beside them, so readers get old text: delete \
                 them, or compress the pages again after every build",
            )
        })
    }
}

impl AddAssign for Written {
    fn add_assign(&mut self, other: Self) {
        self.written += other.written;
        self.kept += other.kept;
        self.removed += other.removed;
        self.foreign += other.foreign;
        self.copies.extend(other.copies);
    }
}

/// Makes `path` contain `output`, in one step as anybody else sees it.
///
/// `protected` are the folders the site is read from. The output can neither be nor contain one of them, nor
/// be inside one; only a folder that contains another protected one, the root of the site, may contain it.
///
/// Errors, each with the old site as it was: [`Error::Usage`] for a path that cannot be the output,
/// [`Error::Site`] for files that are in the way, [`Error::Machine`] for the rest. The one error after the
/// switch says that the new site is in place.
pub fn write(output: &Output, path: &Path, protected: &[PathBuf]) -> Result<Written, Error> {
    let output = with_manifest(output);
    let files = output.iter().map(|(path, bytes)| (path, &**bytes));
    let site = Tree::of(files).map_err(Error::Site)?;
    let target = Target::open(path, protected)?;
    let _lock = Lock::take(&target)?;
    clear::recover(&target)?;
    let old = OldSite::open(&target)?;
    let old_folder = old.as_ref().map(|old| &old.folder);
    let total = output.iter().map(|(_, bytes)| bytes.len()).sum();
    let describe = |error: PathError| error.describe_before_switch(&target.shown, total);

    let mut fresh = Fresh::make(&target, old_folder)?;
    let staged = stage(&fresh.folder, old.as_ref(), &site).map_err(describe)?;
    if !staged.conflicts.is_empty() {
        let conflicts: Diagnostics = staged.conflicts.into_iter().collect();
        return Err(Error::Site(conflicts.sorted()));
    }
    if old.is_some() && staged.done.nothing_to_do() {
        return Ok(staged.done);
    }
    let left = flush(&fresh.folder).and_then(|()| fresh.switch(old_folder));
    let left = left.or_else(|error| match old_folder {
        Some(old) if error.is_about_exchange() && old.is_empty().is_ok_and(|empty| empty) => {
            fill_in_place(old, &site).map(|()| None)
        }
        _ => Err(error),
    });
    if let (Some(left), Some(old)) = (left.map_err(describe)?, old) {
        clear::retire_replaced(&target, old, &left).map_err(|error| match error {
            Error::Machine(reason) => Error::Machine(format!(
                "the new site is in place, but the old one could not be removed: {reason}"
            )),
            other => other,
        })?;
    }
    Ok(staged.done)
}

/// What [`write()`] would do if `path` contains the site that the build `id` made, so that it need not be
/// made again; `None` if it must be. Every file that its manifest lists is read: dates are not trusted.
///
/// Errors: as [`write()`].
pub fn up_to_date(path: &Path, protected: &[PathBuf], id: &str) -> Result<Option<Written>, Error> {
    if !path.is_dir() {
        return Ok(None);
    }
    let target = Target::open(path, protected)?;
    let _lock = Lock::take(&target)?;
    clear::recover(&target)?;
    let Some(OldSite { folder, listed }) = target.folder()?.map(OldSite::leftover) else {
        return Ok(None);
    };
    let tree = Tree::of(listed.iter()).ok();
    let tree = tree.filter(|_| listed.made_from() == Some(id));
    let copies = tree.and_then(|tree| tree.intact(&folder, Path::new("")));
    Ok(copies.map(|copies| Written {
        kept: listed.iter().count(),
        copies,
        ..Written::default()
    }))
}

/// The manifest of the site that `path` contains, if it contains one.
pub fn last_manifest(path: &Path) -> Option<Manifest> {
    let bytes = std::fs::read(path.join(manifest::NAME)).ok()?;
    Manifest::parse(&bytes)
}

/// The output folder, with the manifest of the last build, which lists itself here.
struct OldSite {
    folder: Folder,
    listed: Manifest,
}

impl OldSite {
    /// `None` if there is no output folder. One that is neither empty nor ours is refused.
    fn open(target: &Target) -> Result<Option<Self>, Error> {
        let Some(folder) = target.folder()? else {
            return Ok(None);
        };
        let entries = folder.entries().at(Path::new(""));
        let entries = entries.map_err(|error| error.describe(&target.shown))?;
        let bytes = read_manifest(&folder);
        let listed = match bytes
            .as_deref()
            .map(|bytes| (bytes, Manifest::parse(bytes)))
        {
            Some((bytes, Some(listed))) => listed.with_itself(bytes),
            None if entries.is_empty() => Manifest::default(),
            Some((bytes, None)) if manifest::is_marked(bytes) => {
                return Err(refuse(damaged_manifest(&target.shown)));
            }
            _ => {
                let names = entries.into_iter().map(|entry| entry.name.into());
                return Err(refuse(not_ours(&target.shown, &names.collect::<Vec<_>>())));
            }
        };
        Ok(Some(Self { folder, listed }))
    }

    /// An old site of which anything may be missing.
    fn leftover(folder: Folder) -> Self {
        let bytes = read_manifest(&folder).unwrap_or_default();
        let listed = Manifest::parse(&bytes).map(|listed| listed.with_itself(&bytes));
        Self {
            folder,
            listed: listed.unwrap_or_default(),
        }
    }
}

fn read_manifest(folder: &Folder) -> Option<Vec<u8>> {
    folder.read(manifest::NAME.as_ref(), |_| true).ok()?
}

/// The site with its manifest, without which the next build would not know the folder as ours.
fn with_manifest(output: &Output) -> Output {
    let mut output = output.clone();
    if output.get(manifest::NAME).is_none()
        && let Some(path) = OutPath::new(manifest::NAME)
    {
        let manifest = manifest::manifest(&output, None);
        output.insert(path, manifest);
    }
    output
}

/// Waits until the new site is on the disk.
fn flush(new: &Folder) -> Result<(), PathError> {
    new.flush_all().at(Path::new("")).map_err(|error| {
        error.hint(
            "this file system cannot confirm that files are on the disk: build into a folder on another \
             one with `--output`, then copy it",
        )
    })
}

/// Writes the site to an empty folder that cannot be exchanged for another, such as a mount point.
fn fill_in_place(folder: &Folder, site: &Tree<'_>) -> Result<(), PathError> {
    let top = Path::new("");
    let mode = folder.mode().at(top)?;
    stage(folder, None, site)?;
    flush(folder)?;
    folder.set_mode(mode).at(top)
}

fn refuse(problem: Diagnostic) -> Error {
    Error::Site([problem].into_iter().collect())
}

fn damaged_manifest(shown: &str) -> Diagnostic {
    let name = manifest::NAME;
    Diagnostic::error(
        Code::OutputNotOurs,
        format!("`{name}` in the output folder `{shown}` is damaged, or from a newer regain"),
    )
    .hint(format!(
        "without it, regain does not know which files it wrote: restore `{name}`, or move the folder away \
         and build again"
    ))
}

fn not_ours(shown: &str, names: &[PathBuf]) -> Diagnostic {
    Diagnostic::error(
        Code::OutputNotOurs,
        format!(
            "the output folder `{shown}` contains files that regain did not write: {}",
            first_of(names)
        ),
    )
    .hint("name an empty or a new folder with `--output`")
    .hint(
        "to keep these files beside the site, build into an empty folder and then move them into it: \
         every later build keeps them",
    )
}

/// The first paths, and how many more there are.
fn first_of(paths: &[PathBuf]) -> String {
    const SHOWN: usize = 4;
    let first = paths.iter().take(SHOWN);
    let mut shown: Vec<_> = first.map(|path| format!("`{}`", escaped(path))).collect();
    if paths.len() > SHOWN {
        shown.push(format!("{} more", paths.len() - SHOWN));
    }
    shown.join(", ")
}
