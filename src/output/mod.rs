//! The built site, and what writes it to disk.
//!
//! In: files by path, from the pipeline. Out: the same on disk (`write`), with the files for static hosts. It renders
//! no page.
//!
//! The pages of a large site take more memory than everything they are made from, so [`Files`] makes each one when it is
//! asked for: `build` has only those in memory that it is writing. [`Output`] contains all of them at once, for the
//! preview and for tests.

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
pub use manifest::{Entry, Manifest};
pub use write::Written;

/// The files of a site, made when they are asked for.
pub trait Files: Sync {
    /// The paths of all files but the manifest, sorted.
    fn paths(&self) -> Vec<&OutPath>;

    /// The bytes of a file; `None` if the site can do without it.
    fn bytes(&self, path: &OutPath) -> Result<Option<Arc<[u8]>>, Diagnostic>;

    /// The bytes of the manifest, which lists all other files.
    fn manifest(&self, files: BTreeMap<OutPath, Entry>) -> Vec<u8>;
}

/// Every file of a site in memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    files: BTreeMap<OutPath, Arc<[u8]>>,
}

impl Output {
    /// Makes every file but the manifest, or says which cannot be made.
    pub fn of(files: &impl Files) -> Result<Self, Diagnostics> {
        let made = files.paths().into_par_iter().map(|path| {
            let bytes = files.bytes(path)?;
            Ok(bytes.map(|bytes| (path.clone(), bytes)))
        });
        let mut output = Self::default();
        let mut problems = Diagnostics::default();
        for file in made.collect::<Vec<Result<_, _>>>() {
            match file {
                Ok(file) => output.files.extend(file),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() {
            Ok(output)
        } else {
            Err(problems)
        }
    }

    /// Adds a file. Gives the file that had the same path, since two files for one path are a mistake.
    pub fn insert(&mut self, path: OutPath, bytes: impl Into<Arc<[u8]>>) -> Option<Arc<[u8]>> {
        self.files.insert(path, bytes.into())
    }

    /// The bytes at a path such as `a/b/index.html`.
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }

    /// All files in path order.
    pub fn iter(&self) -> impl Iterator<Item = (&OutPath, &Arc<[u8]>)> {
        self.files.iter()
    }

    /// How many files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether nothing was built.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

impl Files for Output {
    fn paths(&self) -> Vec<&OutPath> {
        let paths = self.files.keys();
        paths
            .filter(|path| path.as_str() != manifest::NAME)
            .collect()
    }

    fn bytes(&self, path: &OutPath) -> Result<Option<Arc<[u8]>>, Diagnostic> {
        Ok(self.files.get(path).map(Arc::clone))
    }

    fn manifest(&self, files: BTreeMap<OutPath, Entry>) -> Vec<u8> {
        let own = self.get(manifest::NAME).map(|bytes| bytes.to_vec());
        own.unwrap_or_else(|| Manifest::new(files, None).text())
    }
}
