//! Requests as they are composed and looked at, held against `tests/vectors/`, which the scripts follow as well.
//!
//! It stands here because the vectors begin with a `checklist.toml`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::checklist::checklist_alone;
use crate::diagnostic::Diagnostics;
use crate::recovery::secrets::Scanner;
use crate::recovery::submitted::faults;
use crate::recovery::{Answers, Checklist, Composer, PageData, Problem};
use crate::source::Source;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/request.json");

#[derive(Deserialize)]
struct Vectors {
    checklist: Vec<String>,
    cases: Vec<Case>,
    data: Value,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    request: String,
    answers: Answers,
    fields: Vec<String>,
    problems: Vec<(String, Problem)>,
    progress: [usize; 2],
}

fn vectors() -> (Vectors, Checklist) {
    let text = std::fs::read_to_string(PATH).expect("the vectors");
    let vectors: Vectors = serde_json::from_str(&text).expect("the vectors");
    let source = Source::new("content/checklist.toml", vectors.checklist.join("\n"));
    let mut diagnostics = Diagnostics::default();
    let checklist = checklist_alone(&source, &mut diagnostics).expect("a checklist");
    assert!(
        diagnostics.is_empty(),
        "{}",
        crate::diagnostic::short(&diagnostics)
    );
    (vectors, checklist)
}

#[test]
fn requests_are_composed_and_looked_at_as_the_vectors_say() {
    let (vectors, checklist) = vectors();
    let scanner = Scanner::new([]).with(&checklist.secrets);
    for case in vectors.cases {
        let request = checklist.request(&case.request).expect("a request");
        let composer = Composer {
            checklist: &checklist,
            scanner: &scanner,
            answers: &case.answers,
        };
        let fields = composer.compose(request).fields;
        let fields: Vec<_> = fields.into_iter().map(|(_, text)| text).collect();
        assert_eq!(fields, case.fields, "{}", case.name);
        let problems = checklist.problems(request, &case.answers, &scanner);
        let problems: Vec<_> = problems
            .into_iter()
            .map(|(id, problem)| (id.to_string(), problem))
            .collect();
        assert_eq!(problems, case.problems, "{}", case.name);
        let progress = checklist.progress(request, &case.answers, &scanner);
        assert_eq!(
            [progress.done, progress.all],
            case.progress,
            "{}",
            case.name
        );
    }
}

/// `SNAPSHOTS=overwrite cargo test` writes the data anew after a wanted change.
#[test]
fn the_script_is_given_the_data_its_own_tests_use() {
    let (vectors, checklist) = vectors();
    let scanner = Scanner::new([]).with(&checklist.secrets);
    let data = json!(PageData::new(&checklist, None, &scanner));
    if std::env::var("SNAPSHOTS").is_ok_and(|wish| wish == "overwrite") {
        let text = std::fs::read_to_string(PATH).expect("the vectors");
        let mut all: Value = serde_json::from_str(&text).expect("the vectors");
        all["data"] = data;
        let text = serde_json::to_string_pretty(&all).expect("plain values");
        std::fs::write(PATH, text + "\n").expect("a writable repository");
    } else {
        assert_eq!(data, vectors.data, "the script's data changed: see above");
    }
}

#[derive(Deserialize)]
struct PostedVectors {
    cases: Vec<PostedCase>,
}

#[derive(Deserialize)]
struct PostedCase {
    name: String,
    request: String,
    /// In parts, so that no whole secret stands in the repository.
    text: Vec<String>,
    faults: Vec<(String, String, Parts)>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Parts {
    One(String),
    Several(Vec<String>),
}

#[test]
fn posted_requests_are_looked_at_as_the_vectors_say() {
    let (_, checklist) = vectors();
    let posted = include_str!("../../tests/vectors/submitted.json");
    let posted: PostedVectors = serde_json::from_str(posted).expect("the vectors");
    let scanner = Scanner::new([]).with(&checklist.secrets);
    for case in posted.cases {
        let request = checklist.request(&case.request).expect("a request");
        let text = case.text.concat();
        let faults = faults((&checklist, request), &text, &scanner);
        let faults: Vec<_> = faults
            .iter()
            .map(|fault| {
                (
                    fault.kind.name(),
                    fault.field.as_str(),
                    &text[fault.span.clone()],
                )
            })
            .collect();
        let expected: Vec<_> = case
            .faults
            .iter()
            .map(|(kind, field, text)| {
                let text = match text {
                    Parts::One(text) => text.clone(),
                    Parts::Several(parts) => parts.concat(),
                };
                (kind.as_str(), field.as_str(), text)
            })
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(a, b, c)| (*a, *b, c.as_str()))
            .collect();
        assert_eq!(faults, expected, "{}", case.name);
    }
}
