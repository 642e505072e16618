//! `feed.xml`: the guides that were reviewed last, as an Atom feed (RFC 4287).
//!
//! In: the base address, the site's title and its pages. Out: text.

use std::fmt::Write as _;

use super::{Page, xml};
use crate::ids::{BaseUrl, encode_path};
use crate::site::HostFile;

/// How many guides are listed at most.
const ENTRIES: usize = 50;

/// The feed, newest review first. `None` without a host, since a feed needs absolute addresses, and if no
/// page has been reviewed.
pub(super) fn feed(base: &BaseUrl, title: &str, pages: &[Page]) -> Option<String> {
    let absolute = |below: &str| Some(xml(&base.absolute(&encode_path(below))?));
    let home = absolute("")?;
    let reviewed = |page: &Page| page.reviewed.map(|day| format!("{day}T00:00:00Z"));
    let mut entries: Vec<_> = pages
        .iter()
        .filter_map(|page| Some((reviewed(page)?, page)))
        .collect();
    entries.sort_by(|(a, _), (b, _)| b.cmp(a));
    entries.truncate(ENTRIES);
    let (newest, _) = entries.first()?;
    let title = xml(title);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>{home}</id>\n<title>{title}</title>\n<updated>{newest}</updated>\n\
         <author><name>{title}</name></author>\n\
         <link href=\"{home}\"/>\n<link rel=\"self\" href=\"{}\"/>\n",
        absolute(HostFile::Feed.name())?
    );
    for (updated, page) in entries {
        let address = absolute(page.url.as_str())?;
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "<entry>\n<id>{address}</id>\n<title>{}</title>\n<updated>{updated}</updated>\n\
             <link href=\"{address}\"/>\n",
            xml(&page.title)
        );
        if let Some(summary) = &page.summary {
            let _ = writeln!(text, "<summary>{}</summary>", xml(summary));
        }
        text.push_str("</entry>\n");
    }
    text.push_str("</feed>\n");
    Some(text)
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::*;
    use crate::ids::UrlPath;

    fn page(name: &str, reviewed: Option<Date>) -> Page {
        Page {
            url: UrlPath::of_parts([name]),
            title: format!("About <{name}>"),
            summary: None,
            reviewed,
            markdown: true,
        }
    }

    #[test]
    fn the_newest_review_comes_first() {
        let base = BaseUrl::parse("https://a.example/docs/").expect("a good base");
        let pages = [
            page("a", Some(date(2026, 1, 2))),
            page("b", None),
            Page {
                summary: Some("Q & A".to_owned()),
                ..page("c", Some(date(2026, 3, 4)))
            },
        ];
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
            <feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
            <id>https://a.example/docs/</id>\n<title>Help</title>\n<updated>2026-03-04T00:00:00Z</updated>\n\
            <author><name>Help</name></author>\n\
            <link href=\"https://a.example/docs/\"/>\n\
            <link rel=\"self\" href=\"https://a.example/docs/feed.xml\"/>\n\
            <entry>\n<id>https://a.example/docs/c/</id>\n<title>About &lt;c&gt;</title>\n\
            <updated>2026-03-04T00:00:00Z</updated>\n<link href=\"https://a.example/docs/c/\"/>\n\
            <summary>Q &amp; A</summary>\n</entry>\n\
            <entry>\n<id>https://a.example/docs/a/</id>\n<title>About &lt;a&gt;</title>\n\
            <updated>2026-01-02T00:00:00Z</updated>\n<link href=\"https://a.example/docs/a/\"/>\n</entry>\n\
            </feed>\n";
        assert_eq!(feed(&base, "Help", &pages).as_deref(), Some(expected));
        assert_eq!(feed(&base, "Help", &pages[1..2]), None);
        assert_eq!(feed(&BaseUrl::default(), "Help", &pages), None);
    }
}
