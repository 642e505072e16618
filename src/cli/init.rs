//! `regain init`

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::{Ending, Terminal};
use crate::diagnostic::Failure;

/// Write a complete site to start from; no file that is there is changed
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// Where
    #[arg(default_value = ".", value_name = "DIR")]
    folder: PathBuf,
}

/// The starter site, by path below its folder.
const STARTER: &[(&str, &str)] = &[];

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Ending, Failure> {
    let (mut made, mut kept) = (0, 0);
    for (name, text) in STARTER {
        let path = arguments.folder.join(name);
        match write_new(&path, text) {
            Ok(()) => made += 1,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                terminal.say(&format!("kept {}: it is there already", path.display()));
                kept += 1;
            }
            Err(error) => {
                return Err(Failure::Machine(format!(
                    "cannot write {}: {error}",
                    path.display()
                )));
            }
        }
    }
    let kept = if kept == 0 {
        String::new()
    } else {
        format!(", {kept} kept as they were")
    };
    terminal.say(&format!(
        "{made} files written{kept}\nnow run: regain serve --root {}",
        arguments.folder.display()
    ));
    Ok(Ending::Done)
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())
}
