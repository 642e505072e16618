//! Which folder a site goes to, and whether it may.
//!
//! In: the path the user named and the folders the site is read from. Out: the folder's parent and
//! its name there, or a refusal before anything is touched.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use rustix::io::Errno;

use super::fault::Fault;
use super::folder::{Below, Folder};
use crate::diagnostic::Error;

/// The target: a name in a folder. `P` is the folder's path first and the open folder later.
#[derive(Debug)]
pub(super) struct Place<P> {
    /// The folder the target stands in; the new site is made ready there too, since two folders
    /// can only change names on one file system.
    pub(super) parent: P,
    pub(super) name: OsString,
    /// The target as the user named it.
    pub(super) shown: String,
}

impl Place<PathBuf> {
    /// Finds the target's true path and refuses one that would endanger what the site is read from.
    pub(super) fn find(target: &Path, protected: &[PathBuf]) -> Result<Self, Error> {
        let shown = target.display().to_string();
        let path = true_path(target)?;
        let protected: Vec<_> = protected
            .iter()
            .map(|folder| Ok((folder.display().to_string(), true_path(folder)?)))
            .collect::<Result<_, Error>>()?;
        for (name, folder) in &protected {
            let holds_another = protected
                .iter()
                .any(|(_, other)| other != folder && other.starts_with(folder));
            if let Some(how) = conflict(&path, folder, holds_another) {
                return Err(Error::Usage(format!(
                    "the output folder `{shown}` {how} `{name}`, which the site is read from; name \
                     another folder with `--output`"
                )));
            }
        }
        // A slash at the end would have the link followed before it is looked at.
        let plain: PathBuf = target.components().collect();
        if fs::symlink_metadata(plain).is_ok_and(|facts| facts.is_symlink()) {
            return Err(Error::Usage(format!(
                "the output folder `{shown}` is a symbolic link; name the folder it leads to with \
                 `--output`"
            )));
        }
        match (path.parent(), path.file_name()) {
            (Some(parent), Some(name)) => Ok(Self {
                parent: parent.to_owned(),
                name: name.to_owned(),
                shown,
            }),
            _ => Err(Error::Usage(format!(
                "the output cannot be `{shown}`; name a folder with `--output`"
            ))),
        }
    }

    /// Opens the parent, making it where it is missing.
    pub(super) fn open(self) -> Result<Place<Folder>, Error> {
        let parent = fs::create_dir_all(&self.parent)
            .and_then(|()| Ok(Folder::open(&self.parent)?))
            .map_err(|error| Error::Machine(format!("`{}`: {error}", self.parent.display())))?;
        Ok(Place {
            parent,
            name: self.name,
            shown: self.shown,
        })
    }
}

impl Place<Folder> {
    /// The target as it stands; `None` where there is nothing.
    pub(super) fn target(&self) -> Result<Option<Folder>, Error> {
        match self.parent.enter(&self.name) {
            Ok(folder) => Ok(Some(folder)),
            Err(Errno::NOENT) => Ok(None),
            Err(Errno::NOTDIR | Errno::LOOP) => Err(Error::Usage(format!(
                "the output `{}` is not a folder; name another with `--output`",
                self.shown
            ))),
            Err(error) => Err(Fault::new(Below::default(), error).failure(&self.shown)),
        }
    }

    /// The error that the folder the target is in cannot be written.
    pub(super) fn cannot_write_beside(&self, error: &io::Error) -> Error {
        Error::Machine(format!(
            "cannot write beside `{}`, where the new site is made ready: {error}\nhint: make the folder \
             above it writable, or choose another output with `--output`",
            self.shown
        ))
    }

    /// A name beside the target that nobody takes for a site's: `.public.regain-WHAT`.
    pub(super) fn temporary(&self, what: &str) -> OsString {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".regain-");
        name.push(what);
        name
    }

    /// WHAT of a name made by [`Place::temporary`].
    pub(super) fn what_of<'a>(&self, name: &'a OsStr) -> Option<&'a str> {
        let bytes = name
            .as_encoded_bytes()
            .strip_prefix(self.temporary("").as_encoded_bytes())?;
        std::str::from_utf8(bytes).ok()
    }
}

/// What is wrong with a target at `path`, given a folder the site is read from.
fn conflict(path: &Path, folder: &Path, is_root: bool) -> Option<&'static str> {
    if path == folder {
        Some("is the folder")
    } else if folder.starts_with(path) {
        Some("holds")
    } else if path.starts_with(folder) && !is_root {
        Some("lies in")
    } else {
        None
    }
}

/// The path without links and `..`, as far as it exists; the rest is taken as written.
fn true_path(path: &Path) -> Result<PathBuf, Error> {
    let fail = |error: std::io::Error| Error::Machine(format!("`{}`: {error}", path.display()));
    let whole = std::path::absolute(path).map_err(fail)?;
    let mut missing = Vec::new();
    let mut there = whole.as_path();
    loop {
        match fs::canonicalize(there) {
            Ok(found) => {
                return Ok(missing
                    .iter()
                    .rev()
                    .fold(found, |path, part| path.join(part)));
            }
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(fail(error)),
            Err(error) => match (there.parent(), there.components().next_back()) {
                (Some(parent), Some(Component::Normal(name))) => {
                    missing.push(name);
                    there = parent;
                }
                // Where `..` of a folder that is not there leads is anybody's guess.
                (_, Some(Component::ParentDir)) => {
                    return Err(Error::Usage(format!(
                        "`{}` goes back out of a folder that does not exist",
                        path.display()
                    )));
                }
                _ => return Err(fail(error)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A site with its folders, and a link to its content.
    fn site() -> (tempfile::TempDir, [PathBuf; 3]) {
        let space = tempfile::tempdir().expect("a place for tests");
        let root = space.path().join("site");
        let protected = [root.clone(), root.join("content"), root.join("themes")];
        fs::create_dir_all(root.join("content/guides")).expect("folders");
        std::os::unix::fs::symlink("site/content", space.path().join("link")).expect("a link");
        std::os::unix::fs::symlink("nowhere", space.path().join("dangling")).expect("a link");
        fs::write(space.path().join("file"), "").expect("a file");
        (space, protected)
    }

    #[test]
    fn a_target_that_endangers_the_sources_is_wrong_usage() {
        let (space, protected) = site();
        let cases = [
            ("site/public", None),
            ("site/new/public", None),
            ("elsewhere/public", None),
            ("site/contents", None),
            ("site", Some("is")),
            ("site/content", Some("is")),
            ("site/content/../content", Some("is")),
            ("site/public/../content", Some("goes back")),
            ("link", Some("is")),
            ("link/public", Some("lies in")),
            ("site/content/guides/public", Some("lies in")),
            ("site/themes/public", Some("lies in")),
            ("", Some("holds")),
            ("dangling", Some("is a symbolic link")),
            ("dangling/", Some("is a symbolic link")),
        ];
        for (target, expected) in cases {
            let found = Place::find(&space.path().join(target), &protected);
            match (found, expected) {
                (Ok(_), None) => {}
                (Err(Error::Usage(why)), Some(how)) => {
                    assert!(why.contains(&format!(" {how}")), "{target}: {why}");
                }
                (found, _) => panic!("{target}: {found:?}"),
            }
        }
    }

    #[test]
    fn the_file_system_root_is_no_target() {
        assert!(matches!(
            Place::find(Path::new("/"), &[]),
            Err(Error::Usage(_))
        ));
    }

    #[test]
    fn names_beside_the_target_are_recognised() {
        let (space, protected) = site();
        let place = Place::find(&space.path().join("site/public"), &protected)
            .and_then(Place::open)
            .expect("a good target");
        assert_eq!(place.temporary("lock"), ".public.regain-lock");
        let cases = [
            (".public.regain-1-2", Some("1-2")),
            ("public", None),
            (".public2.regain-1-2", None),
        ];
        for (name, expected) in cases {
            assert_eq!(place.what_of(name.as_ref()), expected, "{name}");
        }
    }
}
