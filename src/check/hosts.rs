//! Hosts that readers could mistake for an official one.
//!
//! In: the host of a link, and the official ones. Out: the official one it could pass for. It compares
//! names only, and never asks the network where a host leads.

use std::collections::{BTreeSet, HashMap};

/// Services whose addresses do not show where they lead.
const SHORTENERS: &str = "bit.ly buff.ly cutt.ly goo.gl is.gd lnkd.in ow.ly rb.gy rebrand.ly shorturl.at t.co t.ly \
    tiny.cc tinyurl.com";

/// A shorter name, such as `git`, is in too many hosts to say whose they are.
const SHORTEST_NAME: usize = 4;

/// From this length on, two names that differ in two letters are more likely a trick than two projects, as
/// `github` and `gitlab` are.
const LONG_NAME: usize = 7;

/// Longer domains are not looked at for changed letters; nobody mistakes them at a glance.
const LONGEST_DOMAIN: usize = 32;

/// Whether the host only redirects to others.
pub(super) fn is_shortener(host: &str) -> bool {
    SHORTENERS
        .split(' ')
        .any(|one| one == host.trim_start_matches("www."))
}

/// How a host could be taken for an official one.
#[derive(Debug, PartialEq)]
pub(super) enum Likeness<'a> {
    /// It looks like this official host.
    Host(&'a str),
    /// It contains the name of this official host.
    Name(&'a str, &'a str),
}

/// The official hosts, found by what another host has in common with them: comparing each with each would
/// take too long on a large site.
pub(super) struct Lookalikes<'a> {
    official: &'a BTreeSet<String>,
    by_key: HashMap<String, Vec<&'a str>>,
    most_words: usize,
}

impl<'a> Lookalikes<'a> {
    pub(super) fn new(official: &'a BTreeSet<String>) -> Self {
        let mut by_key = HashMap::<_, Vec<_>>::new();
        let mut most_words = 0;
        for host in official {
            let whole: Vec<_> = words(host).collect();
            let name: Vec<_> = words(name(domain(host))).collect();
            most_words = most_words.max(whole.len());
            for key in keys(host).chain([whole.join("-"), name.join("-")]) {
                by_key.entry(key).or_default().push(host.as_str());
            }
        }
        Self {
            official,
            by_key,
            most_words,
        }
    }

    /// The official host that a host could be taken for, if it does not belong to any.
    pub(super) fn find(&self, host: &str) -> Option<Likeness<'a>> {
        if self.official.iter().any(|known| is_within(host, known)) {
            return None;
        }
        let words: Vec<_> = words(host).collect();
        let runs = (1..=self.most_words).flat_map(|length| words.windows(length));
        let runs = runs.map(|run| run.join("-"));
        let alike = runs
            .chain(keys(host))
            .filter_map(|key| self.by_key.get(&key));
        let alike: BTreeSet<_> = alike.flatten().copied().collect();
        let mut hosts = alike.iter().filter(|known| is_lookalike(host, known));
        let by_host = hosts.next().map(|known| Likeness::Host(known));
        by_host.or_else(|| {
            let mut names = alike.iter();
            names.find_map(|known| Some(Likeness::Name(known, shared_name(host, known)?)))
        })
    }
}

/// Texts of which a host has one in common with every host that it looks like.
fn keys(host: &str) -> impl Iterator<Item = String> {
    [domain(host), host].into_iter().flat_map(|part| {
        let mut keys = BTreeSet::from([skeleton(part), sorted(part)]);
        if part.len() <= LONGEST_DOMAIN {
            without_letters(part, 2, &mut keys);
        }
        keys
    })
}

/// A text, and what is left of it without one, two, … of its letters.
fn without_letters(text: &str, count: usize, found: &mut BTreeSet<String>) {
    for (at, letter) in text.char_indices().filter(|_| count > 0) {
        let rest = format!("{}{}", &text[..at], &text[at + letter.len_utf8()..]);
        without_letters(&rest, count - 1, found);
    }
    found.insert(text.to_owned());
}

/// Whether a host contains the official host, or its domain looks the same, has the same letters in another
/// order, or differs in a letter or two.
fn is_lookalike(host: &str, official: &str) -> bool {
    let (own, wanted): (Vec<_>, Vec<_>) = (words(host).collect(), words(official).collect());
    if own.windows(wanted.len()).any(|run| run == wanted) {
        return true;
    }
    // Two hosts of one domain differ in what comes before it.
    let (own, wanted) = match (domain(host), domain(official)) {
        (own, wanted) if own == wanted => (host, official),
        domains => domains,
    };
    skeleton(own) == skeleton(wanted) || is_misspelt(own, wanted)
}

fn is_misspelt(host: &str, official: &str) -> bool {
    let edits = match name(official).len() {
        0..SHORTEST_NAME => return false,
        SHORTEST_NAME..LONG_NAME => 1,
        _ => 2,
    };
    let is_short = host.len().max(official.len()) <= LONGEST_DOMAIN;
    is_short && strsim::osa_distance(host, official) <= edits || sorted(host) == sorted(official)
}

/// Whether a host is another one, or below it.
fn is_within(host: &str, parent: &str) -> bool {
    let above = host.strip_suffix(parent);
    above.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The words of a host, divided by dots and hyphens.
fn words(host: &str) -> impl Iterator<Item = &str> {
    host.split(['.', '-'])
}

/// What a domain begins with.
fn name(domain: &str) -> &str {
    domain.split('.').next().unwrap_or_default()
}

fn sorted(host: &str) -> String {
    let mut letters: Vec<_> = host.chars().collect();
    letters.sort_unstable();
    letters.into_iter().collect()
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
fn shared_name<'a>(host: &str, official: &'a str) -> Option<&'a str> {
    let domain = domain(official);
    let name = name(domain);
    let (above, _) = host.rsplit_once('.')?;
    let (own, wanted): (Vec<_>, Vec<_>) = (words(above).collect(), words(name).collect());
    let is_shared = own.windows(wanted.len()).any(|run| run == wanted);
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
    use proptest::prelude::*;

    use super::*;

    fn likeness(host: &str, official: &'static str) -> Option<Likeness<'static>> {
        let official = BTreeSet::from([official.to_owned()]);
        let official: &'static BTreeSet<String> = Box::leak(Box::new(official));
        Lookalikes::new(official).find(host)
    }

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
            assert_eq!(
                likeness(host, official),
                Some(Likeness::Host(official)),
                "{host}"
            );
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
            ("docs.service.test", "help.service.test"),
            ("a.co.uk", "service.co.uk"),
            ("servicedesk.example", "service.test"),
            ("git-help.example", "git.test"),
            ("other.service", "service.test"),
            ("localhost", "service.test"),
        ];
        for (host, official) in cases {
            assert_eq!(likeness(host, official), None, "{host} {official}");
        }
    }

    #[test]
    fn the_name_of_a_service_is_seen_in_the_host_of_another() {
        let cases = [
            ("login-service.example", "service.test", "service"),
            ("service-support.example", "help.service.test", "service"),
            ("service.example", "service.co.uk", "service"),
            ("service.reset.example", "service.test", "service"),
            ("my-big-service.example", "big-service.test", "big-service"),
            (
                "big-service-login.example",
                "big-service.test",
                "big-service",
            ),
        ];
        for (host, official, name) in cases {
            let expected = Some(Likeness::Name(official, name));
            assert_eq!(likeness(host, official), expected, "{host} {official}");
        }
    }

    #[test]
    fn hosts_of_an_official_domain_resemble_none_of_its_other_hosts() {
        let official = ["a.example", "docs.a.example"].map(str::to_owned);
        let official = BTreeSet::from(official);
        assert_eq!(Lookalikes::new(&official).find("dogs.a.example"), None);
    }

    proptest! {
        #[test]
        fn no_lookalike_is_missed(host in "[ab1l]{1,9}(-[ab]{3,5})?[.]ab", official in "[ab1l]{3,9}[.](ab|ba)") {
            let hosts = BTreeSet::from([official.clone()]);
            let found = Lookalikes::new(&hosts).find(&host);
            let expected = !is_within(&host, &official) && is_lookalike(&host, &official);
            prop_assert_eq!(matches!(found, Some(Likeness::Host(_))), expected);
        }
    }

    #[test]
    fn shorteners_are_known_with_and_without_www() {
        assert!(is_shortener("bit.ly"));
        assert!(is_shortener("www.tinyurl.com"));
        assert!(!is_shortener("orbit.ly"));
    }
}
