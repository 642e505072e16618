//! The program and the page agree: on secrets, on valid answers and on blank requests.
//!
//! Both are given generated inputs, made of the pieces that the rules look for.

use std::fs;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use regain::testing::Scanner;
use regain::testing::read_checklist;
use regain::testing::{Checklist, page_data};
use regain::testing::{Diagnostics, short};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::harness::{ask_script, tests_folder};

/// A kind, a certainty, and where it is.
type Row = (String, String, usize, usize);

#[derive(Serialize)]
struct Inputs<'a> {
    data: Value,
    /// A question and the text that answers it.
    answers: &'a [(String, String)],
    /// A detail and what was typed.
    typed: &'a [(String, String)],
}

#[derive(Deserialize)]
struct Page {
    found: Vec<Vec<Row>>,
    invalid: Vec<Option<String>>,
    blank: Vec<String>,
    unclean: Vec<(String, String)>,
}

#[test]
fn page_and_program_agree_on_the_bundled_checklist() {
    compare(&bundled());
}

#[test]
fn page_and_program_agree_on_the_sample_checklist() {
    let vectors = fs::read_to_string(tests_folder().join("vectors/page-data.json")).expect("it");
    let vectors: Value = serde_json::from_str(&vectors).expect("JSON");
    let lines = vectors["checklist"].as_array().expect("lines").iter();
    let lines: Vec<_> = lines.filter_map(Value::as_str).collect();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("checklist.toml");
    fs::write(&file, lines.join("\n")).expect("written");
    compare(&read(&file));
}

/// The checklist of the bundled guide.
pub(crate) fn bundled() -> Checklist {
    read(&tests_folder().join("../content/checklist.toml"))
}

fn read(file: &std::path::Path) -> Checklist {
    let mut diagnostics = Diagnostics::default();
    let checklist = read_checklist(file, &mut diagnostics).expect("a file");
    assert_eq!(short(&diagnostics), "");
    checklist.expect("a checklist")
}

fn compare(checklist: &Checklist) {
    let scanner = Scanner::new(&checklist.secrets, ["support@help.example".to_owned()]);
    let mut inputs = Generator::new();
    let answers = inputs.answers(1_000);
    let typed = inputs.typed(checklist, 1_500);
    let mut data = page_data(checklist, None, &scanner);
    data["secrets"] = json!(scanner.rules());
    let page: Page = ask_script(
        "parity.mjs",
        &Inputs {
            data,
            answers: &answers,
            typed: &typed,
        },
    );
    let mut secrets = 0;
    for ((question, text), page) in answers.iter().zip(page.found) {
        let found = scanner.find(text, question).into_iter().map(|one| {
            let certainty = format!("{:?}", one.certainty).to_lowercase();
            (one.kind.id.clone(), certainty, one.span.start, one.span.end)
        });
        let found: Vec<Row> = found.collect();
        secrets += found.len();
        assert_eq!(page, found, "{question:?} {text:?}");
    }
    let mut invalid = 0;
    for ((id, text), page) in typed.iter().zip(page.invalid) {
        let found = checklist.detail(id).expect("a detail").invalid(text);
        invalid += usize::from(found.is_some());
        assert_eq!(
            page,
            found.map(|one| one.name().to_owned()),
            "{id} {text:?}"
        );
    }
    let blank = checklist
        .requests
        .iter()
        .map(|request| request.blank(checklist));
    assert_eq!(page.blank, blank.collect::<Vec<_>>());
    assert_eq!(page.unclean, []);
    // The inputs are worth comparing only if they trip the rules.
    assert!(secrets > 500 && invalid > 200, "{secrets} {invalid}");
}

/// The same inputs every time.
struct Generator(TestRunner);

impl Generator {
    fn new() -> Self {
        Self(TestRunner::deterministic())
    }

    fn make<T>(&mut self, count: usize, from: &impl Strategy<Value = T>) -> Vec<T> {
        let mut next = || from.new_tree(&mut self.0).expect("a value").current();
        (0..count).map(|_| next()).collect()
    }

    fn answers(&mut self, count: usize) -> Vec<(String, String)> {
        const QUESTIONS: &[&str] = &["", "What happened", "Your 2FA code", "Código", "Username"];
        let question = proptest::sample::select(QUESTIONS).prop_map(str::to_owned);
        self.make(count, &(question, text()))
    }

    fn typed(&mut self, checklist: &Checklist, count: usize) -> Vec<(String, String)> {
        let typed = checklist
            .details
            .iter()
            .filter(|detail| detail.kind.is_typed());
        let ids: Vec<_> = typed.map(|detail| detail.id.value.to_string()).collect();
        let examples = checklist
            .details
            .iter()
            .filter_map(|detail| detail.example.as_ref());
        let mut values: Vec<_> = examples.map(|example| example.value.clone()).collect();
        let own = [
            "2026-02-28",
            "2026-02-30",
            "https://a.b/c",
            "https://.a/",
            "https://a b.c",
            "http://a.b",
            "https://host.example/user/Name-1/",
            "https://host.example/project/x/?a",
            " `@name` ",
            "@@x, y\n`z`",
            "“quoted”",
            "a\u{0}b",
            "a\u{200e}b",
            "-a",
            "a-",
        ];
        values.extend(own.map(str::to_owned));
        values.extend(["x".repeat(60), "é".repeat(50)]);
        let value = prop_oneof![3 => proptest::sample::select(values), 1 => text()];
        self.make(count, &(proptest::sample::select(ids), value))
    }
}

/// Words, separators and pieces of secrets, run together.
fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "token",
        "password",
        "is",
        "was",
        "passphrase",
        "code",
        "2fa",
        "пароль",
        "パスワードは",
        "contraseña",
        "Passwort",
        "pypi-",
        "AgEIcHlwaS5vcmcCJDU2Nz",
        "aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3",
        "ghp_",
        "npm_",
        "AKIA",
        "ABCDEFGH234567AB",
        "0123456789abcdef",
        "a1b2c3d4e5f60718",
        "badc0ffee0ddf00d",
        "a1b2",
        "a1b2c-3d4e5",
        "123456",
        "123 456",
        "4111111111111111",
        "DE89370400440532013000",
        "name@host.example",
        "support@help.example",
        "name (at) host dot org",
        "+49 170 1234567",
        "203.0.113.9",
        "IP is 10.0.0.1",
        "2001:db8::1",
        "https://host.example/reset/",
        "?token=",
        "otpauth://totp/x?secret=",
        "Cookie: session=",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.",
        "-----BEGIN PRIVATE KEY-----",
        "-----END PRIVATE KEY-----",
        "correct horse battery staple",
        "hunter2!",
        "commit",
        "fingerprint",
        "phone",
        "07700 900118",
        "passport X4RTBPFW4",
        "born 4 May 1979",
        "ｐａｓｓｗｏｒｄ：",
        "REDACTED",
        "-u name -p Lantern55",
        "sk-proj-aB3aB3aB3aB3aB3aB3aB3",
        "no-reply@host.example",
        "vk-live-abcd",
        "VK12",
        "/user/",
        "git@host:path",
        "3.11.4",
        "#123456",
    ];
    const BETWEEN: &[&str] = &[
        "",
        "",
        " ",
        " ",
        "\n",
        "\r\n",
        "  \n ",
        ": ",
        "=",
        "-",
        "/",
        ".",
        ",",
        "\"",
        "`",
        "(",
        ")",
        "?",
        "é",
        "😀",
        "復",
        "\t",
        "\u{ad}",
        "\u{200b}",
        "\u{200e}",
        "\u{202c}",
        "\u{2061}",
        "\u{2063}",
        "\u{feff}",
        "\u{e0041}",
        "\u{0}",
        "\u{7f}",
    ];
    let piece = proptest::sample::select(PIECES);
    let between = proptest::sample::select(BETWEEN);
    let part = (piece, between).prop_map(|(piece, between)| format!("{piece}{between}"));
    proptest::collection::vec(part, 0..9).prop_map(|parts| parts.concat())
}
