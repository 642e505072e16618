//! `regain check`

use std::collections::BTreeMap;
use std::env;
use std::path::{Component, Path, PathBuf};

use clap::ValueEnum;
use jiff::Timestamp;
use jiff::civil::Date;

use super::readability;
use super::shared_arguments::SiteArguments;
use super::terminal::{Ending, Terminal};
use super::triage_tree::tree;
use crate::check::{OutsideLinks, dead_link};
use crate::diagnostic::{Diagnostics, Error, Severity, github, human, json, short};
use crate::output::write;
use crate::outside_links::{Failure, look_up};
use crate::pipeline::{FullCheck, full_check};

/// Report every problem of the site, drafts included
#[derive(Debug, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option")]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    /// How to print problems; `json` and `github` go to standard output, the others to standard error
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// The folder of the last build, whose addresses the site should still have [default: `public` in the root]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Fail on warnings too
    #[arg(long)]
    strict: bool,
    /// List how easy each page is to read, hardest first
    #[arg(long)]
    reading: bool,
    /// Also print the triage to standard output, as a tree of questions, answers and outcomes
    #[arg(long)]
    tree: bool,
    /// Also look up the links to other sites, through `curl`
    #[arg(long)]
    online: bool,
    /// The date that decides which reviews are overdue [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    today: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the lines of the file
    Human,
    /// One line for each
    Short,
    /// One JSON object
    Json,
    /// Annotations for GitHub workflows
    Github,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Ending, Error> {
    if arguments.tree && arguments.format == Format::Json {
        let text = "`--format json` prints one JSON object and nothing else, so no `--tree`";
        return Err(Error::Usage(text.to_owned()));
    }
    let target = arguments.site.output(arguments.output.as_ref());
    let mut options = arguments.site.options(true);
    options.today = arguments.today.unwrap_or(options.today);
    let mut look_up = |links: &OutsideLinks| look_up_links(links, terminal);
    let FullCheck {
        diagnostics: problems,
        readings,
        triage,
    } = full_check(
        &options,
        write::last_manifest(&target),
        arguments.online.then_some(&mut look_up),
    )?;
    if arguments.tree {
        match triage {
            Some(triage) => terminal.result(&tree(&triage))?,
            None => terminal.say("this site has no triage to print"),
        }
    }
    match arguments.format {
        Format::Json => {
            terminal.result(&json(&problems, &BTreeMap::from([("reading", &readings)])))?;
        }
        Format::Github => {
            terminal.result(&github(&problems, &below_repository(&arguments.site.root)))?;
        }
        Format::Short => terminal.say_all(&short(&problems)),
        Format::Human => {
            terminal.say_all(&human(&problems, true));
            if problems.count(Severity::Error) + problems.count(Severity::Warning) == 0 {
                terminal.say("no problems found");
            }
            if let Some(line) = readability::line(&readings).filter(|_| !arguments.reading) {
                terminal.say(&line);
            }
        }
    }
    let is_text = matches!(arguments.format, Format::Human | Format::Short);
    if arguments.reading && is_text {
        terminal.result(&readability::table(&readings))?;
    }
    let warnings = problems.count(Severity::Warning);
    let is_strict = arguments.strict && warnings > 0;
    Ok(Ending::of(problems.has_errors() || is_strict))
}

/// Looks up outside links. Those that answered within a day are in the cache.
fn look_up_links(links: &OutsideLinks, terminal: &mut Terminal<'_>) -> Result<Diagnostics, Error> {
    let addresses = links.keys().map(String::as_str);
    let failures = look_up(addresses, cache_folder().as_deref(), Timestamp::now())?;
    let mut dead = Diagnostics::default();
    let mut unknown: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (address, failure) in failures {
        match failure {
            Failure::Dead(reason) => dead.extend(dead_link(address, reason, &links[address])),
            Failure::Unknown(reason) => unknown.entry(reason).or_default().push(address),
        }
    }
    for (reason, addresses) in unknown {
        let links = addresses.join(", ");
        terminal.say(&format!(
            "note: these links could not be looked up ({reason}): {links}"
        ));
    }
    Ok(dead)
}

/// The folder for caches, if the system has one.
fn cache_folder() -> Option<PathBuf> {
    let folder = |name| {
        let path = env::var_os(name).map(PathBuf::from);
        path.filter(|path| path.is_absolute())
    };
    let is_mac = cfg!(target_os = "macos");
    let below_home = if is_mac { "Library/Caches" } else { ".cache" };
    let caches = folder("XDG_CACHE_HOME").or_else(|| Some(folder("HOME")?.join(below_home)));
    Some(caches?.join("regain"))
}

/// The folder of the site as GitHub names its files: workflows run at the top of the repository.
fn below_repository(root: &Path) -> String {
    let parts = root.components().filter_map(|part| match part {
        Component::Normal(name) => Some(format!("{}/", name.to_string_lossy())),
        _ => None,
    });
    parts.collect()
}

fn day(text: &str) -> Result<Date, String> {
    text.parse()
        .map_err(|_| "write year, month and day: `2026-09-30`".to_owned())
}
