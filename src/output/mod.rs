//! The built site, and what writes it to disk.
//!
//! In: files by path, from the pipeline. Out: the same on disk (`write`), with the files for static hosts. It renders
//! no page.
//!
//! The pages of a large site take more memory than everything they are made from, so [`Files`] makes each one when it is
//! asked for: `build` has only those in memory that it is writing. [`Output`] contains all of them at once, for the
//! preview.

pub mod compress;
pub mod headers;
mod host_files;
pub mod manifest;
pub mod verify;
pub mod write;
pub mod zip;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::ids::OutPath;

pub use host_files::{Redirect, host_files, next_step};
pub use manifest::{FileDigest, Manifest};
pub use write::Written;

/// The files of a site, made when they are asked for.
pub trait Files: Sync {
    /// The paths of all files but the manifest, sorted.
    fn paths(&self) -> Vec<&OutPath>;

    /// The bytes of a file; `None` if the site does not need it, such as a compressed copy that is not smaller.
    fn bytes(&self, path: &OutPath) -> Result<Option<Arc<[u8]>>, Diagnostic>;

    /// The bytes of the manifest, which lists all other files.
    fn manifest(&self, files: BTreeMap<OutPath, FileDigest>) -> Vec<u8>;
}

/// Every file of a site in memory but the manifest, by path.
pub type Output = BTreeMap<OutPath, Arc<[u8]>>;

/// Makes every file except the manifest and returns the result of `look` for each, or a diagnostic for each file that
/// cannot be made.
pub fn make_each<T: Send>(
    files: &impl Files,
    look: impl Fn(&OutPath, Arc<[u8]>) -> T + Sync,
) -> Result<Vec<T>, Diagnostics> {
    let one = |path: &OutPath| Ok(files.bytes(path)?.map(|bytes| look(path, bytes)));
    let made = files.paths().into_par_iter().map(one);
    let (mut looked, mut problems) = (Vec::new(), Diagnostics::default());
    for file in made.collect::<Vec<Result<Option<T>, _>>>() {
        match file {
            Ok(file) => looked.extend(file),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        Ok(looked)
    } else {
        Err(problems)
    }
}
