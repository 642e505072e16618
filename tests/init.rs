//! `regain init`: a site that builds, says what is left to fill in, and never costs a file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

fn regain(arguments: &[&str], folder: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_regain"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("regain runs")
}

fn messages(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

fn assert_ends(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}", messages(output));
}

fn starter() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert_ends(&regain(&["init"], folder.path()), 0);
    folder
}

/// All files below a folder, by path with `/`.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = walkdir::WalkDir::new(folder).into_iter();
    let entries = entries.map(|entry| entry.expect("the folder can be read"));
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let below = entry.path().strip_prefix(folder).expect("it is below");
            let name = below.to_str().expect("plain names").replace('\\', "/");
            let text = fs::read_to_string(entry.path()).expect("text");
            (name, text)
        })
        .collect()
}

/// `file:line:column` of each place a placeholder begins, found by looking for nothing but the mark.
fn marks(folder: &Path) -> Vec<String> {
    let mut locations = Vec::new();
    for (name, text) in files(folder) {
        for (line, text) in text.lines().enumerate() {
            for (at, _) in text.match_indices("FILL-IN") {
                let column = text[..at].chars().count() + 1;
                locations.push(format!("{name}:{}:{column}", line + 1));
            }
        }
    }
    locations
}

#[test]
fn a_starter_site_builds_with_only_warnings() {
    let folder = starter();
    let built = regain(&["build"], folder.path());
    assert_ends(&built, 0);
    for page in [
        "",
        "start/",
        "checklist/",
        "official/",
        "sign-in/",
        "after/once-back-in/",
    ] {
        let file = folder.path().join("public").join(page).join("index.html");
        assert!(file.is_file(), "{} is missing", file.display());
    }
}

#[test]
fn editors_find_the_schema_of_every_table() {
    let folder = starter();
    let files = files(folder.path());
    let tables = files
        .iter()
        .filter(|(_, text)| text.starts_with("#:schema"));
    assert_eq!(tables.clone().count(), 6);
    for (name, text) in tables {
        let schema = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("#:schema ../"));
        let schema = files.get(schema.unwrap_or_default());
        let schema = schema.unwrap_or_else(|| panic!("{name} has no schema"));
        let table = name.trim_start_matches("content/");
        assert!(
            schema.contains(&format!("\"title\": \"{table}\"")),
            "{name}"
        );
    }
}

#[test]
fn check_lists_every_placeholder_with_its_location_and_nothing_else() {
    let folder = starter();
    let checked = regain(&["check", "--format", "short"], folder.path());
    assert_ends(&checked, 0);
    let told = messages(&checked);
    let told = told.lines().filter(|line| !line.starts_with("hint: "));
    let told: Vec<_> = told
        .map(|line| {
            let (location, _) = line
                .split_once(": warning: placeholder: `FILL-IN-")
                .unwrap_or_else(|| panic!("told besides: {line}"));
            location.to_owned()
        })
        .collect();
    assert!(told.len() > 20, "{told:#?}");
    assert_eq!(told, marks(folder.path()));
    assert_ends(&regain(&["check", "--strict"], folder.path()), 1);
}

#[test]
fn a_starter_that_is_filled_in_has_no_problem() {
    let folder = starter();
    for (name, text) in files(folder.path()) {
        let mut filled = String::new();
        let mut parts = text.split("FILL-IN");
        filled.extend(parts.next());
        for part in parts {
            let rest = part.trim_start_matches(|c: char| c.is_ascii_uppercase() || c == '-');
            filled.push_str("sample");
            filled.push_str(&part[..part.len() - rest.len()].to_lowercase());
            filled.push_str(rest);
        }
        fs::write(folder.path().join(name), filled).expect("the file can be written");
    }
    let checked = regain(&["check", "--strict"], folder.path());
    assert_ends(&checked, 0);
    let said = messages(&checked);
    assert!(said.starts_with("no problems found\n"), "{said}");
}

#[test]
fn a_second_init_changes_nothing_and_says_so() {
    let folder = starter();
    let edited = folder.path().join("content/index.md");
    fs::write(&edited, "# Mine\n").expect("the file can be written");
    fs::remove_file(folder.path().join("content/after/index.md")).expect("the file was there");
    let before = files(folder.path());
    let again = regain(&["init"], folder.path());
    assert_ends(&again, 0);
    let said = messages(&again);
    let kept = said
        .lines()
        .filter(|line| line.starts_with("kept "))
        .count();
    assert_eq!(kept, before.len(), "{said}");
    assert!(
        said.contains(&format!("1 file written, {kept} kept")),
        "{said}"
    );
    let mut after = files(folder.path());
    assert!(after.remove("content/after/index.md").is_some());
    assert_eq!(after, before);
}

#[test]
fn the_folder_is_created_and_the_next_commands_name_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let made = regain(&["init", "our help/site"], folder.path());
    assert_ends(&made, 0);
    let said = messages(&made);
    for command in ["check", "serve", "build"] {
        let line = format!("regain {command} --root 'our help/site'");
        assert!(said.contains(&line), "{said}");
    }
    assert!(
        folder
            .path()
            .join("our help/site/content/site.toml")
            .is_file()
    );
}

#[test]
fn a_folder_that_cannot_be_created_is_a_machine_error() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("taken"), "a file").expect("the file can be written");
    for target in ["taken", "taken/below"] {
        let refused = regain(&["init", target], folder.path());
        assert_ends(&refused, 3);
        assert!(messages(&refused).starts_with("cannot write "), "{target}");
    }
    let only: Vec<_> = files(folder.path()).into_keys().collect();
    assert_eq!(only, ["taken"]);
}

#[cfg(unix)]
#[test]
fn a_dangling_symlink_is_kept_and_not_written_through() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let content = folder.path().join("content");
    fs::create_dir(&content).expect("a folder");
    std::os::unix::fs::symlink("../elsewhere.md", content.join("index.md")).expect("a link");
    assert_ends(&regain(&["init"], folder.path()), 0);
    assert!(!folder.path().join("elsewhere.md").exists());
}

#[test]
fn a_site_for_github_pages_gets_a_workflow_with_few_permissions_and_pinned_actions() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let init = ["init", "--target", "github-pages"];
    assert_ends(&regain(&init, folder.path()), 0);
    let workflow = files(folder.path())
        .remove(".github/workflows/publish.yml")
        .expect("a workflow");
    assert!(workflow.contains("\npermissions: {}\n"), "{workflow}");
    let version = concat!("regain@", env!("CARGO_PKG_VERSION"), "\n");
    assert!(workflow.contains(version), "{workflow}");
    let actions: Vec<_> = workflow
        .lines()
        .filter_map(|line| line.split_once("uses: "))
        .collect();
    assert_eq!(actions.len(), 3);
    for (_, action) in actions {
        let hash = action.split_once('@').map(|(_, rest)| rest.split(' '));
        let hash = hash.and_then(|mut words| words.next()).unwrap_or_default();
        let is_hash = hash.len() == 40 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(is_hash, "{action} can change");
    }
    let again = regain(&init, folder.path());
    assert_ends(&again, 0);
    assert!(messages(&again).contains("kept ./.github/workflows/publish.yml"));
}

#[test]
fn a_site_for_gitlab_pages_gets_a_job_that_publishes_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert_ends(
        &regain(&["init", "--target", "gitlab-pages"], folder.path()),
        0,
    );
    let job = files(folder.path())
        .remove(".gitlab-ci.yml")
        .expect("a job");
    let version = concat!("regain@", env!("CARGO_PKG_VERSION"), "\n");
    assert!(job.contains(version) && job.contains("\npages:\n"), "{job}");
}

#[test]
fn a_build_says_what_to_do_next_on_each_host() {
    let targets = [
        ("github-pages", "commit and push"),
        ("gitlab-pages", "commit and push"),
        ("netlify", "netlify deploy --prod --dir ./public"),
        ("cloudflare-pages", "wrangler pages deploy ./public"),
        (
            "s3-cloudfront",
            "aws s3 sync --delete ./public/ s3://BUCKET/",
        ),
        ("caddy", "rsync -a --delete ./public/ /var/www/site/"),
        ("nginx", "rsync -a --delete ./public/ /var/www/site/"),
    ];
    for (target, expected) in targets {
        let folder = tempfile::tempdir().expect("a temporary folder");
        assert_ends(&regain(&["init", "--target", target], folder.path()), 0);
        let built = regain(&["build"], folder.path());
        assert_ends(&built, 0);
        let messages = messages(&built);
        let next = messages.split_once("\nnext: ").map(|(_, next)| next);
        assert!(
            next.is_some_and(|next| next.contains(expected)),
            "{messages}"
        );
    }
}
