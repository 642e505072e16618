//! Writes a built site to a folder: all of it or nothing, and without losing anything that is not ours.
//!
//! In: the files of the site, and a folder. Out: the site in the folder; or a reason, and the old site as it
//! was. The steps:
//!
//! ```text
//! output_folder  where it is, and that it does not overlap the sources
//! lock           one build at a time
//! clear          finish what a killed run left behind
//! old_site       whether what is in the folder is ours
//! new_site       the new site, in a fresh folder beside the old one
//! switch         both folders are exchanged in one step
//! clear          the old site is removed
//! ```

mod clear;
mod error;
mod file_tree;
mod folder;
mod lock;
mod new_site;
mod old_site;
mod output_folder;
mod switch;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use self::error::{At as _, PathError, escaped};
use self::file_tree::FileTree;
use self::folder::Folder;
use self::lock::Lock;
use self::new_site::stage;
use self::old_site::{OldSite, listed_in};
use self::output_folder::OutputFolder;
use self::switch::Fresh;
use super::{Files, Manifest, manifest};
use crate::diagnostic::{Code, Diagnostic, Error};
use crate::ids::OutPath;

/// How many files a write changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// New, or with new bytes.
    pub written: usize,
    /// Unchanged; the same file on disk, dates and all.
    pub kept: usize,
    /// Ours before, but no longer part of the site.
    pub removed: usize,
    /// Files and folders that are not ours: the manifest does not list them.
    pub unlisted: usize,
    /// Compressed copies of our files among them, which may be of an older version.
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

/// Replaces what `path` contains with these files. To everybody else, that happens in one step. Each file is made when it is
/// written.
///
/// `protected` are the folders that the site is read from. The output must not be one of them, contain one, or be inside one.
/// The exception is the root of the site, the folder that contains the others: the output may be inside it.
///
/// Errors, each with the old site as it was: [`Error::Usage`] for a path that cannot be the output,
/// [`Error::Site`] for files that are in the way or cannot be made, [`Error::Machine`] for the rest. The only error
/// that can occur after the switch says that the new site is in place.
pub fn write(files: &dyn Files, path: &Path, protected: &[PathBuf]) -> Result<Written, Error> {
    let paths = files.paths().into_iter().map(|path| (path, path));
    let site = FileTree::of(paths).map_err(Error::Site)?;
    let output = OutputFolder::open(path, protected)?;
    let _lock = Lock::take(&output)?;
    clear::recover(&output)?;
    let old = OldSite::open(&output)?;
    let old_folder = old.as_ref().map(|old| &old.folder);
    let describe = |error: PathError| {
        let room = error.is_about_room().then(|| size(files));
        error.describe_before_switch(&output.shown, room)
    };

    let mut fresh = Fresh::make(&output, old_folder)?;
    let staged = stage(&fresh.folder, old.as_ref(), files, &site).map_err(describe)?;
    if !staged.problems.is_empty() {
        return Err(Error::Site(staged.problems.sorted()));
    }
    if old.is_some() && staged.done.nothing_to_do() {
        return Ok(staged.done);
    }
    let finished = fresh.folder.finish(old_folder).at(Path::new(""));
    let left = finished
        .and_then(|()| flush(&fresh.folder))
        .and_then(|()| fresh.switch(old_folder));
    let left = left.or_else(|error| match old_folder {
        Some(old) if error.is_about_exchange() && old.is_empty().is_ok_and(|empty| empty) => {
            fill_in_place(old, files, &site).map(|()| None)
        }
        _ => Err(error),
    });
    if let (Some(left), Some(old)) = (left.map_err(describe)?, old) {
        clear::retire(&output, &left, &old.listed).map_err(|error| match error {
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
    let output = OutputFolder::open(path, protected)?;
    let _lock = Lock::take(&output)?;
    clear::recover(&output)?;
    let Some(folder) = output.folder()? else {
        return Ok(None);
    };
    let listed = listed_in(&folder);
    let tree = FileTree::of(listed.iter()).ok();
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

/// The bytes of all files, which are made once more to count them.
fn size(files: &dyn Files) -> u64 {
    let mut entries = BTreeMap::new();
    for path in files.paths() {
        if let Ok(Some(bytes)) = files.bytes(path) {
            entries.insert(path.clone(), manifest::FileDigest::of(&bytes));
        }
    }
    let size: u64 = entries.values().map(|entry| entry.size).sum();
    size + files.manifest(entries).len() as u64
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
fn fill_in_place(
    folder: &Folder,
    files: &dyn Files,
    site: &FileTree<'_, &OutPath>,
) -> Result<(), PathError> {
    stage(folder, None, files, site)?;
    flush(folder)
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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex, Weak};

    use super::*;
    use crate::ids::OutPath;
    use crate::output::FileDigest;

    /// Pages that notice how many of them exist at once.
    struct Pages {
        paths: Vec<OutPath>,
        made: Mutex<Vec<Weak<[u8]>>>,
        most: AtomicUsize,
    }

    impl Files for Pages {
        fn paths(&self) -> Vec<&OutPath> {
            self.paths.iter().collect()
        }

        fn bytes(&self, path: &OutPath) -> Result<Option<Arc<[u8]>>, Diagnostic> {
            if matches!(path.as_str().rsplit_once('.'), Some((_, "gz"))) {
                return Ok(None);
            }
            let bytes: Arc<[u8]> = path.as_str().as_bytes().into();
            let mut made = self.made.lock().expect("no panic");
            made.push(Arc::downgrade(&bytes));
            let alive = made.iter().filter(|page| page.strong_count() > 0).count();
            self.most.fetch_max(alive, Ordering::Relaxed);
            Ok(Some(bytes))
        }

        fn manifest(&self, files: BTreeMap<OutPath, FileDigest>) -> Vec<u8> {
            Manifest::new(files, None).text()
        }
    }

    #[test]
    fn each_file_is_made_once_and_dropped_when_it_is_written() {
        let space = tempfile::tempdir().expect("a temporary folder");
        let paths = (100..200).flat_map(|page| {
            ["", ".gz"].map(|end| OutPath::new(format!("{page}/index.html{end}")).expect("a path"))
        });
        let pages = Pages {
            paths: paths.collect(),
            made: Mutex::default(),
            most: AtomicUsize::new(0),
        };
        let output = space.path().join("public");
        let done = write(&pages, &output, &[]).expect("written");
        assert_eq!(done.written, 101);
        assert_eq!(pages.made.lock().expect("no panic").len(), 100);
        assert!(pages.most.into_inner() <= rayon::current_num_threads());
        let listed = last_manifest(&output).expect("a manifest");
        assert!(listed.get("150/index.html").is_some());
        assert!(listed.get("150/index.html.gz").is_none());
    }
}
