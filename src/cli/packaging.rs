//! Writes man pages and shell completions to `target/packaging/`, from the command definitions. Releases contain them.

use std::fs;
use std::path::Path;

use clap::CommandFactory as _;
use clap_complete::Shell;

use super::Arguments;

#[test]
fn man_pages_and_completions_cover_every_command() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/packaging");
    fs::create_dir_all(&folder).expect("a folder");
    let mut command = Arguments::command();
    clap_mangen::generate_to(command.clone(), &folder).expect("man pages");
    let shells = [Shell::Bash, Shell::Fish, Shell::PowerShell, Shell::Zsh];
    let completions = shells.map(|shell| {
        let path = clap_complete::generate_to(shell, &mut command, "regain", &folder);
        fs::read_to_string(path.expect("completions")).expect("a text")
    });
    for subcommand in command.get_subcommands() {
        let name = subcommand.get_name();
        assert!(completions.iter().all(|text| text.contains(name)), "{name}");
        let page = folder.join(format!("regain-{name}.1"));
        assert!(name == "help" || page.exists(), "{name}");
    }
}
