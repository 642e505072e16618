//! The command line: help, exit codes, and what goes to which output.

use std::fs::{self, OpenOptions};
use std::process::Stdio;

use snapbox::str;

use crate::harness::{SiteTest, finish};

/// A site with an error, a warning and a remark.
fn faulty() -> SiteTest {
    SiteTest::with(&[
        ("content/a.md", "# A\n\n[b](nowhere.md)\n\n![](dot.png)\n"),
        ("content/b.md", "# B\n\n[c](https://c.example/)\n"),
        ("content/dot.png", "x"),
    ])
}

#[test]
fn help_lists_the_commands() {
    let site = SiteTest::new();
    site.run(["--help"])
        .code(0)
        .out(str![[r#"
Static-site generator for account recovery guides: triage, checklist and a request that leaks
nothing

Usage: regain <COMMAND>

Commands:
  init     Write a complete starter site, without changing any existing file
  build    Build the site into a folder that any static host can serve
  serve    Preview the site on this machine, and rebuild it after every save
  check    Report every problem of the site, drafts included
  migrate  Rewrite the markup of other tools as regain's Markdown
  search   Search the site as its readers do
  form     Import, export or compare an issue form
  request  Review a submitted request
  verify   Compare a copy of a site, or the live site, with a manifest
  schema   Print the JSON Schema of a TOML file, for editors that complete and check while you type
  explain  Explain what a problem's code means and how to fix it
  help     Print this message or the help of the given subcommand(s)

Options:
  -h, --help     Print help
  -V, --version  Print version

"#]])
        .err(str![]);
}

#[test]
fn the_help_of_a_command_lists_its_options() {
    let site = SiteTest::new();
    site.run(["init", "--help"]).code(0).out(str![[r#"
Write a complete starter site, without changing any existing file

Usage: regain init [OPTIONS] [DIR]

Arguments:
  [DIR]  The folder to write to [default: .]

Options:
      --target <TARGET>  The host to publish on; for GitHub Pages and GitLab Pages, also write a
                         workflow that publishes every push [possible values: github-pages,
                         gitlab-pages, netlify, cloudflare-pages, s3-cloudfront, caddy, nginx]
  -h, --help             Print help

"#]]);
    site.run(["build", "--help"]).code(0).out(str![[r#"
Build the site into a folder that any static host can serve

Usage: regain build [OPTIONS]

Options:
      --root <DIR>      The folder that contains `content/` [default: .]
      --output <DIR>    The folder to write to [default: `public` in the root]
      --base-url <URL>  Where the site will be published, instead of `base_url` in site.toml
      --drafts          Include drafts
  -h, --help            Print help

"#]]);
    site.run(["serve", "--help"]).code(0).out(str![[r#"
Preview the site on this machine, and rebuild it after every save

Usage: regain serve [OPTIONS]

Options:
      --root <DIR>   The folder that contains `content/` [default: .]
      --port <N>     The port [default: the first free port from 4400]
      --host <ADDR>  The address to listen on; any other than the default lets others read the
                     preview [default: 127.0.0.1]
      --open         Open the preview in a browser
      --drafts       Include drafts
      --poll         Look for changes every second, for network drives and containers that do not
                     report them
  -h, --help         Print help

"#]]);
    site.run(["check", "--help"]).code(0).out(str![[r#"
Report every problem of the site, drafts included

Usage: regain check [OPTIONS]

Options:
      --root <DIR>
          The folder that contains `content/`
          
          [default: .]

      --format <FORMAT>
          How to print problems; `json` and `github` go to standard output, the others to standard
          error

          Possible values:
          - human:  With the lines of the file
          - short:  One line for each
          - json:   One JSON object
          - github: Annotations for GitHub workflows
          
          [default: human]

      --output <DIR>
          The folder of the last build, whose addresses the site should still have [default:
          `public` in the root]

      --strict
          Fail on warnings too

      --reading
          List how easy each page is to read, hardest first

      --tree
          Also print the triage to standard output, as a tree of questions, answers and outcomes

      --online
          Also look up the links to other sites, through `curl`

      --today <YYYY-MM-DD>
          The date that decides which reviews are overdue [default: today]

  -h, --help
          Print help (see a summary with '-h')

"#]]);
    site.run(["search", "--help"]).code(0).out(str![[r#"
Search the site as its readers do

Usage: regain search [OPTIONS] <WORDS>...

Arguments:
  <WORDS>...  The search words

Options:
      --root <DIR>  The folder that contains `content/` [default: .]
      --explain     Explain how each word was searched for and how each page was scored
      --drafts      Include drafts
  -h, --help        Print help

"#]]);
}

#[test]
fn the_help_of_lookup_commands_lists_their_options() {
    let site = SiteTest::new();
    site.run(["schema", "--help"]).code(0).out(str![[r#"
Print the JSON Schema of a TOML file, for editors that complete and check while you type

Usage: regain schema [NAME]

Arguments:
  [NAME]  The file without `.toml`, such as `site`; without it, all files are listed

Options:
  -h, --help  Print help

"#]]);
    site.run(["explain", "--help"]).code(0).out(str![[r#"
Explain what a problem's code means and how to fix it

Usage: regain explain [CODE]

Arguments:
  [CODE]  The code, such as `broken-link`; without it, all codes are listed

Options:
  -h, --help  Print help

"#]]);
}

#[test]
fn a_schema_is_printed_or_all_are_listed() {
    let site = SiteTest::new();
    site.run(["schema"]).code(0).out(str![[r#"
site
links
triage
checklist
synonyms
expect
theme

"#]]);
    site.run(["schema", "link"]).code(2).err(str![[r#"
regain has no schema `link`
hint: did you mean `links`?

"#]]);
    site.run(["schema", "synonyms"]).code(0).out(str![[r#"
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "synonyms.toml",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "groups": {
      "type": "array",
      "items": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "description": "Groups of words and phrases. A search for one of a group finds the others."
    }
  },
  "description": "Words that mean the same to readers."
}

"#]]);
}

#[test]
fn without_a_command_the_help_is_shown_as_wrong_usage() {
    let site = SiteTest::new();
    let help = site.run(["--help"]);
    let none = site.run(None::<&str>);
    none.code(2).out("");
    assert_eq!(none.stderr, help.stdout);
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_to_type() {
    let site = SiteTest::with(&[]);
    site.run(["bulid"]).code(2).out("").err(str![[r#"
error: unrecognized subcommand 'bulid'

  tip: a similar subcommand exists: 'build'

Usage: regain <COMMAND>

For more information, try '--help'.

"#]]);
    site.run(["build", "--outptu", "x"])
        .code(2)
        .out("")
        .err(str![[r#"
error: unexpected argument '--outptu' found

  tip: a similar argument exists: '--output'

Usage: regain build --output <DIR>

For more information, try '--help'.

"#]]);
    site.run(["build", "--base-url", "example.org"])
        .code(2)
        .out("")
        .err(str![[r#"
error: invalid value 'example.org' for '--base-url <URL>': write `https://host/`, `https://host/path/` or only `/path/`

For more information, try '--help'.

"#]]);
    site.run(["check", "--format", "xml"])
        .code(2)
        .out("")
        .err(str![[r#"
error: invalid value 'xml' for '--format <FORMAT>'
  [possible values: human, short, json, github]

For more information, try '--help'.

"#]]);
    site.run(["check", "--today", "tomorrow"])
        .code(2)
        .out("")
        .err(str![[r#"
error: invalid value 'tomorrow' for '--today <YYYY-MM-DD>': write year, month and day: `2026-09-30`

For more information, try '--help'.

"#]]);
    site.run(["check", "--root", "nowhere"])
        .code(2)
        .out("")
        .err(str![[r#"
nowhere has no folder `content`
hint: run this in a site's folder, choose one with `--root DIR`, or make one with `regain init DIR`

"#]]);
    site.run(["explain", "broken-lnik"])
        .code(2)
        .out("")
        .err(str![[r#"
regain has no code `broken-lnik`
hint: did you mean `broken-link`?

"#]]);
    site.run(["build", "--output", "."])
        .code(2)
        .out("")
        .err(str![[r#"
the output folder `.` is the folder `.`, which the site is read from; name another folder with `--output`

"#]]);
    site.run(["build", "--output", "content/public"])
        .code(2)
        .out("")
        .err(str![[r#"
the output folder `content/public` is inside `./content`, which the site is read from; name another folder with `--output`

"#]]);
}

#[test]
fn the_version_goes_to_standard_output() {
    SiteTest::new()
        .run(["--version"])
        .code(0)
        .out(str![[r#"
regain [VERSION]

"#]])
        .err("");
}

#[test]
fn a_build_reports_what_it_did() {
    /// How many files there are is the theme's affair.
    fn says(site: &SiteTest) -> String {
        let ran = site.run(["build"]);
        ran.code(0).out("");
        let counts = regex_lite::Regex::new(r"\d+ (files|of|removed)").expect("good");
        counts.replace_all(&ran.stderr, "N $1").into_owned()
    }
    let site = SiteTest::with(&[("content/old.md", "# Old\n")]);
    assert_eq!(
        says(&site),
        "wrote ./public: N files, N of them new or changed\n"
    );
    assert_eq!(says(&site), "./public is up to date: N files\n");
    let site = site
        .change("public/mine.txt", "mine")
        .remove("content/old.md");
    assert_eq!(
        says(&site),
        "warning: lost-address: the last build had the page /old/, and this one has nothing there\n\
         hint: add `aliases = [\"/old/\"]` to the front matter of the page that replaces it\n\n1 warning\n\
         wrote ./public: N files, N of them new or changed, N removed, 1 kept that are not regain's\n"
    );
}

#[test]
fn a_manifest_records_a_site_without_warnings() {
    let reviewed = |every: &str| format!("+++\nreviewed = 2026-01-01\n{every}+++\n# A\n\ntext\n");
    let cases = [
        ("# A\n\n[b](https://b.example/)\n".to_owned(), true),
        ("# A\n\nFILL-IN\n".to_owned(), false),
        (reviewed(""), true),
        (reviewed("review_every = \"90 years\"\n"), false),
    ];
    for (page, quiet) in cases {
        let site = SiteTest::with(&[("content/a.md", &page)]);
        site.run(["build"]).code(0);
        let manifest = fs::read_to_string(site.path("public/manifest.json")).expect("a manifest");
        assert_eq!(manifest.contains(" without a warning\","), quiet, "{page}");
    }
}

/// `robots.txt` is too small to have a copy of ours.
#[test]
fn a_compressed_file_of_somebody_else_is_reported_although_the_site_has_compressed_copies() {
    let compress = ("content/site.toml", "[publish]\ncompress = true\n");
    let site = SiteTest::with(&[compress, ("content/a.md", "# A\n")]).build();
    let site = site
        .change("public/robots.txt.gz", "old")
        .change("content/a.md", "# B\n");
    let ran = site.run(["build"]);
    assert!(ran.stderr.contains("output-compressed: "), "{}", ran.stderr);
    assert!(ran.stderr.contains("`robots.txt.gz`"), "{}", ran.stderr);
}

#[test]
fn old_compressed_files_are_reported_at_the_level_that_the_site_has_chosen() {
    for (level, code, expected) in [("warning", 0, true), ("off", 0, false), ("error", 1, true)] {
        let site = SiteTest::with(&[("content/a.md", "# A\n\nText.\n")]).build();
        let site = site.change("public/a/index.html.gz", "old\n");
        if level == "warning" {
            let ran = site.run(["build"]);
            assert!(
                ran.stderr.contains("output-compressed: "),
                "nothing changed"
            );
        }
        let rules = format!("[rules]\noutput-compressed = \"{level}\"\n");
        let site = site.change("content/site.toml", rules);
        for what in ["a new site", "the same site"] {
            let ran = site.run(["build"]);
            ran.code(code);
            let is_reported = ran.stderr.contains("output-compressed: ");
            assert_eq!(is_reported, expected, "{level}: {what}");
        }
    }
}

#[test]
fn a_build_of_unchanged_sources_still_warns_and_restores_its_files() {
    let site = SiteTest::with(&[("content/a.md", "# A\n\nFILL-IN\n")]);
    let warned = |stderr: &str| stderr.contains("content/a.md:3:1: warning: placeholder:");
    assert!(warned(&site.run(["build"]).stderr));
    let page = fs::read(site.path("public/a/index.html")).expect("a page");

    let again = site.run(["build"]).stderr;
    assert!(
        warned(&again) && again.contains("./public is up to date"),
        "{again}"
    );

    fs::remove_file(site.path("public/a/index.html")).expect("a page less");
    let mended = site.run(["build"]).stderr;
    assert!(mended.contains("1 of them new or changed"), "{mended}");
    assert_eq!(
        fs::read(site.path("public/a/index.html")).expect("a page"),
        page
    );

    let moved = site
        .run(["build", "--base-url", "https://a.example/docs/"])
        .stderr;
    assert!(moved.contains("new or changed"), "{moved}");
}

#[test]
fn problems_in_the_site_exit_with_1_and_write_nothing() {
    let site = faulty();
    site.run(["build"]).code(1).out("").err(str![[r#"
content/a.md:3:1: broken-link: this site has no page or file `nowhere.md`
  |
3 | [b](nowhere.md)
  | ^^^^^^^^^^^^^^^
hint: write the path of a file in `content/`, relative to this one or starting with `/`

content/a.md:5:1: warning: image-without-text: the image has no text
  |
5 | ![](dot.png)
  | ^^^^^^^^^^^^
hint: write between the square brackets what it shows, for readers who cannot see it

1 error, 1 warning
nothing was written

"#]]);
    assert!(!site.path("public").exists());
}

#[test]
fn a_page_that_cannot_be_rendered_leaves_the_old_site_as_it_was() {
    let site = SiteTest::with(&[("content/a.md", "# A\n")]).build();
    let old = site.public();
    let site = site.change(
        "themes/default/templates/guide.html",
        "{{ page.title.letters }}\n",
    );
    site.run(["build"]).code(1).out("").err(str![[r#"
themes/default/templates/guide.html:1:15: template: field `letters` is not defined
  |
1 | {{ page.title.letters }}
  |               ^^^^^^^

1 error
nothing was written

"#]]);
    assert_eq!(site.public(), old);
}

#[test]
fn check_prints_the_same_list_in_three_formats() {
    let site = faulty();
    site.run(["check"]).code(1).out("").err(str![[r#"
content/a.md:3:1: broken-link: this site has no page or file `nowhere.md`
  |
3 | [b](nowhere.md)
  | ^^^^^^^^^^^^^^^
hint: write the path of a file in `content/`, relative to this one or starting with `/`

content/a.md:5:1: warning: image-without-text: the image has no text
  |
5 | ![](dot.png)
  | ^^^^^^^^^^^^
hint: write between the square brackets what it shows, for readers who cannot see it

content/b.md:3:1: info: outside-host: guides link to hosts that are in neither `links.toml` nor `allow`: `c.example` (1)
  |
3 | [c](https://c.example/)
  | ^^^^^^^^^^^^^^^^^^^^^^^
hint: list the hosts you trust in `allow` under `[links]` in `site.toml`, so that a link to any other host is an error

1 error, 1 warning

"#]]);
    site.run(["check", "--format", "short"])
        .code(1)
        .out("")
        .err(str![[r#"
content/a.md:3:1: broken-link: this site has no page or file `nowhere.md`
hint: write the path of a file in `content/`, relative to this one or starting with `/`
content/a.md:5:1: warning: image-without-text: the image has no text
hint: write between the square brackets what it shows, for readers who cannot see it
content/b.md:3:1: info: outside-host: guides link to hosts that are in neither `links.toml` nor `allow`: `c.example` (1)
hint: list the hosts you trust in `allow` under `[links]` in `site.toml`, so that a link to any other host is an error

"#]]);
    site.run(["check", "--format", "json"])
        .code(1)
        .out(str![[r#"
{
  "version": 1,
  "errors": 1,
  "warnings": 1,
  "diagnostics": [
    {
      "severity": "error",
      "code": "broken-link",
      "message": "this site has no page or file `nowhere.md`",
      "file": "content/a.md",
      "line": 3,
      "column": 1,
      "start": 5,
      "end": 20,
      "hints": [
        "write the path of a file in `content/`, relative to this one or starting with `/`"
      ]
    },
    {
      "severity": "warning",
      "code": "image-without-text",
      "message": "the image has no text",
      "file": "content/a.md",
      "line": 5,
      "column": 1,
      "start": 22,
      "end": 34,
      "hints": [
        "write between the square brackets what it shows, for readers who cannot see it"
      ]
    },
    {
      "severity": "info",
      "code": "outside-host",
      "message": "guides link to hosts that are in neither `links.toml` nor `allow`: `c.example` (1)",
      "file": "content/b.md",
      "line": 3,
      "column": 1,
      "start": 5,
      "end": 28,
      "hints": [
        "list the hosts you trust in `allow` under `[links]` in `site.toml`, so that a link to any other host is an error"
      ]
    }
  ],
  "reading": []
}

"#]])
        .err("");
    assert!(!site.path("public").exists());
}

#[test]
fn warnings_fail_only_with_strict_and_information_never() {
    let site = faulty().change("content/a.md", "# A\n\n![](dot.png)\n");
    site.run(["check"]).code(0);
    site.run(["check", "--strict"]).code(1);
    let site = site.change("content/a.md", "# A\n");
    site.run(["check", "--strict"])
        .code(0)
        .out("")
        .err(str![[r#"
content/b.md:3:1: info: outside-host: guides link to hosts that are in neither `links.toml` nor `allow`: `c.example` (1)
  |
3 | [c](https://c.example/)
  | ^^^^^^^^^^^^^^^^^^^^^^^
hint: list the hosts you trust in `allow` under `[links]` in `site.toml`, so that a link to any other host is an error

no problems found

"#]]);
}

#[test]
fn check_says_when_a_site_has_no_problems() {
    let site = SiteTest::with(&[]);
    site.run(["check"]).code(0).out("").err(str![[r#"
no problems found

"#]]);
    site.run(["check", "--format", "short"])
        .code(0)
        .out("")
        .err("");
    site.run(["check", "--format", "json"])
        .code(0)
        .out(str![[r#"
{
  "version": 1,
  "errors": 0,
  "warnings": 0,
  "diagnostics": [],
  "reading": []
}

"#]])
        .err("");
}

#[test]
fn explain_prints_to_standard_output() {
    let site = SiteTest::new();
    site.run(["explain", "broken-anchor"])
        .code(0)
        .out(str![[r#"
broken-anchor

A link names a heading that its page does not have. A heading's id comes from its text: `## If this fails` becomes `#if-this-fails`. Correct the part after `#`, or give the heading the id yourself: `## If this fails {#other-name}`.

A site or a page can set its level under `[rules]`.

"#]])
        .err("");
    let all = site.run(["explain"]);
    let names = regain::testing::Code::ALL
        .iter()
        .map(|code| format!("{code}\n"));
    all.code(0).out(names.collect::<String>());
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let site = SiteTest::new();
    let mut child = site
        .command()
        .arg("explain")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("regain starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("regain ends");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn closed_messages_change_no_exit_code() {
    for (site, expected) in [(faulty(), 1), (SiteTest::with(&[]), 0)] {
        let mut child = site
            .command()
            .args(["check", "--format", "human"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("regain starts");
        drop(child.stderr.take());
        let status = child.wait().expect("regain ends");
        assert_eq!(status.code(), Some(expected));
    }
}

#[test]
fn a_full_device_is_a_machine_error() {
    let full = || {
        OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .expect("/dev/full")
    };
    let site = faulty();
    let mut command = site.command();
    command
        .args(["check", "--format", "json"])
        .stdout(full())
        .stderr(Stdio::piped());
    let output = command.output().expect("regain ends");
    assert_eq!(output.status.code(), Some(3));
    snapbox::assert_data_eq!(
        String::from_utf8_lossy(&output.stderr).into_owned(),
        str![[r#"
the result cannot be written: No space left on device (os error 28)

"#]]
    );
    let mut command = site.command();
    command.arg("check").stderr(full()).stdout(Stdio::null());
    assert_eq!(command.status().expect("regain ends").code(), Some(1));
}

#[test]
fn the_root_can_be_any_folder_in_any_spelling() {
    let site = SiteTest::with(&[]);
    let above = site.path("..");
    for root in ["site", "./site/", "site/../site", "site/content/.."] {
        let mut command = crate::harness::regain();
        command.current_dir(&above).args(["build", "--root", root]);
        let output = finish(command);
        assert_eq!(output.status.code(), Some(0), "{root}: {output:?}");
    }
    assert!(site.path("public/index.html").is_file());
}

#[test]
fn only_terminals_get_color() {
    let site = faulty();
    let plain = site.run(["check"]);
    assert!(!plain.stderr.contains('\u{1b}'), "{}", plain.stderr);
    let mut command = site.command();
    command.args(["check"]).env("CLICOLOR_FORCE", "1");
    let colored = site.finish(command);
    assert!(colored.stderr.contains('\u{1b}'));
    let mut command = site.command();
    command
        .args(["check"])
        .env("CLICOLOR_FORCE", "1")
        .env("NO_COLOR", "1");
    let refused = site.finish(command);
    assert_eq!(refused.stderr, plain.stderr);
}

#[test]
fn drafts_are_checked_and_built_only_when_asked_for() {
    let site = SiteTest::with(&[(
        "content/a.md",
        "+++\ndraft = true\n+++\n# A\n\n[b](nowhere.md)\n",
    )]);
    site.run(["build"]).code(0);
    site.run(["check"]).code(1);
    site.run(["build", "--drafts"]).code(1);
    let site = site
        .change("content/a.md", "+++\ndraft = true\n+++\n# A\n")
        .build();
    assert!(!site.path("public/a").exists());
    let site = site.build_with(["--drafts"]);
    assert!(site.path("public/a/index.html").exists());
}

#[test]
fn reading_ease_is_listed_and_fails_nothing() {
    let hard = "Verification necessitates authorization documentation. ".repeat(15);
    let easy = "You lost your phone. Look for your codes. ".repeat(8);
    let site = SiteTest::with(&[
        ("content/a.md", &format!("# A\n\n{easy}\n")),
        ("content/b.md", &format!("# B\n\nShort.\n\n{hard}\n")),
        ("content/c.md", "# C\n\nToo short for a figure.\n"),
    ]);
    let table = str![[r#"
readability (LIX; 20 is very easy, plain language is below 40)
 score               words  longest sentence  page
 102.2  very hard       61           4 words  content/b.md:5
   4.0  easy            64           4 words  content/a.md:3

"#]];
    site.run(["check", "--strict", "--reading"])
        .code(0)
        .out(table)
        .err("no problems found\n");
    site.run(["check", "--strict"])
        .code(0)
        .out("")
        .err(str![[r#"
no problems found
readability (LIX; 20 is very easy, plain language is below 40): median 4, hardest 102.2 (content/b.md); `--reading` lists every page

"#]]);
    let site = site.change("content/site.toml", "language = \"de\"\n");
    site.run(["check", "--format", "short", "--reading"])
        .code(0)
        .out(str![[r#"
readability (LIX; 20 is very easy, plain language is below 40)
 score               words  longest sentence  page
 102.2  very hard       61           4 words  content/b.md:5
   4.0  easy            64           4 words  content/a.md:3

"#]])
        .err(str![[r#"
content/site.toml:1:13: info: language: the theme has no strings in `de`, so buttons and headings stay English
hint: add the ones you need to `themes/default/strings/de.toml`: `menu = "…"`

"#]]);
    let site = SiteTest::with(&[]);
    site.run(["check", "--reading"]).code(0).out(str![[r#"
no page has enough text in Latin, Greek or Cyrillic letters to be scored

"#]]);
}

#[test]
fn check_finds_what_a_build_without_drafts_finds() {
    let site = SiteTest::with(&[
        ("content/a.md", "+++\ndraft = true\n+++\n# A\n"),
        ("content/b.md", "# B\n\n[a](a.md)\n"),
    ]);
    site.run(["build"]).code(1);
    site.run(["check"]).code(1).err(str![[r#"
content/b.md:3:1: broken-link: this site has no page or file `a.md`
  |
3 | [a](a.md)
  | ^^^^^^^^^
hint: write the path of a file in `content/`, relative to this one or starting with `/`

1 error

"#]]);
}

#[test]
fn an_unreadable_file_is_reported_without_its_consequences() {
    let site = SiteTest::with(&[
        ("content/a.md", "# A\n\n[b](link:reset)\n"),
        (
            "content/links.toml",
            "[reset]\nurl = \"https://a.example/\"\ntitle = \"A\"\n[reset]\n",
        ),
    ]);
    let ran = site.run(["check"]);
    let told = ran.stdout + &ran.stderr;
    assert!(told.contains("links.toml:4:"), "{told}");
    assert!(!told.contains("unknown-link-name"), "{told}");
}

/// A rule about one entry does not depend on the others, so it still applies when another entry cannot be read.
#[test]
fn an_unreadable_value_does_not_hide_problems_of_other_entries() {
    let checklist = "title = \"Request\"\n[[group]]\nid = \"g\"\ntitle = \"G\"\n\
        [[detail]]\nid = \"a\"\ngroup = \"g\"\nlabel = \"A\"\nkind = \"lines\"\n\
        [[detail]]\nid = \"b\"\ngroup = \"g\"\nlabel = \"B\"\nkind = \"line\"\ntidy = [\"at\", \"backtick\"]\n\
        [[request]]\nid = \"r\"\ntitle = \"R\"\nchannel = \"text\"\n\
        [[request.field]]\nlabel = \"A\"\ntext = \"{a}{b}\"\n";
    let triage = "title = \"T\"\nstart = \"a\"\n[[question]]\nid = \"a\"\ntitle = \"A\"\nanswer = [\n\
        { id = \"b\", label = 3, outcome = \"end\" },\n\
        { id = \"unsure\", label = \"C\", outcome = \"end\", question = \"a\" },\n]\n\
        [[outcome]]\nid = \"end\"\ntitle = \"E\"\ntext = \"T\"\n";
    let expect = "[[question]]\nask = \" ? \"\npage = \"index.md\"\n[[question]]\nask = \"a\"\n\
        [[question]]\nask = \"b\"\npage = \"index.md\"\nnothing = true\n\
        [[question]]\nask = \"c\"\npage = \"index.md\"\nwithin = 0\n";
    let site = SiteTest::with(&[
        ("content/index.md", "# Home\n\nText.\n"),
        ("content/checklist.toml", checklist),
        ("content/triage.toml", triage),
        ("content/expect.toml", expect),
    ]);
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
content/checklist.toml:9:8: unknown-value: `kind` cannot be `lines`
hint: did you mean `line`?
content/checklist.toml:15:16: unknown-name: there is no `tidy` rule `backtick`
hint: did you mean `backticks`?
content/expect.toml:2:8: expectation: the question contains no word
hint: write what a reader might type
content/expect.toml:5:8: expectation: this question has neither `page` nor `nothing = true`
hint: add `page = "…"`, or `nothing = true` if no page should be found
content/expect.toml:9:11: expectation: this question has both `page` and `nothing = true`
hint: keep either `page` or `nothing`, not both
content/expect.toml:13:10: expectation: `within` must be 1 or more
hint: write `1` if the page must be the first result
content/triage.toml:7:21: wrong-type: `label` must be text in quotes, not `3`
content/triage.toml:8:9: dead-end: the answer `unsure` has both `question` and `outcome`
hint: keep either `question` or `outcome`, not both

"#]]);
    // Commands that read only a checklist apply the same rules to it.
    let typo = checklist.replace("lines", "line");
    site.change("content/checklist.toml", typo)
        .change("posted.md", "A\n")
        .run(["request", "check", "posted.md"])
        .code(1)
        .err(str![[r#"
content/checklist.toml:15:16: unknown-name: there is no `tidy` rule `backtick`
   |
15 | tidy = ["at", "backtick"]
   |                ^^^^^^^^
hint: did you mean `backticks`?

1 error

"#]]);
}

#[test]
fn an_unreadable_value_is_reported_without_its_consequences_in_other_tables() {
    let checklist = |channel: &str| {
        format!(
            "title = \"Request\"\n[[group]]\nid = \"g\"\ntitle = \"G\"\n\
             [[detail]]\nid = \"a\"\ngroup = \"g\"\nlabel = \"A\"\nkind = \"line\"\n\
             [[request]]\nid = \"r\"\ntitle = \"R\"\nchannel = {channel}\n\
             [[request.field]]\nlabel = \"A\"\ntext = \"{{a}}\"\n"
        )
    };
    let triage = |start: &str| {
        format!(
            "title = \"T\"\nstart = {start}\n[[question]]\nid = \"a\"\ntitle = \"A\"\nanswer = [\n\
             {{ id = \"unsure\", label = \"C\", outcome = \"end\" }},\n]\n\
             [[outcome]]\nid = \"end\"\ntitle = \"E\"\nrequest = \"r\"\nhide = [\"a\"]\n"
        )
    };
    let site = SiteTest::with(&[
        ("content/index.md", "# Home\n\nText.\n"),
        (
            "content/site.toml",
            "[[publish.redirect]]\nfrom = \"/old/\"\nto = \"/start/end/\"\n",
        ),
        ("content/checklist.toml", &checklist("3")),
        ("content/triage.toml", &triage("\"a\"")),
    ]);
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
content/checklist.toml:13:11: wrong-type: `channel` must be text in quotes, not `3`

"#]]);
    site.change("content/checklist.toml", checklist("\"text\""))
        .change("content/triage.toml", triage("3"))
        .run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
content/triage.toml:2:9: wrong-type: `start` must be text in quotes, not `3`

"#]]);
}

#[test]
fn a_damaged_manifest_is_reported() {
    let site = SiteTest::with(&[("content/a.md", "# A\n")]).build();
    let whole = fs::read(site.path("public/manifest.json")).expect("a manifest");
    let site = site.change("public/manifest.json", &whole[..whole.len() / 2]);
    site.run(["build"]).code(1).err(str![[r#"
output-not-ours: `manifest.json` in the output folder `./public` is damaged, or from a newer regain
hint: without it, regain does not know which files it wrote: restore `manifest.json`, or move the folder away and build again

1 error
nothing was written

"#]]);
}

#[test]
fn a_secret_described_by_the_site_is_found_in_guides_and_submitted_requests() {
    let checklist = |secret: &str| {
        format!(
            "title = \"Request\"\n{secret}[[group]]\nid = \"a\"\ntitle = \"Account\"\n[[detail]]\nid = \"story\"\ngroup = \"a\"\nlabel = \"Story\"\nkind = \"paragraph\"\nexample = \"It broke.\"\n[[request]]\nid = \"r\"\ntitle = \"Request\"\nchannel = \"text\"\n[[request.field]]\nlabel = \"Story\"\ntext = \"{{story}}\"\n[secret_guides]\nvault-key = \"index.md\"\n"
        )
    };
    let check = |site: &SiteTest, column: usize| {
        site.run(["check", "--format", "short"])
            .code(0)
            .err(format!(
                "content/index.md:3:{column}: warning: secret: this looks like a vault key\n\
                 hint: remove it, or write a sample that cannot be real, such as `xxxx-xxxx`\n"
            ));
    };
    let own = "[[secret]]\nid = \"vault-key\"\nwhat = \"a vault key\"\npattern = \"vk-(live|test)-[0-9]{4}\"\n";
    let site = SiteTest::with(&[
        ("content/checklist.toml", &checklist(own)),
        (
            "content/index.md",
            "# Home\n\nIt begins so: vk-live-1234.\n",
        ),
        ("posted.txt", "Story:\n\nMine was vk-test-4321 I think.\n"),
    ]);
    check(&site, 15);
    site.run(["request", "check", "posted.txt"])
        .code(1)
        .err(str![[r#"
posted.txt:3:10: secret: this looks like a vault key
hint: ask its owner to revoke it first, then hide it: its edit history and the emails about it still show it

1 error

"#]]);
    for pattern in ["ключ-[0-9]{4}", "КЛЮЧ-[0-9]{4}", "[а-я]{4}-\\\\d{4}\\\\D?"] {
        let own = own.replace("vk-(live|test)-[0-9]{4}", pattern);
        let own = format!("{own}ignore_case = true\n");
        let site = SiteTest::with(&[
            ("content/checklist.toml", &checklist(&own)),
            ("content/index.md", "# Home\n\nIt begins so: КЛЮЧ-1234.\n"),
        ]);
        check(&site, 15);
    }
    let phrase = own.replace("vk-(live|test)-[0-9]{4}", "vault word [a-z]+ [a-z]+");
    let site = SiteTest::with(&[
        ("content/checklist.toml", &checklist(&phrase)),
        (
            "content/index.md",
            "# Home\n\nMine: vault word blue moon.\n",
        ),
    ]);
    check(&site, 7);
    for (from, to) in [
        ("[0-9]{4}", "[0-9]++"),
        ("[0-9]{4}\"", "\\\\s\""),
        ("vk-(live|test)-[0-9]{4}", "[0-9]*"),
        ("id = \"vault-key\"", "id = \"email\""),
    ] {
        let site =
            SiteTest::with(&[("content/checklist.toml", &checklist(&own.replace(from, to)))]);
        site.run(["check"]).code(1);
    }
}
