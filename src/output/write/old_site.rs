//! What the output folder contains before a build, and whether it is ours.
//!
//! In: the output folder. Out: the folder with the manifest of the last build, or why nothing is written to it.

use std::path::{Path, PathBuf};

use super::error::At as _;
use super::first_of;
use super::folder::Folder;
use super::output_folder::OutputFolder;
use crate::diagnostic::{Code, Diagnostic, Error};
use crate::output::{Manifest, manifest};

/// The output folder, with the manifest of the last build, which lists itself here.
pub(super) struct OldSite {
    pub(super) folder: Folder,
    pub(super) listed: Manifest,
}

impl OldSite {
    /// `None` if there is no output folder. One that is neither empty nor ours is refused.
    pub(super) fn open(output: &OutputFolder) -> Result<Option<Self>, Error> {
        let Some(folder) = output.folder()? else {
            return Ok(None);
        };
        let entries = folder.entries().at(Path::new(""));
        let entries = entries.map_err(|error| error.describe(&output.shown))?;
        let bytes = read_manifest(&folder);
        let listed = match bytes
            .as_deref()
            .map(|bytes| (bytes, Manifest::parse(bytes)))
        {
            Some((bytes, Some(listed))) => listed.with_itself(bytes),
            None if entries.is_empty() => Manifest::default(),
            Some((bytes, None)) if manifest::is_marked(bytes) => {
                return Err(damaged_manifest(&output.shown).into());
            }
            _ => {
                let names = entries.into_iter().map(|entry| entry.name.into());
                return Err(not_ours(&output.shown, &names.collect::<Vec<_>>()).into());
            }
        };
        Ok(Some(Self { folder, listed }))
    }
}

/// The manifest in a folder, or an empty one: in what a killed run leaves, anything may be missing.
pub(super) fn listed_in(folder: &Folder) -> Manifest {
    let bytes = read_manifest(folder).unwrap_or_default();
    let listed = Manifest::parse(&bytes).map(|listed| listed.with_itself(&bytes));
    listed.unwrap_or_default()
}

fn read_manifest(folder: &Folder) -> Option<Vec<u8>> {
    folder.read(manifest::NAME.as_ref(), |_| true).ok()?
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
