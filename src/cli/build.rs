//! `regain build`

use std::fmt::Write as _;
use std::path::PathBuf;

use super::shared_arguments::{SiteArguments, base_url};
use super::terminal::{Ending, Terminal};
use crate::diagnostic::{Diagnostics, Error, Levels};
use crate::ids::BaseUrl;
use crate::output::write::{self, Written};
use crate::pipeline::{BuildCache, BuildOptions, Sources};

/// Build the site into a folder that any static host can serve
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    /// The folder to write to [default: `public` in the root]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Where the site will be published, instead of `base_url` in site.toml
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<BaseUrl>,
    /// Include drafts
    #[arg(long)]
    drafts: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Ending, Error> {
    let root = &arguments.site.root;
    let options = BuildOptions {
        base_url: arguments.base_url.clone(),
        ..arguments.site.options(arguments.drafts)
    };
    let target = arguments.site.output(arguments.output.as_ref());
    let shown = target.display().to_string();
    let protected = [root.clone(), root.join("content"), root.join("themes")];

    let sources = Sources::read(&options)?;
    let up_to_date = |id: Option<String>| match id {
        Some(id) => write::up_to_date(&target, &protected, &id),
        None => Ok(None),
    };
    // An error here would hide the problems of the site. It is reported below, after them.
    if let Ok(Some(done)) = up_to_date(sources.quiet_build_id())
        && done.warning().is_none()
    {
        terminal.say(&summary(&done, &shown));
        return Ok(Ending::Done);
    }
    let checked = sources.check(&mut BuildCache::default());
    let levels = checked.levels();
    if let Some(done) = up_to_date(checked.build_id())? {
        terminal.problems(&checked.diagnostics.sorted());
        return Ok(report(&done, &shown, &levels, terminal));
    }
    let next_step = checked.next_step(&shown);
    let checked = checked.compared_with(write::last_manifest(&target));
    let (files, mut problems) = checked.render();
    let Some(files) = files else {
        terminal.problems(&problems);
        terminal.say("nothing was written");
        return Ok(Ending::Problems);
    };
    let done = match write::write(&files, &target, &protected) {
        Err(Error::Site(more)) => {
            problems.extend(more);
            terminal.problems(&problems.sorted());
            terminal.say("nothing was written");
            return Ok(Ending::Problems);
        }
        done => {
            terminal.problems(&problems);
            done?
        }
    };
    // The process ends soon; freeing a large site piece by piece takes longer than building a small one.
    std::mem::forget(files);
    std::mem::forget(checked);
    let ending = report(&done, &shown, &levels, terminal);
    if let Some(step) = next_step {
        terminal.say(&format!("next: {step}"));
    }
    Ok(ending)
}

/// Prints what was done, and the warning about the folder at the level that the site has chosen.
fn report(done: &Written, target: &str, levels: &Levels, terminal: &mut Terminal<'_>) -> Ending {
    let mut problems: Diagnostics = done.warning().into_iter().collect();
    problems.set_levels(|one| levels.get(&one.code));
    terminal.problems(&problems);
    terminal.say(&summary(done, target));
    Ending::of(problems.has_errors())
}

fn summary(done: &Written, target: &str) -> String {
    let files = done.written + done.kept;
    if done.nothing_to_do() {
        return format!("{target} is up to date: {files} files");
    }
    let mut line = format!(
        "wrote {target}: {files} files, {} of them new or changed",
        done.written
    );
    // Writing to a string cannot fail.
    if done.removed > 0 {
        let _ = write!(line, ", {} removed", done.removed);
    }
    if done.unlisted > 0 {
        let _ = write!(line, ", {} kept that are not regain's", done.unlisted);
    }
    line
}
