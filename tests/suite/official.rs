//! The page of official addresses, which readers compare a message with.

use crate::harness::SiteTest;

#[test]
fn all_addresses_are_on_one_page() {
    let site = SiteTest::from_case("official/table").plain_theme().build();
    site.check_file("official/index.html")
        .check_file("index.html");
}

#[test]
fn the_default_theme_shows_each_address_in_full() {
    let site = SiteTest::from_case_input("official/table").build();
    let html = site.built("official/index.html");
    for words in [
        "https://service.example/login/",
        "help@service.example",
        "Where you sign in &amp; nowhere else.",
        "Sign in &lt;now&gt;",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    let home = site.built("index.html");
    assert!(
        home.contains("This isn&#39;t the official The Service site"),
        "{home}"
    );
}

#[test]
fn without_addresses_the_page_does_not_exist() {
    let site = SiteTest::with(&[]).build();
    assert!(!site.path("public/official").exists());
}
