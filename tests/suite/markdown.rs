//! Markdown as authors write it, and the whole page it becomes.

use snapbox::{IntoData as _, str};

use crate::harness::{SiteTest, assert_eq_text};
use crate::html::tags;

#[test]
fn every_markdown_feature_renders() {
    let site = SiteTest::from_case("markdown/everything").plain_theme();
    site.run(["build"]).code(0);
    site.check_file("index.html");
}

#[test]
fn heading_ids_never_collide_with_the_theme_or_footnotes() {
    let plain = SiteTest::with(&[
        ("content/index.md", "# Home\n\ntext[^1]\n\n[^1]: note\n"),
        ("content/guide.md", "# Guide\n\ntext[^1]\n\n[^1]: note\n"),
        (
            "content/folder/index.md",
            "# Folder\n\ntext[^1]\n\n[^1]: note\n",
        ),
        ("content/folder/page.md", "# Page\n"),
    ])
    .build();
    for page in ["index", "guide", "folder/index"] {
        let built = if page == "guide" {
            "guide/index.html".to_owned()
        } else {
            format!("{page}.html")
        };
        let taken: Vec<_> = ids(&plain.built(&built));
        // Headings that say each of these names, and headings that claim them.
        let headings: String = taken.iter().map(|id| format!("## {id}\n\n")).collect();
        let text = format!("# Home\n\ntext[^1]\n\n[^1]: note\n\n{headings}");
        let site = SiteTest::with(&[
            ("content/folder/page.md", "# Page\n"),
            (&format!("content/{page}.md"), &text),
        ])
        .build();
        let mut ids = ids(&site.built(&built));
        ids.sort();
        let twice: Vec<_> = ids.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{page}: {twice:?}");
    }
}

#[test]
fn a_heading_cannot_claim_a_name_of_the_theme() {
    let site = SiteTest::with(&[("content/a.md", "# A\n\n## B {#page--main}\n")]);
    site.run(["check", "--format", "short"])
        .code(1)
        .err(str![[r#"
content/a.md:3:1: duplicate-id: `page--main` has two hyphens in a row, which only ids of the theme have
hint: write `{#page-main}`

"#]]);
}

#[test]
fn nested_markup_stays_whole() {
    let site = SiteTest::with(&[(
        "content/index.md",
        "# Home\n\n> - [ ] a\n>\n>   ```\n>   code\n>   ```\n>\n>   | a |\n>   | - |\n>   | b |\n\n1. > [!NOTE]\n   > x\n\n- [^1]\n\n[^1]: - a[^2]\n\n    > b\n\n    [^2]: inner\n",
    )])
    .plain_theme()
    .build();
    let html = site.built("index.html");
    let mut open: Vec<String> = Vec::new();
    for token in html5gum::Tokenizer::new(&html).flatten() {
        match token {
            html5gum::Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                if !["meta", "link", "br", "img", "input", "hr"].contains(&&*name) {
                    open.push(name);
                }
            }
            html5gum::Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                assert_eq!(open.pop(), Some(name), "{html}");
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "{open:?}");
    assert!(html.contains("inner"), "{html}");
}

#[test]
fn raw_html_is_shown_as_text_if_the_site_allows_it() {
    let site = SiteTest::with(&[
        ("content/site.toml", "[markdown]\nraw_html = \"text\"\n"),
        (
            "content/index.md",
            "# Home\n\n<details>\n<summary>More</summary>\n\nText <kbd>Enter</kbd>\n\n</details>\n",
        ),
    ])
    .plain_theme()
    .build();
    let html = site.built("index.html");
    let main = html.split("<main>").nth(1).unwrap_or_default();
    let main = main.split("</main>").next().unwrap_or_default();
    assert_eq_text(
        main.to_owned(),
        str![[r#"

<h1>Home</h1>
<p>&lt;details&gt;
&lt;summary&gt;More&lt;/summary&gt;
</p>
<p>Text &lt;kbd&gt;Enter&lt;/kbd&gt;</p>
<p>&lt;/details&gt;
</p>

"#]]
        .into_data(),
    );
}

#[test]
fn images_have_their_size_if_it_is_known() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"340\" height=\"20\"/>";
    let html = SiteTest::with(&[
        (
            "content/index.md",
            "# A\n\n![a](a.svg) ![b](b.jpg)\n\n[a](a.svg)\n",
        ),
        ("content/a.svg", svg),
        ("content/b.jpg", "x"),
    ])
    .plain_theme()
    .build()
    .built("index.html");
    for expected in [
        "<img src=\"./a.svg\" width=\"340\" height=\"20\" alt=\"a\" loading=\"lazy\">",
        "<img src=\"./b.jpg\" alt=\"b\" loading=\"lazy\">",
        "<a href=\"./a.svg\">a</a>",
    ] {
        assert!(html.contains(expected), "{expected} in\n{html}");
    }
}

fn ids(html: &str) -> Vec<String> {
    tags(html)
        .iter()
        .filter_map(|tag| tag.get("id").map(str::to_owned))
        .collect()
}
