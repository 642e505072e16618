//! What a command prints, and how it ended.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::diagnostic::{Diagnostics, Error, Severity, human};

/// Where a command's text goes: results to `out`, messages to `messages`.
pub(super) struct Terminal<'a> {
    pub(super) out: &'a mut dyn Write,
    pub(super) messages: &'a mut dyn Write,
}

/// How a command that ran to completion ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Exit 0.
    Done,
    /// Exit 1: there are problems in the site, and they have been printed.
    Problems,
}

impl Ending {
    pub(super) fn of(has_problems: bool) -> Self {
        if has_problems {
            Self::Problems
        } else {
            Self::Done
        }
    }
}

/// Replaces control characters, which text from files and arguments may contain; only styles are kept.
pub(super) struct Printable<'a>(pub(super) &'a mut dyn Write);

impl Write for Printable<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.0.write_all(printable(text).as_bytes())?,
            Err(_) => self.0.write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn printable(text: &str) -> Cow<'_, str> {
    let is_style = |rest: &str| {
        rest.trim_start_matches(|sign: char| sign.is_ascii_digit() || "[;".contains(sign))
            .starts_with('m')
    };
    let show = |(at, sign): (usize, char)| match sign {
        '\n' | '\t' => sign,
        '\x1b' if is_style(&text[at + 1..]) => sign,
        _ if sign.is_control() => char::REPLACEMENT_CHARACTER,
        _ => sign,
    };
    if text.contains(char::is_control) {
        text.char_indices().map(show).collect()
    } else {
        text.into()
    }
}

impl Terminal<'_> {
    /// Prints why a command failed, and returns its exit code.
    pub(super) fn report(&mut self, error: &Error) -> u8 {
        let (text, code) = match error {
            Error::Site(problems) => (human(problems, true), 1),
            Error::Usage(text) => (format!("{text}\n"), 2),
            Error::Machine(text) => (format!("{text}\n"), 3),
        };
        let _ = self.messages.write_all(text.as_bytes());
        code
    }

    /// A line about what was done.
    pub(super) fn say(&mut self, line: &str) {
        // The work is done, even if nobody reads this.
        let _ = writeln!(self.messages, "{line}");
    }

    /// Whole lines.
    pub(super) fn say_all(&mut self, lines: &str) {
        let _ = self.messages.write_all(lines.as_bytes());
    }

    /// The result the command was asked for.
    pub(super) fn result(&mut self, text: &str) -> Result<(), Error> {
        match self
            .out
            .write_all(text.as_bytes())
            .and_then(|()| self.out.flush())
        {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Error::Machine(
                format!("the result cannot be written: {error}"),
            )),
            _ => Ok(()),
        }
    }

    /// What an author should fix; only `check` prints information.
    pub(super) fn problems(&mut self, problems: &Diagnostics) {
        let problems = problems.clone().without(Severity::Info);
        let _ = self.messages.write_all(human(&problems, true).as_bytes());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_styles_reach_the_terminal() {
        let cases = [
            ("\x1b[1m\x1b[38;5;9mbold\x1b[0m\tred\n", None),
            ("clear \x1b[2J", Some("clear \u{fffd}[2J")),
            ("title \x1b]0;x\x07", Some("title \u{fffd}]0;x\u{fffd}")),
            ("C1 \u{9b}2J \u{85}", Some("C1 \u{fffd}2J \u{fffd}")),
        ];
        for (text, expected) in cases {
            assert_eq!(printable(text), expected.unwrap_or(text));
            let mut sent = Vec::new();
            Printable(&mut sent)
                .write_all(text.as_bytes())
                .expect("memory");
            assert_eq!(sent, expected.unwrap_or(text).as_bytes());
        }
    }
}
