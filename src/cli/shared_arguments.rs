//! Arguments that several commands take.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::terminal::Terminal;
use crate::diagnostic::{Error, nearest};
use crate::ids::BaseUrl;
use crate::pipeline::{BuildOptions, Drafts};

/// Where the site is.
#[derive(Debug, clap::Args)]
pub(super) struct SiteArguments {
    /// The folder that contains `content/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
}

impl SiteArguments {
    /// Build options with today's date in UTC, so that they do not depend on the time zone.
    pub(super) fn options(&self, drafts: bool) -> BuildOptions {
        BuildOptions {
            root: self.root.clone(),
            base_url: None,
            drafts: if drafts {
                Drafts::Shown
            } else {
                Drafts::Hidden
            },
            today: Timestamp::now().to_zoned(TimeZone::UTC).date(),
        }
    }

    /// The folder that the site is built into, unless another one was `chosen`.
    pub(super) fn output(&self, chosen: Option<&PathBuf>) -> PathBuf {
        chosen.map_or_else(|| self.root.join("public"), PathBuf::clone)
    }
}

/// Finds the entry that a command should show. Without a name, prints all names.
pub(super) fn named<'a, T>(
    (command, what): (&str, &str),
    name: Option<&str>,
    all: &'a [(&str, T)],
    terminal: &mut Terminal<'_>,
) -> Result<Option<&'a T>, Error> {
    let names = || all.iter().map(|(name, _)| *name);
    let Some(name) = name else {
        let list = names().collect::<Vec<_>>().join("\n");
        return terminal.result(&format!("{list}\n")).map(|()| None);
    };
    if let Some((_, found)) = all.iter().find(|(known, _)| *known == name) {
        return Ok(Some(found));
    }
    let hint = match nearest(name, names()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("run `regain {command}` to list all {what}s"),
    };
    Err(Error::Usage(format!(
        "regain has no {what} `{name}`\nhint: {hint}"
    )))
}

/// Reads `--base-url`.
pub(super) fn base_url(text: &str) -> Result<BaseUrl, String> {
    BaseUrl::parse(text)
        .ok_or_else(|| "write `https://host/`, `https://host/path/` or only `/path/`".to_owned())
}
