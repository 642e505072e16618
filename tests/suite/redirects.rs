//! Old addresses lead to new ones, with and without a host that knows redirects.

use snapbox::str;

use crate::harness::SiteTest;

#[test]
fn old_addresses_redirect_by_page_and_by_host_rule() {
    let site = SiteTest::from_case("redirects/both").plain_theme().build();
    site.check_tree()
        .check_file("_redirects")
        .check_file("old/index.html")
        .check_file("older.html")
        .check_file("deep/er/page.html")
        .check_file("guides/fr\u{fc}her/index.html")
        .check_file("a b/index.html");
}

#[test]
fn contradictory_redirects_are_refused() {
    let site = SiteTest::with(&[
        (
            "content/a.md",
            "+++\naliases = [\"/x/\", \"not an address\", \"/b/\", \"../up/\"]\n+++\n# A\n",
        ),
        (
            "content/b.md",
            "+++\naliases = [\"/x/\", \"https://a.example/\", \"/B/\"]\n+++\n# B\n",
        ),
        (
            "content/site.toml",
            "[[publish.redirect]]\nfrom = \"/y/\"\nto = \"/z/\"\n[[publish.redirect]]\nfrom = \"/z/\"\nto = \"/y/\"\n[[publish.redirect]]\nfrom = \"/q/\"\nto = \"https://a.example/\"\n[[publish.redirect]]\nfrom = \"/r/\"\nto = \"/a/#nowhere\"\n",
        ),
    ]);
    site.run(["check"]).code(1).err(str![[r#"
content/a.md:2:38: redirect: `/b/` is already a page or file of this site
  |
2 | aliases = ["/x/", "not an address", "/b/", "../up/"]
  |                                      ^^^
hint: remove the redirect, or give that page another address

content/a.md:2:45: redirect: `../up/` is not an address on this site
  |
2 | aliases = ["/x/", "not an address", "/b/", "../up/"]
  |                                             ^^^^^^
hint: write an old address such as `/old/page/` or `/old.html`

content/b.md:2:13: redirect: `/x/` redirects to /a/ and to /b/
  |
2 | aliases = ["/x/", "https://a.example/", "/B/"]
  |             ^^^
content/a.md:2:13: the first one
  |
2 | aliases = ["/x/", "not an address", "/b/", "../up/"]
  |             ^^^
hint: remove one of them

content/b.md:2:20: redirect: `https://a.example/` is not an address on this site
  |
2 | aliases = ["/x/", "https://a.example/", "/B/"]
  |                    ^^^^^^^^^^^^^^^^^^
hint: write an old address such as `/old/page/` or `/old.html`

content/b.md:2:42: redirect: `/B/` is already a page or file of this site
  |
2 | aliases = ["/x/", "https://a.example/", "/B/"]
  |                                          ^^^
hint: remove the redirect, or give that page another address

content/site.toml:3:7: broken-link: this site has no page `/z/`
  |
3 | to = "/z/"
  |       ^^^
hint: write the address of a page, such as `/request/`

content/site.toml:6:7: broken-link: this site has no page `/y/`
  |
6 | to = "/y/"
  |       ^^^
hint: write the address of a page, such as `/request/`

content/site.toml:9:7: broken-link: this site has no page `https://a.example/`
  |
9 | to = "https://a.example/"
  |       ^^^^^^^^^^^^^^^^^^
hint: write the address of a page, such as `/request/`

content/site.toml:12:7: broken-anchor: /a/ has no heading `#nowhere`
   |
12 | to = "/a/#nowhere"
   |       ^^^^^^^^^^^
hint: link to one of its headings, or to the page itself

9 errors

"#]]);
}
