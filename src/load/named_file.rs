//! A file named on the command line, or standard input → a source. Unlike the files of a site, it can be anywhere and
//! can be a link.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use super::tables::{self, Links};
use super::text;
use crate::diagnostic::{Diagnostics, Error};
use crate::markdown::Options;
use crate::recovery::Checklist;
use crate::source::Source;

/// The most bytes that are read: enough for `text` to report a file that is too large.
const LIMIT: u64 = text::SIZE_LIMIT as u64 + 1;

/// Reads text.
///
/// Errors: [`Error::Usage`] if there is no such file, [`Error::Machine`] if it cannot be read.
pub fn read_source(
    path: &Path,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Arc<Source>>, Error> {
    let shown = path.display().to_string();
    let usage = |why: &str| Error::Usage(format!("{shown} {why}"));
    let machine = |error: io::Error| Error::Machine(format!("{shown} cannot be read: {error}"));
    let (name, input): (&str, Box<dyn Read>) = if shown == "-" {
        ("standard input", Box::new(io::stdin().lock()))
    } else {
        let metadata = path.metadata().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => usage("is not there"),
            _ => machine(error),
        })?;
        if !metadata.is_file() {
            return Err(usage("is not a file"));
        }
        (&shown, Box::new(File::open(path).map_err(machine)?))
    };
    let mut bytes = Vec::new();
    input.take(LIMIT).read_to_end(&mut bytes).map_err(machine)?;
    Ok(text::source(name, bytes, diagnostics))
}

/// Reads a checklist, and the addresses its requests name from the `links.toml` beside it.
///
/// Errors: as [`read_source`].
pub fn read_checklist(
    path: &Path,
    diagnostics: &mut Diagnostics,
) -> Result<Option<Checklist>, Error> {
    let Some(source) = read_source(path, diagnostics)? else {
        return Ok(None);
    };
    let beside = path.with_file_name("links.toml");
    let links = if beside.is_file() {
        read_source(&beside, diagnostics)?
    } else {
        None
    };
    let links = tables::links(links.as_ref(), diagnostics);
    let options = Options::default();
    Ok(tables::checklist(&source, &links, &options, diagnostics))
}

/// A checklist that was never a file, such as one made from an issue form.
pub fn parse_checklist(name: &str, toml: &str, diagnostics: &mut Diagnostics) -> Option<Checklist> {
    let source = Source::new(name, toml);
    tables::checklist(&source, &Links::default(), &Options::default(), diagnostics)
}
