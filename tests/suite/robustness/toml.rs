//! TOML files: unknown keys, depth, names that stand twice.

use super::*;

#[test]
fn unknown_keys_suggest_the_nearest_key() {
    let mut rows = Rows::default();
    for (file, line, start) in [
        (
            "site.toml",
            "titel = \"A\"",
            "content/site.toml:1:1: unknown-key: ",
        ),
        (
            "site.toml",
            "[serch]\nenabled = true",
            "content/site.toml:1:2: unknown-key: ",
        ),
        (
            "site.toml",
            "[search]\nenabld = true",
            "content/site.toml:2:1: unknown-key: ",
        ),
        (
            "links.toml",
            "[a]\nurl = \"https://a.example/\"\ntitle = \"A\"\npurpos = \"a\"",
            "content/links.toml:4:1: unknown-key: ",
        ),
        (
            "synonyms.toml",
            "group = []",
            "content/synonyms.toml:1:1: unknown-key: ",
        ),
        (
            "checklist.toml",
            "title = \"A\"\nintor = \"a\"",
            "content/checklist.toml:2:1: unknown-key: ",
        ),
        (
            "triage.toml",
            "title = \"A\"\nstart = \"a\"\nquestoin = []",
            "content/triage.toml:3:1: unknown-key: ",
        ),
    ] {
        let site = SiteTest::with(&[]).change(&format!("content/{file}"), line);
        let ran = rows.site(&format!("{file}: {line}"), &site, Fail(start));
        assert!(
            ran.stderr.contains("hint: did you mean `"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn of_many_unknown_keys_the_first_are_reported() {
    let mut rows = Rows::default();
    let keys: String = (0..300_000).map(|n| format!("k{n} = 1\n")).collect();
    let fail = Fail("content/site.toml:20:1: unknown-key: ");
    let ran = rows.file("content/site.toml", keys, fail);
    assert_eq!(ran.stderr.matches("unknown-key").count(), 20);
}

#[test]
fn text_that_would_exhaust_a_parser_is_refused() {
    let mut rows = Rows::default();
    const MANY: usize = 100_000;
    let texts = [
        "a = ".to_owned() + &"[".repeat(MANY),
        "a = ".to_owned() + &"{b=".repeat(MANY),
        "a.".repeat(MANY) + "b = 1",
        "a . ".repeat(MANY) + "b = 1",
        format!("[{}b]", "a.".repeat(MANY)),
        format!("[{}b]", "\"a\".".repeat(MANY)),
        "[".repeat(MANY),
        "\"".repeat(MANY),
        "'".repeat(MANY),
        "=".repeat(MANY),
        "-".repeat(MANY),
        "a = ".to_owned() + &"-".repeat(MANY),
        "a = ".to_owned() + &"[[".repeat(33),
        "a = ".to_owned() + &"['''x''',".repeat(65),
        "a = ".to_owned() + &"[\"\\\"\",".repeat(65),
    ];
    for text in texts {
        rows.file("content/site.toml", &text, Fail("content/site.toml:1:"));
        let front = format!("+++\n{text}\n+++\n");
        rows.page(&front, Fail("content/index.md:"));
    }
}

#[test]
fn expected_files_that_are_not_files_are_reported() {
    let mut rows = Rows::default();
    for name in [
        "site.toml",
        "links.toml",
        "checklist.toml",
        "triage.toml",
        "synonyms.toml",
    ] {
        let site = SiteTest::with(&[]);
        fs::create_dir(site.path(&format!("content/{name}"))).expect("a folder");
        rows.site(
            name,
            &site,
            Fail(&format!("content/{name}:1:1: not-a-file: ")),
        );
    }
}

#[test]
fn a_table_in_the_wrong_place_is_reported() {
    let mut rows = Rows::default();
    rows.file(
        "content/guides/site.toml",
        "title = \"A\"\n",
        Fail("content/guides/site.toml:1:1: not-content: "),
    );
    rows.file(
        "content/Site.toml",
        "title = \"A\"\n",
        Fail("content/Site.toml:1:1: not-content: "),
    );
}

#[test]
fn duplicate_names_are_reported() {
    let mut rows = Rows::default();
    rows.file("content/links.toml", "[a]\nurl = \"https://a.example/\"\ntitle = \"A\"\n[a]\nurl = \"https://b.example/\"\ntitle = \"B\"\n", Fail("content/links.toml:4:"));
}
