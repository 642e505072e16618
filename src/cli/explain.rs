//! `regain explain`

use super::shared_arguments::named;
use super::terminal::{Ending, Terminal};
use crate::diagnostic::{Code, Error};

/// Explain what a problem's code means and how to fix it
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The code, such as `broken-link`; without it, all codes are listed
    code: Option<String>,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Ending, Error> {
    let codes: Vec<_> = Code::ALL.iter().map(|code| (code.as_str(), code)).collect();
    let name = arguments.code.as_deref();
    let Some(code) = named(("explain", "code"), name, &codes, terminal)? else {
        return Ok(Ending::Done);
    };
    let level = if code.is_settable() {
        "A site or a page can set its level under `[rules]`."
    } else {
        "Its level cannot be changed."
    };
    terminal.result(&format!("{code}\n\n{}\n\n{level}\n", code.explanation()))?;
    Ok(Ending::Done)
}
