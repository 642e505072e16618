//! A published site, compared with a manifest.
//!
//! In: a folder or an address, and a manifest. Out: every difference. Only an address is asked for over
//! the network, by `curl`: it speaks TLS and knows the certificates of the system, which would take a
//! dozen crates otherwise.

use std::io;
use std::path::Path;
use std::process::Command;

use rayon::prelude::*;

use super::headers::{FIXED_HEADERS, IMMUTABLE, header_policy};
use super::manifest::{Difference, Manifest, NAME, compare};
use crate::diagnostic::Error;
use crate::ids::encode_path;
use crate::site::HostFile;

/// Files that are asked for at a time.
const CONNECTIONS: usize = 8;

/// The longest answer, in bytes.
const ANSWER_LIMIT: &str = "67108864";

/// What `curl` ends with if the site answers with an error.
const REFUSED: i32 = 22;

/// Files that hosts read themselves and may not serve.
const UNSERVED: [HostFile; 6] = [
    HostFile::Headers,
    HostFile::Redirects,
    HostFile::NoJekyll,
    HostFile::Nginx,
    HostFile::Caddyfile,
    HostFile::CloudFormation,
];

/// A site that was published.
#[derive(Debug)]
pub enum Published<'a> {
    /// A copy on this machine.
    Folder(&'a Path),
    /// The address of its home page, with a slash at its end.
    Address(&'a str),
}

impl Published<'_> {
    /// The manifest it was published with.
    pub fn manifest(&self) -> Result<Vec<u8>, Error> {
        let missing = || Error::Machine(format!("there is no `{NAME}` to compare with"));
        match self {
            Self::Folder(folder) => std::fs::read(folder.join(NAME)).map_err(|_| missing()),
            Self::Address(address) => get(&format!("{address}{NAME}"))?.ok_or_else(missing),
        }
    }

    /// How its files differ from those that `manifest` lists. Nobody can tell what else is at an address.
    pub fn compare(&self, manifest: &Manifest) -> Result<Vec<Difference>, Error> {
        let found: Vec<(String, Vec<u8>)> = match self {
            Self::Folder(folder) => files(folder, manifest).map_err(|error| {
                Error::Machine(format!("cannot read `{}`: {error}", folder.display()))
            })?,
            Self::Address(address) => served(address, manifest)?,
        };
        let found = found.iter().map(|(path, bytes)| (path.as_str(), &**bytes));
        let mut differences = compare(manifest, found);
        if matches!(self, Self::Address(_)) {
            differences.retain(|one| match one {
                Difference::Missing(path) => UNSERVED.iter().all(|file| file.name() != path),
                _ => true,
            });
        }
        Ok(differences)
    }
}

/// Every file of a folder. A folder without any listed file is named as a whole: it may be a repository.
fn files(folder: &Path, manifest: &Manifest) -> io::Result<Vec<(String, Vec<u8>)>> {
    let mut paths = Vec::new();
    let mut entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter();
    while let Some(entry) = entries.next().transpose()? {
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let name = below.to_string_lossy().into_owned();
        if !entry.file_type().is_dir() {
            paths.push((name, entry));
        } else if !manifest.has_folder(&name) {
            paths.push((name + "/", entry));
            entries.skip_current_dir();
        }
    }
    let read = paths.into_par_iter().map(|(name, entry)| {
        // What a link leads to is not part of the folder.
        let bytes = if entry.file_type().is_file() {
            std::fs::read(entry.path())?
        } else {
            Vec::new()
        };
        Ok((name, bytes))
    });
    read.collect()
}

/// Every listed file that the site at `address` has.
fn served(address: &str, manifest: &Manifest) -> Result<Vec<(String, Vec<u8>)>, Error> {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(CONNECTIONS);
    let threads = threads
        .build()
        .map_err(|error| Error::Machine(error.to_string()))?;
    let paths: Vec<_> = manifest.iter().map(|(path, _)| path.as_str()).collect();
    let asked = || {
        let answers = paths.par_iter().map(|path| {
            // Some hosts have a page only at its clean address.
            let clean = path.strip_suffix("index.html");
            let clean = clean.filter(|folder| folder.is_empty() || folder.ends_with('/'));
            let bytes = get(&format!("{address}{}", encode_path(clean.unwrap_or(path))))?;
            Ok(bytes.map(|bytes| ((*path).to_owned(), bytes)))
        });
        answers.filter_map(Result::transpose).collect()
    };
    threads.install(asked)
}

/// The headers of a live site that are not what they should be; `None` if the host sends none of ours.
pub fn headers(address: &str, manifest: &Manifest) -> Result<Option<Vec<String>>, Error> {
    let policy = header_policy();
    let expected = FIXED_HEADERS.iter().copied();
    let expected: Vec<_> = expected
        .chain([("Content-Security-Policy", policy.as_str())])
        .collect();
    let mut differences = wrong(address, &expected)?;
    if differences.len() == expected.len() {
        return Ok(None);
    }
    let mut paths = manifest.iter().map(|(path, _)| path.as_str());
    if let Some(named) = paths.find(|path| path.starts_with("assets/")) {
        let address = format!("{address}{}", encode_path(named));
        differences.extend(wrong(&address, &[("Cache-Control", IMMUTABLE)])?);
    }
    Ok(Some(differences))
}

fn wrong(address: &str, expected: &[(&str, &str)]) -> Result<Vec<String>, Error> {
    let head = curl(&["--head"], address)?.unwrap_or_default();
    let head = String::from_utf8_lossy(&head).into_owned();
    // After a redirect, the last head counts.
    let head = head
        .trim_end()
        .rsplit("\r\n\r\n")
        .next()
        .unwrap_or_default();
    let sent = |name: &str| {
        let mut lines = head.lines().filter_map(|line| line.split_once(':'));
        let line = lines.find(|(key, _)| key.eq_ignore_ascii_case(name));
        line.map(|(_, value)| value.trim())
    };
    let wrong = expected
        .iter()
        .filter(|(name, value)| sent(name) != Some(value));
    let wrong = wrong.map(|(name, value)| match sent(name) {
        Some(other) => format!("{name} of {address} is `{other}` and should be `{value}`"),
        None => format!("{name} of {address} is missing"),
    });
    Ok(wrong.collect())
}

fn get(address: &str) -> Result<Option<Vec<u8>>, Error> {
    curl(&["--max-filesize", ANSWER_LIMIT], address)
}

/// What `curl` prints; `None` if the site answers with an error.
fn curl(options: &[&str], address: &str) -> Result<Option<Vec<u8>>, Error> {
    let output = Command::new("curl")
        // Settings of the user could change what is compared.
        .args(["--disable", "--silent", "--show-error", "--fail", "--location"])
        .args(["--max-redirs", "3", "--max-time", "60", "--proto", "=http,https"])
        .args(options)
        .args(["--", address])
        .output()
        .map_err(|error| {
            Error::Machine(format!(
                "cannot run `curl`, which fetches the site: {error}\nhint: install curl, or download the \
                 site and name its folder"
            ))
        })?;
    match output.status.code() {
        Some(0) => Ok(Some(output.stdout)),
        Some(REFUSED) => Ok(None),
        _ => Err(Error::Machine(
            String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        )),
    }
}
