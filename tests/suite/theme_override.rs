//! A site's own theme: file by file over the default one, or all of it.

use snapbox::str;

use crate::harness::SiteTest;
use crate::html::tags;

#[test]
fn one_template_and_a_few_texts_can_be_replaced() {
    let site = SiteTest::from_case_input("theme_override/parts").build();
    let html = site.built("index.html");
    for words in [
        "<p>My own home of Overridden.</p>",
        "<html lang=\"de-CH\"",
        "aria-label=\"Direkt zu: Eins\"",
        "class=\"skip-link\"",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(
        site.built("404.html")
            .contains("<h1>Seite nicht gefunden</h1>")
    );
    // Words the translation leaves out are English and not a hole.
    assert!(html.contains(">Skip to main content<"), "{html}");
}

#[test]
fn a_secret_in_a_template_is_reported() {
    // Put together here: a whole one in the repository would set off every scanner.
    let token = ["ghp", &"aB3".repeat(12)].join("_");
    let site = SiteTest::with(&[("themes/default/components/notice/notice.html", &token)]);
    let ran = site.run(["build"]);
    let said = &ran.code(1).stderr;
    let place = "themes/default/components/notice/notice.html:1:1: secret";
    assert!(said.contains(place), "{said}");
}

#[test]
fn a_complete_theme_needs_no_default_file() {
    let site = SiteTest::with(&[("content/a/b.md", "# B\n\n## C\n")])
        .plain_theme()
        .build();
    let html = site.built("a/b/index.html");
    assert!(
        tags(&html)
            .iter()
            .all(|tag| tag.name != "script" && tag.name != "link"),
        "{html}"
    );
}

#[test]
fn replacing_a_style_changes_only_its_bundle() {
    let plain = SiteTest::with(&[]).build();
    let own = SiteTest::with(&[("themes/default/css/tokens.css", ":root { --own: 1 }\n")]).build();
    assert!(
        own.built("assets/site.[HASH].css")
            .starts_with(":root { --own: 1 }\n")
    );
    let scripts = |site: &SiteTest| {
        let files = site.public().into_iter();
        files
            .filter(|(name, _)| name.ends_with(".js"))
            .collect::<Vec<_>>()
    };
    assert_eq!(scripts(&plain), scripts(&own));
}

#[test]
fn theme_lists_are_added_to_those_of_the_default() {
    let plain = SiteTest::with(&[]).build();
    let styles = plain.built("assets/site.[HASH].css");
    let head = "name = \"mine\"\nregain = \"0.1\"\n";
    let own = |lists: &str| {
        SiteTest::with(&[
            ("content/site.toml", "theme = \"mine\"\n"),
            ("themes/mine/theme.toml", &format!("{head}{lists}")),
            ("themes/mine/css/mine.css", ":root { --own: 1 }\n"),
            ("themes/mine/js/mine.js", "mine();\n"),
        ])
        .build()
    };
    let script = "[[script]]\npages = [\"*\"]\nfiles = [\"js/mine.js\"]\nname = ";
    let style = "styles = [\"css/mine.css\"]\n";

    let added = own(&format!("{style}{script}\"mine\"\n"));
    assert_eq!(
        added.built("assets/site.[HASH].css"),
        format!("{styles}:root {{ --own: 1 }}\n")
    );
    assert_eq!(added.built("assets/mine.[HASH].js"), "mine();\n");
    assert_eq!(
        added.built("assets/site.[HASH].js"),
        plain.built("assets/site.[HASH].js")
    );

    let replaced = own(&format!("{style}{script}\"site\"\n"));
    assert_eq!(replaced.built("assets/site.[HASH].js"), "mine();\n");
}

#[test]
fn a_missing_value_names_template_and_line() {
    let site = SiteTest::with(&[
        (
            "themes/default/components/pager/pager.html",
            "{% component pager(previous, next, @strings) -%}\n{% if next %}\n{{ next.titel }}\n{% endif %}\n{% endcomponent pager %}\n",
        ),
        ("content/a/b.md", "# B\n"),
        ("content/a/c.md", "# C\n"),
    ]);
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
themes/default/components/pager/pager.html:3:9: template: field `titel` is not defined
hint: did you mean `title`?

"#]]);
}

#[test]
fn unknown_filters_components_and_blocks_are_all_reported() {
    let site = SiteTest::with(&[(
        "themes/default/templates/home.html",
        "{% extends \"base.html\" %}\n{% block man %}{% endblock %}\n{% block main %}{{ page.title | shout }}\n{{<banner/>}}\n{{ now() }}{% endblock %}\n",
    )]);
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
themes/default/templates/home.html:2:10: template: block `man` is not defined in any parent template
themes/default/templates/home.html:3:33: template: unknown filter `shout`
themes/default/templates/home.html:4:3: template: unknown component `banner`
themes/default/templates/home.html:5:4: template: unknown function `now`

"#]]);
}

#[test]
fn an_unused_text_of_a_translation_is_reported() {
    let site = SiteTest::with(&[
        ("content/site.toml", "language = \"de\"\n"),
        (
            "themes/default/strings/de.toml",
            "mneu = \"Menü\"\nskip_to_content = 3\n",
        ),
    ]);
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
themes/default/strings/de.toml:1:9: unknown-key: this theme has no string `mneu`
hint: did you mean `menu`?
themes/default/strings/de.toml:2:19: wrong-type: `skip_to_content` must be text in quotes, not `3`

"#]]);
}

#[test]
fn a_theme_that_extends_nothing_has_only_what_it_lists() {
    let manifest = "name = \"default\"\nregain = \"0.1\"\nextends = \"nothing\"\nstyles = [\"css/own.css\"]\n\n[[script]]\nname = \"own\"\npages = [\"home\"]\nfiles = [\"js/own.js\"]\n";
    let site = SiteTest::with(&[
        ("content/site.toml", "[search]\nenabled = false\n"),
        ("content/a.md", "# A\n"),
        ("themes/default/theme.toml", manifest),
        ("themes/default/css/own.css", "body { color: black }\n"),
        ("themes/default/js/own.js", "\"own\";\n"),
    ])
    .build();
    let names: Vec<_> = site
        .built_files()
        .into_iter()
        .filter(|name| name.starts_with("assets/"))
        .collect();
    assert_eq!(names, ["assets/own.[HASH].js", "assets/site.[HASH].css"]);
    assert!(site.built("index.html").contains("assets/own."));
    assert!(!site.built("a/index.html").contains("assets/own."));
}

#[test]
fn a_script_that_cannot_be_built_or_is_on_no_page_is_reported() {
    let manifest = "name = \"own\"\nregain = \"0.1\"\nstyles = []\n\n[[script]]\nname = \"../own\"\npages = [\"guides\"]\nfiles = []\n\n[[script]]\nname = \"a\"\npages = [\"*\"]\nfiles = []\n\n[[script]]\nname = \"a\"\npages = [\"nowhere\"]\nfiles = [\"js/menu.css\"]\n";
    let site = SiteTest::with(&[("themes/default/theme.toml", manifest)]);
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
themes/default/theme.toml:6:9: bad-name: `../own` cannot be the name of a script
hint: use lower-case letters, digits and hyphens, such as `reading-time`
themes/default/theme.toml:7:11: unknown-value: `guides` is not a kind of page
hint: did you mean `guide`?
themes/default/theme.toml:16:9: duplicate-name: `a` is used twice
hint: give one of them another name, or put all files into one list
themes/default/theme.toml:17:11: unknown-value: `nowhere` is not a kind of page
hint: the kinds are: `*`, `404`, `checklist`, `guide`, `home`, `official`, `print`, `search`, `section`, `triage`
themes/default/theme.toml:18:11: theme-file: this theme has no file `js/menu.css`
hint: add the file or remove its name here

"#]]);
}

#[test]
fn an_unused_theme_file_is_reported() {
    let site = SiteTest::with(&[
        ("themes/default/css/mine.css", "a { color: red }\n"),
        ("themes/default/template/home.html", "<p>Hello</p>\n"),
        ("themes/default/README.md", "# For people\n"),
    ]);
    site.run(["check", "--format", "short"])
        .code(0)
        .err(str![[r#"
themes/default/css/mine.css:1:1: warning: theme-file: nothing uses `css/mine.css`
hint: add it to the lists of `theme.toml`, or remove it
themes/default/template/home.html:1:1: warning: theme-file: nothing uses `template/home.html`
hint: move it to `templates/` or `components/`

"#]]);
}

#[test]
fn a_missing_text_does_not_list_all_others() {
    let home = "{% extends \"base.html\" %}\n{% block main %}<h1>{{ strings.banner_of_my_own }}</h1>{% endblock %}\n";
    let site = SiteTest::with(&[("themes/default/templates/home.html", home)]);
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
themes/default/templates/home.html:2:32: template: field `banner_of_my_own` is not defined

"#]]);
}

#[test]
fn one_text_can_be_changed_without_copying_the_others() {
    let site = SiteTest::with(&[(
        "themes/default/strings/en.toml",
        "skip_to_content = \"To the text\"\n",
    )])
    .build();
    let html = site.built("index.html");
    assert!(html.contains(">To the text<"), "{html}");
    assert!(html.contains(">Search<"), "{html}");
}

#[test]
fn a_theme_without_a_version_is_told_which_to_write() {
    let site = SiteTest::with(&[("themes/default/theme.toml", "name = \"mine\"\n")]);
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
themes/default/theme.toml:1:1: missing-key: `regain` is missing
hint: add a line `regain = "0.1"`

"#]]);
}

#[test]
fn translations_are_compared_with_the_default_and_keep_labels() {
    let checklist = "title = \"Anfrage\"\n[[group]]\nid = \"a\"\ntitle = \"Konto\"\n[[detail]]\nid = \"name\"\ngroup = \"a\"\nlabel = \"Benutzername\"\nkind = \"line\"\nrequired = true\nexample = \"muster\"\n[[request]]\nid = \"r\"\ntitle = \"Anfrage\"\nchannel = \"text\"\n[[request.field]]\nlabel = \"Name\"\ntext = \"{name}\"\n";
    let site = SiteTest::with(&[
        (
            "content/site.toml",
            "title = \"Hilfe\"\nlanguage = \"de\"\n",
        ),
        ("content/checklist.toml", checklist),
    ]);
    site.run(["check", "--format", "short"])
        .code(0)
        .err(str![[r#"
content/site.toml:2:13: info: language: the theme has no strings in `de`, so buttons and headings stay English
hint: add the ones you need to `themes/default/strings/de.toml`: `menu = "…"`

"#]]);
    let site = site.change(
        "themes/default/strings/de.toml",
        "error_enter = \"{lable} eingeben\"\n",
    );
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
themes/default/strings/de.toml:1:16: unknown-name: nothing fills the gap `{lable}` here
hint: did you mean `{label}`?

"#]]);
    let site = site
        .change(
            "themes/default/strings/de.toml",
            "error_enter = \"{label} eingeben\"\n",
        )
        .build();
    let html = site.built("checklist/index.html");
    assert!(
        html.contains("\"error_enter\":\"{label} eingeben\""),
        "{html}"
    );
}

#[test]
fn a_script_can_only_ask_for_strings_that_exist() {
    let manifest = "name = \"own\"\nregain = \"0.1\"\n\n[[script]]\nname = \"a\"\npages = [\"*\"]\nfiles = []\nstrings = [\"copeid\"]\n";
    let site = SiteTest::with(&[("content/index.md", "# A\n")])
        .change("themes/default/theme.toml", manifest);
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
themes/default/theme.toml:8:13: theme-file: this theme has no string `copeid`
hint: did you mean `copied`?

"#]]);
}
