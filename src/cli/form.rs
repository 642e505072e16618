//! `regain form`

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::terminal::{Ending, Terminal};
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
            let problems = form.violations().into_iter().collect();
            let form = whole(Some(form), problems, terminal)?;
            terminal.result(&form::yaml(&form))?;
        }
        Command::Diff {
            file,
            checklist,
            which,
        } => {
            let form = read_form(file, terminal)?;
            let checklist = read_whole(checklist, terminal)?;
            let request = which.request(&checklist)?;
            let ours = IssueForm::of_request(&checklist, request);
            let differences = form.differences(&ours, request).into_iter();
            let differences = differences.collect::<Diagnostics>().sorted();
            if !differences.is_empty() {
                terminal.problems(&differences);
                return Ok(Ending::Problems);
            }
            terminal.say("the form and the request ask for the same");
        }
    }
    Ok(Ending::Done)
}

/// What the checklist made from a form does not keep, or its page does not show.
fn left_out(form: &IssueForm, toml: &str) -> Result<Diagnostics, Error> {
    let mut problems = Diagnostics::default();
    let checklist = parse_checklist("checklist.toml", toml, &mut problems);
    let Some(checklist) = checklist.filter(|_| !problems.has_errors()) else {
        return Err(Error::Site(problems.sorted()));
    };
    let back = IssueForm::of_request(&checklist, &checklist.requests[0]);
    let left_out = form::lost(form, &back).into_iter();
    let left_out = left_out.chain(form::not_on_page(form));
    Ok(left_out.collect::<Diagnostics>().sorted())
}

/// Why a request cannot become an issue form, which may be public: it asks for a private detail.
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
    /// The named request; without a name, the only one there is, or the only one that goes to an issue form. It is
    /// never guessed: what belongs in a private email must not become an issue form.
    pub(super) fn request<'a>(&self, checklist: &'a Checklist) -> Result<&'a Request, Error> {
        let all: Vec<_> = checklist.requests.iter().collect();
        let ids: Vec<_> = all.iter().map(|one| one.id.value.as_str()).collect();
        let ids = ids.join(", ");
        let forms = all.iter().copied();
        let forms: Vec<_> = forms
            .filter(|one| one.channel == Channel::IssueForm)
            .collect();
        let text = match (&self.request, all.as_slice(), forms.as_slice()) {
            (_, [], _) => {
                "the checklist has no request\nhint: add a `[[request]]` table".to_owned()
            }
            (None, [only], _) | (None, _, [only]) => return Ok(*only),
            (None, ..) => format!(
                "the checklist has several requests\nhint: name one with `--request`: {ids}"
            ),
            (Some(id), ..) => match checklist.request(id) {
                Some(request) => return Ok(request),
                None => format!("the checklist has no request `{id}`\nhint: it has: {ids}"),
            },
        };
        Err(Error::Usage(text))
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
