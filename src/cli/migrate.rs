//! `regain migrate`

use std::fs;
use std::path::PathBuf;

use super::shared_arguments::SiteArguments;
use super::terminal::{Ending, Terminal};
use crate::config::Drafts;
use crate::diagnostic::{Diagnostics, Error};
use crate::load;
use crate::migrate::{Page, migrate};
use crate::site::Site;

/// Rewrite the markup of other tools as regain's Markdown
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    /// Change the files; without this, only list what would change
    #[arg(long)]
    write: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Ending, Error> {
    let mut problems = Diagnostics::default();
    let Some(loaded) = load::load(&arguments.site.root, &mut problems)? else {
        return Err(Error::Site(problems.sorted()));
    };
    let site = Site::new(loaded.parts, Drafts::Shown);
    let mut total = 0;
    let mut changed = Vec::new();
    for guide in &site.guides {
        let page = Page {
            file: guide.file.as_str(),
            text: guide.source.text(),
            document: &guide.document,
        };
        let (text, counts) = migrate(page, &site);
        if counts.is_empty() {
            continue;
        }
        let kinds = counts.iter().map(|(kind, count)| format!("{count} {kind}"));
        let kinds = kinds.collect::<Vec<_>>().join(", ");
        terminal.result(&format!("{}: {kinds}\n", guide.source.path()))?;
        total += counts.values().sum::<usize>();
        changed.push((arguments.site.root.join(guide.source.path()), text));
    }
    if arguments.write {
        changed.iter().try_for_each(write)?;
    }
    terminal.say(&match (total, arguments.write) {
        (0, _) => "there is nothing that can be rewritten safely".to_owned(),
        (_, true) => format!(
            "{total} rewritten in {} files; `regain check` lists what is left",
            changed.len()
        ),
        (_, false) => format!(
            "{total} can be rewritten in {} files: run this with `--write`",
            changed.len()
        ),
    });
    Ok(Ending::Done)
}

/// Writes a new file and renames it, so that no page is ever half written.
fn write((path, text): &(PathBuf, String)) -> Result<(), Error> {
    let new = path.with_extension("md.tmp");
    let written = fs::write(&new, text)
        .and_then(|()| fs::set_permissions(&new, path.metadata()?.permissions()))
        .and_then(|()| fs::rename(&new, path));
    written.map_err(|error| Error::Machine(format!("cannot write {}: {error}", path.display())))
}
