//! `regain form`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Ending, Terminal};
use crate::diagnostic::{Diagnostics, Error};
use crate::form;
use crate::load::{parse_checklist, read_checklist, read_source};
use crate::recovery::{Channel, Checklist, IssueForm, Request, Sensitivity};
use crate::source::Source;

/// Import, export or compare an issue form
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Print a `checklist.toml` made from an issue form
    Import {
        /// The issue form, a YAML file
        file: PathBuf,
    },
    /// Print the issue form of a checklist
    Export {
        /// The checklist [default: content/checklist.toml]
        #[arg(default_value = "content/checklist.toml", hide_default_value = true)]
        file: PathBuf,
        #[command(flatten)]
        which: Which,
    },
    /// List the differences between an issue form and a checklist
    Diff {
        /// The issue form, a YAML file
        file: PathBuf,
        /// The checklist
        #[arg(long, value_name = "FILE", default_value = "content/checklist.toml")]
        checklist: PathBuf,
        #[command(flatten)]
        which: Which,
    },
}

/// Which request of a checklist.
#[derive(Debug, clap::Args)]
pub(super) struct Which {
    /// The request, if the checklist has several [default: the only issue form]
    #[arg(long, value_name = "ID")]
    request: Option<String>,
}

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Ending, Error> {
    match &arguments.command {
        Command::Import { file } => {
            let form = read_form(file, terminal)?;
            let toml = form::checklist(&form);
            terminal.problems(&left_out(&form, &toml)?);
            terminal.result(&toml)?;
        }
        Command::Export { file, which } => {
            let checklist = read_whole(file, terminal)?;
            let request = which.request(&checklist)?;
            if checklist.requests.len() > 1 {
                terminal.say(&format!("the request `{}`", request.id.value));
            }
            if let Some(refused) = private_in_form(&checklist, request) {
                return Err(Error::Usage(refused));
            }
            let form = IssueForm::of_request(&checklist, request);
            let mut problems = Diagnostics::default();
            problems.extend(form.violations());
            let form = whole(Some(form), problems, terminal)?;
            terminal.result(&form::yaml(&form))?;
        }
        Command::Diff {
            file,
            checklist: list,
            which,
        } => {
            let form = read_form(file, terminal)?;
            let checklist = read_whole(list, terminal)?;
            return Ok(diff(
                &form,
                (&checklist, which.request(&checklist)?),
                terminal,
            ));
        }
    }
    Ok(Ending::Done)
}

/// What of a form neither the checklist made of it keeps nor its page shows.
fn left_out(form: &IssueForm, toml: &str) -> Result<Diagnostics, Error> {
    let mut problems = Diagnostics::default();
    let checklist = parse_checklist("checklist.toml", toml, &mut problems);
    let Some(checklist) = checklist.filter(|_| !problems.has_errors()) else {
        return Err(Error::Site(problems.sorted()));
    };
    let back = IssueForm::of_request(&checklist, &checklist.requests[0]);
    let mut left_out = Diagnostics::default();
    left_out.extend(form.lost_in(&back));
    left_out.extend(form::not_on_page(form));
    Ok(left_out.sorted())
}

/// An issue form is public in a public repository: what the support team alone may read must not be asked there.
fn private_in_form(checklist: &Checklist, request: &Request) -> Option<String> {
    let mut details = request.gaps().filter_map(|name| checklist.detail(name));
    let private = details.find(|one| one.sensitivity == Sensitivity::Private)?;
    Some(format!(
        "the request `{}` asks for `{}`, which is private, and an issue form may be public\n\
         hint: name another request with `--request`, or take that detail out of it",
        request.id.value, private.id.value
    ))
}

impl Which {
    /// The request that is named; without a name the only one there is, or the only one that goes to an issue
    /// form. Which one it is must never be a guess: a private mail is no issue form.
    pub(super) fn request<'a>(&self, checklist: &'a Checklist) -> Result<&'a Request, Error> {
        let all = || checklist.requests.iter();
        let known = || {
            let ids: Vec<_> = all().map(|one| one.id.value.as_str()).collect();
            ids.join(", ")
        };
        let Some(id) = &self.request else {
            let forms = || all().filter(|one| one.channel == Channel::IssueForm);
            return match (all().count(), forms().count()) {
                (0, _) => Err(Error::Usage(
                    "the checklist has no request\nhint: add a `[[request]]` table".to_owned(),
                )),
                (1, _) => Ok(&checklist.requests[0]),
                (_, 1) => Ok(forms().next().expect("it was counted")),
                _ => Err(Error::Usage(format!(
                    "the checklist has several requests\nhint: name one with `--request`: {}",
                    known()
                ))),
            };
        };
        checklist.request(id).ok_or_else(|| {
            Error::Usage(match checklist.requests.as_slice() {
                [] => "the checklist has no request\nhint: add a `[[request]]` table".to_owned(),
                _ => format!(
                    "the checklist has no request `{id}`\nhint: it has: {}",
                    known()
                ),
            })
        })
    }
}

/// The text of a file.
pub(super) fn source(file: &Path) -> Result<Arc<Source>, Error> {
    let mut problems = Diagnostics::default();
    let source = read_source(file, &mut problems)?;
    source.ok_or_else(|| Error::Site(problems.sorted()))
}

fn read_form(file: &Path, terminal: &mut Terminal<'_>) -> Result<IssueForm, Error> {
    let mut problems = Diagnostics::default();
    let form = form::read(&source(file)?, &mut problems);
    whole(form, problems, terminal)
}

/// A checklist without errors.
pub(super) fn read_whole(file: &Path, terminal: &mut Terminal<'_>) -> Result<Checklist, Error> {
    let mut problems = Diagnostics::default();
    let checklist = read_checklist(file, &mut problems)?;
    whole(checklist, problems, terminal)
}

/// A value without errors; warnings are printed.
fn whole<T>(
    value: Option<T>,
    problems: Diagnostics,
    terminal: &mut Terminal<'_>,
) -> Result<T, Error> {
    let problems = problems.sorted();
    match value.filter(|_| !problems.has_errors()) {
        Some(value) => {
            terminal.problems(&problems);
            Ok(value)
        }
        None => Err(Error::Site(problems)),
    }
}

fn diff(
    form: &IssueForm,
    (checklist, request): (&Checklist, &Request),
    terminal: &mut Terminal<'_>,
) -> Ending {
    let ours = IssueForm::of_request(checklist, request);
    let differences = form.differences(&ours, request);
    if differences.is_empty() {
        terminal.say("the form and the request ask for the same");
        return Ending::Done;
    }
    let mut problems = Diagnostics::default();
    problems.extend(differences);
    terminal.problems(&problems.sorted());
    Ending::Problems
}
