//! Every diagnostic code: the smallest bad input and the complete message.
//!
//! `tests/diagnostics/CODE/` holds a site that gives this code and no other, and `expected.txt`, all
//! that `regain check` says of it. What a folder in a repository cannot hold (a link, a pipe, a file
//! of 9 MiB, an output that somebody changed) is made by a function of [`STAGED`].

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use regain::testing::Code;
use regex_lite::Regex;
use snapbox::Data;

use crate::harness::{Ran, SiteTest, assert_eq_text, tests_folder};
use crate::online::Server;

/// Reviews are judged by this day.
const CHECK: [&str; 3] = ["check", "--today", "2026-10-01"];

/// Makes what the folder of a code cannot hold, and runs the command that tells of it.
type Stage = fn(SiteTest) -> Ran;

/// Codes whose input is not, or not only, files that a repository can hold everywhere.
const STAGED: [(Code, Stage); 15] = [
    (Code::DeadLink, |site| Server::start().check(&site, "human")),
    (Code::FileName, |site| {
        check(site.change("content/con.md", "# A device\n\nText.\n"))
    }),
    (Code::HiddenCharacter, |site| {
        // Written by its number: a reviewer of this file should see what is in it.
        check(site.change(
            "content/index.md",
            "# Hidden\n\nText \u{202e}turned.\n\n[a\u{200b}b](index.md)\n",
        ))
    }),
    (Code::LostAddress, |site| {
        let site = site.build().remove("content/old.md");
        let site = site.change("content/index.md", "# Home\n\n## Steps\n\nText.\n");
        check(site.change("content/new/old.md", "# Old\n\nText.\n"))
    }),
    (Code::NotAFile, |site| {
        std::os::unix::fs::symlink("/dev/zero", site.path("content/b.md")).expect("a link");
        check(site)
    }),
    (Code::NotUtf8, |site| {
        check(site.change("content/index.md", b"# Caf\xe9\n"))
    }),
    (Code::OutputChanged, |site| {
        let site = site.build().change("public/robots.txt", "Disallow: /\n");
        let site = site.change("content/index.md", "# Another\n");
        site.run(["build"])
    }),
    (Code::OutputCompressed, |site| {
        let site = site.build().change("public/index.html.gz", "old\n");
        let site = site.change("content/index.md", "# Another\n");
        site.run(["build"])
    }),
    (Code::OutputInTheWay, |site| {
        let site = site.build().change("public/new/index.html", "mine\n");
        let site = site.change("content/new.md", "# New\n\nText.\n");
        site.run(["build"])
    }),
    (Code::OutputNotOurs, |site| {
        site.change("public/letter.txt", "dear\n").run(["build"])
    }),
    (Code::RequestIncomplete, |site| {
        site.run(["request", "check", "posted.md"])
    }),
    (Code::RequestMalformed, |site| {
        site.run(["request", "check", "posted.md"])
    }),
    (Code::Secret, |site| {
        // Put together here: a whole one in the repository would set off every scanner.
        let token = ["ghp", &"aB3".repeat(12)].join("_");
        let page = format!("# Home\n\nUse {token} and JBSW{}.\n", "Y3DPEHPK3PXP");
        check(site.change("content/index.md", page))
    }),
    (Code::TooLarge, |site| {
        check(site.change("content/long.md", "a".repeat(1024 * 1024 + 1)))
    }),
    (Code::Unreadable, |site| {
        let site = site.change("content/closed.md", "# Closed\n\nText.\n");
        crate::robustness::close(&site.path("content/closed.md"));
        crate::robustness::as_nobody(&site, &CHECK)
    }),
];

#[test]
fn every_code_has_a_case() {
    let known: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let there = folders();
    let there: BTreeSet<_> = there.iter().map(String::as_str).collect();
    let missing: Vec<_> = known.difference(&there).collect();
    let stray: Vec<_> = there.difference(&known).collect();
    assert!(
        missing.is_empty() && stray.is_empty(),
        "codes without a folder in tests/diagnostics/: {missing:?}\n\
         folders without a code: {stray:?}\n\
         tests/README.md says how to add one"
    );
}

#[test]
fn every_message_matches_its_case() {
    let codes: Vec<_> = Code::ALL
        .iter()
        .filter(|code| folder(**code).is_dir())
        .collect();
    assert!(!codes.is_empty(), "there are no cases");
    for code in codes {
        // Each case in its own run of the harness, so that one failing names itself.
        let ran = tell(*code);
        assert_only(*code, &ran.stderr);
        let expected = folder(*code).join("expected.txt");
        // How many files a site has depends on the theme.
        let counts = Regex::new(r"\d+ files, \d+ of them").expect("a good expression");
        let messages = counts
            .replace(&ran.stderr, "N files, N of them")
            .into_owned();
        assert_eq_text(messages, Data::read_from(&expected, None));
    }
}

#[test]
fn every_explanation_is_in_complete_sentences() {
    for code in Code::ALL {
        let text = code.explanation();
        assert!(
            text.len() > 40 && text.ends_with('.') && !text.contains("  "),
            "{code}: {text}"
        );
    }
}

/// Runs the case of a code.
fn tell(code: Code) -> Ran {
    let mut site = SiteTest::new();
    for (name, bytes) in crate::harness::files_below(&folder(code)) {
        if name != "expected.txt" {
            site = site.change(&name, bytes);
        }
    }
    let staged = STAGED.iter().find(|(staged, _)| *staged == code);
    match staged {
        Some((_, stage)) => stage(site),
        None => check(site),
    }
}

fn check(site: SiteTest) -> Ran {
    site.run(CHECK)
}

/// A case must be about its own code: others would hide that it is no longer told.
#[track_caller]
fn assert_only(code: Code, told: &str) {
    let names = |line: &&str| {
        Code::ALL.iter().any(|code| {
            line.contains(&format!(" {code}: ")) || line.starts_with(&format!("{code}: "))
        })
    };
    let headlines: Vec<_> = told.lines().filter(names).collect();
    assert!(!headlines.is_empty(), "`{code}` is not told:\n{told}");
    let own = |line: &&str| line.contains(&format!("{code}: "));
    assert!(
        headlines.iter().all(own),
        "the case of `{code}` tells something else too:\n{told}"
    );
}

fn folder(code: Code) -> PathBuf {
    tests_folder().join("diagnostics").join(code.as_str())
}

fn folders() -> BTreeSet<String> {
    let entries = fs::read_dir(tests_folder().join("diagnostics")).expect("tests/diagnostics");
    entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect()
}
