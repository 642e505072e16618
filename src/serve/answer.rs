//! What the preview says to a request that may be answered.
//!
//! In: the current state and the path asked for. Out: status, headers and bytes. The bytes are those
//! a host would send; only HTML gets the tag that makes it follow the builds, and its policy lets
//! that one connection through.

use std::sync::Arc;

use super::live::{Preview, Version};
use super::overlay::{self, Notice};
use super::route::{Route, route};
use crate::fingerprint::sha256_hex;

const HTML: &str = "text/html; charset=utf-8";

/// Hex digits of an `ETag`: 64 bits tell any two versions of one file apart.
const TAG_DIGITS: usize = 16;

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question<'a> {
    /// The path as it was sent.
    pub(super) path: &'a str,
    /// The versions the browser still has.
    pub(super) if_none_match: Option<&'a str>,
}

/// What is sent, besides the fixed headers.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) kind: &'static str,
    /// `Location` or `ETag`.
    pub(super) header: Option<(&'static str, String)>,
    pub(super) body: Arc<[u8]>,
}

impl Answer {
    fn new(status: u16, kind: &'static str, body: impl Into<Arc<[u8]>>) -> Self {
        Self {
            status,
            kind,
            header: None,
            body: body.into(),
        }
    }

    /// For a fault of ours, which must not take the preview with it.
    pub(super) fn broken() -> Self {
        let text = "The preview failed on this page. That is a bug in regain; please report it.\n";
        Self::new(500, "text/plain; charset=utf-8", text.as_bytes())
    }

    fn redirect(location: String) -> Self {
        let mut answer = Self::new(308, "text/plain; charset=utf-8", *b"");
        answer.header = Some(("Location", location));
        answer
    }

    /// A file with its `ETag`, or only the word that the browser's copy is still good.
    fn file(kind: &'static str, body: Arc<[u8]>, if_none_match: Option<&str>) -> Self {
        let tag = format!("\"{}\"", &sha256_hex(&body)[..TAG_DIGITS]);
        let still_good = if_none_match.is_some_and(|tags| {
            tags.split(',')
                .map(|one| one.trim().trim_start_matches("W/"))
                .any(|one| one == tag || one == "*")
        });
        let mut answer = if still_good {
            Self::new(304, kind, *b"")
        } else {
            Self::new(200, kind, body)
        };
        answer.header = Some(("ETag", tag));
        answer
    }
}

/// Answers one request.
pub(super) fn answer(preview: &Preview, question: Question<'_>) -> Answer {
    if let Some(own) = own_file(preview, question) {
        return own;
    }
    let Some(site) = &preview.site else {
        return notice(
            preview,
            500,
            Notice {
                title: "This site does not build yet",
                advice: "Mend the problems and save: this page follows by itself.",
                problems: preview.problems.as_deref().unwrap_or_default(),
            },
        );
    };
    match route(|key| site.get(key).is_some(), &preview.base, question.path) {
        Route::File(key) => {
            let body = body(preview, site, &key);
            Answer::file(kind(&key), body, question.if_none_match)
        }
        Route::Redirect(location) => Answer::redirect(location),
        Route::Missing if site.get("404.html").is_some() => {
            Answer::new(404, HTML, body(preview, site, "404.html"))
        }
        Route::Missing => notice(
            preview,
            404,
            Notice {
                title: "There is no such page",
                advice: "The site has nothing at this address.",
                problems: "",
            },
        ),
    }
}

/// The script and style of live reload.
fn own_file(preview: &Preview, question: Question<'_>) -> Option<Answer> {
    let name = overlay::own_name(question.path, &preview.base)?;
    let (_, kind, text) = overlay::FILES.iter().find(|(own, ..)| *own == name)?;
    Some(Answer::file(
        kind,
        text.as_bytes().into(),
        question.if_none_match,
    ))
}

fn notice(preview: &Preview, status: u16, notice: Notice<'_>) -> Answer {
    let page = notice.page(&preview.base);
    Answer::new(status, HTML, following(page.as_bytes(), preview))
}

fn body(preview: &Preview, site: &Version, key: &str) -> Arc<[u8]> {
    let bytes = site.get(key).unwrap_or_default();
    if kind(key) == HTML {
        following(&bytes, preview)
    } else {
        bytes
    }
}

/// A page with the tag that makes it follow the builds; unchanged where it has no head to put it in.
fn following(page: &[u8], preview: &Preview) -> Arc<[u8]> {
    let parts = std::str::from_utf8(page)
        .ok()
        .and_then(|page| page.split_once("</head>"));
    let Some((head, rest)) = parts else {
        return page.into();
    };
    // Attribute values may have their quotes escaped.
    let head = head
        .replace("connect-src 'none'", "connect-src 'self'")
        .replace("connect-src &#39;none&#39;", "connect-src &#39;self&#39;");
    let tag = overlay::script_tag(&preview.base, preview.site_number());
    format!("{head}{tag}</head>{rest}").into_bytes().into()
}

/// The type static hosts send for what a site may hold.
fn kind(key: &str) -> &'static str {
    let name = key.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "xml" => "application/xml",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "yml" | "" => "text/plain; charset=utf-8",
        _ if matches!(name, "_headers" | "_redirects") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{BaseUrl, OutPath};
    use crate::output::Output;

    const POLICY: &str = "default-src &#39;none&#39;; connect-src &#39;none&#39;";

    fn page(text: &str) -> String {
        format!("<html><head><meta content=\"{POLICY}\"></head><body>{text}</body></html>")
    }

    fn preview(files: &[(&str, &str)]) -> Preview {
        let mut output = Output::default();
        for (path, text) in files {
            let path = OutPath::new(*path).expect("a plain path");
            output.insert(path, text.as_bytes().to_vec());
        }
        Preview {
            number: 9,
            base: BaseUrl::parse("/sub/").expect("a good base"),
            site: Some(Arc::new(Version {
                number: 7,
                output,
                search: None,
            })),
            problems: None,
        }
    }

    fn get(preview: &Preview, path: &str) -> Answer {
        answer(
            preview,
            Question {
                path,
                if_none_match: None,
            },
        )
    }

    fn text(answer: &Answer) -> &str {
        std::str::from_utf8(&answer.body).expect("text")
    }

    #[test]
    fn html_follows_the_builds_and_everything_else_is_as_built() {
        let quoted = "<code>connect-src 'none' </head></code>";
        let preview = preview(&[
            ("index.html", &page(quoted)),
            ("a.css", "connect-src 'none'"),
        ]);
        let html = get(&preview, "/sub/");
        assert_eq!((html.status, html.kind), (200, HTML));
        assert_eq!(
            text(&html),
            format!(
                "<html><head><meta content=\"default-src &#39;none&#39;; connect-src &#39;self&#39;\">\
                 <script defer src=\"/sub/__regain/live.js\" data-site=\"7\"></script></head>\
                 <body>{quoted}</body></html>"
            )
        );
        assert_eq!(text(&get(&preview, "/sub/a.css")), "connect-src 'none'");
    }

    #[test]
    fn what_the_browser_has_is_not_sent_again() {
        let preview = preview(&[("a.css", "x")]);
        let first = get(&preview, "/sub/a.css");
        let (name, tag) = first.header.expect("a tag");
        assert_eq!(name, "ETag");
        let cases = [
            (tag.clone(), 304),
            (format!("W/{tag}"), 304),
            (format!("\"other\", {tag}"), 304),
            ("*".to_owned(), 304),
            ("\"other\"".to_owned(), 200),
            (tag.trim_matches('"').to_owned(), 200),
        ];
        for (sent, status) in cases {
            let question = Question {
                path: "/sub/a.css",
                if_none_match: Some(&sent),
            };
            assert_eq!(answer(&preview, question).status, status, "{sent}");
        }
    }

    #[test]
    fn a_missing_page_is_the_site_s_own_or_ours_and_always_404() {
        let own = preview(&[("404.html", &page("lost"))]);
        let got = get(&own, "/sub/<nope>/");
        assert_eq!((got.status, got.kind), (404, HTML));
        assert!(text(&got).contains("lost") && text(&got).contains("live.js"));
        let bare = get(&preview(&[]), "/sub/<nope>/");
        assert_eq!(bare.status, 404);
        assert!(text(&bare).contains("live.js") && !text(&bare).contains("nope"));
    }

    #[test]
    fn without_a_good_build_every_page_tells_the_problems_and_waits() {
        let mut preview = preview(&[]);
        preview.site = None;
        preview.problems = Some("content/a.md:1:1: <broken>".to_owned());
        let got = get(&preview, "/sub/a/");
        assert_eq!((got.status, got.kind), (500, HTML));
        assert!(text(&got).contains("content&#x2F;a.md") || text(&got).contains("content/a.md"));
        assert!(text(&got).contains("&lt;broken&gt;"));
        assert!(text(&got).contains("data-site=\"0\""));
        assert_eq!(get(&preview, "/sub/__regain/live.js").status, 200);
    }

    #[test]
    fn a_folder_is_redirected_to_its_slash() {
        let got = get(&preview(&[("a/index.html", "x")]), "/sub/a");
        assert_eq!(got.status, 308);
        assert_eq!(got.header, Some(("Location", "/sub/a/".to_owned())));
    }

    #[test]
    fn types_are_those_of_static_hosts() {
        let cases = [
            ("a/index.html", HTML),
            ("_headers", "text/plain; charset=utf-8"),
            (".nojekyll", "application/octet-stream"),
            ("a.b/c", "text/plain; charset=utf-8"),
            ("assets/site.0a1b.js", "text/javascript; charset=utf-8"),
        ];
        for (key, expected) in cases {
            assert_eq!(kind(key), expected, "{key}");
        }
    }
}
