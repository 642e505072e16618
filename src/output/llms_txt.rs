//! `llms.txt`: the pages of the site as a list for language models (llmstxt.org).
//!
//! In: the base address, what the site is and its pages. Out: text.

use std::fmt::Write as _;

use super::Page;
use crate::ids::{BaseUrl, encode_path};
use crate::site::MARKDOWN;

/// The list; guides are linked as Markdown. `None` without a host, since it is read away from the site.
pub(super) fn llms_txt(
    base: &BaseUrl,
    title: &str,
    description: &str,
    pages: &[Page],
) -> Option<String> {
    let mut text = format!("# {}\n", line(title));
    // Writing to a string cannot fail, here and below.
    if !description.is_empty() {
        let _ = write!(text, "\n> {}\n", line(description));
    }
    text.push_str("\n## Pages\n\n");
    for page in pages {
        let file = if page.markdown { MARKDOWN } else { "" };
        let address = base.absolute(&encode_path(&format!("{}{file}", page.url.as_str())))?;
        let _ = write!(text, "- [{}]({address})", line(&page.title));
        if let Some(summary) = &page.summary {
            let _ = write!(text, ": {}", line(summary));
        }
        text.push('\n');
    }
    Some(text)
}

/// Text of one line that cannot end a link's text.
fn line(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").replace('[', "\\[").replace(']', "\\]")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::UrlPath;

    #[test]
    fn every_page_is_one_line() {
        let base = BaseUrl::parse("https://a.example/docs/").expect("a good base");
        let page = |name: &str, summary: Option<&str>, markdown| Page {
            url: UrlPath::of_parts([name]),
            title: format!("The [{name}]"),
            summary: summary.map(str::to_owned),
            reviewed: None,
            markdown,
        };
        let pages = [page("a", Some("One\ntwo."), true), page("b", None, false)];
        let expected = "# Help\n\n> Get back in.\n\n## Pages\n\n\
            - [The \\[a\\]](https://a.example/docs/a/index.md): One two.\n\
            - [The \\[b\\]](https://a.example/docs/b/)\n";
        assert_eq!(
            llms_txt(&base, "Help", "Get back in.", &pages).as_deref(),
            Some(expected)
        );
        assert_eq!(llms_txt(&BaseUrl::default(), "Help", "", &pages), None);
    }
}
