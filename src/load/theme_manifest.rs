//! `theme.toml` → which styles and scripts a theme has. `theme` checks whether the files exist.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::toml_file::read;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::from_toml::{Reader, choice, from_toml, unless_false};
use crate::ids::is_plain_name;
use crate::markdown::Options;
use crate::named::named;
use crate::source::{Located, Location, Source};
use crate::theme::PageKind;

from_toml! {
    /// Which styles and scripts a theme has.
    #[derive(Debug)]
    pub struct Manifest from RawManifest {
        /// The theme's name.
        pub name: String,
        /// The version of regain that the theme fits: `0.1` fits `0.1.7` but not `0.2`.
        pub regain: Option<Located<String>>,
        /// What the lists below start from. Default: `"default"`.
        pub extends: Extends = default,
        /// Style sheets. They are joined in this order into one file, after those of the default theme.
        pub styles: Vec<Located<String>> = default,
        /// Scripts.
        pub scripts as "script": Vec<ScriptEntry> = default,
    }

    /// A script. It becomes one file, `assets/NAME.HASH.js`.
    #[derive(Debug)]
    pub struct ScriptEntry from RawScript {
        /// Lower-case letters, digits and hyphens. A script of the default theme with this name is replaced.
        pub name: Located<String>,
        /// The kinds of page that load it, or `"*"` for all.
        pub pages: Vec<PageKind> => page_kinds(Vec<Located<String>>),
        /// Its files, joined in this order.
        pub files: Vec<Located<String>>,
        /// Keys of `strings/en.toml` that the script shows with `regain.text("KEY")`.
        pub strings: Vec<Located<String>> = default,
        /// Whether it runs before the first paint.
        pub blocking: bool = default,
        /// Whether browsers check its hash. Only `early`, which contains `js/disk.js`, needs `false`. Default: `true`.
        pub integrity: bool => unless_false(Option<bool>),
    }
}

named! {
    /// What the lists of a theme start from.
    #[derive(Default)]
    pub enum Extends {
        /// The lists of the default theme.
        #[default]
        Default = "default",
        /// Empty lists.
        Nothing = "nothing",
    }
}

choice!(Extends);

impl Manifest {
    /// The lists of the default theme with these added, unless this theme extends nothing. Its
    /// styles come last; a script replaces one of the same name.
    pub(super) fn over(self, default: Self) -> Self {
        if self.extends == Extends::Nothing {
            return self;
        }
        let mut styles = default.styles;
        styles.retain(|style| self.styles.iter().all(|own| own.value != style.value));
        styles.extend(self.styles);
        let mut scripts = default.scripts;
        for own in self.scripts {
            let known = scripts
                .iter_mut()
                .find(|one| one.name.value == own.name.value);
            match known {
                Some(known) => *known = own,
                None => scripts.push(own),
            }
        }
        Self {
            styles,
            scripts,
            ..self
        }
    }

    /// Whether a list of it names the file.
    pub(super) fn names(&self, file: &str) -> bool {
        let scripts = self.scripts.iter().flat_map(|script| &script.files);
        self.styles
            .iter()
            .chain(scripts)
            .any(|name| name.value == file)
    }
}

/// Reads it; `None` if it cannot be a manifest.
pub(super) fn manifest(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Option<Manifest> {
    let manifest: Manifest = read(source, &Options::default(), diagnostics)?;
    diagnostics.extend(fault_of_version(manifest.regain.as_ref(), source));
    check_script_names(&manifest.scripts, diagnostics);
    Some(manifest)
}

/// A theme fits if its number is the start of this version's: `0.1` fits `0.1.7`.
fn fault_of_version(wanted: Option<&Located<String>>, source: &Arc<Source>) -> Option<Diagnostic> {
    let ours = env!("CARGO_PKG_VERSION");
    let Some(Located { value, location }) = wanted else {
        // What a theme for this version names: its first two numbers.
        let fitting = ours.rsplit_once('.').map_or(ours, |(start, _)| start);
        let problem = Diagnostic::error(Code::MissingKey, "`regain` is missing");
        let hint = format!("add a line `regain = \"{fitting}\"`");
        return Some(problem.at(Location::start_of(source)).hint(hint));
    };
    let rest = ours.strip_prefix(value.as_str());
    let fits = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let message = format!("this theme is for regain {value}, and this is {ours}");
    let problem = Diagnostic::error(Code::ThemeVersion, message).at(location);
    (!fits).then(|| problem.hint("use a theme for this version, or adapt it and change the line"))
}

/// The built file is named after its script, `assets/NAME.HASH.js`, and no two are named the same.
fn check_script_names(scripts: &[ScriptEntry], diagnostics: &mut Diagnostics) {
    let mut first: BTreeMap<&str, &Location> = BTreeMap::new();
    for ScriptEntry { name, .. } in scripts {
        let Located { value, location } = name;
        if !is_plain_name(value) {
            let message = format!("`{value}` cannot be the name of a script");
            let problem = Diagnostic::error(Code::BadName, message).at(location);
            let hint = "use lower-case letters, digits and hyphens, such as `reading-time`";
            diagnostics.push(problem.hint(hint));
        }
        if let Some(earlier) = first.insert(value, location) {
            let message = format!("`{value}` is used twice");
            let problem = Diagnostic::error(Code::DuplicateName, message).at(location);
            let problem = problem.see(earlier, "the first one");
            let hint = "give one of them another name, or put all files into one list";
            diagnostics.push(problem.hint(hint));
        }
    }
}

/// The kinds of page that a script names; `*` is every kind.
fn page_kinds(names: Vec<Located<String>>, reader: &mut Reader<'_>) -> Vec<PageKind> {
    let mut pages = Vec::new();
    for Located { value, location } in names {
        let mut kinds: Vec<_> = PageKind::with_scripts().collect();
        kinds.retain(|kind| value == "*" || kind.name() == value);
        if kinds.is_empty() {
            let known: Vec<_> = PageKind::with_scripts().map(PageKind::name).collect();
            let message = format!("`{value}` is not a kind of page");
            let problem = Diagnostic::error(Code::UnknownValue, message).at(location);
            let all = format!("the kinds are: `*`, `{}`", known.join("`, `"));
            reader.report(problem.suggest(&value, known, &all));
        }
        pages.extend(kinds);
    }
    pages
}
