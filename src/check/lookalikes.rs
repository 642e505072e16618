//! Hosts that readers could mistake for an official one, judged by their names alone.

/// Services whose addresses do not show where they redirect to.
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

/// A host with what it is compared by.
pub(super) struct Host<'a> {
    name: &'a str,
    words: Vec<&'a str>,
    domain: Spelling<'a>,
}

/// A host or a domain, its letters sorted, and its spelling with lookalike letters made the same.
struct Spelling<'a> {
    text: &'a str,
    sorted: Vec<char>,
    skeleton: String,
}

impl<'a> Host<'a> {
    pub(super) fn new(name: &'a str) -> Self {
        Self {
            name,
            words: words(name).collect(),
            domain: Spelling::of(domain(name)),
        }
    }

    /// The official host that it could be taken for, if it does not belong to any.
    pub(super) fn likeness<'o>(&self, official: &[Host<'o>]) -> Option<Likeness<'o>> {
        let mut names = official.iter().map(|known| known.name);
        if names.clone().any(|known| is_within(self.name, known)) {
            return None;
        }
        let like = official.iter().find(|known| self.is_like(known));
        like.map(|known| Likeness::Host(known.name)).or_else(|| {
            names.find_map(|known| Some(Likeness::Name(known, shared_name(self.name, known)?)))
        })
    }

    /// Whether it contains the official host, or its domain looks the same, has the same letters in another order, or
    /// differs in a letter or two.
    fn is_like(&self, official: &Host<'_>) -> bool {
        let mut runs = self.words.windows(official.words.len());
        if runs.any(|run| run == official.words) {
            return true;
        }
        // Two hosts of one domain differ in what comes before it.
        if self.domain.text == official.domain.text {
            return Spelling::of(self.name).is_like(&Spelling::of(official.name));
        }
        self.domain.is_like(&official.domain)
    }
}

impl<'a> Spelling<'a> {
    fn of(text: &'a str) -> Self {
        let mut sorted: Vec<char> = text.chars().collect();
        sorted.sort_unstable();
        Self {
            text,
            sorted,
            skeleton: skeleton(text),
        }
    }

    fn is_like(&self, official: &Spelling<'_>) -> bool {
        let most_edits = match name(official.text).len() {
            0..SHORTEST_NAME => 0,
            SHORTEST_NAME..LONG_NAME => 1,
            _ => 2,
        };
        let (length, wanted) = (self.text.len(), official.text.len());
        let is_close =
            length.abs_diff(wanted) <= most_edits && length.max(wanted) <= LONGEST_DOMAIN;
        self.skeleton == official.skeleton
            || most_edits > 0 && self.sorted == official.sorted
            || is_close && strsim::osa_distance(self.text, official.text) <= most_edits
    }
}

/// Whether a host is another one, or below it.
fn is_within(host: &str, parent: &str) -> bool {
    let above = host.strip_suffix(parent);
    above.is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The words of a host, between its dots and hyphens.
fn words(host: &str) -> impl Iterator<Item = &str> {
    host.split(['.', '-'])
}

/// What a domain begins with.
fn name(domain: &str) -> &str {
    domain.split('.').next().unwrap_or_default()
}

/// A text in which letters that look alike are the same.
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
    use super::*;

    fn likeness<'a>(host: &str, official: &[&'a str]) -> Option<Likeness<'a>> {
        let official: Vec<_> = official.iter().map(|known| Host::new(known)).collect();
        Host::new(host).likeness(&official)
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
                likeness(host, &[official]),
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
            assert_eq!(likeness(host, &[official]), None, "{host} {official}");
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
            assert_eq!(likeness(host, &[official]), expected, "{host} {official}");
        }
    }

    #[test]
    fn hosts_of_an_official_domain_resemble_none_of_its_other_hosts() {
        let official = ["a.example", "docs.a.example"];
        assert_eq!(likeness("dogs.a.example", &official), None);
    }

    #[test]
    fn shorteners_are_known_with_and_without_www() {
        assert!(is_shortener("bit.ly"));
        assert!(is_shortener("www.tinyurl.com"));
        assert!(!is_shortener("orbit.ly"));
    }
}
