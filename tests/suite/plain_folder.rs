//! A folder of Markdown that was written for another tool builds as it is.

use crate::harness::SiteTest;

#[test]
fn builds_with_navigation_search_and_working_links() {
    let site = SiteTest::from_case("plain_folder/handbook")
        .plain_theme()
        .build();
    site.check_tree()
        .check_file("index.html")
        .check_file("guides/index.html")
        .check_file("guides/reset/index.html")
        .check_file("reference/deep/limits/index.html");
}
