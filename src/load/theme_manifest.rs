//! `theme.toml` → which styles and scripts a theme has.
//!
//! In: the manifest's text. Out: the names it gives, each with its place, and a diagnostic for a version that
//! is not ours, a script that no file could be named after and a kind of page there is none of. Whether the files
//! it names are there is for `theme`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::toml_file::read_raw;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::from_toml::{Spanned, located};
use crate::source::{Located, Location, Source};
use crate::theme::{Integrity, PageKind, Timing};

/// What `theme.toml` says.
pub(super) struct Manifest {
    pub(super) name: String,
    extends: Extends,
    pub(super) styles: Vec<Located<String>>,
    pub(super) scripts: Vec<ScriptEntry>,
}

/// One `[[script]]`.
pub(super) struct ScriptEntry {
    pub(super) name: Located<String>,
    pub(super) pages: Vec<PageKind>,
    pub(super) timing: Timing,
    pub(super) integrity: Integrity,
    pub(super) files: Vec<Located<String>>,
    pub(super) strings: Vec<Located<String>>,
}

/// What the lists of a theme start from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
enum Extends {
    /// The lists of the default theme.
    #[default]
    Default,
    /// Empty lists.
    Nothing,
}

impl Manifest {
    /// The lists of the default theme with these added, unless this theme begins with nothing. A
    /// style it names stands where it names it; a script takes the place of one of the same name.
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

/// Which styles and scripts a theme has.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    /// The theme's name.
    name: String,
    /// The version of regain that the theme fits: `0.1` fits `0.1.7` but not `0.2`.
    regain: Option<Spanned<String>>,
    /// What the lists below start from. Default: `"default"`.
    #[serde(default)]
    extends: Extends,
    /// Style sheets. They are joined in this order into one file, after those of the default theme.
    #[serde(default)]
    styles: Vec<Spanned<String>>,
    /// Scripts.
    #[serde(default)]
    script: Vec<RawScript>,
}

/// A script. It becomes one file, `assets/NAME.HASH.js`.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct RawScript {
    /// Lower-case letters, digits and hyphens. A script of the default theme with this name is replaced.
    name: Spanned<String>,
    /// The kinds of page that load it, or `"*"` for all.
    pages: Vec<Spanned<String>>,
    /// Its files, joined in this order.
    files: Vec<Spanned<String>>,
    /// Keys of `strings/en.toml` that the script shows with `regain.text("KEY")`.
    #[serde(default)]
    strings: Vec<Spanned<String>>,
    /// Whether it runs before the first paint.
    #[serde(default)]
    blocking: bool,
    /// Whether browsers check its hash. Only `js/disk.js` needs `false`.
    #[serde(default = "checked")]
    integrity: bool,
}

fn checked() -> bool {
    true
}

/// Reads it; `None` where it is no manifest at all.
pub(super) fn manifest(source: &Arc<Source>, diagnostics: &mut Diagnostics) -> Option<Manifest> {
    let raw: Raw = read_raw(source, 0..source.text().len(), diagnostics)?;
    match raw.regain {
        Some(wanted) => version(&located(source, wanted), diagnostics),
        None => diagnostics.push(
            Diagnostic::error(Code::MissingKey, "`regain` is missing")
                .at(Location::start_of(source))
                .hint(format!("add a line `regain = \"{}\"`", fitting())),
        ),
    }
    let scripts: Vec<_> = raw
        .script
        .into_iter()
        .map(|script| entry(source, script, diagnostics))
        .collect();
    script_names(&scripts, diagnostics);
    Some(Manifest {
        name: raw.name,
        extends: raw.extends,
        styles: all_located(source, raw.styles),
        scripts,
    })
}

fn entry(source: &Arc<Source>, raw: RawScript, diagnostics: &mut Diagnostics) -> ScriptEntry {
    let kinds = raw.pages.into_iter();
    ScriptEntry {
        name: located(source, raw.name),
        pages: kinds
            .flat_map(|kind| page_kinds(&located(source, kind), diagnostics))
            .collect(),
        timing: if raw.blocking {
            Timing::Blocking
        } else {
            Timing::Deferred
        },
        integrity: if raw.integrity {
            Integrity::Checked
        } else {
            Integrity::Open
        },
        files: all_located(source, raw.files),
        strings: all_located(source, raw.strings),
    }
}

fn all_located(source: &Arc<Source>, values: Vec<Spanned<String>>) -> Vec<Located<String>> {
    let values = values.into_iter();
    values.map(|value| located(source, value)).collect()
}

/// What a theme for this version names: its first two numbers.
fn fitting() -> &'static str {
    let ours = env!("CARGO_PKG_VERSION");
    ours.rsplit_once('.').map_or(ours, |(start, _)| start)
}

/// Fits where the theme names this version's number up to the parts it gives: `0.1` fits `0.1.7`.
fn version(wanted: &Located<String>, diagnostics: &mut Diagnostics) {
    let ours = env!("CARGO_PKG_VERSION");
    let fits = ours
        .strip_prefix(wanted.value.as_str())
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    if !fits {
        diagnostics.push(
            Diagnostic::error(
                Code::ThemeVersion,
                format!(
                    "this theme is for regain {}, and this is {ours}",
                    wanted.value
                ),
            )
            .at(wanted.location.clone())
            .hint("use a theme for this version, or adapt it and change the line"),
        );
    }
}

/// The built file is named after its script, `assets/NAME.HASH.js`, and no two are named the same.
fn script_names(scripts: &[ScriptEntry], diagnostics: &mut Diagnostics) {
    let good = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
    let mut first: BTreeMap<&str, &Location> = BTreeMap::new();
    for ScriptEntry { name, .. } in scripts {
        let Located { value, location } = name;
        if value.is_empty() || !value.chars().all(good) {
            diagnostics.push(
                Diagnostic::error(
                    Code::BadName,
                    format!("`{value}` cannot be the name of a script"),
                )
                .at(location.clone())
                .hint("use lower-case letters, digits and hyphens, such as `reading-time`"),
            );
        }
        if let Some(earlier) = first.insert(value, location) {
            diagnostics.push(
                Diagnostic::error(Code::DuplicateName, format!("`{value}` is used twice"))
                    .at(location.clone())
                    .see(earlier.clone(), "the first one")
                    .hint("give one of them another name, or put all files into one list"),
            );
        }
    }
}

/// `*` is every kind.
fn page_kinds(name: &Located<String>, diagnostics: &mut Diagnostics) -> Vec<PageKind> {
    let mut kinds = PageKind::WITH_SCRIPTS.to_vec();
    if name.value == "*" {
        return kinds;
    }
    kinds.retain(|kind| kind.name() == name.value);
    if kinds.is_empty() {
        let known = PageKind::WITH_SCRIPTS.map(PageKind::name);
        let message = format!("`{}` is not a kind of page", name.value);
        let problem = Diagnostic::error(Code::UnknownValue, message).at(name.location.clone());
        diagnostics.push(match nearest(&name.value, known) {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem.hint(format!("the kinds are: `*`, `{}`", known.join("`, `"))),
        });
    }
    kinds
}
