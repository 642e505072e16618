//! Compares a published site with a manifest.
//!
//! In: a folder or an address, and a manifest. Out: every difference. Only an address is fetched over the network.

use std::ffi::OsStr;
use std::io;
use std::path::Path;

use rayon::prelude::*;

use super::headers::{FIXED_HEADERS, IMMUTABLE, header_policy};
use super::manifest::{Manifest, NAME};
use crate::curl::{curl, in_parallel};
use crate::diagnostic::Error;
use crate::ids::encode_path;
use crate::site::HostFile;

/// The longest answer, in bytes.
const ANSWER_LIMIT: &str = "67108864";

/// The exit code of `curl` if the site answers with an error.
const REFUSED: i32 = 22;

/// A site that was published.
#[derive(Debug)]
pub enum Published<'a> {
    /// A copy on this machine.
    Folder(&'a Path),
    /// The address of its home page, with a slash at its end.
    Address(&'a str),
}

/// A way in which a site differs from a manifest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// A file is listed but not there.
    Missing(String),
    /// A file has other bytes.
    Changed(String),
    /// A file or folder is not listed.
    Added(String),
    /// A header is missing or has another value.
    Header(String),
}

impl Published<'_> {
    /// The manifest it was published with.
    pub fn manifest(&self) -> Result<Vec<u8>, Error> {
        self.read(NAME)?
            .ok_or_else(|| Error::Machine(format!("there is no `{NAME}` to compare with")))
    }

    /// How it differs from what `manifest` lists, sorted. At an address, files that are not listed cannot be found.
    pub fn compare(&self, manifest: &Manifest) -> Result<Vec<Difference>, Error> {
        let listed: Vec<_> = manifest.iter().collect();
        let mut differences: Vec<_> = in_parallel(|| {
            let differences = listed.par_iter().map(|(path, entry)| {
                let path = path.as_str();
                Ok(match self.read(path)? {
                    Some(bytes) if entry.is(&bytes) => None,
                    Some(_) => Some(Difference::Changed(path.to_owned())),
                    None if self.may_lack(path) => None,
                    None => Some(Difference::Missing(path.to_owned())),
                })
            });
            differences.filter_map(Result::transpose).collect()
        })?;
        if let Self::Folder(folder) = self {
            let added = added(folder, manifest).map_err(|error| unreadable(folder, &error))?;
            differences.extend(added.into_iter().map(Difference::Added));
        }
        differences.sort();
        Ok(differences)
    }

    /// The bytes of a file, if the site has it.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        match self {
            Self::Folder(folder) => {
                let file = folder.join(path);
                // What a link points to is not part of the folder.
                if file.is_symlink() {
                    return Ok(Some(Vec::new()));
                }
                match std::fs::read(&file) {
                    Ok(bytes) => Ok(Some(bytes)),
                    Err(error) if is_absent(&error) => Ok(None),
                    Err(error) => Err(unreadable(&file, &error)),
                }
            }
            Self::Address(address) => {
                // Some hosts have a page only at its clean address.
                let clean = path.strip_suffix("index.html");
                let clean = clean.filter(|folder| folder.is_empty() || folder.ends_with('/'));
                let path = encode_path(clean.unwrap_or(path));
                fetch(
                    &["--max-filesize", ANSWER_LIMIT],
                    &format!("{address}{path}"),
                )
            }
        }
    }

    fn may_lack(&self, path: &str) -> bool {
        matches!(self, Self::Address(_))
            && HostFile::named(path).is_some_and(HostFile::is_configuration)
    }
}

fn is_absent(error: &io::Error) -> bool {
    use io::ErrorKind::{IsADirectory, NotADirectory, NotFound};
    matches!(error.kind(), NotFound | NotADirectory | IsADirectory)
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    Error::Machine(format!("cannot read `{}`: {error}", path.display()))
}

/// What a folder contains besides the listed files. A folder without any of them is named as a whole: it may
/// be a repository.
fn added(folder: &Path, manifest: &Manifest) -> io::Result<Vec<String>> {
    let mut added = Vec::new();
    let mut entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter();
    while let Some(entry) = entries.next().transpose()? {
        let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let names: Vec<_> = path.iter().map(OsStr::to_string_lossy).collect();
        let path = names.join("/");
        if !entry.file_type().is_dir() {
            if path != NAME && manifest.get(&path).is_none() {
                added.push(path);
            }
        } else if !manifest.has_folder(&path) {
            added.push(path + "/");
            entries.skip_current_dir();
        }
    }
    Ok(added)
}

/// The headers of a live site that are not what they should be; `None` if the host sends none of ours.
pub fn headers(address: &str, manifest: &Manifest) -> Result<Option<Vec<Difference>>, Error> {
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

fn wrong(address: &str, expected: &[(&str, &str)]) -> Result<Vec<Difference>, Error> {
    let head = fetch(&["--head"], address)?.unwrap_or_default();
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
    Ok(wrong.map(Difference::Header).collect())
}

/// What `curl` prints; `None` if the site answers with an error.
fn fetch(options: &[&str], address: &str) -> Result<Option<Vec<u8>>, Error> {
    let limits = ["--fail", "--max-redirs", "3", "--max-time", "60"];
    let output = curl(&[&limits[..], options].concat(), address)?;
    match output.status.code() {
        Some(0) => Ok(Some(output.stdout)),
        Some(REFUSED) => Ok(None),
        _ => Err(Error::Machine(
            String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        )),
    }
}
