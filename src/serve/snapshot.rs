//! What the author's folders hold at one moment.
//!
//! In: the site's root. Out: a value that differs from the next one if, and only if, something a
//! build reads has changed. Content decides; size, dates and inode only spare reading a file again.
//! It says nothing of what the change means: a build is always whole.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::Metadata;
use std::io::{self, Read as _};
use std::path::Path;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use walkdir::{DirEntry, WalkDir};

use crate::load::{is_left_over_name, open_file};

/// The folders below the root that a build reads.
pub(super) const FOLDERS: [&str; 2] = ["content", "themes"];

/// Bytes of one file that are compared: a build refuses anything larger.
const READ_LIMIT: u64 = 64 * 1024 * 1024;

/// A file changed this recently may change again without its date moving on, since some file
/// systems count in steps of two seconds. Until it is older, it is read every time.
const FRESH: Duration = Duration::from_secs(3);

/// The folders' content.
#[derive(Debug, Clone, Default)]
pub(super) struct Snapshot {
    /// By path; as plain text, since comparing paths part by part is slow.
    entries: BTreeMap<OsString, Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    stamp: Option<Stamp>,
    content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    Folder,
    File([u8; 32]),
    /// A link, a pipe or the like: a build refuses it and says so.
    Other,
    Unreadable,
}

/// What a file system says about a file without opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    identity: Identity,
}

impl Snapshot {
    /// Looks at everything below `root` that a build reads. What `before` knows and no stamp speaks
    /// against is not read again.
    pub(super) fn take(root: &Path, before: &Self) -> Self {
        let now = SystemTime::now();
        let found: Vec<_> = FOLDERS
            .iter()
            .flat_map(|folder| walk(&root.join(folder)))
            .collect();
        let entries = found
            .into_par_iter()
            .map(|found| match found {
                Ok(entry) => {
                    let known = before.entries.get(entry.path().as_os_str());
                    let seen = look(&entry, known, now);
                    (entry.into_path().into_os_string(), seen)
                }
                Err(error) => {
                    let path = error.path().unwrap_or(root).as_os_str().to_owned();
                    (path, Entry::without_stamp(Content::Unreadable))
                }
            })
            .collect();
        Self { entries }
    }

    /// Whether a build would read the same.
    pub(super) fn same_content(&self, other: &Self) -> bool {
        self.contents().eq(other.contents())
    }

    fn contents(&self) -> impl Iterator<Item = (&OsString, &Content)> {
        self.entries
            .iter()
            .map(|(path, entry)| (path, &entry.content))
    }

    /// Whether the same folders, not others of the same name, are at the same places.
    pub(super) fn same_folders(&self, other: &Self) -> bool {
        self.folders().eq(other.folders())
    }

    fn folders(&self) -> impl Iterator<Item = (&OsString, Option<Identity>)> {
        self.entries
            .iter()
            .filter(|(_, entry)| entry.content == Content::Folder)
            .map(|(path, entry)| (path, entry.stamp.as_ref().map(|stamp| stamp.identity)))
    }
}

impl Entry {
    fn without_stamp(content: Content) -> Self {
        Self {
            stamp: None,
            content,
        }
    }
}

/// A folder that is not there is empty.
fn walk(top: &Path) -> impl Iterator<Item = walkdir::Result<DirEntry>> + use<> {
    let exists = top.symlink_metadata().is_ok();
    let walk = WalkDir::new(top)
        .follow_links(false)
        .follow_root_links(false)
        .into_iter()
        .filter_entry(|entry| {
            entry.depth() == 0 || !entry.file_name().to_str().is_some_and(is_left_over_name)
        });
    exists.then_some(walk).into_iter().flatten()
}

fn look(entry: &DirEntry, known: Option<&Entry>, now: SystemTime) -> Entry {
    let Ok(metadata) = entry.metadata() else {
        return Entry::without_stamp(Content::Unreadable);
    };
    let stamp = Stamp::of(&metadata);
    if metadata.is_dir() {
        return Entry {
            stamp: Some(stamp),
            content: Content::Folder,
        };
    }
    if !metadata.is_file() {
        return Entry::without_stamp(Content::Other);
    }
    let known = known.filter(|known| known.stamp.as_ref() == Some(&stamp));
    let content = match known {
        Some(known) => known.content.clone(),
        None => digest(entry.path()).map_or(Content::Unreadable, Content::File),
    };
    // What could not be read may be readable at the next look, with nothing else changed.
    let trusted = content != Content::Unreadable && stamp.is_settled(now);
    Entry {
        stamp: trusted.then_some(stamp),
        content,
    }
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self {
            size: metadata.len(),
            modified: metadata.modified().ok(),
            identity: identity(metadata),
        }
    }

    /// Whether a later change would surely move the date. A date in the future tells nothing.
    fn is_settled(&self, now: SystemTime) -> bool {
        self.modified
            .and_then(|modified| now.duration_since(modified).ok())
            .is_some_and(|age| age > FRESH)
    }
}

/// Device, inode and the time of the last change of either content or name, which no program sets.
#[cfg(unix)]
type Identity = (u64, u64, i64, i64);

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt as _;

    // A folder's times move with what is in it, which says nothing of which folder it is.
    let (seconds, nanoseconds) = if metadata.is_dir() {
        (0, 0)
    } else {
        (metadata.ctime(), metadata.ctime_nsec())
    };
    (metadata.dev(), metadata.ino(), seconds, nanoseconds)
}

#[cfg(not(unix))]
type Identity = ();

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Identity {}

fn digest(path: &Path) -> io::Result<[u8; 32]> {
    let mut file = open_file(path)?.take(READ_LIMIT);
    let mut hasher = Sha256::new();
    let mut chunk = vec![0; 32 * 1024];
    loop {
        match file.read(&mut chunk)? {
            0 => return Ok(hasher.finalize().into()),
            count => hasher.update(&chunk[..count]),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
    use std::path::PathBuf;

    use super::*;

    struct Site(tempfile::TempDir);

    impl Site {
        fn new() -> Self {
            let site = Self(tempfile::tempdir().expect("a folder"));
            site.write("content/index.md", "one");
            site.write("content/a/index.md", "two");
            site
        }

        fn path(&self, path: &str) -> PathBuf {
            self.0.path().join(path)
        }

        fn write(&self, path: &str, text: &str) {
            let path = self.path(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
            fs::write(path, text).expect("a file");
        }

        fn date(&self, path: &str, time: SystemTime) {
            let file = File::options().write(true).open(self.path(path));
            file.and_then(|file| file.set_modified(time))
                .expect("a date");
        }

        fn take(&self, before: &Snapshot) -> Snapshot {
            Snapshot::take(self.0.path(), before)
        }
    }

    /// Runs `change` on a fresh site: does a build have to follow?
    fn follows(change: impl FnOnce(&Site)) -> bool {
        let site = Site::new();
        let before = site.take(&Snapshot::default());
        change(&site);
        !site.take(&before).same_content(&before)
    }

    #[test]
    fn changes_of_content_are_seen() {
        assert!(follows(|site| site.write("content/index.md", "new")));
        assert!(
            follows(|site| site.write("content/index.md", "ONE")),
            "same size"
        );
        assert!(follows(|site| site.write("content/b.md", "")));
        assert!(follows(|site| site.write("themes/own/css/tokens.css", "")));
        assert!(follows(|site| fs::remove_file(
            site.path("content/index.md")
        )
        .expect("gone")));
        assert!(follows(|site| {
            fs::rename(site.path("content/a"), site.path("content/b")).expect("moved");
        }));
        assert!(follows(|site| {
            fs::rename(site.path("content"), site.path("elsewhere")).expect("moved");
        }));
        assert!(follows(|site| {
            fs::create_dir(site.path("content/empty.md")).expect("a folder");
        }));
    }

    #[test]
    fn noise_is_not_a_change() {
        assert!(!follows(|_| {}));
        assert!(!follows(|site| site.write("content/index.md", "one")));
        assert!(!follows(|site| site.write("content/.index.md.swp", "x")));
        assert!(!follows(|site| site.write("content/index.md~", "x")));
        assert!(!follows(|site| site.write("content/.git/x.md", "x")));
        assert!(!follows(|site| site.write("public/index.html", "x")));
        assert!(!follows(
            |site| site.date("content/index.md", SystemTime::UNIX_EPOCH)
        ));
        assert!(!follows(|site| {
            fs::rename(site.path("content/index.md"), site.path("kept")).expect("moved");
            fs::copy(site.path("kept"), site.path("content/index.md")).expect("copied");
        }));
    }

    #[test]
    fn a_clock_that_goes_back_hides_nothing() {
        let site = Site::new();
        let future = SystemTime::now() + Duration::from_hours(1);
        site.date("content/index.md", future);
        let before = site.take(&Snapshot::default());
        site.write("content/index.md", "ONE");
        site.date("content/index.md", future);
        assert!(!site.take(&before).same_content(&before));
    }

    #[test]
    fn another_folder_under_the_same_name_is_another_folder() {
        let site = Site::new();
        let before = site.take(&Snapshot::default());
        site.write("content/a/more.md", "x");
        assert!(site.take(&before).same_folders(&before));
        fs::create_dir(site.path("content/b")).expect("a folder");
        assert!(!site.take(&before).same_folders(&before));
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_never_opened() {
        let site = Site::new();
        std::os::unix::fs::symlink("/dev/zero", site.path("content/zero.md")).expect("a link");
        let made = std::process::Command::new("mkfifo")
            .arg(site.path("content/pipe.md"))
            .status();
        assert!(made.expect("mkfifo runs").success());
        let before = site.take(&Snapshot::default());
        assert!(site.take(&before).same_content(&before));
    }
}
