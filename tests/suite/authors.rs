//! What authors are told, and what readers see of pages that come from another tool.

use serde_json::Value;
use snapbox::str;

use crate::harness::{SiteTest, tests_folder};

#[test]
fn a_comment_never_reaches_a_reader() {
    let page = "# Home\n\n<!-- ask Otto -->\n\nText <!-- ask\nOtto --> goes on.\n\n- a\n  <!-- ask\n\n  Otto -->\n- b\n\n\
                <div>\n<!-- ask\n\nOtto -->\n</div>\n\n`<!-- code -->` and \\<!-- text -->\n\n[x](gone.md)\n";
    for raw_html in ["text", "refuse"] {
        let toml = format!("[markdown]\nraw_html = \"{raw_html}\"\n");
        let site = SiteTest::with(&[("content/index.md", page), ("content/site.toml", &toml)]);
        let told = site.run(["check", "--format", "short"]).stderr;
        assert!(
            told.contains("content/index.md:22:1: broken-link"),
            "{told}"
        );
        let site = site.change(
            "content/index.md",
            page.replace("<div>", "")
                .replace("</div>", "")
                .replace("[x](gone.md)", "x"),
        );
        let html = site.plain_theme().build().built("index.html");
        assert!(!html.contains("Otto"), "{html}");
        assert!(html.contains("&lt;!-- code --&gt;") && html.contains("&lt;!-- text --&gt;"));
    }
    let site = SiteTest::with(&[("content/index.md", "# Home\n\na <!-- b\n\nc\n")]);
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
content/index.md:3:3: raw-html: this comment has no end, so readers do not see what follows
hint: add `-->` where the comment ends
content/index.md:3:3: info: foreign-markup: HTML comments are left out of the site: 1 time on 1 page

"#]]);
}

#[test]
fn a_location_in_a_file_is_kept() {
    let site = SiteTest::with(&[
        (
            "content/index.md",
            "# Home\n\n[form](form.pdf#page=2&zoom=50)\n",
        ),
        ("content/form.pdf", "%PDF-1.4\n"),
    ]);
    let html = site.plain_theme().build().built("index.html");
    assert!(
        html.contains("href=\"./form.pdf#page=2&amp;zoom=50\""),
        "{html}"
    );
}

#[test]
fn front_matter_is_reported_at_the_item_in_our_own_wording() {
    let page = |front: &str| format!("---\n{front}\n---\n# A\n\nx\n");
    let site = SiteTest::with(&[
        (
            "content/index.md",
            &page("aliases:\n  - /fine/\n  - ../bad/"),
        ),
        ("content/at.md", &page("title: @handle and more")),
        ("content/braces.md", &page("title: {{ page.title }}")),
        ("content/star.md", &page("title: *bold* words")),
        ("content/tab.md", &page("title:\ta\n\tb: c")),
        ("content/colon.md", &page("title: Lost: what now")),
        ("content/list.md", &page("- a\n- b")),
        ("content/twice.md", &page("title: a\ntitle: b")),
        ("content/keywords.md", &page("keywords:\n  - a\n  - {b: c}")),
    ]);
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
content/at.md:2:8: yaml-syntax: a text that begins with `@` must be in quotes
hint: put quotes around the whole value
content/braces.md:2:8: yaml-syntax: a text that begins with `{` must be in quotes
hint: put quotes around the whole value
content/colon.md:2:12: yaml-syntax: a text that contains `: ` must be in quotes
hint: put quotes around the whole value
content/index.md:4:5: redirect: `../bad/` is not an address on this site
hint: write an old address such as `/old/page/` or `/old.html`
content/keywords.md:4:5: wrong-type: each item of `keywords` must be text, not a map of keys
content/list.md:2:1: yaml-syntax: front matter must be `key: value` lines
content/star.md:2:8: yaml-syntax: nothing is named `&…` for this `*…` to repeat
hint: put a text that begins with `*` or `&` in quotes
content/tab.md:2:8: yaml-syntax: YAML does not allow a tab here
hint: use spaces instead
content/twice.md:3:1: yaml-syntax: the key `title` is used twice
hint: remove one of the two

"#]]);
}

#[test]
fn headings_keep_their_natural_ids() {
    let names = [
        "Main", "Menu", "Search", "Status", "Footer", "Header", "Request", "Settings",
    ];
    let headings: String = names
        .iter()
        .map(|name| format!("## {name}\n\n[{name}](#{})\n\n", name.to_lowercase()))
        .collect();
    let page = format!("# Home\n\n{headings}[up](#top)\n");
    let site = SiteTest::with(&[("content/index.md", &page)]);
    site.run(["check", "--strict"]).code(0);
    let page = "# Home\n\n## Kotlin {#best--kotlin}\n\n## Codes\n\n## More {#codes}\n";
    let site = site.change("content/index.md", page);
    site.run(["check"]).code(1).err(str![[r#"
content/index.md:3:1: duplicate-id: `best--kotlin` has two hyphens in a row, which only ids of the theme have
  |
3 | ## Kotlin {#best--kotlin}
  | ^^^^^^^^^^^^^^^^^^^^^^^^^
hint: write `{#best-kotlin}`

content/index.md:7:1: duplicate-id: another heading of this page has the id `codes`
  |
7 | ## More {#codes}
  | ^^^^^^^^^^^^^^^^
content/index.md:5:1: the other heading
  |
5 | ## Codes
  | ^^^^^^^^
hint: write another id, or remove it so that the heading gets one of its own

2 errors

"#]]);
}

#[test]
fn suggestions_are_those_a_person_would_make() {
    let site = SiteTest::with(&[
        (
            "content/index.md",
            "# Home\n\n[x](x.md) [c](configs.md) [s](scaling) [m](b.mdx) [![b](b.png)](b.png)\n",
        ),
        ("content/b.md", "# B\n\nx\n"),
        ("content/notes/Aliases.md", "# Aliases\n\n[e](Example.md)\n"),
        (
            "content/guide/config.md",
            "# Config\n\n[scale](../scaling/#parts) [b](../../b/)\n",
        ),
        ("content/guide/scaling.md", "# Scaling\n\n## Parts\n\nx\n"),
    ]);
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
content/guide/config.md:3:1: broken-link: `../scaling/` is relative to the address of this page, not to its file
hint: write `scaling.md`
content/guide/config.md:3:28: broken-link: `../../b/` is relative to the address of this page, not to its file
hint: write `../b.md`
content/index.md:3:1: broken-link: this site has no page or file `x.md`
hint: write the path of a file in `content/`, relative to this one or starting with `/`
content/index.md:3:11: broken-link: this site has no page or file `configs.md`
hint: did you mean `/guide/config.md`?
content/index.md:3:27: broken-link: this site has no page or file `scaling`
hint: did you mean `/guide/scaling.md`?
content/index.md:3:40: broken-link: this site has no page or file `b.mdx`
hint: did you mean `/b.md`?
content/index.md:3:51: broken-link: this site has no page or file `b.png`
hint: write the path of a file in `content/`, relative to this one or starting with `/`
content/notes/Aliases.md:3:1: broken-link: this site has no page or file `notes/Example.md`
hint: write the path of a file in `content/`, relative to this one or starting with `/`

"#]]);
}

#[test]
fn brackets_that_are_printed_as_text_are_a_warning_at_most() {
    let page = "# Home\n\nSend fields[:index][name] and keywords[][id].\n\n[text][name] and a note[^gone], and one[^1].\n\n[^1]: There.\n";
    let site = SiteTest::with(&[("content/index.md", page)]);
    site.run(["check", "--format", "short"])
        .code(0)
        .err(str![[r#"
content/index.md:5:1: warning: broken-reference: `[name]` is not defined on this page, so readers see the brackets
hint: add a line `[name]: target`, or write the target in round brackets; if this is not a link, write `\[` or put it between backticks
content/index.md:5:24: warning: foreign-markup: readers see the raw markup of footnotes without a text: 1 time on 1 page
hint: add a line `[^name]: text of the note` to the page

"#]]);
}

#[test]
fn a_site_and_a_page_set_the_levels_of_rules() {
    let letters = "+++\n[rules.second-title]\nlevel = \"error\"\nreason = \"Letters have one title\"\n+++\n# A\n\n# B\n";
    let yaml = "---\nrules:\n  second-title: {level: off, reason: Two letters}\n---\n# A\n\n# B\n";
    let site = SiteTest::with(&[
        (
            "content/site.toml",
            "[rules]\nsecond-title = \"warning\"\nbroken-link = \"warning\"\n",
        ),
        (
            "content/index.md",
            "# Home\n\n# Second\n\n[gone](gone.md)\n",
        ),
        ("content/letters.md", letters),
        ("content/yaml.md", yaml),
    ]);
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
content/letters.md:8:1: second-title: `B` is a second title on this page
hint: write `##` for a section, or move the text to a page of its own
content/index.md:3:1: warning: second-title: `Second` is a second title on this page
hint: write `##` for a section, or move the text to a page of its own
content/index.md:5:1: warning: broken-link: this site has no page or file `gone.md`
hint: write the path of a file in `content/`, relative to this one or starting with `/`

"#]]);
    let site = site.remove("content/letters.md").change(
        "content/yaml.md",
        "---\nrules:\n  second-title: {level: off}\n  secret: {level: off, reason: x}\n  sekond-title: {level: off, reason: x}\n---\n# A\n",
    );
    let site = site.change("content/site.toml", "[rules]\nbroken-link = \"none\"\n");
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
content/index.md:5:1: broken-link: this site has no page or file `gone.md`
hint: write the path of a file in `content/`, relative to this one or starting with `/`
content/site.toml:2:16: unknown-value: `broken-link` needs a level
hint: write `"error"`, `"warning"`, `"info"` or `"off"`
content/yaml.md:3:3: missing-key: the rule `second-title` needs a `reason`
hint: say why this page may break the rule: `reason = "…"`
content/yaml.md:4:3: unknown-value: the level of `secret` cannot be changed
hint: remove the line: this rule protects readers, or nothing can be built without it
content/yaml.md:5:3: unknown-name: regain has no rule `sekond-title`
hint: did you mean `second-title`?
content/index.md:3:1: info: second-title: `Second` is a second title on this page
hint: write `##` for a section, or move the text to a page of its own

"#]]);
}

#[test]
fn diagnostics_become_github_annotations() {
    let site = SiteTest::with(&[(
        "site/content/index.md",
        "# Home\n\n[100%](gone.md)\n\n# Second\n\n[a][b]\n",
    )]);
    site.run(["check", "--root", "./site", "--format", "github"])
        .code(1)
        .out(str![[r#"
::error file=site/content/index.md,line=3,col=1,title=broken-link::this site has no page or file `gone.md`%0Ahint: write the path of a file in `content/`, relative to this one or starting with `/`
::warning file=site/content/index.md,line=7,col=1,title=broken-reference::`[b]` is not defined on this page, so readers see the brackets%0Ahint: add a line `[b]: target`, or write the target in round brackets; if this is not a link, write `\[` or put it between backticks
::notice file=site/content/index.md,line=5,col=1,title=second-title::`Second` is a second title on this page%0Ahint: write `##` for a section, or move the text to a page of its own

"#]]);
}

/// Every key of the JSON output is in the schema, with its type, and every required key is in the output.
#[test]
fn the_json_output_follows_its_schema() {
    let site = SiteTest::with(&[(
        "content/index.md",
        "# Home\n\n## A {#a}\n\n## B {#a}\n\n[x](gone.md) [y](https://host.example/)\n",
    )]);
    let output = site.run(["check", "--format", "json"]).stdout;
    let output: Value = serde_json::from_str(&output).expect("JSON");
    let path = tests_folder().join("../.readme/check.schema.json");
    let schema = std::fs::read_to_string(path).expect("a schema");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let mut wrong = Vec::new();
    hold(&output, &schema, ("", &schema), &mut wrong);
    assert!(wrong.is_empty(), "{}\n{output:#}", wrong.join("\n"));
}

/// Every kind that is rewritten, and what is left alone.
#[test]
#[allow(clippy::too_many_lines, reason = "one table")]
fn pages_of_another_tool_are_rewritten() {
    let cases = [
        (
            "> [!INFO] Only for teams\n> Text.\n",
            "> [!NOTE]\n> **Only for teams**\n>\n> Text.\n",
        ),
        (
            "- a\n\n  > [!danger]- Stop\n  > Text.\n",
            "- a\n\n  > [!CAUTION]\n  > **Stop**\n  >\n  > Text.\n",
        ),
        ("> [!NOTE]\n> Text.\n", "> [!NOTE]\n> Text.\n"),
        ("> [!cloud] Text\n", "> [!cloud] Text\n"),
        (
            "!!! warning \"Careful\"\n    One.\n\n    Two.\n\nNext.\n",
            "> [!WARNING]\n> **Careful**\n>\n> One.\n>\n> Two.\n\nNext.\n",
        ),
        (
            ":::danger\nStop.\n:::\n\nNext.\n",
            "> [!CAUTION]\n> Stop.\n\nNext.\n",
        ),
        (":::tabs\nStop.\n:::\n", ":::tabs\nStop.\n:::\n"),
        (
            ":::note\n:::tip\nStop.\n:::\n:::\n",
            ":::note\n> [!TIP]\n> Stop.\n:::\n",
        ),
        (
            "[[other page]], [[other|this]], ![[other page]], [[other page#None]], [[other page#First steps]]\n",
            "[other page](<sub/other page.md>), [[other|this]], ![[other page]], [[other page#None]], [other page](<sub/other page.md#first-steps>)\n",
        ),
        (
            "## Codes\n\n[[#Codes|there]]\n",
            "## Codes\n\n[there](#codes)\n",
        ),
        (
            "![[key.png]] `[[key.png]]`\n",
            "![](sub/key.png) `[[key.png]]`\n",
        ),
        (
            "Text %%ask Otto%% goes on.\n",
            "Text <!-- ask Otto --> goes on.\n",
        ),
        (
            "Text{: .big} and\n{:toc}\n\n## A\n{: #kept}\n",
            "Text and\n\n\n## A\n{: #kept}\n",
        ),
        (
            "(the form)[https://host.example/], [guide] (other.md), [b](the guide.md)\n",
            "[the form](https://host.example/), [guide](other.md), [b](<the guide.md>)\n",
        ),
        (
            "<a name=\"old\"></a>\n## Codes\n\n## <a id=\"x\"></a>Keys\n",
            "## Codes {#old}\n\n## Keys {#x}\n",
        ),
        (
            "See <a href=\"other.md\">this</a> and `<a href=\"x\">x</a>`.\n",
            "See [this](other.md) and `<a href=\"x\">x</a>`.\n",
        ),
        (
            "---\ndescription: What\nweight: 3\nlayout: page\n---\nText.\n",
            "---\nsummary: What\norder: 3\nlayout: page\n---\nText.\n",
        ),
        (
            "---\nsummary: a\ndescription: b\nweight: low\n---\nText.\n",
            "---\nsummary: a\ndescription: b\nweight: low\n---\nText.\n",
        ),
        (
            "{{ page.title }} {% include x %} {{< tabs >}}\n",
            "{{ page.title }} {% include x %} {{< tabs >}}\n",
        ),
        ("<!-- stays -->\n\nText.\n", "<!-- stays -->\n\nText.\n"),
    ];
    let mut site = SiteTest::with(&[
        (
            "content/sub/other page.md",
            "# Other page\n\n## First steps\n\nText.\n",
        ),
        ("content/sub/key.png", ""),
    ]);
    for (number, (before, _)) in cases.iter().enumerate() {
        site = site.change(&format!("content/{number}.md"), before);
    }
    let listed = site.run(["migrate"]);
    assert!(
        listed
            .stdout
            .contains("content/0.md: 1 callouts with a title"),
        "{}",
        listed.stdout
    );
    let read = |site: &SiteTest, number: usize| {
        std::fs::read_to_string(site.path(&format!("content/{number}.md"))).expect("a page")
    };
    for (number, (before, _)) in cases.iter().enumerate() {
        assert_eq!(
            read(&site, number),
            *before,
            "nothing is written without --write"
        );
    }
    site.run(["migrate", "--write"]).code(0);
    for (number, (before, after)) in cases.iter().enumerate() {
        assert_eq!(read(&site, number), *after, "{before}");
    }
}

fn hold(value: &Value, rule: &Value, (path, schema): (&str, &Value), wrong: &mut Vec<String>) {
    if let Some(name) = rule["$ref"].as_str() {
        let rule = &schema["$defs"][name.trim_start_matches("#/$defs/")];
        return hold(value, rule, (path, schema), wrong);
    }
    let fits = match rule["type"].as_str().expect("a type") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "number" => value.is_number(),
        other => panic!("{other} is not used"),
    };
    if !fits {
        wrong.push(format!("{path} is not of type {}", rule["type"]));
    }
    if let Some(allowed) = rule["enum"].as_array().filter(|one| !one.contains(value)) {
        wrong.push(format!("{path} is not in {allowed:?}"));
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        hold(
            item,
            &rule["items"],
            (&format!("{path}/{index}"), schema),
            wrong,
        );
    }
    for key in rule["required"].as_array().into_iter().flatten() {
        if value.get(key.as_str().expect("a name")).is_none() {
            wrong.push(format!("{path} lacks {key}"));
        }
    }
    for (key, item) in value.as_object().into_iter().flatten() {
        match rule["properties"].get(key) {
            Some(rule) => hold(item, rule, (&format!("{path}/{key}"), schema), wrong),
            None => wrong.push(format!("{path}/{key} is not in the schema")),
        }
    }
}
