//! What the machine said, and about which file.
//!
//! In: a system error and a path below the output. Out: a [`Error::Machine`] in words.

use std::io;

use rustix::io::Errno;

use super::folder::Below;
use crate::diagnostic::Error;

/// A system error with the path it is about.
#[derive(Debug)]
pub(super) struct Fault {
    below: Below,
    error: io::Error,
    hint: Option<&'static str>,
}

impl Fault {
    pub(super) fn new(below: Below, error: impl Into<io::Error>) -> Self {
        Self {
            below,
            error: error.into(),
            hint: None,
        }
    }

    /// Adds what to do about it.
    pub(super) fn hint(self, hint: &'static str) -> Self {
        Self {
            hint: Some(hint),
            ..self
        }
    }

    /// Whether the folder cannot be renamed where it is: it is a mount point, or in a layer of an image.
    pub(super) fn is_about_exchange(&self) -> bool {
        self.is_one_of(&[Errno::BUSY, Errno::XDEV])
    }

    /// As it is shown to the user; `shown` is the output folder as they named it.
    pub(super) fn failure(&self, shown: &str) -> Error {
        Error::Machine(self.words(shown))
    }

    /// The same for a fault before the switch, with how much room the new site needs where room is
    /// what was missing.
    pub(super) fn failure_before_switch(&self, shown: &str, bytes: u64) -> Error {
        let mut words = self.words(shown);
        if self.is_about_room() {
            words.push_str("; the new site needs ");
            words.push_str(&megabytes(bytes));
            words.push_str(" beside the old one");
        }
        words.push_str("; the output is as it was");
        if let Some(hint) = self.hint {
            words.push_str("\nhint: ");
            words.push_str(hint);
        }
        Error::Machine(words)
    }

    fn words(&self, shown: &str) -> String {
        if self.below.is_empty() {
            format!("`{shown}`: {}", self.error)
        } else {
            format!("`{}` in `{shown}`: {}", self.below, self.error)
        }
    }

    fn is_about_room(&self) -> bool {
        self.is_one_of(&[Errno::NOSPC, Errno::DQUOT, Errno::FBIG])
    }

    fn is_one_of(&self, errnos: &[Errno]) -> bool {
        Errno::from_io_error(&self.error).is_some_and(|errno| errnos.contains(&errno))
    }
}

/// Says which file an error is about.
pub(super) trait At<T> {
    fn at(self, below: &Below) -> Result<T, Fault>;
}

impl<T, E: Into<io::Error>> At<T> for Result<T, E> {
    fn at(self, below: &Below) -> Result<T, Fault> {
        self.map_err(|error| Fault::new(below.clone(), error))
    }
}

fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB ({bytes} bytes)", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_with_what_is_needed() {
        let below = Below::default().join("a".as_ref());
        let cases = [
            (Errno::NOSPC, true),
            (Errno::FBIG, true),
            (Errno::ACCESS, false),
        ];
        for (errno, told) in cases {
            let fault = Fault::new(below.clone(), errno);
            let Error::Machine(words) = fault.failure_before_switch("public", 1_234_567) else {
                panic!("a fault is the machine's");
            };
            assert!(words.starts_with("`a` in `public`: "), "{words}");
            assert_eq!(words.contains("1.3 MB (1234567 bytes)"), told, "{words}");
        }
    }
}
