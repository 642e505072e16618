//! Hosts that readers could mistake for an official one.
//!
//! In: the host of a link, and an official one. Out: whether the first could pass for the second. It
//! compares names only, and never asks the network where a host leads.

/// Services whose addresses do not show where they lead.
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

/// A shorter name, such as `git`, is in too many hosts to say whose they are.
const SHORTEST_NAME: usize = 4;

/// From this length on, two names that differ in two letters are more likely a trick than two projects, as
/// `github` and `gitlab` are.
const LONG_NAME: usize = 7;

/// Whether the host only redirects to others.
pub(super) fn is_shortener(host: &str) -> bool {
    SHORTENERS.contains(&host.strip_prefix("www.").unwrap_or(host))
}

/// Whether a host could be taken for an official one: it contains the official host, or its domain looks
/// the same, has the same letters in another order, or differs in a letter or two.
pub(super) fn is_lookalike(host: &str, official: &str) -> bool {
    if is_within(host, official) {
        return false;
    }
    if words(host).contains(&words(official)) {
        return true;
    }
    // Two hosts of one domain differ in what comes before it.
    let (ours, theirs) = match (domain(host), domain(official)) {
        (ours, theirs) if ours == theirs => (host, official),
        domains => domains,
    };
    skeleton(ours) == skeleton(theirs) || is_misspelt(ours, theirs)
}

/// Whether a host is another one, or below it.
pub(super) fn is_within(host: &str, parent: &str) -> bool {
    let above = host.strip_suffix(parent);
    above.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn is_misspelt(host: &str, official: &str) -> bool {
    let letters = official.split('.').next().map_or(0, str::len);
    let edits = match letters {
        0..SHORTEST_NAME => return false,
        SHORTEST_NAME..LONG_NAME => 1,
        _ => 2,
    };
    let sorted = |host: &str| {
        let mut letters = host.as_bytes().to_vec();
        letters.sort_unstable();
        letters
    };
    strsim::osa_distance(host, official) <= edits || sorted(host) == sorted(official)
}

/// A host as words with a hyphen before and after each.
fn words(host: &str) -> String {
    format!("-{}-", host.replace('.', "-"))
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
    let (above, _) = host.rsplit_once('.')?;
    let is_shared = words(above).contains(&words(name));
    (name.len() >= SHORTEST_NAME && is_shared && !is_within(host, domain)).then_some(name)
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
        let cases = [
            ("serv1ce.example", "service.example"),
            ("servlce.example", "service.example"),
            ("s-e-rvice.example", "service.example"),
            ("services.example", "service.example"),
            ("sevrice.example", "service.example"),
            ("ervicse.example", "service.example"),
            ("serbise.example", "service.example"),
            ("seervicee.example", "service.example"),
            ("login.serv1ce.example", "service.example"),
            ("www.sevrice.example", "docs.service.example"),
            ("service.example.evil.example", "service.example"),
            ("service-example.evil.example", "service.example"),
            ("login-service.example", "service.example"),
            ("my-service-help.example", "service-help.example"),
            ("abdc.example", "abcd.example"),
            ("dbca.example", "abcd.example"),
            ("abcx.example", "abcd.example"),
            ("servise.pages.example", "service.pages.example"),
        ];
        for (host, official) in cases {
            assert!(is_lookalike(host, official), "{host} {official}");
        }
    }

    #[test]
    fn other_hosts_are_not_taken_for_official_ones() {
        let cases = [
            ("service.example", "service.example"),
            ("help.service.example", "service.example"),
            ("other.example", "service.example"),
            ("gitlab.com", "github.com"),
            ("gut.example", "git.example"),
            ("abxy.example", "abcd.example"),
            ("app.service.example", "api.service.example"),
            ("service.example", "docs.service.example"),
            ("www.service.example", "docs.service.example"),
            ("readthedocs.io", "readthedocs.org"),
        ];
        for (host, official) in cases {
            assert!(!is_lookalike(host, official), "{host} {official}");
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
            (
                "my-big-service.example",
                "big-service.test",
                Some("big-service"),
            ),
            (
                "big-service-login.example",
                "big-service.test",
                Some("big-service"),
            ),
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
