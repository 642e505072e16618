//! The embedded default theme, with the files of `themes/NAME/` in place of its own → a theme. `render` parses the
//! templates.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::strings::{self, Strings};
use super::text;
use super::theme_manifest::{Manifest, manifest};
use super::walk::Files;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Located, Location, Source};
use crate::theme::{Script, Theme};

/// The default theme, by path below its folder.
pub(crate) const DEFAULT: &[(&str, &[u8])] =
    include!(concat!(env!("OUT_DIR"), "/default_theme.rs"));

/// The most bytes of one template: Tera compiles by recursion, so a huge one could exhaust the stack.
const TEMPLATE_LIMIT: usize = 256 * 1024;

/// Puts a theme together; `own` are the files of `themes/NAME/`, empty for the default as it is.
pub(super) fn theme(config: &Config, own: &Files, diagnostics: &mut Diagnostics) -> Option<Theme> {
    let name = &config.theme;
    if own.is_empty() && name.value != "default" {
        let message = format!("the folder `themes/{}` does not exist", name.value);
        let hint = "create the folder, or remove the line `theme = …` to use the default theme";
        let problem = Diagnostic::error(Code::UnknownTheme, message);
        diagnostics.push(problem.at(&name.location).hint(hint));
        return None;
    }
    let mut files = ThemeFiles::default();
    for (path, bytes) in DEFAULT {
        files.add("default", path, bytes.to_vec(), diagnostics);
    }
    let default = manifest(
        files.sources.get("theme.toml")?,
        &mut Diagnostics::default(),
    )?;
    let default_query_files = query_files(&default);
    let default_strings = files.strings("en", diagnostics)?;
    for (path, file) in own {
        files.add(&name.value, path, file.bytes.to_vec(), diagnostics);
    }
    let manifest = if own.contains_key("theme.toml") {
        manifest(files.sources.get("theme.toml")?, diagnostics)?.over(default)
    } else {
        default
    };
    files.report_unused(own, &manifest, diagnostics);
    let primary = strings::primary(&config.language.value);
    let strings = Strings {
        default: default_strings,
        english: if own.contains_key("strings/en.toml") {
            files.strings("en", diagnostics)?
        } else {
            strings::Table::default()
        },
        translated: Some(primary)
            .filter(|primary| *primary != "en")
            .and_then(|primary| files.strings(primary, diagnostics)),
    };
    let strings = strings.merge(&name.value, &config.language, diagnostics);
    let query_files = query_files(&manifest).or(default_query_files);
    let query_files = query_files.iter().flatten();
    let query_scripts = query_files.filter_map(|file| files.sources.get(file).cloned());
    let query_scripts = query_scripts.collect();
    let styles = files.listed(&manifest.styles, diagnostics);
    let mut scripts = Vec::new();
    for script in manifest.scripts {
        named(&script.strings, "string", &strings, diagnostics);
        scripts.push(Script {
            files: files.listed(&script.files, diagnostics),
            name: script.name.value,
            pages: script.pages,
            blocking: script.blocking,
            integrity: script.integrity,
            strings: script.strings.into_iter().map(|key| key.value).collect(),
        });
    }
    let own_templates = own.keys().filter_map(|path| template_name(path));
    Some(Theme {
        name: manifest.name,
        templates: files.templates(diagnostics),
        own_templates: own_templates.map(str::to_owned).collect(),
        styles,
        scripts,
        query_scripts,
        icons: files.icons,
        strings,
    })
}

/// The scripts that answer search queries. A theme that lists none of its own leaves those of the
/// default theme in use for `regain search` and `check`.
fn query_files(manifest: &Manifest) -> Option<Vec<String>> {
    let scripts = manifest.scripts.iter().flat_map(|script| &script.files);
    let files = scripts.map(|file| file.value.clone());
    let is_query = |file: &String| file.starts_with("js/search/query/");
    let mut files: Vec<_> = files.collect();
    files.retain(|file| is_query(file) || file == "js/lib/invisible.js");
    files.iter().any(is_query).then_some(files)
}

/// What templates call a file of the theme; `None` for a file that is not a template.
fn template_name(path: &str) -> Option<&str> {
    let component = Some(path).filter(|path| path.starts_with("components/"));
    let name = path.strip_prefix("templates/").or(component)?;
    (path.rsplit_once('.')?.1 == "html").then_some(name)
}

/// The entries that a list in the manifest names. Reports names that do not exist.
fn named<'a, T>(
    list: &[Located<String>],
    what: &str,
    known: &'a BTreeMap<String, T>,
    diagnostics: &mut Diagnostics,
) -> Vec<&'a T> {
    let find = |name: &Located<String>| {
        let found = known.get(&name.value);
        if found.is_none() {
            let message = format!("this theme has no {what} `{}`", name.value);
            let problem = Diagnostic::error(Code::ThemeFile, message).at(&name.location);
            let known = known.keys().map(String::as_str);
            let otherwise = format!("add the {what} or remove its name here");
            diagnostics.push(problem.suggest(&name.value, known, &otherwise));
        }
        found
    };
    list.iter().filter_map(find).collect()
}

/// The files of a theme by path, with those of the default theme that it does not replace.
#[derive(Default)]
struct ThemeFiles {
    sources: BTreeMap<String, Arc<Source>>,
    /// By path below `icons/`.
    icons: BTreeMap<String, Arc<[u8]>>,
}

impl ThemeFiles {
    fn add(&mut self, theme: &str, path: &str, bytes: Vec<u8>, diagnostics: &mut Diagnostics) {
        let end = path.rsplit_once('.').map_or("", |(_, end)| end);
        if ["html", "css", "js", "toml"].contains(&end) {
            let source = text::source(&format!("themes/{theme}/{path}"), bytes, diagnostics);
            let source = source.map(|source| (path.to_owned(), source));
            self.sources.extend(source);
        } else if let Some(name) = path.strip_prefix("icons/") {
            self.icons.insert(name.to_owned(), bytes.into());
        }
    }

    /// The strings in a language, if there is a file of them.
    fn strings(&self, language: &str, diagnostics: &mut Diagnostics) -> Option<strings::Table> {
        let source = self.sources.get(&format!("strings/{language}.toml"))?;
        Some(strings::table(source, diagnostics))
    }

    /// The files in a list of the manifest.
    fn listed(&self, list: &[Located<String>], diagnostics: &mut Diagnostics) -> Vec<Arc<Source>> {
        let files = named(list, "file", &self.sources, diagnostics);
        files.into_iter().cloned().collect()
    }

    /// Reports styles and scripts that no list names, and templates in folders that have none: whoever wrote them
    /// would wonder why nothing changes.
    fn report_unused(&self, own: &Files, manifest: &Manifest, diagnostics: &mut Diagnostics) {
        for name in own.keys() {
            let hint = match name.rsplit_once('.').map(|(_, end)| end) {
                Some("css" | "js") if !manifest.names(name) => {
                    "add it to the lists of `theme.toml`, or remove it"
                }
                Some("html") if template_name(name).is_none() => {
                    "move it to `templates/` or `components/`"
                }
                _ => continue,
            };
            let Some(source) = self.sources.get(name) else {
                continue;
            };
            let problem = Diagnostic::warning(Code::ThemeFile, format!("nothing uses `{name}`"));
            diagnostics.push(problem.at(Location::start_of(source)).hint(hint));
        }
    }

    fn templates(&self, diagnostics: &mut Diagnostics) -> BTreeMap<String, Arc<Source>> {
        let mut templates = BTreeMap::new();
        for (path, source) in &self.sources {
            let Some(name) = template_name(path) else {
                continue;
            };
            if source.text().len() > TEMPLATE_LIMIT {
                let message = format!("a template larger than {} KiB", TEMPLATE_LIMIT / 1024);
                let problem = Diagnostic::error(Code::TooLarge, message);
                let problem = problem.at(Location::start_of(source));
                diagnostics.push(problem.hint("split it into components"));
                continue;
            }
            templates.insert(name.to_owned(), Arc::clone(source));
        }
        templates
    }
}
