//! `regain schema`

use super::shared_arguments::named;
use super::terminal::{Ending, Terminal};
use crate::diagnostic::Error;

macro_rules! schemas {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("schemas/", $name, ".json")))),*]
    };
}

/// The TOML files and what they may contain. A test of `load` writes them from the structs that read the files.
pub(super) const SCHEMAS: &[(&str, &str)] =
    schemas!("site" "links" "triage" "checklist" "synonyms" "expect" "theme");

/// Print the JSON Schema of a TOML file, for editors that complete and check while you type
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The file without `.toml`, such as `site`; without it, all files are listed
    name: Option<String>,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Ending, Error> {
    let name = arguments.name.as_deref();
    if let Some(schema) = named(("schema", "schema"), name, SCHEMAS, terminal)? {
        terminal.result(schema)?;
    }
    Ok(Ending::Done)
}
