//! `regain init`

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::schema::SCHEMAS;
use super::terminal::{Ending, Terminal};
use crate::config::HostTarget;
use crate::diagnostic::Error;

/// Write a complete starter site, without changing any existing file
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The folder to write to
    #[arg(default_value = ".", value_name = "DIR")]
    folder: PathBuf,
    /// The host to publish on; for GitHub Pages and GitLab Pages, also write a workflow that publishes every push
    #[arg(long, value_parser = targets())]
    target: Option<HostTarget>,
}

fn targets() -> impl TypedValueParser<Value = HostTarget> {
    PossibleValuesParser::new(HostTarget::ALL.map(HostTarget::name))
        .try_map(|name| HostTarget::named(&name).ok_or("unknown"))
}

/// The workflow that publishes on a host: its path and its text.
fn workflow(target: HostTarget) -> Option<(&'static str, &'static str)> {
    match target {
        HostTarget::GithubPages => {
            let text = include_str!("github-pages.yml");
            Some((".github/workflows/publish.yml", text))
        }
        HostTarget::GitlabPages => Some((".gitlab-ci.yml", include_str!("gitlab-pages.yml"))),
        _ => None,
    }
}

/// The file whose `target` names the host.
const SETTINGS: &str = "content/site.toml";

macro_rules! starter {
    ($($name:literal)*) => {
        &[$((concat!("content/", $name), include_str!(concat!("starter/", $name)))),*]
    };
}

/// The starter site: path below its folder, and text.
const STARTER: &[(&str, &str)] = starter! {
    "site.toml"
    "links.toml"
    "triage.toml"
    "checklist.toml"
    "synonyms.toml"
    "expect.toml"
    "index.md"
    "sign-in/index.md"
    "sign-in/use-a-recovery-code.md"
    "sign-in/another-device.md"
    "request/index.md"
    "request/never-post.md"
    "request/what-happens.md"
    "after/index.md"
    "after/once-back-in.md"
};

pub(super) fn run(arguments: &Arguments, terminal: &mut Terminal<'_>) -> Result<Ending, Error> {
    let folder = &arguments.folder;
    let starter = STARTER.iter();
    let starter = starter.map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let schemas = SCHEMAS.iter();
    let schemas = schemas.map(|(name, text)| (format!("schemas/{name}.json"), (*text).to_owned()));
    let mut files: Vec<_> = starter.chain(schemas).collect();
    let setting = arguments
        .target
        .map(|target| format!("[publish]\ntarget = \"{}\"\n", target.name()));
    let settings = files.iter_mut().find(|(name, _)| *name == SETTINGS);
    if let (Some(setting), Some((_, text))) = (&setting, settings) {
        text.push('\n');
        text.push_str(setting);
    }
    if let Some((name, text)) = arguments.target.and_then(workflow) {
        let text = text.replace("VERSION", env!("CARGO_PKG_VERSION"));
        files.push((name.to_owned(), text));
    }
    let mut kept = 0;
    for (name, text) in &files {
        let path = folder.join(name);
        if !write_new(&path, text)? {
            terminal.say(&format!("kept {}: it is there already", path.display()));
            if let Some(setting) = setting.as_ref().filter(|_| *name == SETTINGS) {
                terminal.say(&format!("hint: add this to it:\n{setting}"));
            }
            kept += 1;
        }
    }
    terminal.say(&summary(folder, files.len() - kept, kept));
    Ok(Ending::Done)
}

/// Writes a file; `false` if something has its name already.
fn write_new(path: &Path, text: &str) -> Result<bool, Error> {
    let refused = |path: &Path, error: &io::Error| {
        Error::Machine(format!("cannot write {}: {error}", path.display()))
    };
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| refused(folder, &error))?;
    }
    let mut file = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
        Err(error) => return Err(refused(path, &error)),
    };
    if let Err(error) = file.write_all(text.as_bytes()) {
        // The next run would keep half a file as if its author had written it.
        let _ = fs::remove_file(path);
        return Err(refused(path, &error));
    }
    Ok(true)
}

fn summary(folder: &Path, made: usize, kept: usize) -> String {
    let files = if made == 1 { "file" } else { "files" };
    let kept = match kept {
        0 => String::new(),
        kept => format!(", {kept} kept as they were"),
    };
    let root = match folder.to_string_lossy() {
        here if here == "." => String::new(),
        plain if !plain.contains([' ', '\'', '"', '$', '\\']) => format!(" --root {plain}"),
        other => format!(" --root '{}'", other.replace('\'', r"'\''")),
    };
    format!(
        "{made} {files} written{kept}; next:\n  \
         regain check{root}    lists what is left for you to fill in\n  \
         regain serve{root}    shows the site while you write\n  \
         regain build{root}    makes the site, ready to publish"
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_of_the_starter_is_in_the_table() {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli/starter");
        let files = walkdir::WalkDir::new(&top).into_iter();
        let files: BTreeSet<_> = files
            .map(|entry| entry.expect("the folder can be read"))
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let below = entry.path().strip_prefix(&top).expect("it is below");
                Path::new("content").join(below)
            })
            .collect();
        let table: BTreeSet<_> = STARTER
            .iter()
            .map(|(name, _)| PathBuf::from(*name))
            .collect();
        assert_eq!(table, files);
    }

    #[test]
    fn the_next_commands_can_be_pasted() {
        let cases = [
            (".", "regain check    "),
            ("help/site", "regain check --root help/site  "),
            ("our help", "regain check --root 'our help'  "),
            ("o'er", r"regain check --root 'o'\''er'  "),
        ];
        for (folder, expected) in cases {
            let said = summary(Path::new(folder), 1, 0);
            assert!(said.contains(expected), "{folder}: {said}");
        }
    }
}
