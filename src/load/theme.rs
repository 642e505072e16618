//! The embedded default theme and a site's own files → a theme.
//!
//! In: the files of `themes/NAME/`. Out: the default theme with each of those in place of its own.
//! Whether templates make sense is for `render`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use toml::Spanned;

use super::table::{located, read};
use super::text;
use super::walk::Files;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::{Located, Place, Source};
use crate::theme::{Integrity, Script, Theme, Timing};

/// The default theme, by path below its folder.
pub(crate) const DEFAULT: &[(&str, &[u8])] =
    include!(concat!(env!("OUT_DIR"), "/default_theme.rs"));

/// Bytes of one template at most: Tera compiles by recursion, so a huge one could exhaust the stack.
const TEMPLATE_LIMIT: usize = 256 * 1024;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: String,
    regain: Spanned<String>,
    styles: Vec<Spanned<String>>,
    #[serde(default)]
    script: Vec<RawScript>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawScript {
    name: String,
    pages: Vec<String>,
    files: Vec<Spanned<String>>,
    #[serde(default)]
    blocking: bool,
    #[serde(default = "checked")]
    integrity: bool,
}

fn checked() -> bool {
    true
}

/// Puts a theme together; `own` are the files of `themes/NAME/`, empty for the default as it is.
pub(super) fn theme(
    name: &Located<String>,
    own: &Files,
    language: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Theme> {
    if own.is_empty() && name.value != "default" {
        diagnostics.push(
            Diagnostic::error(
                Code::UnknownTheme,
                format!("there is no folder `themes/{}`", name.value),
            )
            .at(name.place.clone())
            .hint("make the folder, or remove the line `theme = …` for the default theme"),
        );
        return None;
    }
    let files = ThemeFiles::new(&name.value, own, diagnostics);
    let manifest = files.sources.get("theme.toml")?;
    let raw: Raw = read(manifest, diagnostics)?;
    version(manifest, raw.regain, diagnostics);
    let mut pick = |file: Spanned<String>| files.pick(&located(manifest, file), diagnostics);
    let styles = raw.styles.into_iter().filter_map(&mut pick).collect();
    let scripts = raw
        .script
        .into_iter()
        .map(|script| Script {
            name: script.name,
            pages: script.pages,
            timing: if script.blocking {
                Timing::Blocking
            } else {
                Timing::Deferred
            },
            integrity: if script.integrity {
                Integrity::Checked
            } else {
                Integrity::Open
            },
            files: script.files.into_iter().filter_map(&mut pick).collect(),
        })
        .collect();
    Some(Theme {
        name: raw.name,
        templates: files.templates(diagnostics),
        styles,
        scripts,
        icons: files.icons(),
        strings: files.strings(language, diagnostics),
    })
}

/// Fits where the theme names this version's number up to the parts it gives: `0.1` fits `0.1.7`.
fn version(manifest: &Arc<Source>, wanted: Spanned<String>, diagnostics: &mut Diagnostics) {
    let ours = env!("CARGO_PKG_VERSION");
    let wanted = located(manifest, wanted);
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
            .at(wanted.place)
            .hint("use a theme for this version, or adapt it and change the line"),
        );
    }
}

/// Text files as sources, others as bytes, by path below the theme.
struct ThemeFiles {
    sources: BTreeMap<String, Arc<Source>>,
    binary: BTreeMap<String, Arc<[u8]>>,
}

impl ThemeFiles {
    fn new(theme: &str, own: &Files, diagnostics: &mut Diagnostics) -> Self {
        let mut files = Self {
            sources: BTreeMap::new(),
            binary: BTreeMap::new(),
        };
        for (name, bytes) in DEFAULT {
            files.add("themes/default", name, bytes.to_vec(), diagnostics);
        }
        for (name, bytes) in own {
            files.add(&format!("themes/{theme}"), name, bytes.clone(), diagnostics);
        }
        files
    }

    fn add(&mut self, folder: &str, name: &str, bytes: Vec<u8>, diagnostics: &mut Diagnostics) {
        let is_text = name
            .rsplit_once('.')
            .is_some_and(|(_, end)| ["html", "css", "js", "toml"].contains(&end));
        if !is_text {
            self.binary.insert(name.to_owned(), bytes.into());
        } else if let Some(source) = text::source(&format!("{folder}/{name}"), bytes, diagnostics) {
            self.sources.insert(name.to_owned(), source);
        }
    }

    fn pick(&self, file: &Located<String>, diagnostics: &mut Diagnostics) -> Option<Arc<Source>> {
        let found = self.sources.get(&file.value);
        if found.is_none() {
            let problem = Diagnostic::error(
                Code::ThemeFile,
                format!("`{}` is not in this theme", file.value),
            )
            .at(file.place.clone());
            let near = nearest(&file.value, self.sources.keys().map(String::as_str));
            diagnostics.push(match near {
                Some(near) => problem.hint(format!("did you mean `{near}`?")),
                None => problem.hint("add the file or remove its name here"),
            });
        }
        found.cloned()
    }

    fn templates(&self, diagnostics: &mut Diagnostics) -> BTreeMap<String, Arc<Source>> {
        let mut templates = BTreeMap::new();
        for (path, source) in &self.sources {
            let Some(name) = path.strip_prefix("templates/") else {
                continue;
            };
            if source.text().len() > TEMPLATE_LIMIT {
                diagnostics.push(
                    Diagnostic::error(
                        Code::TooLarge,
                        format!("a template larger than {} KiB", TEMPLATE_LIMIT / 1024),
                    )
                    .at(Place::start_of(source))
                    .hint("split it into components"),
                );
                continue;
            }
            templates.insert(name.to_owned(), Arc::clone(source));
        }
        templates
    }

    fn icons(&self) -> BTreeMap<String, Arc<[u8]>> {
        self.binary
            .iter()
            .filter_map(|(path, bytes)| {
                let name = path.strip_prefix("icons/")?;
                Some((name.to_owned(), Arc::clone(bytes)))
            })
            .collect()
    }

    /// English first, the site's language over it, so that a missing translation is a word in
    /// English and not a hole.
    fn strings(&self, language: &str, diagnostics: &mut Diagnostics) -> BTreeMap<String, String> {
        let english = self.table("strings/en.toml", diagnostics);
        let primary = language.split('-').next().unwrap_or(language);
        let mut strings: BTreeMap<_, _> = english
            .iter()
            .map(|(key, value)| (key.clone(), value.value.clone()))
            .collect();
        if primary == "en" {
            return strings;
        }
        for (key, value) in self.table(&format!("strings/{primary}.toml"), diagnostics) {
            if !english.contains_key(&key) {
                let near = nearest(&key, english.keys().map(String::as_str));
                let problem = Diagnostic::error(
                    Code::UnknownKey,
                    format!("`{key}` is no word of this theme"),
                )
                .at(value.place.clone());
                diagnostics.push(match near {
                    Some(near) => problem.hint(format!("did you mean `{near}`?")),
                    None => problem.hint("the known keys are in `strings/en.toml`"),
                });
            }
            strings.insert(key, value.value);
        }
        strings
    }

    fn table(
        &self,
        path: &str,
        diagnostics: &mut Diagnostics,
    ) -> BTreeMap<String, Located<String>> {
        let Some(source) = self.sources.get(path) else {
            return BTreeMap::new();
        };
        let raw: BTreeMap<String, Spanned<String>> = read(source, diagnostics).unwrap_or_default();
        raw.into_iter()
            .map(|(key, value)| (key, located(source, value)))
            .collect()
    }
}
