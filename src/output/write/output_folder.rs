//! The folder that a site is written to, and whether it may be.
//!
//! In: the path that the user named, and the folders the site is read from. Out: the folder above it,
//! open, and its name there; or a refusal before anything is changed.

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

use super::error::PathError;
use super::folder::Folder;
use crate::diagnostic::Error;

/// An output folder, which need not exist yet.
#[derive(Debug)]
pub(super) struct OutputFolder {
    /// The folder above it. The new site is made in there too, since folders can only be exchanged
    /// within one file system.
    pub(super) parent: Folder,
    /// Its name in there.
    pub(super) name: OsString,
    /// Its path as the user named it.
    pub(super) shown: String,
}

impl OutputFolder {
    /// Refuses a path where a new site would endanger what it is read from, and makes the folder above it
    /// if there is none.
    pub(super) fn open(path: &Path, protected: &[PathBuf]) -> Result<Self, Error> {
        let shown = path.display().to_string();
        let real = real_path(path)?;
        let sources: Vec<_> = protected
            .iter()
            .map(|folder| Ok((folder, real_path(folder)?)))
            .collect::<Result<_, Error>>()?;
        for (folder, source) in &sources {
            let is_root = sources
                .iter()
                .any(|(_, other)| other != source && other.starts_with(source));
            if let Some(how) = conflict(&real, source, is_root) {
                return Err(Error::Usage(format!(
                    "the output folder `{shown}` {how} `{}`, which the site is read from; name another \
                     folder with `--output`",
                    folder.display()
                )));
            }
        }
        // With a slash at its end, a link would be followed.
        let plain: PathBuf = path.components().collect();
        if plain.is_symlink() {
            return Err(Error::Usage(format!(
                "the output folder `{shown}` is a symbolic link; name the folder it points to with \
                 `--output`"
            )));
        }
        let (Some(above), Some(name)) = (real.parent(), real.file_name()) else {
            return Err(Error::Usage(format!(
                "the output cannot be `{shown}`; name a folder with `--output`"
            )));
        };
        let parent = fs::create_dir_all(above)
            .and_then(|()| Folder::open(above))
            .map_err(|error| Error::Machine(format!("`{}`: {error}", above.display())))?;
        Ok(Self {
            parent,
            name: name.to_owned(),
            shown,
        })
    }

    /// Opens the output folder; `None` if nothing has its name.
    pub(super) fn folder(&self) -> Result<Option<Folder>, Error> {
        match self.parent.enter(&self.name) {
            Ok(folder) => Ok(Some(folder)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                Err(Error::Usage(format!(
                    "the output `{}` is not a folder; name another with `--output`",
                    self.shown
                )))
            }
            Err(error) => Err(PathError::new(Path::new(""), error).describe(&self.shown)),
        }
    }

    /// The error that nothing can be made beside the output folder.
    pub(super) fn cannot_write_beside(&self, error: &io::Error) -> Error {
        Error::Machine(format!(
            "cannot write beside `{}`, where the new site is prepared: {error}\nhint: make the folder \
             above it writable, or choose another output with `--output`",
            self.shown
        ))
    }

    /// The name of something temporary beside the output folder: `.public.regain-SUFFIX`.
    pub(super) fn temporary(&self, suffix: &str) -> OsString {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(".regain-");
        name.push(suffix);
        name
    }

    /// The suffix of a name made by [`OutputFolder::temporary`].
    pub(super) fn suffix<'a>(&self, name: &'a OsStr) -> Option<&'a str> {
        let prefix = self.temporary("");
        let suffix = name
            .as_encoded_bytes()
            .strip_prefix(prefix.as_encoded_bytes())?;
        str::from_utf8(suffix).ok()
    }
}

/// What is wrong with an output folder at `path`, if the site is read from `source`.
fn conflict(path: &Path, source: &Path, is_root: bool) -> Option<&'static str> {
    if path == source {
        Some("is the folder")
    } else if source.starts_with(path) {
        Some("contains")
    } else if path.starts_with(source) && !is_root {
        Some("is inside")
    } else {
        None
    }
}

/// The path without links and `..`, as far as it exists.
fn real_path(path: &Path) -> Result<PathBuf, Error> {
    let fail = |error: io::Error| Error::Machine(format!("`{}`: {error}", path.display()));
    let whole = std::path::absolute(path).map_err(fail)?;
    let mut missing = PathBuf::new();
    for existing in whole.ancestors() {
        match fs::canonicalize(existing) {
            Ok(found) => return Ok(found.join(missing).components().collect()),
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(fail(error)),
            Err(_) => {}
        }
        let Some(Component::Normal(name)) = existing.components().next_back() else {
            return Err(Error::Usage(format!(
                "`{}` goes back out of a folder that does not exist",
                path.display()
            )));
        };
        missing = Path::new(name).join(missing);
    }
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A site with its folders, and a link to its content.
    fn site() -> (tempfile::TempDir, [PathBuf; 3]) {
        let space = tempfile::tempdir().expect("a temporary folder");
        let root = space.path().join("site");
        let protected = [root.clone(), root.join("content"), root.join("themes")];
        fs::create_dir_all(root.join("content/guides")).expect("folders");
        std::os::unix::fs::symlink("site/content", space.path().join("link")).expect("a link");
        std::os::unix::fs::symlink("nowhere", space.path().join("dangling")).expect("a link");
        fs::write(space.path().join("file"), "").expect("a file");
        (space, protected)
    }

    #[test]
    fn an_output_folder_that_endangers_the_sources_is_refused() {
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
            ("link/public", Some("is inside")),
            ("site/content/guides/public", Some("is inside")),
            ("site/themes/public", Some("is inside")),
            ("", Some("contains")),
            ("dangling", Some("is a symbolic link")),
            ("dangling/", Some("is a symbolic link")),
        ];
        for (target, expected) in cases {
            let opened = OutputFolder::open(&space.path().join(target), &protected);
            match (opened, expected) {
                (Ok(_), None) => {}
                (Err(Error::Usage(why)), Some(how)) => {
                    assert!(why.contains(&format!(" {how}")), "{target}: {why}");
                }
                (opened, _) => panic!("{target}: {opened:?}"),
            }
        }
    }

    #[test]
    fn the_root_of_the_file_system_is_refused() {
        let opened = OutputFolder::open(Path::new("/"), &[]);
        assert!(matches!(opened, Err(Error::Usage(_))));
    }

    #[test]
    fn temporary_names_are_recognized() {
        let (space, protected) = site();
        let target = OutputFolder::open(&space.path().join("site/public"), &protected);
        let target = target.expect("a good target");
        assert_eq!(target.temporary("lock"), ".public.regain-lock");
        let cases = [
            (".public.regain-1-2", Some("1-2")),
            ("public", None),
            (".public2.regain-1-2", None),
        ];
        for (name, expected) in cases {
            assert_eq!(target.suffix(name.as_ref()), expected, "{name}");
        }
    }
}
