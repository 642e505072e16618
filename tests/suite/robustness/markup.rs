//! HTML, templates and themes: content is never code.

use super::*;

#[test]
fn raw_html_is_refused_or_shown() {
    let mut rows = Rows::default();
    for html in [
        "<b>b</b>",
        "a<br>",
        "<script>alert(1)</script>",
        "<?php ?>",
        "<![CDATA[x]]>",
        "<x-y>",
        "</div>",
    ] {
        rows.page(format!("# A\n\n{html}\n"), Fail("content/index.md:3:"));
        let site = SiteTest::with(&[
            ("content/site.toml", "[markdown]\nraw_html = \"text\"\n"),
            ("content/index.md", &format!("# A\n\n{html}\n")),
        ])
        .build();
        let shown = html
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let main = site.built("index.html");
        assert!(main.contains(&shown), "{html}: {main}");
    }
}

#[test]
fn content_never_becomes_a_template_or_markup() {
    let text = "{{ 1234567 * 8 }} {% if x %} {# y #} </script> \\<!-- \u{2028}";
    let toml = "'''</title>{{ 1234567 * 8 }}<script>\"&'''";
    let site = SiteTest::with(&[
        ("content/site.toml", &format!("title = {toml}\ndescription = {toml}\n[rules]\nforeign-markup = \"off\"\n[markdown]\nraw_html = \"text\"\n")),
        ("content/index.md", &format!("+++\ntitle = {toml}\nsummary = {toml}\ntakes = {toml}\nneeds = [{toml}]\nsources = [{toml}]\nkeywords = [{toml}]\n+++\n\n# A {text}\n\n## {text}\n\n{text}\n\n```{text}\n{text}\n```\n")),
        ("content/a.md", "# B\n"),
        ("content/links.toml", &format!("[a]\nurl = \"https://a.example/\"\ntitle = {toml}\npurpose = {toml}\n")),
    ]).build();
    for page in [
        "index.html",
        "a/index.html",
        "official/index.html",
        "search/index.html",
        "404.html",
    ] {
        let html = site.built(page);
        assert!(!html.contains("9876536"), "{page}: {html}");
        for markup in ["<script>", "</title>{{", "<!--"] {
            assert!(!html.contains(markup), "{page} holds {markup}: {html}");
        }
    }
}

#[test]
fn templates_that_cannot_be_used_name_their_line() {
    let mut rows = Rows::default();
    let long_chain = format!("{{{{ {}1 }}}}", "1+".repeat(100_000));
    let long_tags = "{% if true %}".repeat(10_000);
    let parens = format!("{{{{ {}1{} }}}}", "(".repeat(50_000), ")".repeat(50_000));
    let not = format!("{{{{ {}true }}}}", "not ".repeat(50_000));
    let pipes = format!("{{{{ page.title {} }}}}", "| trim ".repeat(30_000));
    let dots = format!("{{{{ page{} }}}}", ".a".repeat(100_000));
    let lists = format!("{{{{ {}{} }}}}", "[".repeat(100_000), "]".repeat(100_000));
    let minus = format!("{{{{ {}1 }}}}", "-".repeat(100_000));
    let tests = format!("{{{{ 1 {} }}}}", "~ 1 ".repeat(60_000));
    for (template, line) in [
        ("{{ page.titel }}", 1),
        ("\n{{ page.title | nofilter }}", 2),
        ("\n\n{{ nothing }}", 3),
        ("{{<nocomponent/>}}", 1),
        ("{% include \"home.html\" %}", 1),
        ("{% extends \"home.html\" %}", 1),
        ("{% extends \"nowhere.html\" %}", 1),
        ("{% include \"../../content/site.toml\" %}", 1),
        ("{% include \"/etc/passwd\" %}", 1),
        ("{% if %}", 1),
        ("{{ 1", 1),
        ("{% for a in page %}", 1),
        (&long_chain, 1),
        (&long_tags, 1),
        (&parens, 1),
        (&not, 1),
        (&pipes, 1),
        (&dots, 1),
        (&lists, 1),
        (&minus, 1),
        (&tests, 1),
    ] {
        let site = SiteTest::with(&[("themes/default/templates/home.html", template)]);
        let start = format!("themes/default/templates/home.html:{line}:");
        rows.site(&format!("{template:.40}"), &site, Fail(&start));
    }
}

#[test]
fn a_theme_name_is_a_single_folder() {
    let mut rows = Rows::default();
    for name in [
        "../evil", "a/b", "..", ".", "", "/etc", "A", "a b", "nowhere",
    ] {
        rows.file(
            "content/site.toml",
            format!("theme = \"{name}\"\n"),
            Fail("content/site.toml:1:"),
        );
    }
}
