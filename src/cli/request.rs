//! `regain request`

use std::path::PathBuf;
use std::sync::Arc;

use super::form::{Which, read_whole, source};
use super::terminal::{Ending, Terminal};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Error};
use crate::recovery::secret_scanner::Certainty;
use crate::recovery::{Checklist, Finding, FindingKind, review};
use crate::source::{Location, Source};

/// Review a submitted request
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Report what is missing, invalid or dangerous in a submitted request
    Check {
        /// The request as text, each answer under its label; `-` reads standard input
        #[arg(default_value = "-", hide_default_value = true)]
        file: PathBuf,
        /// The checklist it was made from
        #[arg(long, value_name = "FILE", default_value = "content/checklist.toml")]
        checklist: PathBuf,
        #[command(flatten)]
        which: Which,
    },
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Ending, Error> {
    let Command::Check {
        file,
        checklist,
        which,
    } = &arguments.command;
    let checklist = read_whole(checklist, terminal)?;
    let request = which.request(&checklist)?;
    if checklist.requests.len() > 1 {
        terminal.say(&format!("the request `{}`", request.id.value));
    }
    let submitted = source(file)?;
    let found = review(&checklist, request, submitted.text()).map_err(|error| {
        Error::Usage(format!(
            "the request cannot be reviewed: {error}\nhint: shorten it, or run `regain check`, which reports patterns that fail or take too long"
        ))
    })?;
    if found.is_empty() {
        terminal.say("nothing is missing in this request");
        return Ok(Ending::Done);
    }
    let mut problems = Diagnostics::default();
    let found = found.iter();
    problems.extend(found.map(|finding| diagnostic(finding, &checklist, &submitted)));
    terminal.problems(&problems.sorted());
    Ok(Ending::Problems)
}

fn diagnostic(finding: &Finding, checklist: &Checklist, submitted: &Arc<Source>) -> Diagnostic {
    let field = &finding.field;
    let incomplete = |what: &str| {
        let message = format!("`{field}` {what}");
        Diagnostic::error(Code::RequestIncomplete, message)
    };
    let malformed = |what: &str, detail: &str| {
        let problem = Diagnostic::error(Code::RequestMalformed, format!("`{field}` {what}"));
        let detail = checklist.detail(detail);
        match detail.and_then(|detail| detail.pattern_help.as_ref()) {
            Some(help) => problem.hint(help),
            None => problem,
        }
    };
    let remark = |message: &str| Diagnostic::warning(Code::RequestMalformed, message);
    let problem = match &finding.kind {
        FindingKind::NoField => incomplete("is missing").hint("ask for it"),
        FindingKind::Empty => incomplete("has no answer").hint("ask for it"),
        FindingKind::Gap => incomplete("has a gap").hint("ask what belongs there"),
        FindingKind::Unticked { words } => {
            incomplete("is not ticked").hint(format!("the box says: {words}"))
        }
        FindingKind::TooLong { detail } => {
            let most = checklist.detail(detail).and_then(|one| one.max_length);
            let most = most.unwrap_or_default();
            malformed(&format!("is longer than {most} characters"), detail)
        }
        FindingKind::Format { detail } => malformed("does not have the right format", detail),
        FindingKind::NoChoice { detail } => malformed("is not one of the choices", detail),
        FindingKind::Unknown => remark(&format!("the form has no field `{field}`")),
        FindingKind::Contradicted { words } => {
            let message = format!("`{field}` is ticked, but this says otherwise");
            Diagnostic::warning(Code::RequestIncomplete, message)
                .hint(format!("ask which is true; the box says: {words}"))
        }
        FindingKind::Secret { secret, certainty } => {
            let hint = match certainty {
                Certainty::Personal => {
                    "edit the request to hide it; its edit history and the emails about it still show it"
                }
                _ => {
                    "ask its owner to revoke it first, then hide it: its edit history and the emails about it still show it"
                }
            };
            Diagnostic::error(Code::Secret, format!("this looks like {secret}")).hint(hint)
        }
        FindingKind::Attachments { count } => {
            let problem = match count {
                1 => remark("one image or file"),
                _ => remark(&format!("{count} images or files")),
            };
            problem.hint("check whether they show codes, names or addresses")
        }
        FindingKind::Language => remark("this request is not in the language that the team reads")
            .hint("ask for a translation"),
    };
    problem.at(Location::new(submitted, finding.span.clone()))
}
