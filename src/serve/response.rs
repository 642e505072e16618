//! What the preview sends.
//!
//! In: the state to serve from and the path of an admitted request, or a refusal. Out: status, headers
//! and bytes, those a static host would send. Only HTML pages differ: they load the live reload script,
//! and their policy allows its connection. Nothing of the request is repeated.

use std::fmt::Write as _;
use std::sync::Arc;

use super::live::State;
use super::overlay;
use super::request_rules::Refusal;
use super::route::{Route, route};
use crate::fingerprint::sha256_hex;
use crate::output::headers::{CONTENT_TYPES, FIXED_HEADERS, header_policy};

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";
const EVENTS: &str = "text/event-stream; charset=utf-8";

/// A response, except for the headers all of them have.
#[derive(Debug, Clone)]
pub(super) struct Response {
    status: &'static str,
    content_type: &'static str,
    /// `Location`, `ETag` or `Allow`.
    header: Option<(&'static str, String)>,
    body: Arc<[u8]>,
}

impl Response {
    fn new(status: &'static str, content_type: &'static str, body: impl Into<Arc<[u8]>>) -> Self {
        Self {
            status,
            content_type,
            header: None,
            body: body.into(),
        }
    }

    fn with_header(mut self, name: &'static str, value: String) -> Self {
        self.header = Some((name, value));
        self
    }

    /// One line, for people who open the address by hand.
    pub(super) fn text(status: &'static str, text: &str) -> Self {
        Self::new(status, TEXT, format!("{text}\n").into_bytes())
    }

    /// A file with its `ETag`, or only a notice that the browser's copy is still current.
    fn file(content_type: &'static str, body: Arc<[u8]>, if_none_match: Option<&str>) -> Self {
        // 64 bits are enough to tell versions of a file apart.
        let tag = format!("\"{}\"", &sha256_hex(&body)[..16]);
        let known = if_none_match.is_some_and(|tags| {
            tags.split(',')
                .map(|known| known.trim().trim_start_matches("W/"))
                .any(|known| known == tag || known == "*")
        });
        let response = if known {
            Self::new("304 Not Modified", content_type, *b"")
        } else {
            Self::new("200 OK", content_type, body)
        };
        response.with_header("ETag", tag)
    }

    /// The answer to a request that is not admitted.
    pub(super) fn refusal(refusal: Refusal) -> Self {
        let (status, text) = match refusal {
            Refusal::Malformed => ("400 Bad Request", "This request is malformed."),
            Refusal::CrossSite => (
                "403 Forbidden",
                "Other sites cannot read this preview. Open its address directly.",
            ),
            Refusal::Method => ("405 Method Not Allowed", "Use GET or HEAD."),
            Refusal::Body => ("413 Content Too Large", "A request for a page has no body."),
            Refusal::WrongHost => (
                "421 Misdirected Request",
                "Open the preview at the address it printed when it started.",
            ),
        };
        let response = Self::text(status, text);
        if refusal == Refusal::Method {
            return response.with_header("Allow", "GET, HEAD".to_owned());
        }
        response
    }

    /// Whether the body is the stream of live reload events.
    pub(super) fn is_event_stream(&self) -> bool {
        self.content_type == EVENTS
    }

    /// The whole response; for an event stream, and in answer to HEAD, its head.
    ///
    /// Every response closes its connection, so that neither idle connections of other pages nor the
    /// rest of a refused request stay around.
    pub(super) fn bytes(&self, head_only: bool) -> Vec<u8> {
        // The published policy, except that pages may connect to the event stream.
        let policy = header_policy().replace("connect-src 'none'", "connect-src 'self'");
        let mut head = format!(
            "HTTP/1.1 {}\r\nConnection: close\r\nContent-Type: {}\r\nCache-Control: no-store\r\n\
             Content-Security-Policy: {policy}\r\nCross-Origin-Resource-Policy: same-origin\r\n",
            self.status, self.content_type
        );
        let mut add = |name: &str, value: &str| {
            // Writing to a string cannot fail.
            let _ = write!(head, "{name}: {value}\r\n");
        };
        for (name, value) in FIXED_HEADERS {
            add(name, value);
        }
        if let Some((name, value)) = &self.header {
            add(name, value);
        }
        if !self.is_event_stream() && !self.status.starts_with("304") {
            add("Content-Length", &self.body.len().to_string());
        }
        head.push_str("\r\n");
        let body = if head_only { &[] } else { &*self.body };
        [head.as_bytes(), body].concat()
    }
}

/// Answers an admitted request.
pub(super) fn respond(state: &State, path: &str, if_none_match: Option<&str>) -> Response {
    if let Some(name) = overlay::own_name(path, &state.base) {
        if name == "events" {
            return Response::new("200 OK", EVENTS, *b"");
        }
        if let Some((_, file)) = overlay::FILES.iter().find(|(own, _)| *own == name) {
            return Response::file(content_type(name), file.as_bytes().into(), if_none_match);
        }
    }
    if state.output.is_none() {
        let page = overlay::problems_page(state);
        return Response::new("500 Internal Server Error", HTML, page);
    }
    match route(|key| state.file(key).is_some(), &state.base, path) {
        Route::File(key) => Response::file(content_type(&key), body(state, &key), if_none_match),
        Route::Redirect(location) => {
            Response::new("308 Permanent Redirect", TEXT, *b"").with_header("Location", location)
        }
        Route::Missing => Response::new("404 Not Found", HTML, body(state, "404.html")),
    }
}

fn body(state: &State, key: &str) -> Arc<[u8]> {
    let bytes = state.file(key).unwrap_or_default();
    if content_type(key) == HTML {
        overlay::with_live_reload(&bytes, state)
    } else {
        bytes
    }
}

/// The types static hosts send for the files a site may contain.
fn content_type(key: &str) -> &'static str {
    let name = key.rsplit('/').next().unwrap_or_default();
    match name.rsplit_once('.') {
        None => TEXT,
        Some((_, extension)) => {
            let mut types = CONTENT_TYPES.iter();
            let known = types.find(|(known, _)| *known == extension);
            known.map_or("application/octet-stream", |(_, content_type)| content_type)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_version_is_not_sent_again() {
        let file = |known: Option<&str>| Response::file(TEXT, (*b"xyz").into(), known);
        let (_, tag) = file(None).header.expect("a tag");
        let cases = [
            (tag.clone(), "304 Not Modified"),
            (format!("W/{tag}"), "304 Not Modified"),
            (format!("\"other\", {tag}"), "304 Not Modified"),
            ("*".to_owned(), "304 Not Modified"),
            ("\"other\"".to_owned(), "200 OK"),
            (tag.trim_matches('"').to_owned(), "200 OK"),
        ];
        for (known, status) in cases {
            assert_eq!(file(Some(&known)).status, status, "{known}");
        }
    }

    #[test]
    fn types_are_those_of_static_hosts() {
        let cases = [
            ("a/index.html", HTML),
            ("_headers", TEXT),
            (".nojekyll", "application/octet-stream"),
            ("a.html/b.js", "text/javascript; charset=utf-8"),
        ];
        for (key, expected) in cases {
            assert_eq!(content_type(key), expected, "{key}");
        }
    }
}
