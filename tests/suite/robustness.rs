//! Inputs made to break it: refused with a place, or built safely; never a crash, never a hang.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::path::Path;

use crate::harness::{Ran, SiteTest};

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
        command = std::process::Command::new(program);
        command.current_dir(folder).uid(NOBODY).gid(NOBODY);
    }
    command.args(arguments);
    site.finish(command)
}
