//! A site in a place of its own, and what regain makes of it.
//!
//! In: the folder of a case, or files written by a test. Out: assertions on complete text: files of
//! the built site, what a command prints, its exit code. Snapshots stand beside the input; run with
//! `SNAPSHOTS=overwrite` to write them anew.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use regain::testing::{Checklist, Diagnostics, read_checklist, short};
use regex_lite::Regex;
use serde::Serialize;
use serde::de::DeserializeOwned;
use snapbox::{Assert, Data, IntoData};

/// A command that takes longer than this hangs, even on a busy machine with an unoptimized regain.
const PATIENCE: Duration = Duration::from_mins(10);

/// A site below a temporary folder.
pub(crate) struct SiteTest {
    /// Deleted with the value.
    _place: tempfile::TempDir,
    root: PathBuf,
    /// Where the snapshots of a case stand.
    expected: Option<PathBuf>,
    compared: RefCell<BTreeSet<PathBuf>>,
}

impl SiteTest {
    /// A folder with nothing in it.
    pub(crate) fn new() -> Self {
        let location = tempfile::tempdir().expect("a place for tests");
        let root = location.path().join("site");
        fs::create_dir(&root).expect("a folder");
        Self {
            _place: location,
            root,
            expected: None,
            compared: RefCell::default(),
        }
    }

    /// A copy of `tests/cases/CASE/input`; what is made of it is compared with `expected` beside it.
    #[track_caller]
    pub(crate) fn from_case(case: &str) -> Self {
        let folder = tests_folder().join("cases").join(case);
        let mut site = Self::from_folder(&folder.join("input"));
        site.expected = Some(folder.join("expected"));
        site
    }

    /// As [`SiteTest::from_case`], compared with nothing.
    #[track_caller]
    pub(crate) fn from_case_input(case: &str) -> Self {
        Self::from_folder(&tests_folder().join("cases").join(case).join("input"))
    }

    /// A copy of any folder.
    #[track_caller]
    pub(crate) fn from_folder(folder: &Path) -> Self {
        let site = Self::new();
        site.copy(folder, "")
    }

    /// One page that says hello, and `files` beside it.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let mut site = Self::new().change("content/index.md", "# Hello\n");
        for (path, text) in files {
            site = site.change(path, text);
        }
        site
    }

    /// Writes a file, making its folders.
    pub(crate) fn change(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a path below the root")).expect("folders");
        fs::write(path, text).expect("a file");
        self
    }

    /// Takes a file away.
    pub(crate) fn remove(self, path: &str) -> Self {
        fs::remove_file(self.path(path)).expect("a file");
        self
    }

    /// Copies what stands in `folder` to `below`.
    #[track_caller]
    pub(crate) fn copy(self, folder: &Path, below: &str) -> Self {
        let files = files_below(folder);
        assert!(!files.is_empty(), "{} holds no files", folder.display());
        files.into_iter().fold(self, |site, (path, bytes)| {
            site.change(&format!("{below}{path}"), bytes)
        })
    }

    /// Gives the site the small theme of `tests/themes/plain`, so that pages show their content and
    /// little else.
    #[track_caller]
    pub(crate) fn plain_theme(self) -> Self {
        self.copy(&tests_folder().join("themes/plain"), "themes/default/")
    }

    /// The path of something below the root.
    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    /// Builds the site into `public/`; anything but success without a word of complaint is a failure.
    #[track_caller]
    pub(crate) fn build(self) -> Self {
        self.build_with([])
    }

    /// As [`SiteTest::build`], with more arguments.
    #[track_caller]
    pub(crate) fn build_with<const N: usize>(self, arguments: [&str; N]) -> Self {
        let ran = self.run(["build"].into_iter().chain(arguments));
        let words = ran.stderr.lines().count();
        assert!(
            ran.code == Some(0) && words == 1,
            "the build ended with {:?}:\n{}",
            ran.code,
            ran.stderr
        );
        self
    }

    /// Runs `regain` in the root.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Ran {
        let mut command = self.command();
        command.args(arguments);
        self.finish(command)
    }

    /// Runs `regain` in the root, killed once it has used so many seconds of processor time. Unlike a
    /// time on the clock, that does not depend on what else the machine is doing.
    pub(crate) fn run_within(&self, seconds: u32, arguments: &[&str]) -> Ran {
        let regain = self.command();
        let mut command = Command::new("sh");
        command
            .arg("-c")
            .arg(format!("ulimit -t {seconds} && exec \"$0\" \"$@\""))
            .arg(regain.get_program())
            .args(arguments)
            .current_dir(&self.root);
        for (name, value) in regain.get_envs() {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        self.finish(command)
    }

    /// `regain`, to run in the root with nothing of this environment that could matter.
    pub(crate) fn command(&self) -> Command {
        let mut command = regain();
        command.current_dir(&self.root);
        command
    }

    /// Runs a command to its end.
    pub(crate) fn finish(&self, command: Command) -> Ran {
        let output = finish(command);
        Ran {
            code: output.status.code(),
            stdout: self.redact(&String::from_utf8_lossy(&output.stdout)),
            stderr: self.redact(&String::from_utf8_lossy(&output.stderr)),
        }
    }

    /// The text of a built file.
    #[track_caller]
    pub(crate) fn built(&self, path: &str) -> String {
        let wanted = self.public().into_iter().find_map(|(name, bytes)| {
            (without_hashes(&name) == path).then(|| String::from_utf8_lossy(&bytes).into_owned())
        });
        wanted.unwrap_or_else(|| {
            panic!(
                "`{path}` was not built; there are:\n{}",
                self.built_files().join("\n")
            )
        })
    }

    /// Every built file, with its name as it is.
    pub(crate) fn public(&self) -> BTreeMap<String, Vec<u8>> {
        files_below(&self.path("public"))
    }

    /// The names of all built files without their hashes.
    pub(crate) fn built_files(&self) -> Vec<String> {
        let names = self.public().into_keys();
        names.map(|name| without_hashes(&name)).collect()
    }

    /// Compares a built file with the snapshot of the same name.
    #[track_caller]
    pub(crate) fn check_file(&self, path: &str) -> &Self {
        let actual = self.redact(&self.built(path));
        self.compare(path, actual)
    }

    /// Compares the names of all built files with the snapshot `files.txt`; those below `assets/`,
    /// which are the theme's and the search index's and not the case's, are left out.
    #[track_caller]
    pub(crate) fn check_tree(&self) -> &Self {
        let mut names = self.built_files();
        names.retain(|name| !name.starts_with("assets/"));
        self.compare("files.txt", names.join("\n") + "\n")
    }

    #[track_caller]
    fn compare(&self, name: &str, actual: String) -> &Self {
        let folder = self.expected.as_ref().expect("a test made from a case");
        let path = folder.join(name);
        self.compared.borrow_mut().insert(path.clone());
        if let Some(above) = path.parent().filter(|_| overwrites()) {
            fs::create_dir_all(above).expect("folders for snapshots");
        }
        assert_eq_text(actual, Data::read_from(&path, None));
        self
    }

    /// What differs from run to run or with every change of a style sheet, by a name.
    fn redact(&self, text: &str) -> String {
        let true_root = self
            .root
            .canonicalize()
            .unwrap_or_else(|_| self.root.clone());
        let text = text.replace(&*true_root.to_string_lossy(), "[ROOT]");
        let text = text.replace(&*self.root.to_string_lossy(), "[ROOT]");
        redact(&text)
    }
}

impl Drop for SiteTest {
    /// A snapshot that nothing was compared with is one that is no longer produced.
    fn drop(&mut self) {
        let Some(expected) = self.expected.as_ref().filter(|_| !std::thread::panicking()) else {
            return;
        };
        let stale: Vec<_> = files_below(expected)
            .into_keys()
            .filter(|name| !self.compared.borrow().contains(&expected.join(name)))
            .collect();
        assert!(
            stale.is_empty(),
            "nothing was compared with {}: {stale:?}",
            expected.display()
        );
    }
}

/// How a command ended and what it printed.
pub(crate) struct Ran {
    /// `None` where a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// Compares the exit code.
    #[track_caller]
    pub(crate) fn code(&self, expected: i32) -> &Self {
        let (out, err) = (&self.stdout, &self.stderr);
        assert_eq!(self.code, Some(expected), "stdout:\n{out}\nstderr:\n{err}");
        self
    }

    /// Compares all of standard output.
    #[track_caller]
    pub(crate) fn out(&self, expected: impl IntoData) -> &Self {
        assert_eq_text(self.stdout.clone(), expected.into_data());
        self
    }

    /// Compares all of standard error.
    #[track_caller]
    pub(crate) fn err(&self, expected: impl IntoData) -> &Self {
        assert_eq_text(self.stderr.clone(), expected.into_data());
        self
    }
}

/// `tests/`
pub(crate) fn tests_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// The checklist of the bundled guide.
pub(crate) fn bundled_checklist() -> Checklist {
    let mut diagnostics = Diagnostics::default();
    let file = tests_folder().join("../content/checklist.toml");
    let checklist = read_checklist(&file, &mut diagnostics).expect("a file");
    assert_eq!(short(&diagnostics), "");
    checklist.expect("a checklist")
}

/// The program, with nothing of this environment that could matter.
pub(crate) fn regain() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_regain"));
    for name in [
        "CLICOLOR_FORCE",
        "CLICOLOR",
        "COLUMNS",
        "RAYON_NUM_THREADS",
        "RUST_BACKTRACE",
    ] {
        command.env_remove(name);
    }
    command
}

/// Runs a command to its end, which must come before our patience ends.
pub(crate) fn finish(mut command: Command) -> Output {
    let child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("a program that starts");
    let id = child.id();
    let (done, ended) = std::sync::mpsc::channel();
    let watch = std::thread::spawn(move || {
        let in_time = ended.recv_timeout(PATIENCE).is_ok();
        if !in_time {
            let _ = Command::new("kill").args(["-9", &id.to_string()]).status();
        }
        in_time
    });
    let output = child.wait_with_output().expect("a program that ends");
    let _ = done.send(());
    assert!(watch.join().expect("no panic"), "{command:?} did not end");
    output
}

/// Gives a script of `tests/js/` a file with `input` as JSON, and reads what it prints.
pub(crate) fn ask_script<T: DeserializeOwned>(script: &str, input: &impl Serialize) -> T {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("input.json");
    fs::write(&file, serde_json::to_string(input).expect("plain values")).expect("written");
    let ran = Command::new("node")
        .arg(tests_folder().join("js").join(script))
        .arg(&file)
        .output()
        .expect("this test needs Node.js; tests/run installs it");
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    serde_json::from_slice(&ran.stdout).expect("what the script prints")
}

/// Every file below a folder by its path; nothing where there is no folder.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let walk = walkdir::WalkDir::new(folder).into_iter();
    walk.filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let below = entry.path().strip_prefix(folder).expect("a path below");
            let bytes = fs::read(entry.path()).expect("a readable file");
            (below.to_string_lossy().replace('\\', "/"), bytes)
        })
        .collect()
}

/// What changes with every change of the theme or of regain's number, by a name.
pub(crate) fn redact(text: &str) -> String {
    let integrity = Regex::new(r"sha(256|384)-[A-Za-z0-9+/=]{40,}").expect("a good expression");
    let text = integrity.replace_all(text, "[INTEGRITY]");
    let text = text.replace(env!("CARGO_PKG_VERSION"), "[VERSION]");
    without_hashes(&text)
}

/// `site.0123456789.css` → `site.[HASH].css`
fn without_hashes(text: &str) -> String {
    let hash = Regex::new(r"([./-])[0-9a-f]{10}\.(js|css)\b").expect("a good expression");
    hash.replace_all(text, "$1[HASH].$2").into_owned()
}

/// Compares text with a snapshot in a file or in the test itself, letter by letter.
#[track_caller]
pub(crate) fn assert_eq_text(actual: String, expected: Data) {
    Assert::new()
        .action_env(snapbox::assert::DEFAULT_ACTION_ENV)
        .eq(actual, expected.raw());
}

fn overwrites() -> bool {
    std::env::var(snapbox::assert::DEFAULT_ACTION_ENV).is_ok_and(|wish| wish == "overwrite")
}
