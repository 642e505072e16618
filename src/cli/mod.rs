//! The command line: arguments in, text and an exit code out.
//!
//! One file per command. Commands only print: the stages they call decide what is right or wrong.

mod build;
mod check;
mod explain;
mod form;
mod init;
mod migrate;
mod readability;
mod request;
mod schema;
mod search;
mod serve;
mod tree;
mod verify;

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use clap::{Parser, Subcommand};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::config::Drafts;
use crate::diagnostic::{Diagnostics, Error, Severity, human, nearest};
use crate::ids::BaseUrl;

/// Builds help sites for people who are locked out of an account.
#[derive(Debug, Parser)]
#[command(name = "regain", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Arguments),
    Build(build::Arguments),
    Serve(serve::Arguments),
    Check(check::Arguments),
    Migrate(migrate::Arguments),
    Search(search::Arguments),
    Form(form::Arguments),
    Request(request::Arguments),
    Verify(verify::Arguments),
    Schema(schema::Arguments),
    Explain(explain::Arguments),
}

/// Where a command's text goes: results to `out`, messages to `messages`.
struct Terminal<'a> {
    out: &'a mut dyn Write,
    messages: &'a mut dyn Write,
}

/// How a command that ran to completion ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Exit 0.
    Done,
    /// Exit 1: there are problems in the site, and they have been printed.
    Problems,
}

impl Ending {
    fn of(has_problems: bool) -> Self {
        if has_problems {
            Self::Problems
        } else {
            Self::Done
        }
    }
}

/// Runs one command line and gives its exit code: 0 done, 1 problems in the site, 2 wrong usage,
/// 3 the machine, 70 a bug in regain.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let (mut out, mut messages) = (anstream::stdout(), anstream::stderr());
    let (out, messages) = (&mut Printable(&mut out), &mut Printable(&mut messages));
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let text = error.render().ansi().to_string();
            // If this fails, nobody reads it.
            let _ = if error.use_stderr() {
                messages.write_all(text.as_bytes())
            } else {
                out.write_all(text.as_bytes())
            };
            return u8::try_from(error.exit_code()).unwrap_or(2);
        }
    };
    let panic = record_panics();
    let mut terminal = Terminal { out, messages };
    let ended = catch_unwind(AssertUnwindSafe(|| {
        command(arguments.command, &mut terminal)
    }));
    match ended {
        Ok(Ok(Ending::Done)) => 0,
        Ok(Ok(Ending::Problems)) => 1,
        Ok(Err(error)) => report(&error, terminal.messages),
        Err(_) => {
            let text = panic.lock().map(|text| text.clone()).unwrap_or_default();
            terminal.say(&format!(
                "this is a bug in regain {}: {text}\nhint: please report it with what you ran and the page it \
                 stopped at",
                env!("CARGO_PKG_VERSION")
            ));
            70
        }
    }
}

fn command(command: Command, terminal: &mut Terminal<'_>) -> Result<Ending, Error> {
    limit_threads();
    match command {
        Command::Init(arguments) => init::run(&arguments, terminal),
        Command::Build(arguments) => build::run(&arguments, terminal),
        Command::Serve(arguments) => serve::run(&arguments, terminal),
        Command::Check(arguments) => check::run(&arguments, terminal),
        Command::Migrate(arguments) => migrate::run(&arguments, terminal),
        Command::Search(arguments) => search::run(&arguments, terminal),
        Command::Form(arguments) => form::run(&arguments, terminal),
        Command::Request(arguments) => request::run(&arguments, terminal),
        Command::Verify(arguments) => verify::run(&arguments, terminal),
        Command::Schema(arguments) => schema::run(&arguments, terminal),
        Command::Explain(arguments) => explain::run(&arguments, terminal),
    }
}

/// Does all work on this thread if the system grants no more.
fn limit_threads() {
    if rayon::ThreadPoolBuilder::new().build_global().is_err() {
        let one = rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .use_current_thread();
        // If there is a pool already, it is used.
        let _ = one.build_global();
    }
}

/// Records the message of a panic instead of printing it: the panic of one page is reported as its problem.
fn record_panics() -> Arc<Mutex<String>> {
    let last = Arc::new(Mutex::new(String::new()));
    let recorded = Arc::clone(&last);
    std::panic::set_hook(Box::new(move |panic| {
        if let Ok(mut text) = recorded.lock() {
            *text = panic.to_string().replace('\n', " ");
        }
    }));
    last
}

/// Prints why a command failed, and gives its exit code.
fn report(error: &Error, messages: &mut dyn Write) -> u8 {
    let (text, code) = match error {
        Error::Site(problems) => (human(problems, true), 1),
        Error::Usage(text) => (format!("{text}\n"), 2),
        Error::Machine(text) => (format!("{text}\n"), 3),
    };
    let _ = messages.write_all(text.as_bytes());
    code
}

/// Replaces control characters, which text from files and arguments may contain; only styles are kept.
struct Printable<'a>(&'a mut dyn Write);

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
    /// A line about what was done.
    fn say(&mut self, line: &str) {
        // The work is done, even if nobody reads this.
        let _ = writeln!(self.messages, "{line}");
    }

    /// Whole lines.
    fn say_all(&mut self, lines: &str) {
        let _ = self.messages.write_all(lines.as_bytes());
    }

    /// The result the command was asked for.
    fn result(&mut self, text: &str) -> Result<(), Error> {
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
    fn problems(&mut self, problems: &Diagnostics) {
        let problems = problems.clone().without(Severity::Info);
        let _ = self.messages.write_all(human(&problems, true).as_bytes());
    }
}

/// Where the site is.
#[derive(Debug, clap::Args)]
struct SiteArguments {
    /// The folder that contains `content/`
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

/// Why a command does not know a name, with the nearest that it knows.
fn unknown<'a>(
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'a str>,
    otherwise: &str,
) -> Error {
    let near = nearest(name, known).map(|near| format!("did you mean `{near}`?"));
    let hint = near.as_deref().unwrap_or(otherwise);
    Error::Usage(format!("regain has no {what} `{name}`\nhint: {hint}"))
}

/// Reads `--base-url`.
fn base_url(text: &str) -> Result<BaseUrl, String> {
    BaseUrl::parse(text)
        .ok_or_else(|| "write `https://host/`, `https://host/path/` or only `/path/`".to_owned())
}

/// Whether `--drafts` was given.
fn drafts(shown: bool) -> Drafts {
    if shown { Drafts::Shown } else { Drafts::Hidden }
}

/// Today in UTC, which is the same for everyone.
fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

#[cfg(test)]
mod packaging;

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
