//! `regain schema`

use super::arguments::unknown;
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
    let names = || SCHEMAS.iter().map(|(name, _)| *name);
    let Some(wanted) = &arguments.name else {
        let list = names().collect::<Vec<_>>().join("\n");
        return terminal.result(&format!("{list}\n")).map(|()| Ending::Done);
    };
    let Some((_, schema)) = SCHEMAS.iter().find(|(name, _)| name == wanted) else {
        let otherwise = "run `regain schema` to list all schemas";
        return Err(unknown("schema", wanted, names(), otherwise));
    };
    terminal.result(schema).map(|()| Ending::Done)
}
