//! The reference of template values, made from the structs that templates are given.
//!
//! `SNAPSHOTS=overwrite cargo test --lib template_values` writes it anew.

use std::collections::BTreeSet;
use std::path::Path;

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value};
use snapbox::{Assert, Data};

use crate::render::{Globals, checklist, context, map, print, triage};

/// What a type is called in the reference.
fn kind(schema: &Value) -> String {
    let kinds = kinds(schema);
    let (none, kinds): (Vec<_>, Vec<_>) = kinds.into_iter().partition(|kind| kind == "none");
    kinds
        .into_iter()
        .chain(none)
        .collect::<Vec<_>>()
        .join(" or ")
}

fn kinds(schema: &Value) -> BTreeSet<String> {
    if let Some(path) = schema["$ref"].as_str() {
        let name = path.rsplit('/').next().unwrap_or(path);
        return [format!("`{name}`")].into();
    }
    let mut cases = ["anyOf", "oneOf"].into_iter();
    if let Some(cases) = cases.find_map(|key| schema[key].as_array()) {
        return cases.iter().flat_map(kinds).collect();
    }
    let types = schema["type"].as_array().cloned();
    let types = types.unwrap_or_else(|| vec![schema["type"].clone()]);
    let types = types.iter().map(|one| match one.as_str() {
        Some("null") => "none".to_owned(),
        Some("array") => format!("list of {}", kind(&schema["items"])),
        Some("object") => "texts by key".to_owned(),
        Some("string") => "text".to_owned(),
        Some("boolean") => "`true` or `false`".to_owned(),
        _ => "number".to_owned(),
    });
    types.collect()
}

fn table(properties: &Map<String, Value>) -> String {
    let rows: Vec<_> = properties
        .iter()
        .map(|(name, value)| {
            let meaning = value["description"].as_str().unwrap_or_default();
            format!(
                "| `{name}` | {} | {} |",
                kind(value),
                meaning.replace('\n', " ")
            )
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "\n| value | type | |\n| --- | --- | --- |\n{}\n",
        rows.join("\n")
    )
}

fn properties<T: JsonSchema>(generator: &mut SchemaGenerator) -> Map<String, Value> {
    let schema = T::json_schema(generator).to_value();
    schema["properties"]
        .as_object()
        .cloned()
        .unwrap_or_default()
}

#[test]
fn template_values_are_those_that_templates_are_given() {
    let mut generator = schemars::generate::SchemaSettings::draft07()
        .for_serialize()
        .into_generator();
    let frame = properties::<context::Frame<'_>>(&mut generator);
    let globals = properties::<Globals<'_>>(&mut generator);
    let pages = [
        (
            "home.html`, `section.html`, `guide",
            properties::<context::GuideView<'_>>(&mut generator),
        ),
        (
            "triage",
            properties::<triage::TriagePage<'_>>(&mut generator),
        ),
        ("print", properties::<print::PrintPage<'_>>(&mut generator)),
        ("map", properties::<map::MapPage<'_>>(&mut generator)),
        (
            "outcome",
            properties::<triage::OutcomePage<'_>>(&mut generator),
        ),
        (
            "checklist",
            properties::<checklist::ChecklistPage<'_>>(&mut generator),
        ),
        (
            "search",
            properties::<context::SearchPage<'_>>(&mut generator),
        ),
        (
            "official",
            properties::<context::OfficialPage<'_>>(&mut generator),
        ),
        (
            "redirect",
            properties::<context::RedirectPage<'_>>(&mut generator),
        ),
    ];
    let mut parts = vec![
        format!("\nEvery template:\n{}", table(&globals)),
        format!("\nEvery template but `redirect.html`:\n{}", table(&frame)),
    ];
    for (templates, properties) in pages {
        let table = table(&properties);
        parts.push(format!("\nAlso `{templates}.html`:\n{table}"));
    }
    for (name, schema) in generator.definitions() {
        let Some(properties) = schema["properties"].as_object() else {
            continue;
        };
        let about = schema["description"].as_str().unwrap_or_default();
        let about = about.replace('\n', " ");
        parts.push(format!("\n`{name}`: {about}\n{}", table(properties)));
    }
    let text = parts.concat();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/README.md");
    let whole = std::fs::read_to_string(&path).expect("the themes' README");
    let mark = "<!-- values -->\n";
    let (before, rest) = whole.split_once(mark).expect("where they begin");
    let (_, after) = rest.split_once("<!-- end -->").expect("where they end");
    let assert = Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    let expected = Data::read_from(&path, Some(snapbox::data::DataFormat::Text));
    assert.eq(
        format!("{before}{mark}{text}\n<!-- end -->{after}"),
        expected.raw(),
    );
}
