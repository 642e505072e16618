//! `regain verify`

use std::fs;
use std::path::{Path, PathBuf};

use super::terminal::{Ending, Terminal};
use crate::diagnostic::Error;
use crate::output::Manifest;
use crate::output::verify::{Difference, Published, headers};

/// Compare a copy of a site, or the live site, with a manifest
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// A folder, or an address that begins with `https://`; only an address uses the network, through `curl`
    #[arg(value_name = "DIR|URL")]
    site: String,
    /// The `manifest.json` of a build you trust [default: the site's own]
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Ending, Error> {
    let site = &arguments.site;
    let is_address = site.starts_with("https://") || site.starts_with("http://");
    let address = format!("{}/", site.trim_end_matches('/'));
    let published = if is_address {
        Published::Address(&address)
    } else {
        Published::Folder(Path::new(site))
    };
    let bytes = if let Some(file) = &arguments.manifest {
        fs::read(file)
            .map_err(|error| Error::Machine(format!("cannot read {}: {error}", file.display())))?
    } else {
        terminal.say(
            "note: the site's own manifest can only show damage; pass that of your build with \
             `--manifest` to find what somebody else changed",
        );
        published.manifest()?
    };
    let manifest = Manifest::parse(&bytes).ok_or_else(|| {
        Error::Machine("the manifest is damaged, or was written by a newer regain".to_owned())
    })?;
    let mut found = published.compare(&manifest)?;
    if is_address {
        match headers(&address, &manifest)? {
            None => terminal.say("note: the host sends none of the site's headers"),
            Some(wrong) => found.extend(wrong),
        }
    }
    for difference in &found {
        terminal.result(&line(difference))?;
    }
    let files = manifest.iter().count();
    terminal.say(&match found.len() {
        0 => format!("all {files} files are as the manifest lists them"),
        differences => format!("{differences} differences, in a site of {files} files"),
    });
    Ok(Ending::of(!found.is_empty()))
}

fn line(difference: &Difference) -> String {
    let (what, path) = match difference {
        Difference::Missing(path) => ("missing", path),
        Difference::Changed(path) => ("changed", path),
        Difference::Added(path) => ("added", path),
        Difference::Header(text) => return format!("header {text}\n"),
    };
    format!("{what} {}\n", path.escape_debug())
}
