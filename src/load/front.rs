//! Front matter → its values.
//!
//! In: a page's source and its block of TOML or YAML. Out: [`FrontMatter`]. Both formats have the same keys. YAML is
//! turned into TOML values first; keys of other tools in it have no effect, so that their guides can be brought
//! over as they are.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::toml_file::read_block;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::from_toml::{FromToml as _, Reader};
use crate::markdown::{FrontBlock, FrontFormat, Options};
use crate::site::FrontMatter;
use crate::source::{Located, Source};
use crate::yaml::{Node, key_to_toml, parse, to_toml};

/// Reads a block.
pub(super) fn meta(
    source: &Arc<Source>,
    front: &FrontBlock,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> FrontMatter {
    let meta = match front.format {
        FrontFormat::Toml => read_block(source, front.span.clone(), options, diagnostics),
        FrontFormat::Yaml => read_yaml(source, front, options, diagnostics),
    };
    let meta: FrontMatter = meta.unwrap_or_default();
    if let Some(title) = meta
        .title
        .as_ref()
        .filter(|title| title.value.trim().is_empty())
    {
        diagnostics.push(
            Diagnostic::error(Code::EmptyTitle, "the title is empty")
                .at(&title.location)
                .hint("write a title, or remove the key to use the first heading"),
        );
    }
    meta
}

fn read_yaml(
    source: &Arc<Source>,
    front: &FrontBlock,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Option<FrontMatter> {
    let root = match parse(source, front.span.clone(), Code::YamlSyntax) {
        Ok(root) => root,
        Err(problem) => {
            diagnostics.push(problem);
            return None;
        }
    };
    let entries = match &root.value {
        Node::Map(entries) => entries.as_slice(),
        Node::Nothing => &[],
        Node::Text(_) | Node::List(_) => {
            let message = "front matter must be `key: value` lines";
            diagnostics.push(Diagnostic::error(Code::YamlSyntax, message).at(root.location));
            return None;
        }
    };
    let mut table = DeTable::new();
    for (key, node) in entries {
        if !FrontMatter::KEYS.contains(&&*key.value) {
            diagnostics.push(unknown_key(key));
        } else if let Some(value) = to_toml(node) {
            table.insert(key_to_toml(key), value);
        }
    }
    let table = Spanned::new(front.span.clone(), DeValue::Table(table));
    let reader = Reader::new(source, options, diagnostics);
    FrontMatter::from_toml(table, &mut reader.of_yaml())
}

/// A misspelt key is worth a warning; a key of another tool only a remark.
fn unknown_key(key: &Located<String>) -> Diagnostic {
    let Located { value, location } = key;
    let problem = if let Some(near) = nearest(value, FrontMatter::KEYS.iter().copied()) {
        let message = format!("`{value}` has no effect here");
        Diagnostic::warning(Code::UnknownKey, message).hint(format!("did you mean `{near}`?"))
    } else {
        let message = "front matter has keys of another tool, which have no effect";
        Diagnostic::info(Code::ForeignMarkup, message).about(value.as_str())
    };
    problem.at(location)
}
