//! Answers to what the preview does not do.
//!
//! In: the reason. Out: the bytes of a whole answer that closes the connection. Nothing of the
//! request is in it.

use super::headers;

/// Why a request gets no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The head is not what the protocol says, or can be read in two ways.
    Syntax,
    /// Another web page asks.
    Foreign,
    /// Only GET and HEAD are answered.
    Method,
    /// The head did not arrive in time.
    Slow,
    /// The request says it has a body.
    Body,
    /// The name in the request is not ours.
    WrongHost,
    /// Too many bytes or lines.
    HeadTooLarge,
    /// Too many connections or event streams.
    Busy,
    /// Not HTTP/1.0 or HTTP/1.1.
    Version,
}

impl Refusal {
    fn line_and_reason(self) -> (&'static str, &'static str) {
        match self {
            Self::Syntax => ("400 Bad Request", "This request is not well formed."),
            Self::Foreign => (
                "403 Forbidden",
                "Another page may not read this preview. Open its address yourself.",
            ),
            Self::Method => ("405 Method Not Allowed", "Only GET and HEAD are answered."),
            Self::Slow => (
                "408 Request Timeout",
                "The request took too long to arrive.",
            ),
            Self::Body => (
                "413 Content Too Large",
                "A request with a body is not read.",
            ),
            Self::WrongHost => (
                "421 Misdirected Request",
                "This preview answers only to the address it printed when it started.",
            ),
            Self::HeadTooLarge => (
                "431 Request Header Fields Too Large",
                "The request's headers are too large. Clearing the cookies for this host may help.",
            ),
            Self::Busy => ("503 Service Unavailable", "Too many connections at once."),
            Self::Version => (
                "505 HTTP Version Not Supported",
                "Only HTTP/1.0 and HTTP/1.1 are answered.",
            ),
        }
    }

    /// The whole answer.
    pub(super) fn bytes(self) -> Vec<u8> {
        let (line, reason) = self.line_and_reason();
        let allow = match self {
            Self::Method => "Allow: GET, HEAD\r\n",
            _ => "",
        };
        format!(
            "HTTP/1.1 {line}\r\nConnection: close\r\n{allow}{}\
             Content-Type: text/plain; charset=utf-8\r\nContent-Length: {}\r\n\r\n{reason}\n",
            headers::lines(),
            reason.len() + 1
        )
        .into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_a_whole_answer_with_its_length() {
        let text = String::from_utf8(Refusal::Method.bytes()).expect("text");
        let (head, body) = text.split_once("\r\n\r\n").expect("head and body");
        assert!(head.starts_with(
            "HTTP/1.1 405 Method Not Allowed\r\nConnection: close\r\nAllow: GET, HEAD\r\n"
        ));
        assert!(head.ends_with(&format!("Content-Length: {}", body.len())));
        assert!(head.contains("\r\nX-Frame-Options: DENY\r\n"));
    }
}
