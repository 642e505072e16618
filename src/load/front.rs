//! Front matter → its values. TOML and YAML have the same keys. In YAML, the keys of other tools are ignored, so that
//! guides written for those tools can be used unchanged.

use std::borrow::Cow;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::toml_file::read_block;
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::from_toml::{FromToml as _, Reader};
use crate::markdown::{FrontBlock, FrontFormat};
use crate::site::FrontMatter;
use crate::source::{Location, Source};
use crate::yaml::parse;

/// Reads a block.
pub(super) fn meta(front: &FrontBlock, reader: &mut Reader<'_>) -> FrontMatter {
    let meta = match front.format {
        FrontFormat::Toml => read_block(front.span.clone(), reader),
        FrontFormat::Yaml => read_yaml(front, reader),
    };
    let meta: FrontMatter = meta.unwrap_or_default();
    let title = meta.title.as_ref();
    if let Some(title) = title.filter(|title| title.value.trim().is_empty()) {
        let problem = Diagnostic::error(Code::EmptyTitle, "the title is empty").at(&title.location);
        reader.report(problem.hint("write a title, or remove the key to use the first heading"));
    }
    meta
}

fn read_yaml(front: &FrontBlock, reader: &mut Reader<'_>) -> Option<FrontMatter> {
    let source = reader.source;
    let root = match parse(source, front.span.clone(), Code::YamlSyntax) {
        Ok(root) => root,
        Err(problem) => {
            reader.report(problem);
            return None;
        }
    };
    let span = root.span();
    let DeValue::Table(entries) = root.into_inner() else {
        let message = "front matter must be `key: value` lines";
        let problem = Diagnostic::error(Code::YamlSyntax, message);
        reader.report(problem.at(Location::new(source, span)));
        return None;
    };
    let (known, unknown): (DeTable<'_>, DeTable<'_>) = entries
        .into_iter()
        .partition(|(key, _)| FrontMatter::KEYS.contains(&&**key.get_ref()));
    let unknown = unknown.keys().map(|key| unknown_key(source, key));
    reader.diagnostics.extend(unknown);
    FrontMatter::from_toml(Spanned::new(span, DeValue::Table(known)), reader.of_yaml())
}

/// A misspelled key is worth a warning; a key of another tool only a remark.
fn unknown_key(source: &Arc<Source>, key: &Spanned<Cow<'_, str>>) -> Diagnostic {
    let name = key.get_ref();
    let problem = if let Some(near) = nearest(name, FrontMatter::KEYS.iter().copied()) {
        let message = format!("`{name}` has no effect here");
        Diagnostic::warning(Code::UnknownKey, message).hint(format!("did you mean `{near}`?"))
    } else {
        let message = "front matter has keys of another tool, which have no effect";
        Diagnostic::info(Code::ForeignMarkup, message).about(&**name)
    };
    problem.at(Location::new(source, key.span()))
}
