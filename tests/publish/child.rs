//! Builds in a process of their own, which can be killed or starved.
//!
//! The test program starts itself again; `entry` is where the second one ends up.

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use regain::testing::Error;

use crate::harness::{Space, large_site};

/// `once` or `forever`, the folder, the word and the number of pages, apart by a newline.
const ORDER: &str = "REGAIN_PUBLISH_CHILD";

/// The words a child writes in turn when it runs until it is killed.
pub(crate) const WORDS: [&str; 2] = ["even", "other"];

/// A build to be run in its own process.
pub(crate) struct Child {
    order: String,
    shell: Option<String>,
}

/// How it ended.
pub(crate) struct Ended {
    /// As the command line would exit; `None` where a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) said: String,
}

impl Child {
    /// Writes a large site and ends.
    pub(crate) fn once(space: &Space, word: &str, pages: usize) -> Self {
        Self::new("once", space, word, pages)
    }

    /// Writes large sites in turn until it is killed.
    pub(crate) fn forever(space: &Space, pages: usize) -> Self {
        Self::new("forever", space, "", pages)
    }

    fn new(how: &str, space: &Space, word: &str, pages: usize) -> Self {
        let folder = space.path("..").canonicalize().expect("the test's folder");
        Self {
            order: format!("{how}\n{}\n{word}\n{pages}", folder.display()),
            shell: None,
        }
    }

    /// Runs a line of shell first, such as a limit.
    pub(crate) fn in_shell(mut self, line: &str) -> Self {
        self.shell = Some(line.to_owned());
        self
    }

    pub(crate) fn start(&self) -> std::process::Child {
        let program = env::current_exe().expect("our own path");
        let mut command = match &self.shell {
            None => Command::new(program),
            Some(line) => {
                let mut shell = Command::new("sh");
                shell.arg("-c").arg(format!("{line}; exec \"$0\" \"$@\""));
                shell.arg(program);
                shell
            }
        };
        command
            .args(["--exact", "child::entry", "--nocapture", "--test-threads=1"])
            .env(ORDER, &self.order)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("a process of our own")
    }

    pub(crate) fn finish(&self) -> Ended {
        let output = self.start().wait_with_output().expect("its end");
        Ended {
            code: output.status.code(),
            said: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// Does what the order says; without one there is nothing to test.
#[test]
#[allow(clippy::print_stderr, reason = "the parent reads it")]
fn entry() {
    let Ok(order) = env::var(ORDER) else {
        return;
    };
    let order: Vec<_> = order.split('\n').collect();
    let [how, folder, word, pages] = order[..] else {
        panic!("an order of four lines");
    };
    let space = Space::at(Path::new(folder));
    let pages = pages.parse().expect("a number of pages");
    if how == "forever" {
        let sites = WORDS.map(|word| large_site(word, pages));
        for site in sites.iter().cycle() {
            space.publish(site).expect("a written site");
        }
    }
    let code = match space.publish(&large_site(word, pages)) {
        Ok(_) => 0,
        Err(failure) => {
            eprintln!("{failure:?}");
            match failure {
                Error::Site(_) => 1,
                Error::Usage(_) => 2,
                Error::Machine(_) => 3,
            }
        }
    };
    std::process::exit(code);
}
