//! Where pages live, and how they lead to each other under any base address.

use crate::harness::SiteTest;
use crate::html::tags;

#[test]
fn addresses_are_clean_and_work_below_a_path() {
    let site = SiteTest::from_case("addresses/pretty")
        .plain_theme()
        .build();
    site.check_tree()
        .check_file("index.html")
        .check_file("guides/Lost Phone/index.html")
        .check_file("guides/deep/er/page/index.html")
        .check_file("404.html")
        .check_file("sitemap.xml")
        .check_file("robots.txt")
        .check_file("_headers");
}

#[test]
fn only_the_404_page_and_host_files_know_the_base_path() {
    let build = |base: &str| {
        let site = SiteTest::from_case_input("addresses/pretty");
        site.build_with(["--base-url", base]).public()
    };
    // Without a host no page has an address in full.
    let (one, other) = (build("/"), build("/elsewhere/"));
    let different: Vec<_> = one
        .iter()
        .filter(|(name, bytes)| other[*name] != **bytes)
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(different, ["404.html", "_headers", "manifest.json"]);
}

#[test]
fn the_404_page_links_to_the_root_from_anywhere() {
    for (base, root) in [
        ("https://help.example/docs/", "/docs/"),
        ("https://help.example", "/"),
        ("/a/b", "/a/b/"),
    ] {
        let site = SiteTest::from_case_input("addresses/pretty").build_with(["--base-url", base]);
        for tag in tags(&site.built("404.html")) {
            for key in ["href", "src", "action", "data-search-src"] {
                let Some(value) = tag.get(key) else { continue };
                let ours = value.starts_with(root) || value.starts_with('#');
                assert!(ours, "{base}: {key}={value}");
            }
        }
    }
}
