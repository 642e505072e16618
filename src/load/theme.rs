//! The embedded default theme and a site's own files → a theme.
//!
//! In: the files of `themes/NAME/`. Out: the default theme with each of those in place of its own.
//! Whether templates make sense is for `render`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::strings::{self, Strings};
use super::text;
use super::theme_manifest::{Manifest, manifest};
use super::walk::Files;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::{Located, Location, Source};
use crate::theme::{Script, Theme};

/// The default theme, by path below its folder.
pub(crate) const DEFAULT: &[(&str, &[u8])] =
    include!(concat!(env!("OUT_DIR"), "/default_theme.rs"));

/// Bytes of one template at most: Tera compiles by recursion, so a huge one could exhaust the stack.
const TEMPLATE_LIMIT: usize = 256 * 1024;

/// Puts a theme together; `own` are the files of `themes/NAME/`, empty for the default as it is.
pub(super) fn theme(config: &Config, own: &Files, diagnostics: &mut Diagnostics) -> Option<Theme> {
    let name = &config.theme;
    if own.is_empty() && name.value != "default" {
        diagnostics.push(
            Diagnostic::error(
                Code::UnknownTheme,
                format!("the folder `themes/{}` does not exist", name.value),
            )
            .at(name.location.clone())
            .hint("create the folder, or remove the line `theme = …` to use the default theme"),
        );
        return None;
    }
    let files = ThemeFiles::new(&name.value, own, diagnostics);
    let source = files.sources.get("theme.toml")?;
    let default = manifest(files.lists.as_ref()?, &mut Diagnostics::default())?;
    let default_query_files = query_files(&default);
    let manifest = manifest(source, diagnostics)?.over(default);
    let query_files = Some(query_files(&manifest)).filter(|files| !files.is_empty());
    files.tell_unused(own, &manifest, diagnostics);
    let strings = files.strings(config, diagnostics);
    for script in &manifest.scripts {
        unknown_strings(&script.strings, &strings, diagnostics);
    }
    let mut pick = |list: Vec<Located<String>>| {
        let files = list.iter().filter_map(|file| files.pick(file, diagnostics));
        files.collect::<Vec<_>>()
    };
    let styles = pick(manifest.styles);
    let scripts = manifest.scripts.into_iter().map(|script| Script {
        name: script.name.value,
        pages: script.pages,
        blocking: script.blocking,
        integrity: script.integrity,
        files: pick(script.files),
        strings: script.strings.into_iter().map(|key| key.value).collect(),
    });
    let scripts = scripts.collect();
    Some(Theme {
        name: manifest.name,
        templates: files.templates(diagnostics),
        styles,
        scripts,
        query_scripts: files.all(&query_files.unwrap_or(default_query_files)),
        icons: files.icons(),
        strings,
    })
}

/// The scripts that answer search queries. A theme that lists none of its own leaves those of the
/// default theme in use for `regain search` and `check`.
fn query_files(manifest: &Manifest) -> Vec<String> {
    let scripts = manifest.scripts.iter();
    let files = scripts
        .flat_map(|script| &script.files)
        .map(|file| &file.value);
    let is_query = |file: &&String| file.starts_with("js/search/query/");
    if !files.clone().any(|file| is_query(&file)) {
        return Vec::new();
    }
    files
        .filter(|file| is_query(file) || *file == "js/lib/invisible.js")
        .cloned()
        .collect()
}

/// What templates call a file of the theme; `None` for a file that is not a template.
fn template_name(path: &str) -> Option<&str> {
    let component = Some(path).filter(|path| path.starts_with("components/"));
    let name = path.strip_prefix("templates/").or(component)?;
    (path.rsplit_once('.')?.1 == "html").then_some(name)
}

fn unknown_strings(
    keys: &[Located<String>],
    strings: &BTreeMap<String, String>,
    diagnostics: &mut Diagnostics,
) {
    for key in keys.iter().filter(|key| !strings.contains_key(&key.value)) {
        let message = format!("the theme has no string `{}`", key.value);
        let problem = Diagnostic::error(Code::ThemeFile, message).at(key.location.clone());
        let near = nearest(&key.value, strings.keys().map(String::as_str));
        diagnostics.push(match near {
            Some(near) => problem.hint(format!("did you mean `{near}`?")),
            None => problem.hint("add it to `strings/en.toml` or remove it here"),
        });
    }
}

/// Text files as sources, others as bytes, by path below the theme.
struct ThemeFiles {
    sources: BTreeMap<String, Arc<Source>>,
    binary: BTreeMap<String, Arc<[u8]>>,
    /// The default's English strings, which a theme replaces one by one.
    default_strings: Option<Arc<Source>>,
    /// The default's `theme.toml`, which a theme adds to.
    lists: Option<Arc<Source>>,
}

impl ThemeFiles {
    fn new(theme: &str, own: &Files, diagnostics: &mut Diagnostics) -> Self {
        let mut files = Self {
            sources: BTreeMap::new(),
            binary: BTreeMap::new(),
            default_strings: None,
            lists: None,
        };
        for (name, bytes) in DEFAULT {
            files.add("themes/default", name, bytes.to_vec(), diagnostics);
        }
        files.default_strings = files.sources.get("strings/en.toml").cloned();
        files.lists = files.sources.get("theme.toml").cloned();
        for (name, file) in own {
            let bytes = file.bytes.to_vec();
            files.add(&format!("themes/{theme}"), name, bytes, diagnostics);
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

    fn all(&self, files: &[String]) -> Vec<Arc<Source>> {
        let found = files.iter().filter_map(|file| self.sources.get(file));
        found.cloned().collect()
    }

    fn pick(&self, file: &Located<String>, diagnostics: &mut Diagnostics) -> Option<Arc<Source>> {
        let found = self.sources.get(&file.value);
        if found.is_none() {
            let problem = Diagnostic::error(
                Code::ThemeFile,
                format!("this theme has no file `{}`", file.value),
            )
            .at(file.location.clone());
            let near = nearest(&file.value, self.sources.keys().map(String::as_str));
            diagnostics.push(match near {
                Some(near) => problem.hint(format!("did you mean `{near}`?")),
                None => problem.hint("add the file or remove its name here"),
            });
        }
        found.cloned()
    }

    /// A style or script that no list names, a template where none is looked for: whoever wrote it
    /// would wait for it in vain.
    fn tell_unused(&self, own: &Files, manifest: &Manifest, diagnostics: &mut Diagnostics) {
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
            diagnostics.push(
                Diagnostic::warning(Code::ThemeFile, format!("nothing uses `{name}`"))
                    .at(Location::start_of(source))
                    .hint(hint),
            );
        }
    }

    fn templates(&self, diagnostics: &mut Diagnostics) -> BTreeMap<String, Arc<Source>> {
        let mut templates = BTreeMap::new();
        for (path, source) in &self.sources {
            let Some(name) = template_name(path) else {
                continue;
            };
            if source.text().len() > TEMPLATE_LIMIT {
                diagnostics.push(
                    Diagnostic::error(
                        Code::TooLarge,
                        format!("a template larger than {} KiB", TEMPLATE_LIMIT / 1024),
                    )
                    .at(Location::start_of(source))
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

    fn strings(&self, config: &Config, diagnostics: &mut Diagnostics) -> BTreeMap<String, String> {
        let mut read = |source: &Arc<Source>| strings::table(source, diagnostics);
        let primary = strings::primary(&config.language.value);
        let translated = self.sources.get(&format!("strings/{primary}.toml"));
        let strings = Strings {
            default: self
                .default_strings
                .as_ref()
                .map(&mut read)
                .unwrap_or_default(),
            english: self
                .sources
                .get("strings/en.toml")
                .map(&mut read)
                .unwrap_or_default(),
            translated: translated.filter(|_| primary != "en").map(read),
        };
        strings.merge((&config.theme.value, &config.language), diagnostics)
    }
}
