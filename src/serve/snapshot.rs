//! What the author's folders contain at one moment.
//!
//! In: the site's root. Out: a value that is equal to the next one unless something a build reads has
//! changed. Content decides; size, dates and inode only save reading a file again. What a change means
//! is left to the build, which always makes the whole site.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use walkdir::{DirEntry, WalkDir};

use crate::load::{is_left_over_name, open_file};

/// The folders below the root that a build reads.
pub(super) const FOLDERS: [&str; 2] = ["content", "themes"];

/// Bytes of a file that are compared: a build refuses anything larger.
const READ_LIMIT: u64 = 64 * 1024 * 1024;

/// A file changed this recently may change again without a new date, since some file systems count in
/// steps of two seconds. Until then it is read every time.
const RECENT: Duration = Duration::from_secs(3);

/// The content of the folders. Paths are plain text because comparing paths part by part is slow.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Snapshot(BTreeMap<OsString, Entry>);

#[derive(Debug, Clone)]
enum Entry {
    /// Its device and inode: another folder of the same name must be watched anew.
    Folder((u64, u64)),
    /// Its digest. While the stamp stays the same, so does the digest; `None` if that is not certain.
    File([u8; 32], Option<Stamp>),
    /// Missing, unreadable, or a link, pipe or the like: a build refuses it.
    Other,
}

/// Size, date, time of the last change (`ctime`, which no program can set), device and inode.
type Stamp = (u64, SystemTime, (i64, i64), (u64, u64));

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Folder(one), Self::Folder(other)) => one == other,
            (Self::File(one, _), Self::File(other, _)) => one == other,
            (Self::Other, Self::Other) => true,
            _ => false,
        }
    }
}

impl Snapshot {
    /// Looks at everything below `root` that a build reads. Files whose stamp is that of `before` are
    /// not read again.
    pub(super) fn take(root: &Path, before: &Self) -> Self {
        let now = SystemTime::now();
        let found: Vec<_> = FOLDERS
            .iter()
            .flat_map(|folder| {
                WalkDir::new(root.join(folder))
                    .follow_root_links(false)
                    .into_iter()
                    .filter_entry(|entry| entry.depth() == 0 || !is_left_over(entry))
            })
            .collect();
        let entries = found.into_par_iter().map(|found| match found {
            Ok(file) => {
                let known = before.0.get(file.path().as_os_str());
                let entry = Entry::of(&file, known, now).unwrap_or(Entry::Other);
                (file.into_path().into_os_string(), entry)
            }
            Err(error) => {
                let path = error.path().unwrap_or(root);
                (path.as_os_str().to_owned(), Entry::Other)
            }
        });
        Self(entries.collect())
    }
}

fn is_left_over(entry: &DirEntry) -> bool {
    entry.file_name().to_str().is_some_and(is_left_over_name)
}

impl Entry {
    fn of(file: &DirEntry, known: Option<&Self>, now: SystemTime) -> io::Result<Self> {
        let metadata = file.metadata()?;
        let inode = (metadata.dev(), metadata.ino());
        if metadata.is_dir() {
            return Ok(Self::Folder(inode));
        }
        if !metadata.is_file() {
            return Ok(Self::Other);
        }
        let modified = metadata.modified()?;
        let changed = (metadata.ctime(), metadata.ctime_nsec());
        let stamp = (metadata.len(), modified, changed, inode);
        let digest = match known {
            Some(Self::File(digest, Some(known))) if *known == stamp => *digest,
            _ => digest(file.path())?,
        };
        // A date in the future says nothing about the age.
        let age = now.duration_since(modified).unwrap_or_default();
        Ok(Self::File(digest, (age > RECENT).then_some(stamp)))
    }
}

fn digest(path: &Path) -> io::Result<[u8; 32]> {
    let mut bytes = Vec::new();
    open_file(path)?.take(READ_LIMIT).read_to_end(&mut bytes)?;
    Ok(Sha256::digest(&bytes).into())
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};

    use super::*;

    fn write(root: &Path, path: &str, text: &str) -> io::Result<()> {
        let path = root.join(path);
        fs::create_dir_all(path.parent().expect("a parent"))?;
        fs::write(path, text)
    }

    fn rename(root: &Path, from: &str, to: &str) -> io::Result<()> {
        fs::rename(root.join(from), root.join(to))
    }

    fn set_date(root: &Path, date: SystemTime) -> io::Result<()> {
        let path = root.join("content/index.md");
        let file = File::options().write(true).open(path)?;
        file.set_modified(date)
    }

    /// Whether a change is seen in a site that was prepared for it.
    fn sees_after(
        prepare: impl FnOnce(&Path) -> io::Result<()>,
        change: impl FnOnce(&Path) -> io::Result<()>,
    ) -> bool {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        write(root, "content/index.md", "one").expect("a file");
        write(root, "content/a/index.md", "two").expect("a file");
        prepare(root).expect("prepared");
        let before = Snapshot::take(root, &Snapshot::default());
        change(root).expect("changed");
        Snapshot::take(root, &before) != before
    }

    fn sees(change: impl FnOnce(&Path) -> io::Result<()>) -> bool {
        sees_after(|_| Ok(()), change)
    }

    #[test]
    fn changes_are_seen() {
        assert!(sees(|root| write(root, "content/index.md", "new")));
        assert!(sees(|root| write(root, "content/b.md", "")));
        assert!(sees(|root| write(root, "themes/own/css/tokens.css", "")));
        assert!(sees(|root| fs::remove_file(root.join("content/index.md"))));
        assert!(sees(|root| fs::create_dir(root.join("content/empty"))));
        assert!(sees(|root| rename(root, "content/a", "content/b")));
        assert!(sees(|root| rename(root, "content", "elsewhere")));
        assert!(sees(|root| {
            rename(root, "content/a", "old")?;
            write(root, "content/a/index.md", "two")
        }));
    }

    #[test]
    fn everything_else_is_not() {
        assert!(!sees(|_| Ok(())));
        assert!(!sees(|root| write(root, "content/index.md", "one")));
        assert!(!sees(|root| write(root, "content/.index.md.swp", "x")));
        assert!(!sees(|root| write(root, "content/index.md~", "x")));
        assert!(!sees(|root| write(root, "content/.git/x.md", "x")));
        assert!(!sees(|root| write(root, "public/index.html", "x")));
        assert!(!sees(|root| set_date(root, SystemTime::UNIX_EPOCH)));
        assert!(!sees(|root| {
            rename(root, "content/index.md", "kept")?;
            fs::copy(root.join("kept"), root.join("content/index.md")).map(drop)
        }));
    }

    #[test]
    fn a_change_with_the_old_size_and_date_is_seen() {
        for date in [
            SystemTime::UNIX_EPOCH,
            SystemTime::now() + Duration::from_hours(1),
        ] {
            let change = |root: &Path| {
                write(root, "content/index.md", "ONE")?;
                set_date(root, date)
            };
            assert!(sees_after(|root| set_date(root, date), change), "{date:?}");
        }
    }

    #[test]
    fn links_and_pipes_are_never_opened() {
        let prepare = |root: &Path| {
            let pipe = root.join("content/pipe.md");
            std::process::Command::new("mkfifo").arg(pipe).status()?;
            std::os::unix::fs::symlink("/dev/zero", root.join("content/zero.md"))
        };
        assert!(!sees_after(prepare, |_| Ok(())));
    }
}
