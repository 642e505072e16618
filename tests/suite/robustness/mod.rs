//! Inputs made to break it: refused with a place, or built safely; never a crash, never a hang.
//!
//! Each row is one bad input and what it must come to. Whatever the row says, regain must end by
//! itself with one of its own exit codes.

mod files;
mod front_matter;
mod links;
mod markup;
mod sizes;
mod text;
mod toml;

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

use crate::harness::{Ran, SiteTest};

/// What an input must come to.
#[derive(Debug, Clone, Copy)]
enum Must<'a> {
    /// Exit 1 and this at the start of a line of `--format short`.
    Fail(&'a str),
    /// Exit 0 and this at the start of a line.
    Warn(&'a str),
    /// Exit 0 and no error or warning.
    Succeed,
    /// Exit 0 or 1.
    End,
}
use Must::{End, Fail, Succeed, Warn};

/// Processor time one input may take: the promise is 2 seconds, and an unoptimized build needs about
/// five times as long. Whatever grows faster than its input needs far more.
const CPU_SECONDS: u32 = if cfg!(debug_assertions) { 10 } else { 2 };

/// A table of inputs; all rows that do not hold are told together.
#[derive(Default)]
struct Rows {
    wrong: Vec<String>,
}

impl Rows {
    /// One page with this text.
    fn page(&mut self, text: impl AsRef<[u8]>, must: Must<'_>) -> Ran {
        self.file("content/index.md", text, must)
    }

    /// A good page and this file.
    fn file(&mut self, path: &str, text: impl AsRef<[u8]>, must: Must<'_>) -> Ran {
        let row = String::from_utf8_lossy(text.as_ref())
            .chars()
            .take(200)
            .collect::<String>();
        self.site(
            &format!("{path}: {row:?}"),
            &SiteTest::with(&[]).change(path, text),
            must,
        )
    }

    /// Runs `check` within [`CPU_SECONDS`] and compares the result with what it must come to.
    fn site(&mut self, row: &str, site: &SiteTest, must: Must<'_>) -> Ran {
        let ran = site.run_within(
            CPU_SECONDS,
            &["check", "--format", "short", "--today", "2026-10-01"],
        );
        if !holds(&ran, must) {
            let said: String = ran.stderr.chars().take(1_000).collect();
            self.wrong.push(format!(
                "{row}\n  must {must:?}, but ended with {:?}:\n{said}",
                ran.code
            ));
        }
        ran
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.wrong.is_empty(), "{}", self.wrong.join("\n\n"));
        }
    }
}

fn holds(ran: &Ran, must: Must<'_>) -> bool {
    let lines = || {
        ran.stderr
            .lines()
            .filter(|line| !line.starts_with("hint: "))
    };
    let says = |start: &str| lines().any(|line| line.starts_with(start));
    match must {
        Fail(start) => ran.code == Some(1) && says(start),
        Warn(start) => ran.code == Some(0) && says(start),
        Succeed => ran.code == Some(0) && lines().all(|line| line.contains(": info: ")),
        End => matches!(ran.code, Some(0 | 1)),
    }
}

/// A user who owns nothing here.
const NOBODY: u32 = 65534;

/// Takes everyone's right to read.
pub(crate) fn close(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o000)).expect("our own file");
}

/// Runs regain as somebody whom permissions hold: they do not hold root, as whom tests may run.
pub(crate) fn as_nobody(site: &SiteTest, arguments: &[&str]) -> Ran {
    let mut command = site.command();
    if rustix::process::geteuid().is_root() {
        let above = site.path("..");
        fs::set_permissions(above, fs::Permissions::from_mode(0o755)).expect("our own folder");
        // Where the build stands only root may look.
        let program = site.path("../regain");
        fs::copy(command.get_program(), &program).expect("a copy of regain");
        let folder = site.path("");
        command = Command::new(program);
        command.current_dir(folder).uid(NOBODY).gid(NOBODY);
    }
    command.args(arguments);
    site.finish(command)
}
