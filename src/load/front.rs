//! Front matter → its values.
//!
//! In: a page's source and its block of TOML or YAML. Out: [`FrontMatter`]. Both formats have the same keys. YAML is
//! turned into TOML values first; keys of other tools in it have no effect, so that their guides can be brought
//! over as they are.

use std::sync::Arc;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::toml_file::read_block;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::from_toml::{FromToml as _, Reader, Value, not_a_date};
use crate::markdown::{FrontBlock, FrontFormat, Options};
use crate::site::FrontMatter;
use crate::source::{Located, Source};
use crate::yaml::{Node, key_to_toml, parse, switch, to_toml};

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
        Node::Text { .. } | Node::List(_) => {
            let message = "front matter must be `key: value` lines";
            diagnostics.push(Diagnostic::error(Code::YamlSyntax, message).at(root.location));
            return None;
        }
    };
    let mut table = DeTable::new();
    for (key, node) in entries {
        if !FrontMatter::KEYS.contains(&&*key.value) {
            diagnostics.push(unknown_key(key));
        } else if let Some(value) = toml_value(&key.value, node, diagnostics) {
            table.insert(key_to_toml(key), value);
        }
    }
    let table = Spanned::new(front.span.clone(), DeValue::Table(table));
    let mut reader = Reader::new(source, options, diagnostics).of_yaml();
    FrontMatter::from_toml(table, &mut reader)
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

/// The value of a key as TOML has it; `None` if it is empty. Most keys take text, whatever YAML would read it as:
/// `1.10` is a title, and not the number `1.1`.
fn toml_value<'a>(
    key: &str,
    node: &'a Located<Node>,
    diagnostics: &mut Diagnostics,
) -> Option<Value<'a>> {
    let value = match (key, &node.value) {
        ("order" | "draft", Node::Text { text, plain: true }) => number_or_switch(text),
        ("reviewed", Node::Text { text, .. }) => {
            let Ok(date) = text.trim().parse::<Date>() else {
                diagnostics.push(not_a_date(text, node.location.clone()));
                return None;
            };
            DeValue::Datetime(date.to_string().parse().ok()?)
        }
        ("needs" | "sources" | "keywords" | "aliases", Node::Text { .. }) => {
            DeValue::Array(to_toml(node).into_iter().collect())
        }
        _ => return to_toml(node),
    };
    Some(Spanned::new(node.location.span.clone(), value))
}

/// A text that is neither stays text, which is then reported.
fn number_or_switch(text: &str) -> DeValue<'_> {
    match switch(text) {
        Some(switch) => DeValue::Boolean(switch),
        None => {
            DeValue::parse(text).map_or_else(|_| DeValue::String(text.into()), Spanned::into_inner)
        }
    }
}
