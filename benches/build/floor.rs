//! The least a generator with a search does: read every page, parse it, write one file for it, and list for every word the
//! pages it is on. On all processors, with the same parser, and without a template, a link or a check.

#![allow(
    clippy::iter_over_hash_type,
    reason = "the floor need not give the same bytes twice"
)]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use pulldown_cmark::{Event, Options, Parser, html};
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
    let words: Vec<_> = pages
        .par_iter()
        .map(|path| page(path, &content, output))
        .collect::<Result<_, _>>()?;
    let mut index: HashMap<String, Vec<(usize, u32)>> = HashMap::new();
    for (number, words) in words.into_iter().enumerate() {
        for (word, count) in words {
            index.entry(word).or_default().push((number, count));
        }
    }
    let mut text = String::new();
    for (word, found) in index {
        writeln!(text, "{word} {found:?}")?;
    }
    Ok(fs::write(output.join("index.txt"), text)?)
}

/// Writes one page; its words and how often each is used.
fn page(path: &Path, content: &Path, output: &Path) -> std::io::Result<HashMap<String, u32>> {
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
    let mut words: HashMap<String, u32> = HashMap::new();
    let events = Parser::new_ext(body, options).inspect(|event| {
        if let Event::Text(text) | Event::Code(text) = event {
            for word in text
                .split(|letter: char| !letter.is_alphanumeric())
                .filter(|word| !word.is_empty())
            {
                *words.entry(word.to_lowercase()).or_default() += 1;
            }
        }
    });
    html::push_html(&mut page, events);

    let below = path
        .strip_prefix(content)
        .unwrap_or(path)
        .with_extension("");
    let folder = match below.file_name() {
        Some(name) if name == "index" => output.join(below.parent().unwrap_or(Path::new(""))),
        _ => output.join(below),
    };
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("index.html"), page)?;
    Ok(words)
}
