//! What leads a reader on: the top level, folders, neighbors, the way back up.

use crate::harness::SiteTest;

#[test]
fn folders_and_pages_are_in_order() {
    let site = SiteTest::from_case("navigation/sections")
        .plain_theme()
        .build();
    site.check_file("index.html")
        .check_file("first/index.html")
        .check_file("first/b/index.html")
        .check_file("second/index.html")
        .check_file("second/inner/page/index.html")
        .check_file("third/index.html")
        .check_file("start-here/index.html");
}

#[test]
fn a_page_and_a_folder_with_the_same_name_are_one_section() {
    let site = SiteTest::with(&[
        ("content/guide.md", "# The guide\n"),
        ("content/guide/part.md", "# Part\n"),
    ])
    .plain_theme()
    .build();
    let part = site.built("guide/part/index.html");
    assert!(
        part.contains("<a href=\"../../guide/\">The guide</a> / "),
        "{part}"
    );
    let guide = site.built("guide/index.html");
    assert!(guide.contains("href=\"../guide/part/\""), "{guide}");
}

#[test]
fn a_long_folder_is_still_one_click_from_its_pages() {
    let mut site = SiteTest::with(&[("content/long/index.md", "# Long\n")]).plain_theme();
    for n in 0..120 {
        site = site.change(&format!("content/long/p{n:03}.md"), format!("# P{n:03}\n"));
    }
    let site = site.build();
    let index = site.built("long/index.html");
    for n in 0..120 {
        assert!(index.contains(&format!(">P{n:03}<")), "{n}");
    }
    let page = site.built("long/p060/index.html");
    assert!(
        page.contains("rel=\"prev\" href=\"../../long/p059/\"")
            && page.contains("rel=\"next\" href=\"../../long/p061/\""),
        "{page}"
    );
}

#[test]
fn the_search_page_lists_all_pages_of_a_small_site_and_the_top_level_of_a_large_one() {
    let with_pages = |count: usize| {
        let mut site = SiteTest::with(&[("content/long/index.md", "# Long\n")]);
        for n in 0..count {
            site = site.change(&format!("content/long/p{n:03}.md"), format!("# P{n:03}\n"));
        }
        site.build().built("search/index.html")
    };
    let small = with_pages(20);
    assert!(
        small.contains(">All pages<") && small.contains(">P019<"),
        "{small}"
    );
    let large = with_pages(150);
    assert!(
        large.contains(">All sections<") && large.contains("href=\"../long/\""),
        "{large}"
    );
    assert!(!large.contains(">P019<"), "{large}");
}

#[test]
fn a_mistake_is_reported_where_the_site_says_else_where_its_pages_are_edited() {
    let build = |keys: &str| {
        let service = "[service]\nname = \"Depot\"\nlink = \"depot\"\n";
        SiteTest::with(&[
            ("content/site.toml", &format!("{keys}\n{service}")),
            (
                "content/links.toml",
                "[depot]\nurl = \"https://depot.example/\"\ntitle = \"Depot\"\n",
            ),
            ("content/index.md", "# Home\n"),
            ("content/a/b.md", "# B\n"),
        ])
        .build()
    };
    let links = |site: &SiteTest, page: &str, text: &str| -> Vec<String> {
        let html = site.built(page);
        let links = html.split("<a ").skip(1);
        let links = links.filter(|link| link.contains(&format!(">{text}</a>")));
        let hrefs = links.filter_map(|link| link.split("href=\"").nth(1)?.split('"').next());
        hrefs.map(str::to_owned).collect()
    };
    let edit = "edit_url = \"https://code.example/edit/\"";
    let report = "Report a mistake";

    let site = build("feedback_url = \"mailto:guide@help.example?subject={page}\"");
    let address = "mailto:guide@help.example?subject=%2Fa%2Fb%2F";
    assert_eq!(links(&site, "a/b/index.html", report), [address]);
    let helped = links(&site, "a/b/index.html", "Did this help? Tell us");
    assert_eq!(helped, [address]);

    let site = build(&format!(
        "base_url = \"https://guide.example/\"\nfeedback_url = \"https://code.example/new?title={{page}}\"\n{edit}"
    ));
    assert_eq!(
        links(&site, "official/index.html", report),
        ["https://code.example/new?title=https%3A%2F%2Fguide%2Eexample%2Fofficial%2F"]
    );

    let site = build(edit);
    let address = "https://code.example/edit/a/b.md";
    assert_eq!(links(&site, "a/b/index.html", report), [address]);
    assert!(links(&site, "official/index.html", report).is_empty());
    assert!(links(&site, "a/b/index.html", "Did this help? Tell us").is_empty());

    let site = build("");
    assert!(links(&site, "a/b/index.html", report).is_empty());
}

#[test]
fn the_page_for_printing_has_every_guide_once_and_only_where_the_site_wants_it() {
    let site = SiteTest::with(&[
        (
            "content/site.toml",
            "base_url = \"https://guide.example/\"\nnav = [\"b/deep.md\", \"b\"]\n[publish]\nprint = true\n",
        ),
        ("content/index.md", "# Home\n\n[Deep](b/deep.md#part)\n"),
        ("content/a.md", "# A\n\n## Part\n\n[B](b/index.md), [here](#part), [more](b/deep.md)\n"),
        ("content/b/index.md", "# B\n\nText[^1].\n\n[^1]: Note.\n"),
        ("content/b/deep.md", "# Deep\n\n## Part\n\nText[^1].\n\n[^1]: Note.\n"),
    ])
    .build();
    let page = site.built("print/index.html");
    let ids = page.split(" id=\"").skip(1);
    let ids: Vec<_> = ids
        .into_iter()
        .filter_map(|rest| rest.split('"').next())
        .collect();
    let guides: Vec<_> = ids
        .iter()
        .filter(|id| id.starts_with("guide") && !id.contains("note"))
        .collect();
    assert_eq!(
        guides,
        [
            &"guide",
            &"guide--b--deep",
            &"guide--b--deep--part",
            &"guide--b",
            &"guide--a",
            &"guide--a--part"
        ]
    );
    for fragment in page
        .split("href=\"#")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
    {
        assert!(ids.contains(&fragment), "{fragment} in {ids:?}");
    }
    for link in [
        "#guide--b--deep--part\">Deep",
        "#guide--b\">B",
        "#guide--a--part\">here",
    ] {
        assert!(page.contains(link), "{link}: {page}");
    }
    assert!(
        page.contains("<meta name=\"robots\" content=\"noindex\">"),
        "{page}"
    );
    for file in ["sitemap.xml", "llms.txt"] {
        assert!(!site.built(file).contains("print"), "{file}");
    }
    let found = site.run(["search", "whole guide on one page"]);
    assert!(!found.stdout.contains("/print/"), "{}", found.stdout);

    let site = SiteTest::with(&[("content/index.md", "# Home\n")]).build();
    assert!(!site.public().contains_key("print/index.html"));
    assert!(!site.built("index.html").contains("print/"));
}
