//! Looks up outside links: `regain check --online`.
//!
//! In: the addresses of a site, and a folder for the cache. Out: which of them readers cannot open. Addresses that
//! answered are not asked again for a day. The body of an answer is not read: first only its head is requested, and
//! then, since some servers refuse that, the whole. `curl` limits how many requests are made at a time.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rayon::prelude::*;

use crate::curl::{curl, in_parallel};
use crate::diagnostic::Error;

/// How long an answer is remembered, in seconds.
const MAX_AGE: i64 = 24 * 60 * 60;

/// How long looking up all links may take.
const TIME_LIMIT: Duration = Duration::from_mins(5);

/// The null device.
const NOWHERE: &str = if cfg!(windows) { "NUL" } else { "/dev/null" };

/// Options of `curl`. It prints the status of the answer. Redirects to `http:` could lead into a local network.
const OPTIONS: [&str; 16] = [
    "--max-redirs",
    "5",
    "--proto-redir",
    "=https",
    "--connect-timeout",
    "10",
    "--max-time",
    "20",
    "--max-filesize",
    "1048576",
    "--user-agent",
    concat!("regain/", env!("CARGO_PKG_VERSION"), " (link check)"),
    "--output",
    NOWHERE,
    "--write-out",
    "%{http_code}",
];

/// The name of the cache in its folder.
const CACHE: &str = "links.json";

/// Why an address does not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Readers cannot open it.
    Dead(&'static str),
    /// It could not be looked up now.
    Unknown(String),
}

const NO_HOST: Failure = Failure::Dead("its host does not exist");

/// When each address answered, in seconds since 1970.
type Cache = BTreeMap<String, i64>;

/// Looks up addresses, and returns those that do not work.
///
/// Errors: `curl` cannot be run.
pub fn look_up<'a>(
    addresses: impl IntoIterator<Item = &'a str>,
    cache_folder: Option<&Path>,
    now: Timestamp,
) -> Result<BTreeMap<&'a str, Failure>, Error> {
    let mut cache = read_cache(cache_folder, now.as_second());
    let begun = Instant::now();
    let addresses = addresses.into_iter();
    let addresses = addresses.filter(|one| !cache.contains_key(*one));
    let addresses: Vec<_> = addresses.collect();
    let ask = |address: &&'a str| {
        let failure = if begun.elapsed() < TIME_LIMIT {
            ask(address)?
        } else {
            Some(Failure::Unknown("there was no time left".to_owned()))
        };
        Ok((*address, failure))
    };
    let found: Vec<_> = in_parallel(|| addresses.par_iter().map(ask).collect())?;
    // Without a network, no host can be found.
    let is_offline = found.iter().all(|(_, failure)| *failure == Some(NO_HOST));
    let mut failures = BTreeMap::new();
    for (address, failure) in found {
        match failure {
            Some(_) if is_offline => {
                let reason = "its host is not found: is this machine online?";
                failures.insert(address, Failure::Unknown(reason.to_owned()));
            }
            Some(failure) => drop(failures.insert(address, failure)),
            None => drop(cache.insert(address.to_owned(), now.as_second())),
        }
    }
    write_cache(&cache, cache_folder);
    Ok(failures)
}

/// Why an address does not work, if it does not.
fn ask(address: &str) -> Result<Option<Failure>, Error> {
    match request(&["--head"], address)? {
        None => Ok(None),
        Some(_) => request(&[], address),
    }
}

fn request(options: &[&str], address: &str) -> Result<Option<Failure>, Error> {
    let output = curl(&[&OPTIONS[..], options].concat(), address)?;
    let answer = String::from_utf8_lossy(&output.stdout);
    Ok(match (&*answer, output.status.code()) {
        ("404", _) => Some(Failure::Dead("the page is not found (404)")),
        ("410", _) => Some(Failure::Dead("the page was removed (410)")),
        // The server refuses programs, or has had too many requests.
        ("401" | "403" | "405" | "406" | "429" | "451" | "999", _) => None,
        (answer, _) if answer.starts_with(['2', '3']) => None,
        ("000", Some(6)) => Some(NO_HOST),
        ("000", Some(51 | 60)) => Some(Failure::Dead("the certificate of its host is not valid")),
        ("000", _) => {
            // `curl: (28) Connection timed out`
            let error = String::from_utf8_lossy(&output.stderr);
            let reason = error.trim().split_once(") ");
            let reason = reason.map_or("no answer", |(_, reason)| reason);
            Some(Failure::Unknown(reason.to_owned()))
        }
        (answer, _) => Some(Failure::Unknown(format!("the server answers {answer}"))),
    })
}

/// What was answered within a day. A cache that cannot be read counts as empty.
fn read_cache(folder: Option<&Path>, now: i64) -> Cache {
    let bytes = folder.and_then(|folder| fs::read(folder.join(CACHE)).ok());
    let cache = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let mut cache: Cache = cache.unwrap_or_default();
    // A date in the future comes from a clock that was wrong.
    cache.retain(|_, then| (0..MAX_AGE).contains(&(now - *then)));
    cache
}

/// Without a cache, links are looked up again.
fn write_cache(cache: &Cache, folder: Option<&Path>) {
    let Some(folder) = folder else { return };
    let text = serde_json::to_vec_pretty(cache).unwrap_or_default();
    let new = folder.join(format!("{CACHE}.{}", std::process::id()));
    let _ = fs::create_dir_all(folder)
        .and_then(|()| fs::write(&new, text))
        .and_then(|()| fs::rename(&new, folder.join(CACHE)));
}
