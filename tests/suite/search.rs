//! `regain search`, and the questions of `expect.toml` as `regain check` asks them.

use std::path::Path;

use regain::testing::BuildCache;
use snapbox::str;

use crate::harness::SiteTest;
use crate::preview::options;

/// A small help site whose readers say other words than its author.
fn help() -> SiteTest {
    SiteTest::with(&[
        (
            "content/index.md",
            "# Help\n\nSigning in again, step by step.\n",
        ),
        (
            "content/codes.md",
            "+++\nsummary = \"One saved code lets you in once.\"\nkeywords = [\"printed list\"]\n+++\n\
             # Use a recovery code\n\nEach code works once.\n\n## Steps\n\n1. Type one code instead of the six digits.\n",
        ),
        (
            "content/phone.md",
            "# Lost phone\n\nThe phone held the app that shows six digits.\n\n## If a code is left\n\nUse a recovery code.\n",
        ),
        (
            "content/mail.md",
            "# Lost mailbox\n\nWrite from the new address.\n",
        ),
        (
            "content/synonyms.toml",
            "groups = [[\"recovery code\", \"backup code\", \"emergency code\"]]\n",
        ),
    ])
}

#[test]
fn results_have_section_address_and_passage() {
    help()
        .run(["search", "code after losing my phone"])
        .code(0)
        .out(str![[r#"
 1. Lost phone
    /phone/
    The phone held the app that shows six digits.

 2. Use a recovery code
    /codes/
    One saved code lets you in once. Each code works once.

"#]])
        .err(str![[r#"
no page contains `losing`; similar words: login, lost, missing

"#]]);
}

#[test]
fn explain_shows_how_each_word_was_read_and_what_each_part_adds() {
    let site = help();
    site.run(["search", "--explain", "backup codes for a lost", "phnoe"])
        .code(0)
        .out(str![[r#"
word    importance  searched as
backup           5  synonym: backup code = emergency code = recovery code (72)
codes            8  as written: codes (100)
                    synonym: backup code = emergency code = recovery code (72)
lost             8  as written: lost (100)
                    built-in synonym: can t remember = cannot remember = cant remember = forgot = forgotten = lost (68), disappeared = gone = lost = missing = not there = vanished (68)
phnoe           12  misspelling of: phone (95)
                    built-in synonym: cell phone = cellphone = mobile = phone = smartphone (68)
a                0  ignored: a stop word
for              0  ignored: a stop word

 1. Lost phone
    /phone/
    The phone held the app that shows six digits.
    score    59009
    backup   +5184  synonym backup code = emergency code = …: text 5184
    codes   +11200  headings 4913, text 6287
    lost    +19200  title 19200
    phnoe   +50635  misspelling of phone: title 21809, keywords 20901, text 7925
            -18289  the page says too little about backup, codes
             -8921  no section contains all of them

 2. Use a recovery code
    /codes/
    One saved code lets you in once. Each code works once.
    score    15661
    backup  +13824  synonym backup code = emergency code = …: title 13824
    codes   +36000  title 12707, keywords 12178, summary 4059, text 7056
            -30197  the page says too little about lost, phnoe
             -3966  no section contains all of them

 3. Lost mailbox
    /mail/
    Write from the new address.
    score    3478
    lost   +19200  title 19200
           -14546  the page says too little about backup, codes, phnoe
            -1176  no section contains all of them

"#]])
        .err(str![]);
    site.run(["search", "recov", "--explain"])
        .code(0)
        .out(str![[r#"
word   importance  searched as
recov           6  start of: recovery (75)
                   built-in synonym: get back = recover = recovery = restore (68)

 1. Use a recovery code
    /codes/
    One saved code lets you in once. Each code works once.
    score   14400
    recov  +14400  start of recovery: title 14400

 2. Lost phone › If a code is left
    /phone/#if-a-code-is-left
    Use a recovery code.
    score   1800
    recov  +5400  start of recovery: text 5400
           -3600  the page says too little about recov

"#]])
        .err(str![]);
}

#[test]
fn a_search_without_results_suggests_similar_words() {
    let site = help();
    site.run(["search", "mubil wumfle"])
        .code(0)
        .out("")
        .err(str![[r#"
no page contains `mubil`; similar words: mail, mobile
no page contains `wumfle`
no results

"#]]);
    site.run(["search", "phone wumfle"]).code(0).err(str![[r#"
no page contains `wumfle`

"#]]);
}

#[test]
fn drafts_are_searched_only_on_request() {
    let site = help().change("content/draft.md", "+++\ndraft = true\n+++\n# Passkeys\n");
    site.run(["search", "passkey"]).code(0).out("");
    site.run(["search", "passkey", "--drafts"])
        .code(0)
        .out(str![[r#"
 1. Passkeys
    /draft/

"#]]);
}

#[test]
fn a_search_that_is_impossible_is_explained() {
    let site = help();
    site.run(["search", "?!"]).code(2).out("").err(str![[r#"
the query contains no word
hint: write what a reader might type

"#]]);
    site.run(["search", "phone", "--root", "nowhere"])
        .code(2)
        .out("")
        .err(str![[r#"
nowhere has no folder `content`
hint: run this in a site's folder, choose one with `--root DIR`, or make one with `regain init DIR`

"#]]);
    let site = site.change("content/site.toml", "[search]\nenabled = false\n");
    site.run(["search", "phone"]).code(2).out("").err(str![[r#"
this site's search is switched off
hint: set `enabled = true` under `[search]` in content/site.toml

"#]]);
    let site = site.change("content/site.toml", "titel = \"Help\"\n");
    site.run(["search", "phone"]).code(1).out("").err(str![[r#"
content/site.toml:1:1: unknown-key: unknown key `titel`
  |
1 | titel = "Help"
  | ^^^^^
hint: did you mean `title`?

1 error

"#]]);
}

#[test]
fn unmet_expectations_are_reported_and_stop_no_build() {
    let site = help().change(
        "content/expect.toml",
        "words = [\"digits\", \"backup codes\", \"sms\"]\n\
         question = [\n\
           { ask = \"backup code\", page = \"codes.md\", within = 1 },\n\
           { ask = \"printed lits\", page = \"/codes/\" },\n\
           { ask = \"lost\", page = \"codes.md\", or = [\"phone.md\", \"mail.md\"], within = 1 },\n\
           { ask = \"is a code left\", page = \"phone.md#if-a-code-is-left\", within = 2 },\n\
           { ask = \"blimpet\", nothing = true },\n\
         ]\n",
    );
    site.run(["check", "--format", "short"])
        .code(0)
        .err(str![[r#"
content/expect.toml:1:37: warning: uncovered-word: no page and no group of synonyms contains `sms`
hint: add it to the `keywords` of the page that helps, or to a group of `synonyms.toml`

"#]]);
    site.run(["check", "--strict"]).code(1);
    let site = site.change(
        "content/expect.toml",
        "question = [{ ask = \"which digits\", page = \"mail.md\" }, { ask = \"app\", nothing = true }]\n",
    );
    site.run(["check", "--format", "short"]).code(1).err(str![[r#"
content/expect.toml:1:22: missed-page: `which digits` does not find `mail.md`, which should be among the first 3
hint: it finds 1. `/codes/#steps`, 2. `/phone/`
hint: add the reader's words to the `keywords` of `mail.md`, or to a group of `synonyms.toml`
hint: `regain search "which digits" --explain` says why
content/expect.toml:1:66: false-result: `app` should find nothing, but finds 1 page
hint: it finds 1. `/phone/`
hint: `regain search "app" --explain` says why

"#]]);
    site.run(["build"]).code(0);
}

#[test]
fn questions_may_name_a_draft_but_search_without_it() {
    let site = help()
        .change(
            "content/draft.md",
            "+++\ndraft = true\n+++\n# Passkeys\n\nA recovery code.\n",
        )
        .change(
            "content/expect.toml",
            "question = [\n\
               { ask = \"passkey\", page = \"draft.md\" },\n\
               { ask = \"recovery code\", page = \"codes.md\", within = 1 },\n\
             ]\n",
        );
    site.run(["check", "--format", "short"]).code(0).err(str![]);
    site.run(["build"]).code(0);
}

#[test]
fn questions_for_a_disabled_search_are_reported() {
    let site = help()
        .change("content/site.toml", "[search]\nenabled = false\n")
        .change(
            "content/expect.toml",
            "question = [{ ask = \"a\", page = \"codes.md\" }]\n",
        );
    site.run(["check", "--format", "short"]).code(0).err(str![[r#"
content/expect.toml:1:22: warning: expectation: there are questions for a search that is switched off
hint: delete the questions, or set `enabled = true` under `[search]` in `site.toml`

"#]]);
}

#[test]
fn a_search_script_that_fails_is_stopped_and_reported() {
    for (rank, message) in [
        ("for (;;);", "they do not finish"),
        (
            "return /^(a|aa)+$/.test(\"a\".repeat(60) + \"b\");",
            "they do not finish",
        ),
        (
            "const all = []; for (;;) all.push(new Array(1e6).fill(all));",
            "out of memory",
        ),
        (
            "let text = \"a\"; for (;;) text += text;",
            "string too long",
        ),
        (
            "const deeper = () => deeper() + 1; return deeper();",
            "Maximum call stack size exceeded",
        ),
        ("throw new Error(\"no idea\");", "no idea"),
        ("throw 3;", "a value that is not an error was thrown"),
        (
            "return [{ page: 0, section: 0, score: -1, parts: { values: [] } }];",
            "they answer with invalid data: invalid value: integer `-1`, expected u64 at line 1 column 54",
        ),
    ] {
        let script = format!(
            "regain.search.rank = () => {{ {rank} }};\nregain.search.fullValue = () => 1;\n"
        );
        let site = help().change("themes/default/js/search/query/ranking.js", script);
        let ran = site.run(["search", "code"]);
        let message = format!("search-script: the theme's search scripts fail: {message}\n");
        assert!(ran.stderr.contains(&message), "{rank}\n{}", ran.stderr);
        ran.code(1).out("");
    }
}

#[test]
fn a_changed_word_changes_no_other_page() {
    let before = help().build();
    let after = help()
        .change(
            "content/mail.md",
            "# Lost mailbox\n\nPhone from the new address.\n",
        )
        .build();
    let (before, after) = (before.public(), after.public());
    let changed = after
        .iter()
        .filter(|(path, bytes)| before.get(*path) != Some(bytes));
    let changed: Vec<_> = changed
        .map(|(path, _)| path.as_str())
        .filter(|path| !path.starts_with("assets/search/"))
        .collect();
    assert_eq!(
        changed,
        [
            "mail/index.html",
            "manifest.json",
            "search/index.html",
            "search/latest.js"
        ]
    );
}

/// Address, title, sections above, sections (fragment, heading, text), outcomes (page, address, title, sections above).
type Part = (
    String,
    String,
    Vec<String>,
    Vec<[String; 3]>,
    Vec<(u32, String, String, Vec<String>)>,
);

#[test]
fn every_result_links_to_a_heading_of_its_page() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let built = regain::testing::build(&options(root), &mut BuildCache::default());
    let output = built.expect("the site").output.expect("a sound site");
    let mut locations = 0;
    for (path, bytes) in &output {
        if !path.as_str().contains("/text/") {
            continue;
        }
        let script = std::str::from_utf8(bytes).expect("ASCII");
        let (_, payload) = script.split_once(',').expect("a call");
        let payload = payload.strip_suffix(");\n").expect("a call");
        let parts: Vec<Part> = serde_json::from_str(payload).expect("parts of pages");
        for (address, _, _, sections, outcomes) in parts {
            let page_of = |address| {
                let page = output.get(format!("{address}index.html").as_str());
                page.expect("its page")
            };
            let page = page_of(address.clone());
            for (_, outcome, ..) in outcomes {
                page_of(outcome);
            }
            let html = String::from_utf8_lossy(page);
            for [fragment, ..] in sections
                .iter()
                .filter(|[fragment, ..]| !fragment.is_empty())
            {
                assert!(
                    html.contains(&format!(" id=\"{fragment}\"")),
                    "{address}#{fragment}"
                );
                locations += 1;
            }
        }
    }
    assert!(locations > 100, "{locations}");
}
