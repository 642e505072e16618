//! A theme's styles, scripts and icons → files of the site.
//!
//! In: the theme. Out: the files, put into the output, and their names for the pages.

use std::sync::Arc;

use crate::fingerprint::{Asset, asset};
use crate::ids::OutPath;
use crate::output::Output;
use crate::render::{Assets, ScriptAsset};
use crate::source::Source;
use crate::theme::Theme;

/// Joins styles and scripts and names each file by its content.
pub(super) fn assets(theme: &Theme, output: &mut Output) -> Assets {
    let styles = add("assets/site.css", join(&theme.styles), output);
    let scripts = theme.scripts.iter().filter_map(|script| {
        let name = format!("assets/{}.js", script.name);
        Some(ScriptAsset {
            name: script.name.clone(),
            asset: add(&name, join(&script.files), output)?,
            pages: script.pages.clone(),
            timing: script.timing,
            integrity: script.integrity,
        })
    });
    let scripts = scripts.collect();
    // Icons keep their names, so they stand apart from the files that browsers keep for a year.
    for (name, bytes) in &theme.icons {
        if let Some(path) = OutPath::new(format!("icons/{name}")) {
            output.insert(path, Arc::clone(bytes));
        }
    }
    Assets {
        styles: styles.into_iter().collect(),
        scripts,
        search: None,
    }
}

fn join(files: &[Arc<Source>]) -> String {
    let mut text = String::new();
    for file in files {
        text.push_str(file.text());
        if !text.ends_with('\n') {
            text.push('\n');
        }
    }
    text
}

fn add(name: &str, text: String, output: &mut Output) -> Option<Asset> {
    let asset = asset(name, text.as_bytes())?;
    output.insert(asset.path.clone(), text.into_bytes());
    Some(asset)
}
