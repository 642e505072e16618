//! What search engines read: `sitemap.xml` and `robots.txt`.
//!
//! In: the base address and the pages. Out: text. Which pages are worth listing is the caller's
//! choice.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::address;
use crate::ids::{BaseUrl, UrlPath};

/// A page search engines should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// Its address.
    pub url: UrlPath,
    /// When it was last checked against its sources.
    pub reviewed: Option<Date>,
}

/// The text of `sitemap.xml`.
///
/// The format wants absolute addresses. A site that does not know its host yet lists its pages from
/// the root and says so: the list is still good for people and link checkers, and `robots.txt` leads
/// no search engine to it.
pub fn sitemap(base: &BaseUrl, pages: &[Page]) -> String {
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    if base.origin().is_none() {
        text.push_str("<!-- base_url names no host, so addresses start at the site's root -->\n");
    }
    text.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for page in pages {
        let location = format!(
            "{}{}",
            base.origin().unwrap_or_default(),
            address(base, page.url.as_str())
        );
        // Writing to a string cannot fail.
        let _ = write!(text, "<url><loc>{}</loc>", escaped(&location));
        if let Some(date) = page.reviewed {
            let _ = write!(text, "<lastmod>{date}</lastmod>");
        }
        text.push_str("</url>\n");
    }
    text.push_str("</urlset>\n");
    text
}

/// The text of `robots.txt`: everything may be read, and where the list of pages is.
pub fn robots(base: &BaseUrl) -> String {
    let mut text = String::from("User-agent: *\nDisallow:\n");
    if let Some(origin) = base.origin() {
        let _ = write!(
            text,
            "\nSitemap: {origin}{}\n",
            address(base, "sitemap.xml")
        );
    }
    text
}

/// XML text; quotes and angle brackets are percent-encoded already, but a base path is the author's.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('\'', "&apos;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages() -> Vec<Page> {
        vec![
            Page {
                url: UrlPath::home(),
                reviewed: None,
            },
            Page {
                url: UrlPath::of_parts(["q&a", "é"]),
                reviewed: Some(jiff::civil::date(2026, 9, 30)),
            },
        ]
    }

    #[test]
    fn pages_stand_with_their_full_address_and_review_date() {
        let base = BaseUrl::parse("https://a.example/docs/").expect("a good base");
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
            <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
            <url><loc>https://a.example/docs/</loc></url>\n\
            <url><loc>https://a.example/docs/q%26a/%C3%A9/</loc>\
            <lastmod>2026-09-30</lastmod></url>\n\
            </urlset>\n";
        assert_eq!(sitemap(&base, &pages()), expected);
        assert_eq!(
            robots(&base),
            "User-agent: *\nDisallow:\n\nSitemap: https://a.example/docs/sitemap.xml\n"
        );
    }

    #[test]
    fn without_a_host_addresses_start_at_the_root_and_robots_name_no_sitemap() {
        let base = BaseUrl::parse("/docs/").expect("a good base");
        assert!(sitemap(&base, &pages()).contains("<loc>/docs/q%26a/%C3%A9/</loc>"));
        assert_eq!(robots(&base), "User-agent: *\nDisallow:\n");
    }
}
