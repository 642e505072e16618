//! A theme's styles, scripts and icons, and the rules that the checklist's scripts apply → files of the site.
//!
//! In: the theme and the checklist. Out: the files, put into the output, and their names for the pages.

use std::sync::Arc;

use crate::fingerprint::asset;
use crate::ids::OutPath;
use crate::output::Output;
use crate::recovery::Checklist;
use crate::recovery::secret_scanner::SecretRules;
use crate::render::Assets;
use crate::source::Source;
use crate::theme::Theme;

/// Joins styles and scripts and names each file by its content.
pub(super) fn assets<'a>(
    theme: &'a Theme,
    checklist: Option<&Checklist>,
    output: &mut Output,
) -> Assets<'a> {
    // Icons keep their names, so they are not among the files that browsers keep for a year. Programs that read no HTML
    // look for `favicon.ico` at the root.
    for (name, bytes) in &theme.icons {
        let folder = if name == "favicon.ico" { "" } else { "icons/" };
        if let Some(path) = OutPath::new(format!("{folder}{name}")) {
            output.insert(path, Arc::clone(bytes));
        }
    }
    let mut add = |name: &str, text: String| {
        let asset = asset(name, text.as_bytes())?;
        output.insert(asset.path.clone(), text.into_bytes().into());
        Some(asset)
    };
    let scripts = theme.scripts.iter().filter_map(|script| {
        let name = format!("assets/{}.js", script.name);
        Some((script, add(&name, join(&script.files))?))
    });
    Assets {
        scripts: scripts.collect(),
        style: add("assets/site.css", join(&theme.styles)),
        rules: checklist.and_then(|checklist| {
            let rules = SecretRules::with(&checklist.secrets);
            let rules = serde_json::to_string(&rules).ok()?;
            add(
                "assets/rules.js",
                format!("window.secretRules = {rules};\n"),
            )
        }),
    }
}

fn join(files: &[Arc<Source>]) -> String {
    let mut text = String::new();
    for file in files {
        text.push_str(&without_indents(without_comments(file.text())));
        if !text.ends_with('\n') {
            text.push('\n');
        }
    }
    text
}

/// Removes comments on lines of their own: they are for people who read the theme, and would be a quarter of what a
/// phone loads. Comments that start with `/*!`, such as licenses, are kept.
fn without_comments(file: &str) -> String {
    let mut text = String::with_capacity(file.len());
    let mut rest = file;
    while !rest.is_empty() {
        if let Some(after) = after_comment(rest) {
            rest = after;
            continue;
        }
        let (line, after) = rest.split_at(rest.find('\n').map_or(rest.len(), |end| end + 1));
        text.push_str(line);
        rest = after;
    }
    text
}

/// Removes indents and empty lines, unless they may be within a string of several lines.
fn without_indents(text: String) -> String {
    if text.contains('`') || text.contains("\\\n") {
        return text;
    }
    let lines = text.lines().map(str::trim_start);
    let lines = lines.filter(|line| !line.is_empty());
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// What follows the comment that `text` begins with, if it has its lines for itself.
fn after_comment(text: &str) -> Option<&str> {
    let comment = text.trim_start_matches([' ', '\t']).strip_prefix("/*")?;
    if comment.starts_with('!') {
        return None;
    }
    let (_, after) = comment.split_once("*/")?;
    let (tail, next) = after.split_once('\n').unwrap_or((after, ""));
    tail.trim().is_empty().then_some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_on_lines_of_their_own_stay_behind() {
        for (file, expected) in [
            ("/* a\n * b */\nx();\n", "x();\n"),
            ("  /* a */\nx();\n\t/* b */", "x();\n"),
            ("x(); /* a */\n", "x(); /* a */\n"),
            ("/* a */ x();\n", "/* a */ x();\n"),
            ("/*! license */\nx();\n", "/*! license */\nx();\n"),
            ("/*/ a */\nx();\n", "x();\n"),
            ("/* a */\n/* b */\n\nx();\n", "\nx();\n"),
            ("x();\n/* no end\n", "x();\n/* no end\n"),
            (
                "a { background: url(/*); }\n",
                "a { background: url(/*); }\n",
            ),
        ] {
            assert_eq!(without_comments(file), expected, "{file:?}");
        }
    }

    #[test]
    fn indents_stay_behind_unless_a_text_may_hold_them() {
        for (file, expected) in [
            ("a {\n  b: c;\n\n\td: e;\n}\n", "a {\nb: c;\nd: e;\n}\n"),
            ("x = `\n  y`;\n", "x = `\n  y`;\n"),
            ("x = \"a\\\n  b\";\n", "x = \"a\\\n  b\";\n"),
        ] {
            assert_eq!(without_indents(file.to_owned()), expected, "{file:?}");
        }
    }
}
