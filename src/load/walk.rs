//! One folder on disk → its files in memory. Links are never followed, only regular files are opened, and what
//! editors and systems leave behind is ignored. A file that is certain not to have changed since the last time is not
//! read again.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::fs::Metadata;
use std::io::{Error, Read as _};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

#[cfg(unix)]
use self::unix as system;
#[cfg(windows)]
use self::windows as system;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::fingerprint::sha256_hex;
use crate::invisible::misleading;
use crate::source::{Location, Source};

/// Files by their path below the folder, `/` between its parts.
pub(super) type Files = BTreeMap<String, FileBytes>;

/// What is in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FileBytes {
    /// The bytes, which a cache may share.
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

/// The files of the last load by path from the site's root, for the preview.
#[derive(Debug, Default)]
pub struct FileCache(HashMap<String, (Stamp, FileBytes)>);

/// What changes when a file does.
#[derive(Debug, Clone, PartialEq)]
struct Stamp {
    size: u64,
    modified: SystemTime,
    traits: system::Traits,
}

impl Stamp {
    fn new(metadata: &Metadata) -> Self {
        Self {
            size: metadata.len(),
            modified: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH),
            traits: system::traits(metadata),
        }
    }
}

/// A file changed this recently may change again without a new date, since some file systems count in
/// steps of two seconds.
const RECENT: Duration = Duration::from_secs(3);

/// The most bytes of one file, in MiB: far more than any guide or image needs, and little enough for memory.
const FILE_LIMIT: u64 = 32;

/// Names that Windows keeps for devices, whatever their extension.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Reads every file in `root/below`; a folder that does not exist is empty. With a cache, files that have not changed
/// are taken from it, and it then holds the files of this folder as they are now.
pub(super) fn folder(
    root: &Path,
    below: &str,
    cache: Option<&mut FileCache>,
    diagnostics: &mut Diagnostics,
) -> Files {
    let now = SystemTime::now();
    let folder = format!("{below}/");
    for (end, _) in folder.match_indices('/') {
        match root.join(&below[..end]).symlink_metadata() {
            Err(_) => return Files::new(),
            Ok(metadata) if metadata.is_symlink() => {
                diagnostics.push(link(&below[..end]));
                return Files::new();
            }
            Ok(_) => {}
        }
    }
    let walk = WalkDir::new(root.join(below))
        .min_depth(1)
        .follow_root_links(false)
        .sort_by_file_name();
    let is_left_over = |entry: &DirEntry| entry.file_name().to_str().is_some_and(is_left_over);
    let entries = walk.into_iter().filter_entry(|entry| !is_left_over(entry));
    let known = cache.as_deref();
    let read = |entry: walkdir::Result<DirEntry>| {
        let entry = entry.map_err(|error| walk_problem(root, &error))?;
        let path = path_below(root, entry.path())?;
        let cached = known.and_then(|cache| cache.0.get(&path));
        let file = read_entry(&path, &entry, cached)?;
        Ok(file.map(|(stamp, file)| (path, stamp, file)))
    };
    let entries: Vec<_> = entries.collect();
    let read: Vec<_> = entries.into_par_iter().map(read).collect();
    let mut files = Files::new();
    let mut unchanging = HashMap::new();
    for file in read.into_iter().filter_map(Result::transpose) {
        match file {
            Ok((path, stamp, file)) => {
                files.insert(path[folder.len()..].to_owned(), file.clone());
                // A date in the future says nothing about the age.
                let age = now.duration_since(stamp.modified).unwrap_or_default();
                if cache.is_some() && age > RECENT {
                    unchanging.insert(path, (stamp, file));
                }
            }
            Err(problem) => diagnostics.push(problem),
        }
    }
    if let Some(cache) = cache {
        cache.0.retain(|path, _| !path.starts_with(&folder));
        cache.0.extend(unchanging);
    }
    files
}

/// What editors and systems leave beside an author's files; never read or published.
fn is_left_over(name: &str) -> bool {
    let ends = ["~", ".swp", ".swo", ".bak", ".orig", ".tmp"];
    name.starts_with('.')
        || (name.starts_with('#') && name.ends_with('#'))
        || ends.iter().any(|end| name.ends_with(end))
        || matches!(name, "4913" | "Thumbs.db" | "desktop.ini")
}

/// The path of a file as authors write it.
fn path_below(root: &Path, path: &Path) -> Result<String, Diagnostic> {
    let path = path.strip_prefix(root).unwrap_or(path);
    let names: Option<Vec<_>> = path.iter().map(OsStr::to_str).collect();
    let names =
        names.ok_or_else(|| bad_name(&path.to_string_lossy(), "the name is not valid UTF-8"))?;
    // Windows divides them in another way.
    Ok(names.join("/"))
}

/// `Ok(None)` for a folder.
fn read_entry(
    path: &str,
    entry: &DirEntry,
    cached: Option<&(Stamp, FileBytes)>,
) -> Result<Option<(Stamp, FileBytes)>, Diagnostic> {
    let kind = entry.file_type();
    if kind.is_symlink() {
        return Err(link(path));
    }
    if let Some(reason) = path.rsplit('/').next().and_then(name_problem) {
        return Err(bad_name(path, reason));
    }
    if kind.is_dir() {
        return Ok(None);
    }
    if !kind.is_file() {
        return Err(not_regular(path));
    }
    let metadata = cached.and_then(|_| entry.metadata().ok());
    let stamp = metadata.map(|metadata| Stamp::new(&metadata));
    match cached.filter(|(known, _)| Some(known) == stamp.as_ref()) {
        Some(cached) => Ok(Some(cached.clone())),
        None => read(entry.path(), path).map(Some),
    }
}

/// Reads a regular file.
fn read(file: &Path, path: &str) -> Result<(Stamp, FileBytes), Diagnostic> {
    let unreadable = |error: Error| {
        problem(path, Code::Unreadable, format!("cannot be read: {error}"))
            .hint("check that the file exists and that you have permission to read it")
    };
    let file = system::open(file).map_err(unreadable)?;
    let metadata = file.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(not_regular(path));
    }
    // With room for one more byte, reading notices the end of the file without growing the buffer.
    let limit = FILE_LIMIT * 1024 * 1024;
    let room = usize::try_from(metadata.len().min(limit)).unwrap_or(0) + 1;
    let mut bytes = Vec::with_capacity(room);
    // One byte past the limit shows that a file is too large, even if it is still growing.
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > limit {
        let message = format!("larger than {FILE_LIMIT} MiB");
        return Err(problem(path, Code::TooLarge, message)
            .hint("make it smaller, or move it out of `content/`"));
    }
    Ok((Stamp::new(&metadata), FileBytes::new(bytes)))
}

/// Why a name cannot be a file on every system a site is built on.
fn name_problem(name: &str) -> Option<&'static str> {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let misleads = |(at, c)| misleading(name, at, c).is_some();
    if RESERVED.contains(&stem.as_str()) {
        Some("Windows keeps this name for a device")
    } else if name.ends_with(['.', ' ']) {
        Some("a name cannot end in a dot or a space")
    } else if name.contains([':', '?', '*', '"', '<', '>', '|', '\\']) {
        Some("a name cannot contain : ? * \" < > | \\")
    } else if name.chars().any(char::is_control) {
        Some("a name cannot contain control characters")
    } else if name.char_indices().any(misleads) {
        Some("a name cannot contain invisible characters")
    } else {
        None
    }
}

fn problem(path: &str, code: Code, message: impl Into<String>) -> Diagnostic {
    let location = Location::start_of(&Source::new(path, ""));
    Diagnostic::error(code, message).at(location)
}

fn bad_name(path: &str, reason: &str) -> Diagnostic {
    let path = path.escape_debug().to_string();
    problem(&path, Code::FileName, reason).hint("rename the file")
}

fn link(path: &str) -> Diagnostic {
    problem(path, Code::NotAFile, "symbolic links are not followed")
        .hint("replace the link with the file itself")
}

fn not_regular(path: &str) -> Diagnostic {
    problem(path, Code::NotAFile, "only regular files can be read")
        .hint("remove the pipe, socket or device")
}

fn walk_problem(root: &Path, error: &walkdir::Error) -> Diagnostic {
    let path = error.path().and_then(|path| path_below(root, path).ok());
    let reason = error
        .io_error()
        .map_or_else(|| error.to_string(), ToString::to_string);
    let message = format!("cannot be read: {reason}");
    problem(&path.unwrap_or_default(), Code::Unreadable, message)
        .hint("check that the folder exists and that you have permission to read it")
}

#[cfg(test)]
mod tests {
    use std::fs::OpenOptions;

    use super::*;

    #[test]
    fn leftovers_of_editors_are_known() {
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
            assert_eq!(is_left_over(name), expected, "{name}");
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

    #[test]
    fn links_and_pipes_are_reported_and_never_opened() {
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

    fn save(file: &Path, text: &str) {
        std::fs::write(file, text).expect("written");
        let file = OpenOptions::new().write(true).open(file).expect("a file");
        file.set_modified(SystemTime::UNIX_EPOCH).expect("set");
    }

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
