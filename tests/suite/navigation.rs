//! What leads a reader on: the top level, folders, neighbours, the way back up.

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
