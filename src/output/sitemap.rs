//! What search engines read: `sitemap.xml` and `robots.txt`.
//!
//! In: the base address and the pages. Out: text. Which pages are worth listing is the caller's
//! choice.

use std::fmt::Write as _;

use super::{Page, xml};
use crate::ids::{BaseUrl, encode_path};
use crate::site::HostFile;

/// The text of `sitemap.xml`. `None` without a host, since the format wants absolute addresses.
pub fn sitemap(base: &BaseUrl, pages: &[Page]) -> Option<String> {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for page in pages {
        let address = base.absolute(&encode_path(page.url.as_str()))?;
        // Writing to a string cannot fail.
        let _ = write!(text, "<url><loc>{}</loc>", xml(&address));
        if let Some(date) = page.reviewed {
            let _ = write!(text, "<lastmod>{date}</lastmod>");
        }
        text.push_str("</url>\n");
    }
    text.push_str("</urlset>\n");
    Some(text)
}

/// The text of `robots.txt`: programs may read everything, and the sitemap lists the pages.
pub fn robots(base: &BaseUrl) -> String {
    let mut text = String::from("User-agent: *\nDisallow:\n");
    if let Some(sitemap) = base.absolute(HostFile::Sitemap.name()) {
        let _ = write!(text, "\nSitemap: {sitemap}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;

    use super::*;
    use crate::ids::UrlPath;

    fn page(url: UrlPath, reviewed: Option<Date>) -> Page {
        Page {
            url,
            title: "A".to_owned(),
            summary: None,
            reviewed,
            markdown: true,
        }
    }

    fn pages() -> Vec<Page> {
        vec![
            page(UrlPath::home(), None),
            page(
                UrlPath::of_parts(["q&a", "é"]),
                Some(jiff::civil::date(2026, 9, 30)),
            ),
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
        assert_eq!(sitemap(&base, &pages()).as_deref(), Some(expected));
        assert_eq!(
            robots(&base),
            "User-agent: *\nDisallow:\n\nSitemap: https://a.example/docs/sitemap.xml\n"
        );
    }

    #[test]
    fn without_a_host_there_is_no_sitemap() {
        let base = BaseUrl::parse("/docs/").expect("a good base");
        assert_eq!(sitemap(&base, &pages()), None);
        assert_eq!(robots(&base), "User-agent: *\nDisallow:\n");
    }
}
