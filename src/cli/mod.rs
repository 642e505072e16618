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
mod shared_arguments;
mod terminal;
mod triage_tree;
mod verify;

use std::ffi::OsString;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};

use clap::{Parser, Subcommand};

use self::terminal::{Ending, Printable, Terminal};
use crate::diagnostic::Error;

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

/// Runs one command line and returns its exit code: 0 done, 1 problems in the site, 2 wrong usage,
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
        Ok(Err(error)) => terminal.report(&error),
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

#[cfg(test)]
mod packaging;
