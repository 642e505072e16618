//! Holds the program to the vectors that the page's scripts are tested with: `page-data.json` in `tests/vectors/`, which
//! begins with a `checklist.toml`.

use serde_json::{Value, json};

use crate::diagnostic::{Diagnostics, short};
use crate::load::tables::{Links, checklist};
use crate::markdown::Options;
use crate::recovery::secret_scanner::SecretRules;
use crate::recovery::{Checklist, blank_requests, page_data};
use crate::source::Source;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/page-data.json");

fn vectors() -> (Value, Checklist) {
    let text = std::fs::read_to_string(PATH).expect("the vectors");
    let vectors: Value = serde_json::from_str(&text).expect("the vectors");
    let lines = vectors["checklist"].as_array().expect("lines");
    let lines: Vec<_> = lines.iter().filter_map(Value::as_str).collect();
    let source = Source::new("content/checklist.toml", lines.join("\n"));
    let mut diagnostics = Diagnostics::default();
    let checklist = checklist(
        &source,
        &Links::default(),
        &Options::default(),
        &mut diagnostics,
    )
    .expect("a checklist");
    assert_eq!(short(&diagnostics), "");
    (vectors, checklist)
}

/// `SNAPSHOTS=overwrite cargo test` updates the data after an intended change.
#[test]
fn the_scripts_are_tested_with_the_data_the_program_gives_them() {
    let (mut vectors, checklist) = vectors();
    let mut data = page_data(&checklist, None);
    data["secrets"] = json!(SecretRules::with(&checklist.secrets));
    if std::env::var("SNAPSHOTS").is_ok_and(|wish| wish == "overwrite") {
        vectors["data"] = data;
        let text = serde_json::to_string_pretty(&vectors).expect("plain values");
        std::fs::write(PATH, text + "\n").expect("a writable repository");
    } else {
        assert_eq!(data, vectors["data"], "the data changed: see above");
    }
}

#[test]
fn a_blank_request_shows_every_gap_that_may_be_filled() {
    let (_, checklist) = vectors();
    let blank = blank_requests(&checklist).expect("the scripts work");
    assert_eq!(
        blank[0],
        "### Username\n\n`____`\n\n### Reason\n\nWhat I lost: ____.\nStill working: ____.\nI will write from ____.\n\n\
         ____\n\nProjects: ____\nRepository: ____\nSince ____\n\n### Codes\n\n- [ ] I have lost them\n\
         - [ ] Call me later\n\n### More\n\n____"
    );
    assert_eq!(blank[1], "Account:\n\n____, ____ {not a gap} {}");
}
