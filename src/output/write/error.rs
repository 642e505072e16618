//! A system error with the path it is about.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::diagnostic::Error;

/// A system error, the path it is about relative to the output folder, and what to do about it.
#[derive(Debug)]
pub(super) struct PathError {
    path: PathBuf,
    error: io::Error,
    hint: Option<&'static str>,
}

impl PathError {
    pub(super) fn new(path: &Path, error: io::Error) -> Self {
        Self {
            path: path.to_owned(),
            error,
            hint: None,
        }
    }

    pub(super) fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }

    /// Whether the folder cannot be renamed: it is a mount point, or part of a container's image.
    pub(super) fn is_about_exchange(&self) -> bool {
        matches!(
            self.error.kind(),
            ErrorKind::ResourceBusy | ErrorKind::CrossesDevices
        )
    }

    /// Whether there was no room for a file.
    pub(super) fn is_about_room(&self) -> bool {
        matches!(
            self.error.kind(),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge
        )
    }

    /// The message for the user; `output` is the folder as they named it.
    pub(super) fn describe(&self, output: &str) -> Error {
        self.message(output, "")
    }

    /// The same for an error before the switch; `room` is the size of the new site if there was no room for it.
    pub(super) fn describe_before_switch(&self, output: &str, room: Option<u64>) -> Error {
        let room = room.map(|size| {
            let tenths = size.div_ceil(100_000);
            let (megabytes, tenths) = (tenths / 10, tenths % 10);
            format!("; the new site needs up to {megabytes}.{tenths} MB ({size} bytes) beside the old one")
        });
        let room = room.unwrap_or_default();
        self.message(output, &format!("{room}; the output is as it was"))
    }

    fn message(&self, output: &str, outcome: &str) -> Error {
        let path = if self.path.as_os_str().is_empty() {
            format!("`{output}`")
        } else {
            format!("`{}` in `{output}`", escaped(&self.path))
        };
        let hint = self.hint.map(|hint| format!("\nhint: {hint}"));
        let hint = hint.unwrap_or_default();
        Error::Machine(format!("{path}: {}{outcome}{hint}", self.error))
    }
}

/// Adds the path that an error is about.
pub(super) trait At<T> {
    fn at(self, path: &Path) -> Result<T, PathError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> Result<T, PathError> {
        self.map_err(|error| PathError::new(path, error))
    }
}

/// A path as text, with its control characters escaped: the name may be hostile.
pub(super) fn escaped(path: &Path) -> String {
    let mut text = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        text.extend(chunk.valid().escape_debug());
        text.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_about_room_says_how_much_is_needed() {
        let error = PathError::new(Path::new("a"), ErrorKind::StorageFull.into());
        assert!(error.is_about_room());
        let Error::Machine(text) = error.describe_before_switch("public", Some(1_234_567)) else {
            panic!("a system error is the machine's");
        };
        assert!(text.starts_with("`a` in `public`: "), "{text}");
        assert!(text.contains("1.3 MB (1234567 bytes)"), "{text}");
    }

    #[cfg(unix)]
    #[test]
    fn hostile_names_are_escaped() {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt as _;

        let cases: [(&[u8], &str); 3] = [
            (b"a\x1b[2J\n", "a\\u{1b}[2J\\n"),
            (b"\xff.txt", "\\xff.txt"),
            ("é".as_bytes(), "é"),
        ];
        for (name, expected) in cases {
            assert_eq!(escaped(Path::new(OsStr::from_bytes(name))), expected);
        }
    }
}
