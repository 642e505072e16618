//! What search engines, link previews, feed readers and language models get.

use snapbox::{IntoData, assert_data_eq, str};

use crate::harness::SiteTest;

fn site() -> SiteTest {
    SiteTest::with(&[
        (
            "content/site.toml",
            "title = \"Help & more\"\nbase_url = \"https://a.example/docs/\"\n",
        ),
        (
            "content/links.toml",
            "[reset]\nurl = \"https://service.example/reset/\"\ntitle = \"the reset page\"\npurpose = \"Resets.\"\n",
        ),
        ("content/a/index.md", "# All about A\n\n## X\n"),
        (
            "content/a/b.md",
            "+++\nsummary = \"What B [gets](link:reset) you.\"\nreviewed = 2026-09-30\n+++\n\n# B \"quoted\"\n\n\
             [A *page*](index.md#x), [](link:reset), [one][two], ![an image](a.png) and [outside](https://o.example/).\n\n\
             ## Who?\n\nYou `</script>`.\n\n## What \\<now>?\n\nThis: [![an image](a.png)](../index.md).\n\n[two]: ../index.md\n\n## X\n\nNo question.\n",
        ),
        ("content/a/a.png", "no image"),
    ])
}

#[test]
fn a_guide_is_published_as_markdown_with_absolute_addresses() {
    let site = site().build();
    assert_data_eq!(site.built("a/b/index.md"), str![[r##"
# B "quoted"

[A *page*](https://a.example/docs/a/#x), [the reset page](https://service.example/reset/), [one](https://a.example/docs/), ![an image](https://a.example/docs/a/a.png) and [outside](https://o.example/).

## Who?

You `</script>`.

## What \<now>?

This: [![an image](https://a.example/docs/a/a.png)](https://a.example/docs/).

[two]: ../index.md

## X

No question.

"##]].raw());
}

#[test]
fn every_page_has_icons_which_files_of_the_site_replace() {
    let site = site().build();
    let html = site.built("a/b/index.html");
    for (link, file) in [
        (
            r#"rel="icon" href="../../favicon.ico" sizes="32x32""#,
            "favicon.ico",
        ),
        (
            r#"rel="icon" href="../../icons/favicon.svg""#,
            "icons/favicon.svg",
        ),
        (
            r#"rel="apple-touch-icon" href="../../icons/apple-touch-icon.png""#,
            "icons/apple-touch-icon.png",
        ),
    ] {
        assert!(html.contains(link), "{link}: {html}");
        assert!(site.path("public").join(file).exists(), "{file}");
    }
    let site = site
        .change("content/favicon.ico", "mine")
        .change(
            "content/icons/favicon.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        )
        .build();
    assert_eq!(site.built("favicon.ico"), "mine");
    assert!(site.built("icons/favicon.svg").contains("2000/svg\"/>"));
}

#[test]
fn the_head_describes_the_page() {
    let html = site().build().built("a/b/index.html");
    let start = html
        .find("<link rel=\"canonical\"")
        .expect("a canonical address");
    let end = html.find("<link rel=\"icon\"").expect("an icon");
    assert_data_eq!(&html[start..end], str![[r#"
<link rel="canonical" href="https://a.example/docs/a/b/">
<link rel="alternate" type="application/atom+xml" href="../../feed.xml" title="Help &amp; more">
<link rel="alternate" type="text/markdown" href="index.md">
<meta property="og:site_name" content="Help &amp; more">
<meta property="og:type" content="article">
<meta property="og:url" content="https://a.example/docs/a/b/">
<meta property="og:title" content="B &quot;quoted&quot;">
<meta property="og:description" content="What B gets you.">
<meta name="twitter:card" content="summary">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"name":"Home","item":"https://a.example/docs/"},{"@type":"ListItem","position":2,"name":"All about A","item":"https://a.example/docs/a/"},{"@type":"ListItem","position":3,"name":"B \"quoted\"","item":"https://a.example/docs/a/b/"}]},{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"Who?","acceptedAnswer":{"@type":"Answer","text":"You \u003c/script\u003e."}},{"@type":"Question","name":"What \u003cnow\u003e?","acceptedAnswer":{"@type":"Answer","text":"This: an image."}}]}]}</script>


"#]].raw());
}

#[test]
fn feed_sitemap_and_llms_txt_list_every_page() {
    let newer =
        "+++\nsummary = \"One\\ntwo.\"\nreviewed = 2026-10-01\n+++\n# The [C] & it's\n\nText.\n";
    let site = site().change("content/a/c & d.md", newer).build();
    let lists = ["llms.txt", "feed.xml", "sitemap.xml"].map(|name| site.built(name));
    assert_data_eq!(
        lists.join("\n"),
        str![[r##"
# Help & more

## Pages

- [Hello](https://a.example/docs/index.md)
- [All about A](https://a.example/docs/a/index.md)
- [B "quoted"](https://a.example/docs/a/b/index.md): What B gets you.
- [The \[C\] & it's](https://a.example/docs/a/c%20%26%20d/index.md): One two.
- [Official addresses](https://a.example/docs/official/)
- [Search](https://a.example/docs/search/)

<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
<id>https://a.example/docs/</id>
<title>Help &amp; more</title>
<updated>2026-10-01T00:00:00Z</updated>
<author><name>Help &amp; more</name></author>
<link href="https://a.example/docs/"/>
<link rel="self" href="https://a.example/docs/feed.xml"/>
<entry>
<id>https://a.example/docs/a/c%20%26%20d/</id>
<title>The [C] &amp; it&apos;s</title>
<updated>2026-10-01T00:00:00Z</updated>
<link href="https://a.example/docs/a/c%20%26%20d/"/>
<summary>One two.</summary>
</entry>
<entry>
<id>https://a.example/docs/a/b/</id>
<title>B &quot;quoted&quot;</title>
<updated>2026-09-30T00:00:00Z</updated>
<link href="https://a.example/docs/a/b/"/>
<summary>What B gets you.</summary>
</entry>
</feed>

<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>https://a.example/docs/</loc></url>
<url><loc>https://a.example/docs/a/</loc></url>
<url><loc>https://a.example/docs/a/b/</loc><lastmod>2026-09-30</lastmod></url>
<url><loc>https://a.example/docs/a/c%20%26%20d/</loc><lastmod>2026-10-01</lastmod></url>
<url><loc>https://a.example/docs/official/</loc></url>
<url><loc>https://a.example/docs/search/</loc></url>
</urlset>

"##]]
        .raw()
    );
}

#[test]
fn the_feed_lists_only_the_guides_reviewed_last() {
    let guides = (1..=51).map(|number| {
        let day = if number == 7 {
            "2026-01-01"
        } else {
            "2026-09-30"
        };
        let path = format!("content/guide-{number}.md");
        let text = format!("+++\nreviewed = {day}\n+++\n# Guide {number}\n\nText.\n");
        (path, text)
    });
    let site = guides.fold(site().remove("content/a/b.md"), |site, (path, text)| {
        site.change(&path, text)
    });
    let feed = site.build().built("feed.xml");
    assert_eq!(feed.matches("<entry>").count(), 50);
    assert!(!feed.contains("/guide-7/"), "{feed}");
}

#[test]
fn a_site_without_a_host_has_none_of_these() {
    let site = site()
        .change("content/site.toml", "title = \"Help\"\n")
        .build();
    for file in ["a/b/index.md", "llms.txt", "feed.xml", "sitemap.xml"] {
        assert!(!site.path("public").join(file).exists(), "{file}");
    }
    let html = site.built("a/b/index.html");
    assert!(
        !html.contains("og:") && !html.contains("ld+json") && !html.contains("alternate"),
        "{html}"
    );
}

#[test]
fn numbered_steps_are_structured_data() {
    let site = SiteTest::with(&[
        (
            "content/site.toml",
            "title = \"T\"\nbase_url = \"https://a.example/\"\n",
        ),
        (
            "content/a.md",
            "# Get in\n\n- x\n\n  1. y\n  2. z\n\n## Steps\n\n1. **Open** it.\n2. Look:\n   - here\n   - there\n",
        ),
        ("content/b.md", "# B\n\n1. Only one.\n"),
    ])
    .build();
    let steps = r#"{"@type":"HowTo","name":"Get in","step":[{"@type":"HowToStep","text":"Open it."},{"@type":"HowToStep","text":"Look:\nhere\nthere"}]}"#;
    let page = site.built("a/index.html");
    assert!(page.contains(steps), "{page}");
    assert!(!site.built("b/index.html").contains("HowTo"));
}
