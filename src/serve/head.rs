//! The head of a request, read strictly.
//!
//! In: the bytes up to and with the blank line. Out: method, target and headers, or a refusal. What
//! two programs could read in two ways is refused here, so that nothing behind it has to guess. It
//! knows no socket, and what the values mean is for `guard`.

use super::refusal::Refusal;

/// Bytes of one head at most: browsers send one or two KiB, other pages' cookies a few more.
pub(super) const HEAD_LIMIT: usize = 16 * 1024;

/// Header lines at most; a browser sends about twenty.
const HEADER_LIMIT: usize = 64;

/// A well-formed head.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head<'a> {
    /// `GET`.
    pub(super) method: &'a str,
    /// What stands between method and version: visible ASCII, not decoded.
    pub(super) target: &'a str,
    headers: Vec<(&'a str, &'a str)>,
    persistent: bool,
}

/// Where the head ends, just past its blank line. Only `bytes[seen..]` is new since the last call.
pub(super) fn end(bytes: &[u8], seen: usize) -> Option<usize> {
    let from = seen.saturating_sub(3);
    bytes[from..]
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .map(|at| from + at + 4)
}

/// Reads a head that ends with its blank line.
pub(super) fn parse(bytes: &[u8]) -> Result<Head<'_>, Refusal> {
    let text = bytes.strip_suffix(b"\r\n\r\n").ok_or(Refusal::Syntax)?;
    let mut lines = Lines(Some(text));
    let (method, target, version) = request_line(lines.next().ok_or(Refusal::Syntax)??)?;
    let persistent = match version {
        b"HTTP/1.1" => true,
        b"HTTP/1.0" => false,
        [b'H', b'T', b'T', b'P', b'/', major, b'.', minor]
            if major.is_ascii_digit() && minor.is_ascii_digit() =>
        {
            return Err(Refusal::Version);
        }
        _ => return Err(Refusal::Syntax),
    };
    let mut headers = Vec::with_capacity(24);
    for line in lines {
        if headers.len() == HEADER_LIMIT {
            return Err(Refusal::HeadTooLarge);
        }
        headers.push(header(line?)?);
    }
    Ok(Head {
        method,
        target,
        headers,
        persistent,
    })
}

impl<'a> Head<'a> {
    /// Every value sent under a name, whatever its case.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &'a str> {
        self.headers
            .iter()
            .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| *value)
    }

    /// Whether another request may follow on this connection.
    pub(super) fn keeps_alive(&self) -> bool {
        let closing = |value: &str| {
            value
                .split(',')
                .any(|word| word.trim().eq_ignore_ascii_case("close"))
        };
        self.persistent && !self.all("connection").any(closing)
    }
}

/// Lines by CRLF; a bare CR or LF is an error.
struct Lines<'a>(Option<&'a [u8]>);

impl<'a> Iterator for Lines<'a> {
    type Item = Result<&'a [u8], Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.0.take()?;
        let Some(at) = rest.iter().position(|byte| matches!(byte, b'\r' | b'\n')) else {
            return Some(Ok(rest));
        };
        let (line, after) = rest.split_at(at);
        let Some(next) = after.strip_prefix(b"\r\n") else {
            return Some(Err(Refusal::Syntax));
        };
        self.0 = Some(next);
        Some(Ok(line))
    }
}

/// One space between the three parts, nothing before, between or after.
fn request_line(line: &[u8]) -> Result<(&str, &str, &[u8]), Refusal> {
    let mut parts = line.split(|byte| *byte == b' ');
    let (Some(method), Some(target), Some(version), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(Refusal::Syntax);
    };
    let visible = !target.is_empty() && target.iter().all(u8::is_ascii_graphic);
    if !visible {
        return Err(Refusal::Syntax);
    }
    Ok((token(method)?, text(target), version))
}

/// A name, a colon right behind it, a value without control characters. A folded line has no name
/// and is refused by that.
fn header(line: &[u8]) -> Result<(&str, &str), Refusal> {
    let colon = line
        .iter()
        .position(|byte| *byte == b':')
        .ok_or(Refusal::Syntax)?;
    let name = token(&line[..colon])?;
    let value = line[colon + 1..].trim_ascii();
    if value
        .iter()
        .any(|byte| byte.is_ascii_control() && *byte != b'\t')
    {
        return Err(Refusal::Syntax);
    }
    Ok((name, text(value)))
}

fn token(bytes: &[u8]) -> Result<&str, Refusal> {
    let good = |byte: &u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(byte);
    if bytes.is_empty() || !bytes.iter().all(good) {
        return Err(Refusal::Syntax);
    }
    Ok(text(bytes))
}

/// Cookies of other programs may hold any byte. What is not UTF-8 becomes a text that equals
/// nothing we compare with.
fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or("\u{fffd}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_browser_s_head_is_read() {
        let bytes =
            b"GET /a/?q=1 HTTP/1.1\r\nHost: localhost:4400\r\nhost:  b \r\nCookie: a=\xff\r\n\r\n";
        let head = parse(bytes).expect("a good head");
        assert_eq!((head.method, head.target), ("GET", "/a/?q=1"));
        assert_eq!(
            head.all("HOST").collect::<Vec<_>>(),
            ["localhost:4400", "b"]
        );
        assert_eq!(head.all("cookie").next(), Some("\u{fffd}"));
        assert!(head.keeps_alive());
    }

    #[test]
    fn what_could_be_read_in_two_ways_is_refused() {
        let cases: [(&[u8], Refusal); 19] = [
            (b"GET / HTTP/1.1\r\nA : b\r\n\r\n", Refusal::Syntax),
            (b"GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", Refusal::Syntax),
            (b"GET / HTTP/1.1\r\n A: b\r\n\r\n", Refusal::Syntax),
            (b"GET / HTTP/1.1\r\nA: b\rc\r\n\r\n", Refusal::Syntax),
            (b"GET / HTTP/1.1\r\nA: b\nB: c\r\n\r\n", Refusal::Syntax),
            (b"GET / HTTP/1.1\r\nA: b\0\r\n\r\n", Refusal::Syntax),
            (b"GET / HTTP/1.1\r\nno colon\r\n\r\n", Refusal::Syntax),
            (b"GET / HTTP/1.1\r\n: b\r\n\r\n", Refusal::Syntax),
            (b"GET  / HTTP/1.1\r\n\r\n", Refusal::Syntax),
            (b"GET / HTTP/1.1 \r\n\r\n", Refusal::Syntax),
            (b" GET / HTTP/1.1\r\n\r\n", Refusal::Syntax),
            (b"GET /\r\n\r\n", Refusal::Syntax),
            (b"GET\t/ HTTP/1.1\r\n\r\n", Refusal::Syntax),
            (b"GET /\xc3\xa9 HTTP/1.1\r\n\r\n", Refusal::Syntax),
            (b"\r\nGET / HTTP/1.1\r\n\r\n", Refusal::Syntax),
            (b"G(T / HTTP/1.1\r\n\r\n", Refusal::Syntax),
            (b"GET / http/1.1\r\n\r\n", Refusal::Syntax),
            (b"GET / HTTP/2.0\r\n\r\n", Refusal::Version),
            (b"GET / HTTP/1.1\r\n", Refusal::Syntax),
        ];
        for (bytes, expected) in cases {
            let shown = String::from_utf8_lossy(bytes);
            assert_eq!(parse(bytes), Err(expected), "{shown:?}");
        }
    }

    #[test]
    fn the_sixty_fifth_header_is_too_many() {
        let head = |count: usize| format!("GET / HTTP/1.1\r\n{}\r\n", "A: b\r\n".repeat(count));
        assert!(parse(head(64).as_bytes()).is_ok());
        assert_eq!(parse(head(65).as_bytes()), Err(Refusal::HeadTooLarge));
    }

    #[test]
    fn a_connection_ends_when_asked_or_by_age() {
        let cases = [
            ("GET / HTTP/1.1\r\n\r\n", true),
            ("GET / HTTP/1.1\r\nConnection: x, Close\r\n\r\n", false),
            ("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", false),
        ];
        for (text, expected) in cases {
            let head = parse(text.as_bytes()).expect("a good head");
            assert_eq!(head.keeps_alive(), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = parse(&bytes);
            let mut ended = bytes;
            ended.extend_from_slice(b"\r\n\r\n");
            if let Ok(head) = parse(&ended) {
                prop_assert!(head.target.bytes().all(|byte| byte.is_ascii_graphic()));
            }
        }

        #[test]
        fn nearly_good_heads_never_smuggle_a_line(
            text in "GET (/[a-z%/.]{0,8}|\\*) HTTP/1.[019]\r\n([A-Za-z -]{0,6}:[ a-z\r\n\t]{0,6}\r\n){0,4}\r\n"
        ) {
            if let Ok(head) = parse(text.as_bytes()) {
                for (name, value) in head.headers {
                    prop_assert!(!name.contains([' ', '\r', '\n']));
                    prop_assert!(!value.contains(['\r', '\n']));
                }
            }
        }

        #[test]
        fn the_end_is_found_however_the_bytes_arrive(
            text in "[a\r\n]{0,24}\r\n\r\n[a\r\n]{0,8}", cut in 0_usize..40
        ) {
            let bytes = text.as_bytes();
            let whole = end(bytes, 0).expect("there is an end");
            let cut = cut.min(bytes.len());
            let found = end(&bytes[..cut], 0).or_else(|| end(bytes, cut));
            prop_assert_eq!(found, Some(whole));
        }
    }
}
