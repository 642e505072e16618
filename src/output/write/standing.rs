//! Whether a folder still holds the site its manifest lists.
//!
//! In: the folder and its manifest. Out: yes or no; whatever cannot be read is a no, since the
//! build that follows tells why. It looks at nothing that is not listed.

use std::ffi::OsStr;

use rayon::prelude::*;

use super::folder::Folder;
use super::tree::{Tree, Wanted};
use crate::output::Manifest;
use crate::output::manifest::Entry;

/// Whether every listed file is there with its bytes.
pub(super) fn is_whole(folder: &Folder, listed: &Manifest) -> bool {
    Tree::of(listed.iter()).is_ok_and(|tree| holds(folder, &tree))
}

fn holds(folder: &Folder, tree: &Tree<'_, &Entry>) -> bool {
    tree.0.par_iter().all(|(name, wanted)| {
        let name = OsStr::new(name);
        match wanted {
            Wanted::Folder(inner) => matches!(
                folder.enter_if_folder(name),
                Ok(Some(below)) if holds(&below, inner)
            ),
            Wanted::File(entry) => matches!(
                folder.read(name, |size| size == entry.size),
                Ok(Some(bytes)) if entry.is(&bytes)
            ),
        }
    })
}
