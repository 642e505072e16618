//! Every kind of link and where it leads.

use crate::harness::SiteTest;

#[test]
fn every_kind_of_link_resolves() {
    let site = SiteTest::from_case("links/kinds").plain_theme().build();
    site.check_file("b/index.html");
}

#[test]
fn differently_encoded_names_are_the_same() {
    // A file whose name holds `e` and an accent, and a link whose author's system joins the two.
    let site = SiteTest::with(&[
        (
            "content/caf\u{65}\u{301}.md",
            "# Caf\u{e9}\n\n## \u{e9}t\u{e9}\n",
        ),
        (
            "content/a.md",
            "# A\n\n[x](caf\u{e9}.md#e\u{301}te\u{301}) [y](caf%C3%A9.md) [z](/cafe\u{301}/)\n",
        ),
        ("content/pi\u{65}\u{301}ce.png", "x"),
        ("content/b.md", "# B\n\n![a piece](pi\u{e9}ce.png)\n"),
    ])
    .build();
    assert!(
        site.path("public/caf\u{e9}/index.html").is_file(),
        "{:?}",
        site.built_files()
    );
}

#[test]
fn only_outside_links_show_their_host() {
    let site = SiteTest::with(&[(
        "content/index.md",
        "# Home\n\n[a](https://a.example/) [b](index.md) <https://a.example/>\n",
    )])
    .plain_theme()
    .build();
    let html = site.built("index.html");
    assert_eq!(html.matches("(a.example)").count(), 2, "{html}");
}

#[test]
fn links_are_checked_without_drafts() {
    let site = SiteTest::with(&[
        ("content/draft.md", "+++\ndraft = true\n+++\n# Draft\n"),
        ("content/a.md", "# A\n\n[draft](draft.md)\n"),
    ]);
    site.run(["build"]).code(1);
    site.build_with(["--drafts"]);
}
