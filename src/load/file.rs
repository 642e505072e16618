//! One file a command was given → a source.
//!
//! In: a path as it was typed, or `-` for standard input. Out: its text. Unlike the files of a site it may
//! stand anywhere and be a link.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::text;
use crate::diagnostic::{Diagnostics, Error};
use crate::source::Source;

/// Bytes read at most; `text` tells of one that is longer than a source may be.
const LIMIT: u64 = 9 * 1024 * 1024;

/// Reads text.
///
/// Errors: [`Failure::Usage`] where there is no such file, [`Failure::Machine`] where it cannot be read.
pub fn read_source(
    path: &Path,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Arc<Source>>, Error> {
    let shown = path.display().to_string();
    let machine = |error: io::Error| Error::Machine(format!("{shown} cannot be read: {error}"));
    let mut bytes = Vec::new();
    if shown == "-" {
        io::stdin()
            .lock()
            .take(LIMIT)
            .read_to_end(&mut bytes)
            .map_err(machine)?;
        return Ok(text::source("standard input", bytes, diagnostics));
    }
    let usage = |why: &str| Error::Usage(format!("{shown} {why}"));
    let metadata = path.metadata().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => usage("is not there"),
        _ => machine(error),
    })?;
    if !metadata.is_file() {
        return Err(usage("is no file"));
    }
    let file = File::open(path).map_err(machine)?;
    file.take(LIMIT).read_to_end(&mut bytes).map_err(machine)?;
    Ok(text::source(&shown, bytes, diagnostics))
}
