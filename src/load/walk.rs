//! One folder on disk → its files in memory.
//!
//! In: a folder. Out: bytes by path, and a diagnostic for whatever cannot or must not be read.
//! Links are never followed and only regular files are opened; what editors and systems leave
//! behind is passed over. What the bytes mean is read elsewhere. A file that is certain not to have
//! changed since the last time is not read again.

use std::collections::{BTreeMap, HashMap};
use std::fs::{File, Metadata, OpenOptions};
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::fingerprint::sha256_hex;
use crate::invisible::misleading;
use crate::source::{Location, Source};

/// Files by their path below the folder, `/` between its parts.
pub(super) type Files = BTreeMap<String, FileBytes>;

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileBytes {
    /// The bytes; a cache may hold them too.
    pub(super) bytes: Arc<Vec<u8>>,
    /// Their SHA-256 in lower-case hex.
    pub(super) digest: Arc<str>,
}

impl FileBytes {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self {
            digest: sha256_hex(&bytes).into(),
            bytes: Arc::new(bytes),
        }
    }

    /// The bytes alone, copied only if they are shared.
    pub(super) fn into_vec(self) -> Vec<u8> {
        Arc::unwrap_or_clone(self.bytes)
    }
}

/// The files of the last load, for the preview.
#[derive(Debug, Default)]
pub struct FileCache(HashMap<String, (Stamp, FileBytes)>);

/// Size, date, time of the last change (`ctime`, which no program can set), device and inode.
type Stamp = (u64, SystemTime, (i64, i64), (u64, u64));

/// A file changed this recently may change again without a new date, since some file systems count in
/// steps of two seconds.
const RECENT: Duration = Duration::from_secs(3);

/// Bytes of one file at most: far above any guide or picture of one, far below what hurts.
const FILE_LIMIT: u64 = 32 * 1024 * 1024;

/// Names Windows keeps for devices, whatever their extension.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Reads every file below `root/below`; a folder that is not there is empty. With a cache, files that
/// have not changed are taken from it, and it then holds the files of this folder as they are now.
pub(super) fn folder(
    root: &Path,
    below: &str,
    cache: Option<&mut FileCache>,
    diagnostics: &mut Diagnostics,
) -> Files {
    let now = SystemTime::now();
    let top = root.join(below);
    for (end, _) in format!("{below}/").match_indices('/') {
        match root.join(&below[..end]).symlink_metadata() {
            Err(_) => return Files::new(),
            Ok(facts) if facts.is_symlink() => {
                diagnostics.push(a_link(&below[..end]));
                return Files::new();
            }
            Ok(_) => {}
        }
    }
    let mut found = Vec::new();
    let walk = WalkDir::new(&top)
        .follow_links(false)
        .follow_root_links(false)
        .sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|entry| !is_left_over(entry)) {
        match entry {
            Ok(entry) => match name_below(&top, entry.path()) {
                Ok(name) => found.push((name, entry)),
                Err(shown) => diagnostics.push(bad_name(
                    &format!("{below}/{shown}"),
                    "the name is not valid UTF-8",
                )),
            },
            Err(error) => diagnostics.push(walk_problem(&top, below, &error)),
        }
    }
    let known = cache.as_deref();
    let read: Vec<_> = found
        .into_par_iter()
        .filter_map(|(name, entry)| {
            let cached = known.and_then(|cache| cache.0.get(&shown(below, &name)));
            let read = read_entry(below, &name, &entry, cached).transpose()?;
            Some((name, read))
        })
        .collect();
    let mut files = Files::new();
    let mut stamps = HashMap::new();
    for (name, result) in read {
        match result {
            Ok((stamp, file)) => {
                // A date in the future says nothing about the age.
                let age = now.duration_since(stamp.1).unwrap_or_default();
                if cache.is_some() && age > RECENT {
                    stamps.insert(shown(below, &name), (stamp, file.clone()));
                }
                files.insert(name, file);
            }
            Err(problem) => diagnostics.push(problem),
        }
    }
    if let Some(cache) = cache {
        let folder = format!("{below}/");
        cache.0.retain(|name, _| !name.starts_with(&folder));
        cache.0.extend(stamps);
    }
    files
}

/// A name below a folder as authors write it.
fn shown(below: &str, name: &str) -> String {
    if name.is_empty() {
        below.to_owned()
    } else {
        format!("{below}/{name}")
    }
}

/// What editors and systems leave beside an author's files; never read or published.
fn is_left_over_name(name: &str) -> bool {
    let ends = ["~", ".swp", ".swo", ".bak", ".orig", ".tmp"];
    (name.starts_with('.') && name != "." && name != "..")
        || (name.starts_with('#') && name.ends_with('#'))
        || ends.iter().any(|end| name.ends_with(end))
        || matches!(name, "4913" | "Thumbs.db" | "desktop.ini")
}

fn is_left_over(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().to_str().is_some_and(is_left_over_name)
}

/// The path below `top`; `Err` gives a printable form of one that is not UTF-8.
fn name_below(top: &Path, path: &Path) -> Result<String, String> {
    let below = path.strip_prefix(top).unwrap_or(path);
    let mut name = String::new();
    for part in below {
        let Some(part) = part.to_str() else {
            return Err(below.to_string_lossy().escape_debug().to_string());
        };
        if !name.is_empty() {
            name.push('/');
        }
        name.push_str(part);
    }
    Ok(name)
}

/// `Ok(None)` for a folder.
fn read_entry(
    below: &str,
    name: &str,
    entry: &DirEntry,
    cached: Option<&(Stamp, FileBytes)>,
) -> Result<Option<(Stamp, FileBytes)>, Diagnostic> {
    let shown = shown(below, name);
    let kind = entry.file_type();
    if kind.is_symlink() {
        return Err(a_link(&shown));
    }
    if let Some(reason) = name.rsplit('/').next().and_then(name_problem) {
        return Err(bad_name(&shown, reason));
    }
    if kind.is_dir() {
        return Ok(None);
    }
    if !kind.is_file() {
        return Err(
            Diagnostic::error(Code::NotAFile, "only regular files can be read")
                .at(whole(&shown))
                .hint("remove the pipe, socket or device"),
        );
    }
    let is_same = |(known, _): &&(Stamp, FileBytes)| {
        entry
            .metadata()
            .is_ok_and(|metadata| stamp(&metadata) == *known)
    };
    match cached.filter(is_same) {
        Some(cached) => Ok(Some(cached.clone())),
        None => read(entry.path(), &shown).map(Some),
    }
}

fn a_link(shown: &str) -> Diagnostic {
    Diagnostic::error(Code::NotAFile, "symbolic links are not followed")
        .at(whole(shown))
        .hint("replace the link with the file itself")
}

fn read(path: &Path, shown: &str) -> Result<(Stamp, FileBytes), Diagnostic> {
    let unreadable = |error: std::io::Error| {
        Diagnostic::error(Code::Unreadable, format!("cannot be read: {error}"))
            .at(whole(shown))
            .hint("check that the file exists and that you have permission to read it")
    };
    let file = open_file(path).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(
            Diagnostic::error(Code::NotAFile, "only regular files can be read").at(whole(shown)),
        );
    }
    // One more than it holds: reading then sees its end without growing.
    let mut bytes =
        Vec::with_capacity(usize::try_from(metadata.len().min(FILE_LIMIT)).unwrap_or(0) + 1);
    // One byte past the limit tells a file that is too large, also one that still grows.
    file.take(FILE_LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > FILE_LIMIT {
        return Err(Diagnostic::error(
            Code::TooLarge,
            format!("larger than {} MiB", FILE_LIMIT / 1024 / 1024),
        )
        .at(whole(shown))
        .hint("make it smaller, or move it out of `content/`"));
    }
    Ok((stamp(&metadata), FileBytes::new(bytes)))
}

#[cfg(unix)]
fn stamp(metadata: &Metadata) -> Stamp {
    use std::os::unix::fs::MetadataExt as _;

    let changed = (metadata.ctime(), metadata.ctime_nsec());
    let inode = (metadata.dev(), metadata.ino());
    (metadata.len(), modified(metadata), changed, inode)
}

#[cfg(not(unix))]
fn stamp(metadata: &Metadata) -> Stamp {
    (metadata.len(), modified(metadata), (0, 0), (0, 0))
}

fn modified(metadata: &Metadata) -> SystemTime {
    metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH)
}

/// Opens without following a link that was put there since the folder was listed, and without
/// waiting for a pipe's other end.
#[cfg(unix)]
fn open_file(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;

    use rustix::fs::OFlags;

    let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC).bits();
    OpenOptions::new()
        .read(true)
        .custom_flags(flags.cast_signed())
        .open(path)
}

#[cfg(not(unix))]
fn open_file(path: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

/// Why a name cannot be a file on every system a site is built on.
fn name_problem(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    if RESERVED.contains(&stem.as_str()) {
        Some("Windows keeps this name for a device")
    } else if name.ends_with(['.', ' ']) {
        Some("a name cannot end in a dot or a space")
    } else if name.contains([':', '?', '*', '"', '<', '>', '|', '\\']) {
        Some("a name cannot hold : ? * \" < > | \\")
    } else if name.chars().any(char::is_control) {
        Some("a name cannot hold control characters")
    } else if name
        .char_indices()
        .any(|(at, c)| misleading(name, at, c).is_some())
    {
        Some("a name cannot contain invisible characters")
    } else {
        None
    }
}

fn bad_name(shown: &str, reason: &str) -> Diagnostic {
    Diagnostic::error(Code::FileName, reason)
        .at(whole(&shown.escape_debug().to_string()))
        .hint("rename the file")
}

fn walk_problem(top: &Path, below: &str, error: &walkdir::Error) -> Diagnostic {
    let name = error
        .path()
        .and_then(|path| name_below(top, path).ok())
        .unwrap_or_default();
    let reason = error
        .io_error()
        .map_or_else(|| error.to_string(), ToString::to_string);
    Diagnostic::error(Code::Unreadable, format!("cannot be read: {reason}"))
        .at(whole(format!("{below}/{name}").trim_end_matches('/')))
        .hint("check that the folder exists and that you have permission to read it")
}

fn whole(path: &str) -> Location {
    Location::start_of(&Source::new(path, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leavings_of_editors_are_known() {
        let cases = [
            ("guide.md", false),
            (".guide.md.swp", true),
            ("guide.md~", true),
            ("#guide.md#", true),
            (".#guide.md", true),
            ("4913", true),
            ("4913.md", false),
        ];
        for (name, expected) in cases {
            assert_eq!(is_left_over_name(name), expected, "{name}");
        }
    }

    #[test]
    fn names_no_other_system_can_hold_are_refused() {
        for name in ["con", "NUL.md", "a.", "a ", "a:b.md", "a\u{7}.md"] {
            assert!(name_problem(name).is_some(), "{name:?}");
        }
        for name in ["console.md", "a b.md", "é.md", "index.md"] {
            assert_eq!(name_problem(name), None, "{name:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_told_and_never_opened() {
        let folder_on_disk = tempfile::tempdir().expect("a temporary folder");
        let content = folder_on_disk.path().join("content");
        std::fs::create_dir(&content).expect("a folder");
        std::fs::write(content.join("a.md"), "a").expect("a file");
        std::os::unix::fs::symlink("/dev/zero", content.join("b.md")).expect("a link");
        let made = std::process::Command::new("mkfifo")
            .arg(content.join("c.md"))
            .status();
        assert!(made.expect("mkfifo runs").success());
        let mut diagnostics = Diagnostics::default();
        let files = folder(folder_on_disk.path(), "content", None, &mut diagnostics);
        assert_eq!(files.keys().collect::<Vec<_>>(), ["a.md"]);
        assert_eq!(
            crate::diagnostic::short(&diagnostics.sorted()),
            "content/b.md:1:1: not-a-file: symbolic links are not followed\n\
             hint: replace the link with the file itself\n\
             content/c.md:1:1: not-a-file: only regular files can be read\n\
             hint: remove the pipe, socket or device\n"
        );
    }

    /// Saves `content/index.md` with an old date, changes it, and reads it with what was read before.
    #[cfg(unix)]
    fn read_again(change: impl FnOnce(&Path)) -> (Files, Files) {
        let folder_on_disk = tempfile::tempdir().expect("a temporary folder");
        let file = folder_on_disk.path().join("content/index.md");
        std::fs::create_dir(folder_on_disk.path().join("content")).expect("a folder");
        save(&file, "one");
        let mut cache = FileCache::default();
        let mut read = || {
            let mut diagnostics = Diagnostics::default();
            folder(
                folder_on_disk.path(),
                "content",
                Some(&mut cache),
                &mut diagnostics,
            )
        };
        let before = read();
        // The clock of some file systems ticks every few milliseconds.
        std::thread::sleep(Duration::from_millis(20));
        change(&file);
        (before, read())
    }

    #[cfg(unix)]
    fn save(file: &Path, text: &str) {
        std::fs::write(file, text).expect("written");
        let file = OpenOptions::new().write(true).open(file).expect("a file");
        file.set_modified(SystemTime::UNIX_EPOCH).expect("set");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_read_again_if_it_may_have_changed() {
        let (before, after) = read_again(|_| {});
        assert!(Arc::ptr_eq(
            &before["index.md"].bytes,
            &after["index.md"].bytes
        ));
        // The same size and date as before.
        let (before, after) = read_again(|file| save(file, "two"));
        assert_ne!(before, after);
        let (_, after) = read_again(|file| std::fs::remove_file(file).expect("removed"));
        assert_eq!(after, Files::new());
    }
}
