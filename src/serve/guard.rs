//! Who may ask, and for what.
//!
//! In: a well-formed head and our own address. Out: the path asked for, or a refusal. A web page in
//! the author's browser can send requests here, also under a name it made point here; this is where
//! it is told from the author.

use std::net::{IpAddr, SocketAddr};

use super::head::Head;
use super::refusal::Refusal;

/// The one port at which browsers leave the port out of the name.
const PLAIN_PORT: u16 = 80;

/// Names the preview answers to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names(pub(super) SocketAddr);

impl Names {
    /// Whether a whole `Host` value is one of ours: loopback with our port, and where the author
    /// chose another address, that one. Listening on every address, any plain address will do, since
    /// a page that points its own name here cannot send one.
    fn hold(self, host: &str) -> bool {
        let port = self.0.port();
        if port == PLAIN_PORT && !host.ends_with(":80") {
            return !host.is_empty() && self.hold(&format!("{host}:{PLAIN_PORT}"));
        }
        let loopback = ["127.0.0.1", "localhost", "[::1]"];
        if loopback
            .iter()
            .any(|name| host.eq_ignore_ascii_case(&format!("{name}:{port}")))
        {
            return true;
        }
        let chosen = self.0.ip();
        address(host, port).is_some_and(|asked| chosen.is_unspecified() || chosen == asked)
    }
}

/// The plain address in `ADDRESS:PORT`, written in its one usual form.
fn address(host: &str, port: u16) -> Option<IpAddr> {
    let asked: SocketAddr = host.parse().ok()?;
    (asked.port() == port && asked.to_string().eq_ignore_ascii_case(host)).then(|| asked.ip())
}

/// The path asked for, if this client may ask. What stands behind `?` is for the page's own script; a
/// static site is the same with and without.
pub(super) fn admit<'a>(head: &Head<'a>, names: Names) -> Result<&'a str, Refusal> {
    let mut hosts = head.all("host");
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return Err(Refusal::Syntax);
    };
    let path = path(head.target, host)?;
    if !names.hold(host) {
        return Err(Refusal::WrongHost);
    }
    if is_foreign(head, names) {
        return Err(Refusal::Foreign);
    }
    no_body(head)?;
    match head.method {
        "GET" | "HEAD" => path
            .and_then(|path| path.split(['?', '#']).next())
            .ok_or(Refusal::Syntax),
        _ => Err(Refusal::Method),
    }
}

/// `/path`, or `http://host/path` where `host` is the one in the header. `None` for `*` and other
/// targets of methods that are refused anyway.
fn path<'a>(target: &'a str, host: &str) -> Result<Option<&'a str>, Refusal> {
    if target.starts_with('/') {
        return Ok(Some(target));
    }
    let Some((scheme, rest)) = target.split_once("://") else {
        return Ok(None);
    };
    let (authority, _) = rest.split_once(['/', '?']).unwrap_or((rest, ""));
    if !scheme.eq_ignore_ascii_case("http") || !authority.eq_ignore_ascii_case(host) {
        return Err(Refusal::Syntax);
    }
    let path = &rest[authority.len()..];
    Ok(Some(if path.starts_with('/') { path } else { "/" }))
}

/// Whether another page asks: an origin that is not ours, or a fetch from elsewhere. Following a
/// link to the preview is fine: nobody else sees what it shows.
fn is_foreign(head: &Head<'_>, names: Names) -> bool {
    let ours = |origin: &str| {
        origin
            .strip_prefix("http://")
            .is_some_and(|host| names.hold(host))
    };
    let from_here = head
        .all("sec-fetch-site")
        .all(|site| matches!(site, "same-origin" | "none"));
    let is = |name, value| head.all(name).eq([value]);
    let top_level = is("sec-fetch-mode", "navigate") && is("sec-fetch-dest", "document");
    !head.all("origin").all(ours) || !(from_here || top_level)
}

fn no_body(head: &Head<'_>) -> Result<(), Refusal> {
    let mut lengths = head.all("content-length");
    let length = lengths.next().unwrap_or("0");
    let digits = !length.is_empty() && length.bytes().all(|byte| byte.is_ascii_digit());
    if lengths.next().is_some() || !digits || head.all("transfer-encoding").next().is_some() {
        return Err(Refusal::Syntax);
    }
    if length.bytes().any(|byte| byte != b'0') && matches!(head.method, "GET" | "HEAD") {
        return Err(Refusal::Body);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::head;
    use super::*;

    fn ask(lines: &str) -> Result<String, Refusal> {
        ask_at("127.0.0.1:4400", lines)
    }

    fn ask_at(address: &str, lines: &str) -> Result<String, Refusal> {
        let text = format!("{}\r\n\r\n", lines.replace('\n', "\r\n"));
        let head = head::parse(text.as_bytes())?;
        let names = Names(address.parse().expect("an address"));
        admit(&head, names).map(ToOwned::to_owned)
    }

    #[test]
    fn only_our_own_names_are_answered() {
        let ours = [
            "127.0.0.1:4400",
            "localhost:4400",
            "LocalHost:4400",
            "[::1]:4400",
        ];
        for host in ours {
            let got = ask(&format!("GET /a/ HTTP/1.1\nHost: {host}"));
            assert_eq!(got, Ok("/a/".to_owned()), "{host}");
        }
        let others = [
            "",
            "127.0.0.1",
            "localhost",
            "127.0.0.1:4401",
            "127.0.0.1:44000",
            "127.0.0.1:4400.",
            "127.0.0.1.:4400",
            "x127.0.0.1:4400",
            "127.0.0.1:4400.attacker.example",
            "attacker.example",
            "attacker.example:4400",
            "localhost.attacker.example:4400",
            "attacker.example#localhost:4400",
            "user@localhost:4400",
            "http://localhost:4400",
            "127.1:4400",
            "2130706433:4400",
            "0x7f.0.0.1:4400",
            "0.0.0.0:4400",
            "192.0.2.1:4400",
            "[::]:4400",
            "[::ffff:127.0.0.1]:4400",
            "localhost:04400",
            "127.0.0.1:4400,localhost:4400",
        ];
        for host in others {
            let got = ask(&format!("GET / HTTP/1.1\nHost: {host}"));
            assert_eq!(got, Err(Refusal::WrongHost), "{host}");
        }
    }

    #[test]
    fn a_chosen_address_is_answered_too() {
        let cases = [
            ("192.0.2.1:4400", "192.0.2.1:4400", true),
            ("192.0.2.1:4400", "192.0.2.2:4400", false),
            ("0.0.0.0:4400", "192.0.2.2:4400", true),
            ("0.0.0.0:4400", "localhost:4400", true),
            ("0.0.0.0:4400", "attacker.example:4400", false),
            ("0.0.0.0:4400", "192.0.2.2:4401", false),
            ("[::]:4400", "[2001:db8::1]:4400", true),
            ("127.0.0.2:4400", "127.0.0.2:4400", true),
            ("127.0.0.1:80", "127.0.0.1", true),
            ("127.0.0.1:80", "localhost:80", true),
            ("127.0.0.1:80", "attacker.example", false),
        ];
        for (address, host, expected) in cases {
            let got = ask_at(address, &format!("GET / HTTP/1.1\nHost: {host}"));
            assert_eq!(got.is_ok(), expected, "{address} {host}");
        }
    }

    #[test]
    fn a_missing_doubled_or_contradicted_host_is_not_well_formed() {
        let cases = [
            "GET / HTTP/1.1",
            "GET / HTTP/1.0",
            "GET / HTTP/1.1\nHost: localhost:4400\nHost: localhost:4400",
            "GET http://attacker.example/ HTTP/1.1\nHost: localhost:4400",
            "GET https://localhost:4400/ HTTP/1.1\nHost: localhost:4400",
            "GET localhost:4400 HTTP/1.1\nHost: localhost:4400",
            "GET * HTTP/1.1\nHost: localhost:4400",
        ];
        for lines in cases {
            assert_eq!(ask(lines), Err(Refusal::Syntax), "{lines}");
        }
        let whole = "GET http://localhost:4400/a?b HTTP/1.1\nHost: localhost:4400";
        assert_eq!(ask(whole), Ok("/a".to_owned()));
        let bare = "GET http://localhost:4400 HTTP/1.1\nHost: localhost:4400";
        assert_eq!(ask(bare), Ok("/".to_owned()));
    }

    #[test]
    fn another_page_cannot_read_but_can_link() {
        let cases = [
            ("Origin: http://127.0.0.1:4400", true),
            ("Origin: http://localhost:4400", true),
            ("Origin: http://attacker.example", false),
            ("Origin: https://localhost:4400", false),
            ("Origin: http://localhost:3000", false),
            ("Origin: null", false),
            ("Origin: ", false),
            ("Origin: http://localhost:4400\nOrigin: null", false),
            ("Sec-Fetch-Site: same-origin", true),
            ("Sec-Fetch-Site: none", true),
            ("Sec-Fetch-Site: same-site\nSec-Fetch-Mode: no-cors", false),
            ("Sec-Fetch-Site: cross-site", false),
            (
                "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: document",
                true,
            ),
            (
                "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: iframe",
                false,
            ),
            (
                "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: no-cors\nSec-Fetch-Dest: script",
                false,
            ),
        ];
        for (lines, expected) in cases {
            let got = ask(&format!("GET / HTTP/1.1\nHost: localhost:4400\n{lines}"));
            let wanted = if expected {
                Ok("/".to_owned())
            } else {
                Err(Refusal::Foreign)
            };
            assert_eq!(got, wanted, "{lines}");
        }
    }

    #[test]
    fn only_bodiless_get_and_head_are_taken() {
        let cases = [
            ("GET / HTTP/1.1\nContent-Length: 0", None),
            ("HEAD / HTTP/1.1", None),
            (
                "POST / HTTP/1.1\nContent-Length: 68719476736",
                Some(Refusal::Method),
            ),
            ("OPTIONS * HTTP/1.1", Some(Refusal::Method)),
            ("get / HTTP/1.1", Some(Refusal::Method)),
            ("GET / HTTP/1.1\nContent-Length: 1", Some(Refusal::Body)),
            (
                "GET / HTTP/1.1\nContent-Length: 18446744073709551616",
                Some(Refusal::Body),
            ),
            ("GET / HTTP/1.1\nContent-Length: +1", Some(Refusal::Syntax)),
            ("GET / HTTP/1.1\nContent-Length: -1", Some(Refusal::Syntax)),
            ("GET / HTTP/1.1\nContent-Length: 0x0", Some(Refusal::Syntax)),
            ("GET / HTTP/1.1\nContent-Length:", Some(Refusal::Syntax)),
            (
                "GET / HTTP/1.1\nContent-Length: 0\nContent-Length: 0",
                Some(Refusal::Syntax),
            ),
            (
                "GET / HTTP/1.1\nTransfer-Encoding: chunked",
                Some(Refusal::Syntax),
            ),
            (
                "POST / HTTP/1.1\nTransfer-Encoding: x",
                Some(Refusal::Syntax),
            ),
        ];
        for (lines, expected) in cases {
            let got = ask(&format!("{lines}\nHost: localhost:4400"));
            assert_eq!(got.err(), expected, "{lines}");
        }
    }
}
