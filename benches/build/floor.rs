//! The least a generator does: read every page, parse it, write one file for it. On all processors,
//! with the same parser, and without a template, a link, an index or a check.

use std::fs;
use std::path::Path;

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;

use crate::Outcome;

pub(crate) fn run(root: &Path, output: &Path) -> Outcome<()> {
    let content = root.join("content");
    let mut pages = Vec::new();
    for entry in walkdir::WalkDir::new(&content) {
        let path = entry?.into_path();
        if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    pages
        .par_iter()
        .try_for_each(|path| page(path, &content, output))
        .map_err(|error| error.to_string().into())
}

fn page(path: &Path, content: &Path, output: &Path) -> std::io::Result<()> {
    let text = fs::read_to_string(path)?;
    let body = text
        .strip_prefix("+++\n")
        .and_then(|rest| rest.split_once("\n+++\n"))
        .map_or(text.as_str(), |(_, body)| body);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM;
    let mut page = String::with_capacity(body.len() * 2);
    html::push_html(&mut page, Parser::new_ext(body, options));

    let below = path
        .strip_prefix(content)
        .unwrap_or(path)
        .with_extension("");
    let folder = match below.file_name() {
        Some(name) if name == "index" => output.join(below.parent().unwrap_or(Path::new(""))),
        _ => output.join(below),
    };
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("index.html"), page)
}
