//! `regain explain`

use super::arguments::unknown;
use super::terminal::{Ending, Terminal};
use crate::diagnostic::{Code, Error};

/// Explain what a problem's code means and how to fix it
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The code, such as `broken-link`; without it, all codes are listed
    code: Option<String>,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Ending, Error> {
    let names = || Code::ALL.iter().map(|code| code.as_str());
    let Some(name) = &arguments.code else {
        let list = names().collect::<Vec<_>>().join("\n");
        return terminal.result(&format!("{list}\n")).map(|()| Ending::Done);
    };
    let Some(code) = Code::ALL.iter().find(|code| code.as_str() == name) else {
        let otherwise = "run `regain explain` to list all codes";
        return Err(unknown("code", name, names(), otherwise));
    };
    let level = if code.is_settable() {
        "A site or a page can set its level under `[rules]`."
    } else {
        "Its level cannot be changed."
    };
    terminal.result(&format!("{code}\n\n{}\n\n{level}\n", code.explanation()))?;
    Ok(Ending::Done)
}
