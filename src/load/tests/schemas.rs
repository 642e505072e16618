//! JSON Schemas of the TOML files, and the reference of their keys.
//!
//! Both are made from the raw structs and compared with the files that hold them.
//! `SNAPSHOTS=overwrite cargo test --lib schema` writes the files anew.

use std::borrow::Cow;
use std::path::Path;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};
use snapbox::{Assert, Data};

use crate::config::Config;
use crate::from_toml::{FromToml, RawDate, RawOneOrMore};
use crate::ids::LinkName;
use crate::load::theme_manifest::Manifest;
use crate::recovery::{Checklist, Triage};
use crate::site::{Expectations, FrontMatter, OfficialLink, Synonyms};
use crate::source::Located;

impl<T: JsonSchema> JsonSchema for RawOneOrMore<T> {
    fn schema_name() -> Cow<'static, str> {
        "OneOrMore".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let [one, more] = [T::json_schema(generator), Vec::<T>::json_schema(generator)];
        json_schema!({ "anyOf": [one, more] })
    }
}

impl JsonSchema for RawDate {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

fn schema<T: FromToml>(title: &str) -> Value {
    let settings = SchemaSettings::draft07().with(|settings| settings.inline_subschemas = true);
    let mut schema = settings.into_generator().into_root_schema_for::<T::Raw>();
    schema.remove("$schema");
    schema.remove("title");
    let head = json!({ "$schema": "http://json-schema.org/draft-07/schema#", "title": title });
    let mut schema = schema.to_value();
    tidy(&mut schema);
    let parts = [head, schema].into_iter();
    let entries = parts.filter_map(|part| part.as_object().cloned()).flatten();
    entries.collect()
}

/// TOML has no null: a key that may be missing is not required, and that is all. A line of a comment is not a line
/// of a description, and the sizes of Rust's numbers are not a format.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Array(schemas) => schemas.iter_mut().for_each(tidy),
        Value::Object(schema) => {
            if let Some(Value::String(description)) = schema.get_mut("description") {
                *description = description.replace('\n', " ");
            }
            let default = schema.get("default");
            if default.is_some_and(|default| [json!(""), json!([]), json!({})].contains(default)) {
                schema.remove("default");
            }
            if schema.contains_key("minimum") {
                schema.remove("format");
            }
            if let Some(Value::Array(types)) = schema.get_mut("type") {
                types.retain(|one| one != "null");
                if let [only] = &types[..] {
                    schema["type"] = only.clone();
                }
            }
            if let Some(Value::Array(cases)) = schema.get_mut("anyOf") {
                cases.retain(|case| case["type"] != "null");
                if let [Value::Object(only)] = &cases[..] {
                    let only = only.clone();
                    schema.remove("anyOf");
                    for (key, value) in only {
                        schema.entry(key).or_insert(value);
                    }
                }
            }
            schema.values_mut().for_each(tidy);
        }
        _ => {}
    }
}

/// The tables of the reference for one file.
fn reference(schema: &Value) -> String {
    let mut text = String::new();
    match schema["properties"].as_object() {
        Some(_) => add_table(schema, "", &mut text),
        None => add_table(&schema["additionalProperties"], "[NAME]", &mut text),
    }
    text
}

fn add_table(schema: &Value, name: &str, text: &mut String) {
    if !name.is_empty() {
        text.extend(["\n`", name, "`: ", sentence(schema), "\n"]);
    }
    *text += "\n| key | value | default | |\n| --- | --- | --- | --- |\n";
    let path = name.trim_matches(['[', ']']);
    let path = if path.is_empty() {
        String::new()
    } else {
        format!("{path}.")
    };
    let mut tables = Vec::new();
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    for (key, value) in schema["properties"].as_object().into_iter().flatten() {
        if value["properties"].is_object() {
            tables.push((value, format!("[{path}{key}]")));
        } else if value["additionalProperties"]["properties"].is_object() {
            tables.push((
                &value["additionalProperties"],
                format!("[{path}{key}.NAME]"),
            ));
        } else if value["items"]["properties"].is_object() {
            tables.push((&value["items"], format!("[[{path}{key}]]")));
        } else {
            *text += &row(key, value, required.contains(&key.as_str().into()));
        }
    }
    if text.ends_with("| --- |\n") {
        let table = text.rfind("\n| key").expect("the table's head");
        text.truncate(table);
    }
    for (table, name) in tables {
        add_table(table, &name, text);
    }
}

fn row(key: &str, value: &Value, is_required: bool) -> String {
    let meaning = sentence(value);
    let (meaning, default) = match meaning.split_once(" Default: ") {
        Some((meaning, default)) => (meaning, default.trim_end_matches('.').to_owned()),
        None if is_required => (meaning, "required".to_owned()),
        None if value["default"].is_boolean() => (meaning, format!("`{}`", value["default"])),
        None => (meaning, String::new()),
    };
    let cases = value["oneOf"].as_array().into_iter().flatten();
    let cases = cases.map(|case| format!(" `{}`: {}", case["const"], sentence(case)));
    let cases: Vec<_> = cases.collect();
    let cells = [
        format!("`{key}`"),
        kind(value),
        default,
        format!("{meaning}{}", cases.concat()),
    ];
    format!(
        "| {} |\n",
        cells.map(|cell| cell.replace('|', "\\|")).join(" | ")
    )
}

fn sentence(schema: &Value) -> &str {
    schema["description"].as_str().unwrap_or_default()
}

fn kind(schema: &Value) -> String {
    let all = |schemas: &Value| -> Vec<_> {
        schemas.as_array().into_iter().flatten().map(kind).collect()
    };
    match schema["type"].as_str() {
        Some("string") if schema["const"].is_string() => format!("`{}`", schema["const"]),
        Some("string") if schema["format"] == "date" => "date".to_owned(),
        Some("string") => "text".to_owned(),
        Some("integer") => "whole number".to_owned(),
        Some("boolean") => "`true` or `false`".to_owned(),
        Some("array") => format!("list of {}", plural(&kind(&schema["items"]))),
        Some("object") => format!(
            "table of {}",
            plural(&kind(&schema["additionalProperties"]))
        ),
        _ if schema["oneOf"].is_array() => all(&schema["oneOf"]).join(", "),
        _ => all(&schema["anyOf"]).join(" or "),
    }
}

fn plural(kind: &str) -> String {
    let each = kind.split(" or ").map(|one| match one.split_once(" of ") {
        Some((first, rest)) => format!("{first}s of {rest}"),
        None => format!("{one}s"),
    });
    each.collect::<Vec<_>>().join(" or ")
}

/// The text with what is between `<!-- keys of NAME -->` and `<!-- end -->` replaced.
fn with_reference(text: &str, name: &str, reference: &str) -> String {
    let mark = format!("<!-- keys of {name} -->\n");
    let (before, rest) = text.split_once(&mark).expect("a mark for each file");
    let (_, after) = rest
        .split_once("<!-- end -->")
        .expect("an end for each mark");
    format!("{before}{mark}{reference}\n<!-- end -->{after}")
}

#[track_caller]
fn assert_file(path: &Path, text: String) {
    let assert = Assert::new().action_env(snapbox::assert::DEFAULT_ACTION_ENV);
    assert.eq(
        text,
        Data::read_from(path, Some(snapbox::data::DataFormat::Text)).raw(),
    );
}

#[test]
fn schemas_and_reference_say_what_the_structs_read() {
    type Links = Vec<(Located<LinkName>, OfficialLink)>;
    let tables = [
        ("site", schema::<Config>("site.toml")),
        ("links", schema::<Links>("links.toml")),
        ("triage", schema::<Triage>("triage.toml")),
        ("checklist", schema::<Checklist>("checklist.toml")),
        ("synonyms", schema::<Synonyms>("synonyms.toml")),
        ("expect", schema::<Expectations>("expect.toml")),
        ("theme", schema::<Manifest>("theme.toml")),
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join(".readme/reference.md");
    let mut text = std::fs::read_to_string(&path).expect("the reference");
    let page = schema::<FrontMatter>("front matter");
    text = with_reference(&text, "a page", &reference(&page));
    for (name, schema) in tables {
        text = with_reference(&text, &format!("{name}.toml"), &reference(&schema));
        let json = serde_json::to_string_pretty(&schema).expect("JSON") + "\n";
        assert_file(&root.join(format!("src/cli/schemas/{name}.json")), json);
    }
    assert_file(&path, text);
}
