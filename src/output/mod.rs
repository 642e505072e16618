//! The built site as one value, and what turns it into files.
//!
//! In: bytes by path, from the pipeline. Out: the same, on disk (`write`), with what a static host
//! needs beside the pages. It renders nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::ids::OutPath;

/// Every file of the built site. `build` writes it, `serve` answers from it, tests compare it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    files: BTreeMap<OutPath, Arc<[u8]>>,
}

impl Output {
    /// Adds a file; what stood at the same path is given back, since two sources for one path is
    /// a mistake the caller must name.
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
