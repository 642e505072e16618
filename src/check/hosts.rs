//! Hosts that readers could take for others.
//!
//! In: the host of a link, and an official one. Out: whether the first could pass for the second. It
//! knows names only: where a host really leads is asked of nobody.

use crate::diagnostic::nearest;

/// Services whose addresses say nothing of where they lead.
const SHORTENERS: [&str; 14] = [
    "bit.ly",
    "buff.ly",
    "cutt.ly",
    "goo.gl",
    "is.gd",
    "lnkd.in",
    "ow.ly",
    "rb.gy",
    "rebrand.ly",
    "shorturl.at",
    "t.co",
    "t.ly",
    "tiny.cc",
    "tinyurl.com",
];

/// A shorter name, such as `git`, is a part of too many hosts to say whose they are.
const SHORTEST_NAME: usize = 4;

/// Whether the host only leads on to others.
pub(super) fn is_shortener(host: &str) -> bool {
    SHORTENERS.contains(&host.strip_prefix("www.").unwrap_or(host))
}

/// Whether a host could be taken for an official one: the same after folding letters that look
/// alike, one edit away, or the official name as a part of another domain.
pub(super) fn is_lookalike(host: &str, official: &str) -> bool {
    let parent = format!(".{official}");
    if host == official || host.ends_with(&parent) {
        return false;
    }
    let near =
        official.len() > 6 && nearest(host, [official]).is_some() && one_edit(host, official);
    skeleton(host) == skeleton(official)
        || near
        || host.starts_with(&format!("{official}."))
        || host.contains(&format!("{}.", official.replace('.', "-")))
        || host.starts_with(&format!("{}-", official.replace('.', "-")))
}

/// Whether one letter more, less, other or swapped makes the one the other.
fn one_edit(a: &str, b: &str) -> bool {
    let start = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a.as_bytes()[start..], &b.as_bytes()[start..]);
    let tail = |a: &[u8], b: &[u8]| a == b;
    (!a.is_empty() && tail(&a[1..], b))
        || (!b.is_empty() && tail(a, &b[1..]))
        || (!a.is_empty() && !b.is_empty() && tail(&a[1..], &b[1..]))
        || (a.len() > 1 && b.len() > 1 && a[0] == b[1] && a[1] == b[0] && tail(&a[2..], &b[2..]))
}

/// Letters that look alike made the same.
fn skeleton(host: &str) -> String {
    host.replace("rn", "m")
        .replace("vv", "w")
        .replace(['1', 'l', '|'], "i")
        .replace('0', "o")
        .replace('5', "s")
        .replace('-', "")
}

/// The name an official host is known by, where it is a whole word of another domain's host:
/// `login-service.example` beside `service.org`.
pub(super) fn shared_name<'a>(host: &str, official: &'a str) -> Option<&'a str> {
    let domain = domain(official);
    let name = domain.split('.').next()?;
    let is_within = host == domain || host.ends_with(&format!(".{domain}"));
    let (words, _) = host.rsplit_once('.')?;
    let is_shared = words.split(['.', '-']).any(|word| word == name);
    (name.len() >= SHORTEST_NAME && is_shared && !is_within).then_some(name)
}

/// The part of a host that somebody registered: two labels, or three below a country's `co.uk`. A
/// list of all such endings would be more than a warning needs.
fn domain(host: &str) -> &str {
    let labels: Vec<_> = host.rsplit('.').collect();
    let is_country = labels.len() > 2 && labels[0].len() == 2 && labels[1].len() <= 3;
    let kept = labels.iter().take(if is_country { 3 } else { 2 });
    let length = kept.map(|label| label.len() + 1).sum::<usize>();
    &host[(host.len() + 1).saturating_sub(length)..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_that_could_be_mistaken_are_known() {
        let official = "service.example";
        for host in [
            "serv1ce.example",
            "servlce.example",
            "service.example.evil.example",
            "sevrice.example",
            "services.example",
            "service-example.evil.example",
            "s-e-rvice.example",
        ] {
            assert!(is_lookalike(host, official), "{host}");
        }
        for host in [
            "service.example",
            "help.service.example",
            "other.example",
            "github.com",
        ] {
            assert!(!is_lookalike(host, official), "{host}");
        }
    }

    #[test]
    fn the_name_of_a_service_is_seen_in_the_host_of_another() {
        let cases = [
            ("login-service.example", "service.test", Some("service")),
            (
                "service-support.example",
                "help.service.test",
                Some("service"),
            ),
            ("service.example", "service.co.uk", Some("service")),
            ("service.reset.example", "service.test", Some("service")),
            ("docs.service.test", "help.service.test", None),
            ("a.co.uk", "service.co.uk", None),
            ("servicedesk.example", "service.test", None),
            ("git-help.example", "git.test", None),
            ("other.service", "service.test", None),
            ("localhost", "service.test", None),
        ];
        for (host, official, name) in cases {
            assert_eq!(shared_name(host, official), name, "{host} {official}");
        }
    }

    #[test]
    fn shorteners_are_known_with_and_without_www() {
        assert!(is_shortener("bit.ly"));
        assert!(is_shortener("www.tinyurl.com"));
        assert!(!is_shortener("orbit.ly"));
    }
}
