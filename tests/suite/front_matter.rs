//! What a page says of itself, in TOML or YAML, or not at all.

use crate::harness::SiteTest;

#[test]
fn toml_and_yaml_front_matter_are_equivalent() {
    let site = SiteTest::from_case("front_matter/all_keys")
        .plain_theme()
        .build();
    site.check_file("index.html")
        .check_file("toml/index.html")
        .check_file("yaml/index.html")
        .check_file("rule/index.html")
        .check_file("empty-page/index.html")
        .check_file("nothing/index.html");
}
