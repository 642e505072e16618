//! Arguments that several commands take.

use std::path::PathBuf;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::config::Drafts;
use crate::diagnostic::{Error, nearest};
use crate::ids::BaseUrl;

/// Where the site is.
#[derive(Debug, clap::Args)]
pub(super) struct SiteArguments {
    /// The folder that contains `content/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) root: PathBuf,
}

/// Why a command does not know a name, with the nearest that it knows.
pub(super) fn unknown<'a>(
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'a str>,
    otherwise: &str,
) -> Error {
    let near = nearest(name, known).map(|near| format!("did you mean `{near}`?"));
    let hint = near.as_deref().unwrap_or(otherwise);
    Error::Usage(format!("regain has no {what} `{name}`\nhint: {hint}"))
}

/// Reads `--base-url`.
pub(super) fn base_url(text: &str) -> Result<BaseUrl, String> {
    BaseUrl::parse(text)
        .ok_or_else(|| "write `https://host/`, `https://host/path/` or only `/path/`".to_owned())
}

/// Whether `--drafts` was given.
pub(super) fn drafts(shown: bool) -> Drafts {
    if shown { Drafts::Shown } else { Drafts::Hidden }
}

/// Today in UTC, which is the same for everyone.
pub(super) fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}
