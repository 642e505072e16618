//! Links: to pages, to headings, to the outside.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::hosts::{is_lookalike, is_shortener, is_within, shared_name};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::ids::UrlPath;
use crate::markdown::{Link, LinkKind, Prose};
use crate::site::{OfficialLink, Site, Target, outside};
use crate::source::{Location, Source};

/// Follows every link of every guide and of every short text.
pub(super) fn check(site: &Site, diagnostics: &mut Diagnostics) {
    official(site, diagnostics);
    let mut rules = Rules {
        site,
        official: official_hosts(site),
        anchors: HashMap::new(),
        hosts: BTreeMap::new(),
        diagnostics,
    };
    for guide in &site.guides {
        for link in &guide.document.links {
            rules.link(&guide.source, link);
        }
    }
    for prose in site.proses() {
        rules.prose(prose);
    }
    for rule in &site.config.redirects {
        let to = &rule.to;
        if let Ok(Target::Page { url, fragment }) = site.resolve(&to.location.source, &to.value)
            && let Some(fragment) = fragment
        {
            rules.anchor(&url, &fragment, to.location.clone());
        }
    }
    rules.report_hosts();
}

/// The addresses of `links.toml` themselves.
fn official(site: &Site, diagnostics: &mut Diagnostics) {
    let mut links: Vec<_> = site.links.values().collect();
    links.sort_by_key(|link| link.location.span.start);
    let mut first: HashMap<&str, &Location> = HashMap::new();
    for link in links {
        if let Some(earlier) = first.insert(&link.url, &link.location) {
            diagnostics.push(
                Diagnostic::info(Code::DuplicateAddress, "another entry has the same address")
                    .at(link.location.clone())
                    .see(earlier.clone(), "the first one")
                    .hint("keep one of the two entries"),
            );
        }
        let problem = match outside(&link.url) {
            Some(Ok(_)) => continue,
            Some(Err(problem)) => problem,
            None => Diagnostic::error(
                Code::UnsafeLink,
                format!("`{}` is not an address", link.url),
            )
            .hint("write it in full: `https://host/…` or `mailto:…`"),
        };
        diagnostics.push(problem.at(link.location.clone()));
    }
    if let Some(service) = &site.config.service
        && !site.links.contains_key(&service.link.value)
    {
        diagnostics.push(
            Diagnostic::error(
                Code::UnknownLinkName,
                format!("`links.toml` has no entry `{}`", service.link.value),
            )
            .at(service.link.location.clone())
            .hint("write the name of an entry in `links.toml`"),
        );
    }
}

fn official_hosts(site: &Site) -> BTreeSet<String> {
    site.links.values().filter_map(host_of).collect()
}

fn host_of(link: &OfficialLink) -> Option<String> {
    outside(&link.url)?.ok()?.host
}

struct Rules<'a> {
    site: &'a Site,
    official: BTreeSet<String>,
    anchors: HashMap<UrlPath, HashSet<&'a str>>,
    /// Outside hosts that no list names, with the first place and how often.
    hosts: BTreeMap<String, (Location, usize)>,
    diagnostics: &'a mut Diagnostics,
}

impl Rules<'_> {
    fn prose(&mut self, prose: &Prose) {
        for link in &prose.document.links {
            self.link(&prose.location.source, link);
        }
    }

    fn link(&mut self, source: &Arc<Source>, link: &Link) {
        let location = Location::new(source, link.span.clone());
        match self.site.resolve(source, &link.target) {
            Err(problem) => self.diagnostics.push(problem.at(location)),
            Ok(target) => {
                if link.kind == LinkKind::Image {
                    self.image(&target, link, &location);
                }
                match target {
                    Target::Page {
                        url,
                        fragment: Some(fragment),
                    } => self.anchor(&url, &fragment, location),
                    Target::Outside(address) => {
                        if let Some(host) = address.host {
                            self.host(&host, link, location);
                        }
                    }
                    Target::Official { link: official, .. } => {
                        if let Some(host) = host_of(official) {
                            self.words(&host, link, &location);
                        }
                    }
                    Target::Page { .. } | Target::File(_) => {}
                }
            }
        }
    }

    fn image(&mut self, target: &Target<'_>, link: &Link, location: &Location) {
        let problem = match target {
            Target::File(_) if link.text.trim().is_empty() => Diagnostic::warning(
                Code::ImageWithoutText,
                "the image has no text",
            )
            .hint("write between the square brackets what it shows, for readers who cannot see it"),
            Target::File(_) => return,
            Target::Page { .. } => {
                Diagnostic::error(Code::BrokenLink, "this is a page, not an image")
                    .hint("write the path of an image file")
            }
            Target::Official { .. } | Target::Outside(_) => Diagnostic::error(
                Code::RemoteImage,
                "the image is on another site",
            )
            .hint(
                "put the file next to the page, so that the other site does not learn who reads it",
            ),
        };
        self.diagnostics.push(problem.at(location.clone()));
    }

    fn anchor(&mut self, url: &UrlPath, fragment: &str, location: Location) {
        let Some(guide) = self.site.guide_at(url) else {
            return;
        };
        let known = self.anchors.entry(url.clone()).or_insert_with(|| {
            let headings = guide.document.headings.iter();
            headings.map(|heading| heading.id.as_str()).collect()
        });
        if known.contains(fragment) {
            return;
        }
        let headings = guide
            .document
            .headings
            .iter()
            .map(|heading| heading.id.as_str());
        let problem = Diagnostic::error(
            Code::BrokenAnchor,
            format!("{url} has no heading `#{fragment}`"),
        )
        .at(location);
        self.diagnostics.push(match nearest(fragment, headings) {
            Some(near) => problem.hint(format!("did you mean `#{near}`?")),
            None => problem.hint("link to one of its headings, or to the page itself"),
        });
    }

    /// The words of a link must not name another host than it leads to.
    fn words(&mut self, host: &str, link: &Link, location: &Location) {
        let named = host_in_text(&link.text, &self.official);
        if let Some(named) = named.filter(|named| named != host) {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::DeceivingLink,
                    format!("the text says `{named}`, but the link goes to `{host}`"),
                )
                .at(location.clone())
                .hint("make the text and the address name the same host"),
            );
        }
    }

    fn host(&mut self, host: &str, link: &Link, location: Location) {
        self.words(host, link, &location);
        let allowed = self.site.config.allowed_hosts.as_ref();
        let is_listed = allowed.is_some_and(|hosts| hosts.iter().any(|allowed| allowed == host));
        if is_listed || self.official.contains(host) {
            return;
        }
        let mut official = self.official.iter();
        let is_ours = official.any(|known| is_within(host, known));
        let mut official = self.official.iter();
        let like = official.find(|known| !is_ours && is_lookalike(host, known));
        let problem = if let Some(like) = like {
            Diagnostic::error(
                Code::LookalikeHost,
                format!("`{host}` looks like `{like}` but is a different host"),
            )
            .hint("use `link:NAME` for official addresses; if you mean this host, add it to `allow` under `[links]` in `site.toml`")
        } else if is_shortener(host) {
            Diagnostic::error(
                Code::DeceivingLink,
                format!("`{host}` is a link shortener, so readers cannot see where this link goes"),
            )
            .hint("write the address that the short link stands for")
        } else if allowed.is_some() {
            Diagnostic::error(
                Code::HostNotAllowed,
                format!("this site does not allow links to `{host}`"),
            )
            .hint("add it to `allow` under `[links]` in `site.toml`, or to `links.toml`")
        } else if let Some(problem) = self.named_alike(host) {
            problem
        } else {
            let entry = self.hosts.entry(host.to_owned()).or_insert((location, 0));
            entry.1 += 1;
            return;
        };
        self.diagnostics.push(problem.at(location));
    }

    fn named_alike(&self, host: &str) -> Option<Diagnostic> {
        let mut official = self.official.iter();
        let (like, name) = official.find_map(|known| Some((known, shared_name(host, known)?)))?;
        let problem = Diagnostic::warning(
            Code::LookalikeHost,
            format!("`{host}` contains the name `{name}` but does not belong to `{like}`"),
        );
        Some(problem.hint(
            "readers may think it is official: if it is, add it to `links.toml`; if you mean it anyway, add it to `allow` under `[links]` in `site.toml`",
        ))
    }

    /// One line a host: a review of where a site leads is then one short list.
    fn report_hosts(self) {
        for (host, (location, count)) in self.hosts {
            let links = if count == 1 { "link" } else { "links" };
            self.diagnostics.push(
                Diagnostic::info(Code::OutsideHost, format!("{count} {links} to `{host}`"))
                    .at(location)
                    .hint("list the hosts you trust in `allow` under `[links]` in `site.toml`"),
            );
        }
    }
}

/// The host that the words of a link name, where they are an address or nothing but a host.
fn host_in_text(text: &str, official: &BTreeSet<String>) -> Option<String> {
    let text = text.trim().to_lowercase();
    let bare = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let host = bare.unwrap_or(&text).split(['/', '?', '#']).next()?;
    let labels: Vec<_> = host.split('.').collect();
    let is_host = labels.len() > 1
        && labels.iter().all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
        && labels
            .last()
            .is_some_and(|last| last.len() > 1 && last.chars().all(char::is_alphabetic));
    // `setup.py` is a file, not a host: without a scheme only `www.` and known hosts count.
    let is_meant = bare.is_some() || host.starts_with("www.") || official.contains(host);
    (is_host && is_meant).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_in_words_name_a_host() {
        let cases = [
            ("https://a.example/b", Some("a.example")),
            ("www.a.example", Some("www.a.example")),
            ("service.example/login", Some("service.example")),
            ("other.example/login", None),
            ("setup.py", None),
            ("the a.example page", None),
            ("PyPI", None),
        ];
        for (text, expected) in cases {
            let official = BTreeSet::from(["service.example".to_owned()]);
            let named = host_in_text(text, &official);
            assert_eq!(named.as_deref(), expected, "{text}");
        }
    }
}
