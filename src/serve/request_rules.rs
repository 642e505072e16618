//! Which requests may be answered.
//!
//! In: a request's method, target and headers, and the address the preview listens on. Out: the path to look up, or the
//! reason to refuse. Web pages in the author's browser can send requests here, even under a domain
//! name of their own that resolves to this machine; these rules tell them from the author. It reads
//! nothing but its arguments.

use std::net::SocketAddr;

/// Names and values of the headers of a request.
pub(super) type Headers<'a> = Vec<(&'a str, &'a str)>;

/// Why a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No `Host` or several, or a target that is not a path.
    Malformed,
    /// The `Host` is not ours.
    WrongHost,
    /// It was made by a page of another site.
    CrossSite,
    /// The method is neither GET nor HEAD.
    Method,
    /// It has a body, or does not say plainly that it has none.
    Body,
}

/// The path to answer, not decoded, and without its query: a static site is the same whatever the query.
pub(super) fn check<'a>(
    method: &str,
    target: &'a str,
    headers: &Headers<'_>,
    listening: SocketAddr,
) -> Result<&'a str, Refusal> {
    let mut hosts = values(headers, "Host");
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return Err(Refusal::Malformed);
    };
    if !is_own_host(host, listening) {
        return Err(Refusal::WrongHost);
    }
    if is_cross_site(headers, listening) {
        return Err(Refusal::CrossSite);
    }
    let has_no_body = values(headers, "Content-Length").all(|length| length == "0");
    if !has_no_body || values(headers, "Transfer-Encoding").next().is_some() {
        return Err(Refusal::Body);
    }
    if !matches!(method, "GET" | "HEAD") {
        return Err(Refusal::Method);
    }
    let path = target.split(['?', '#']).next();
    path.filter(|path| path.starts_with('/'))
        .ok_or(Refusal::Malformed)
}

/// Every value of a header, whatever the case of its name.
pub(super) fn values<'a>(headers: &Headers<'a>, name: &str) -> impl Iterator<Item = &'a str> {
    headers
        .iter()
        .filter(move |(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| *value)
}

/// Whether a `Host` value names this preview: loopback with our port, or the address the author chose.
/// If that is "every address", any IP address will do, because DNS rebinding always sends a domain name.
fn is_own_host(host: &str, listening: SocketAddr) -> bool {
    let port = listening.port();
    // Browsers leave out the default port.
    if port == 80 && !host.is_empty() && !host.ends_with(":80") {
        return is_own_host(&format!("{host}:80"), listening);
    }
    let is = |name: &str| host.eq_ignore_ascii_case(&format!("{name}:{port}"));
    if ["127.0.0.1", "localhost", "[::1]"].into_iter().any(is) {
        return true;
    }
    let chosen = listening.ip();
    host.parse::<SocketAddr>().is_ok_and(|asked| {
        asked.port() == port
            && asked.to_string().eq_ignore_ascii_case(host)
            && (chosen.is_unspecified() || chosen == asked.ip())
    })
}

/// Whether a page of another site made the request. A link to the preview may be followed, since only
/// the author sees what it shows.
fn is_cross_site(headers: &Headers<'_>, listening: SocketAddr) -> bool {
    let own_origin = |origin: &str| {
        origin
            .strip_prefix("http://")
            .is_some_and(|host| is_own_host(host, listening))
    };
    let own_site =
        values(headers, "Sec-Fetch-Site").all(|site| matches!(site, "same-origin" | "none"));
    let is = |name, value| values(headers, name).eq([value]);
    let followed_link = is("Sec-Fetch-Mode", "navigate") && is("Sec-Fetch-Dest", "document");
    !values(headers, "Origin").all(own_origin) || !(own_site || followed_link)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks a request written as `METHOD TARGET`, then one header a line.
    fn check_at<'a>(listening: &str, request: &'a str) -> Result<&'a str, Refusal> {
        let mut lines = request.lines();
        let first = lines.next().expect("a request line");
        let (method, target) = first.split_once(' ').expect("method and target");
        let headers = lines
            .map(|line| line.split_once(": ").expect("a header"))
            .collect();
        let listening = listening.parse().expect("an address");
        check(method, target, &headers, listening)
    }

    fn with_host(listening: &str, host: &str) -> Result<(), Refusal> {
        check_at(listening, &format!("GET /\nHost: {host}")).map(drop)
    }

    #[test]
    fn only_own_hosts_are_answered() {
        let own = "127.0.0.1:4400 localhost:4400 LocalHost:4400 [::1]:4400";
        for host in own.split(' ') {
            assert_eq!(with_host("127.0.0.1:4400", host), Ok(()), "{host}");
        }
        let others = "127.0.0.1 localhost 127.0.0.1:4401 127.0.0.1:44000 127.0.0.1:4400. \
            127.0.0.1.:4400 x127.0.0.1:4400 127.0.0.1:4400.attacker.example attacker.example \
            attacker.example:4400 localhost.attacker.example:4400 localhost:04400 [::]:4400 \
            attacker.example#localhost:4400 user@localhost:4400 http://localhost:4400 \
            127.1:4400 2130706433:4400 0x7f.0.0.1:4400 0.0.0.0:4400 192.0.2.1:4400 \
            [::ffff:127.0.0.1]:4400 127.0.0.1:4400,localhost:4400";
        for host in others.split(' ').chain([""]) {
            let got = with_host("127.0.0.1:4400", host);
            assert_eq!(got, Err(Refusal::WrongHost), "{host}");
        }
    }

    #[test]
    fn a_chosen_address_is_answered_too() {
        let cases = [
            ("192.0.2.1:4400", "192.0.2.1:4400", true),
            ("192.0.2.1:4400", "192.0.2.2:4400", false),
            ("0.0.0.0:4400", "192.0.2.2:4400", true),
            ("0.0.0.0:4400", "attacker.example:4400", false),
            ("0.0.0.0:4400", "192.0.2.2:4401", false),
            ("[::]:4400", "[2001:db8::1]:4400", true),
            ("127.0.0.1:80", "127.0.0.1", true),
            ("127.0.0.1:80", "localhost:80", true),
            ("127.0.0.1:80", "attacker.example", false),
        ];
        for (listening, host, expected) in cases {
            let got = with_host(listening, host);
            assert_eq!(got.is_ok(), expected, "{listening} {host}");
        }
    }

    #[test]
    fn other_sites_may_link_here_and_nothing_else() {
        let link = "Sec-Fetch-Site: cross-site\nSec-Fetch-Mode: navigate\nSec-Fetch-Dest: ";
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
            (&format!("{link}document"), true),
            (&format!("{link}iframe"), false),
            ("sec-fetch-site: cross-site\nSec-Fetch-Dest: script", false),
        ];
        for (headers, expected) in cases {
            let request = format!("GET /\nHost: localhost:4400\n{headers}");
            let got = check_at("127.0.0.1:4400", &request).map(drop);
            let expected = expected.then_some(()).ok_or(Refusal::CrossSite);
            assert_eq!(got, expected, "{headers}");
        }
    }

    #[test]
    fn one_host_a_known_method_and_a_path_are_needed() {
        let host = "Host: localhost:4400";
        let cases = [
            (format!("GET /a/?q#x\n{host}"), Ok("/a/")),
            (format!("HEAD /\n{host}"), Ok("/")),
            (format!("POST /\n{host}"), Err(Refusal::Method)),
            (format!("OPTIONS *\n{host}"), Err(Refusal::Method)),
            (format!("get /\n{host}"), Err(Refusal::Method)),
            ("GET /".to_owned(), Err(Refusal::Malformed)),
            (format!("GET /\n{host}\n{host}"), Err(Refusal::Malformed)),
            (format!("GET *\n{host}"), Err(Refusal::Malformed)),
            (format!("GET http://a/\n{host}"), Err(Refusal::Malformed)),
            (format!("GET /\n{host}\nContent-Length: 0"), Ok("/")),
            (
                format!("GET /\n{host}\nContent-Length: 00"),
                Err(Refusal::Body),
            ),
            (
                format!("POST /\n{host}\ncontent-length: 1"),
                Err(Refusal::Body),
            ),
            (
                format!("GET /\n{host}\nTransfer-Encoding: "),
                Err(Refusal::Body),
            ),
        ];
        for (request, expected) in cases {
            assert_eq!(check_at("[::1]:4400", &request), expected, "{request}");
        }
    }
}
